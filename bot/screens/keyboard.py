"""The inline keyboard of a screen, as the Bot API wants it."""

from typing import Any

from bot.screens.screen import Button, Screen

LONGEST_DATA_BYTES = 64


def keyboard(screen: Screen) -> dict[str, Any]:
    """Return the inline keyboard of a screen as the Bot API wants it."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in screen.rows if row]}


def _button(button: Button) -> dict[str, str]:
    if len(button.data.encode()) > LONGEST_DATA_BYTES:
        raise ValueError(f"callback data over {LONGEST_DATA_BYTES} bytes: {button.data}")
    return {"text": button.label, "callback_data": button.data}
