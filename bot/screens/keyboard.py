"""The inline keyboard of a screen, as the Bot API wants it, and back."""

from typing import Any

from bot.screens.screen import Button, Rows
from bot.screens.taps import LONGEST_DATA_BYTES


def keyboard(rows: Rows) -> dict[str, Any]:
    """Return the inline keyboard of a screen's rows as the Bot API wants it."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows if row]}


def rows_of(keyboard: dict[str, Any]) -> Rows:
    """Return the rows of a keyboard that `keyboard` made; raises LookupError for others."""
    return tuple(
        tuple(Button(button["text"], button["callback_data"]) for button in row)
        for row in keyboard["inline_keyboard"]
    )


def _button(button: Button) -> dict[str, str]:
    if len(button.data.encode()) > LONGEST_DATA_BYTES:
        raise ValueError(f"callback data over {LONGEST_DATA_BYTES} bytes: {button.data}")
    return {"text": button.label, "callback_data": button.data}
