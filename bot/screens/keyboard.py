"""The inline keyboard of a screen, as the Bot API wants it, and back."""

from typing import Any

from bot.language.words import utf16_length
from bot.screens.screen import Address, Button, Copied, Rows
from bot.screens.taps import LONGEST_DATA_BYTES, Data

LONGEST_COPIED = 256


def keyboard(rows: Rows) -> dict[str, Any]:
    """Return the inline keyboard of a screen's rows as the Bot API wants it."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows if row]}


def rows_of(keyboard: dict[str, Any]) -> Rows:
    """Return the rows of a keyboard that `keyboard` made; raises LookupError for others."""
    return tuple(
        tuple(Button(button["text"], _done_by(button)) for button in row)
        for row in keyboard["inline_keyboard"]
    )


def _done_by(button: dict[str, Any]) -> Data | Address | Copied:
    if "url" in button:
        return Address(button["url"])
    if "copy_text" in button:
        return Copied(button["copy_text"]["text"])
    return Data(button["callback_data"])


def _button(button: Button) -> dict[str, Any]:
    if isinstance(button.data, Address):
        return {"text": button.label, "url": str(button.data)}
    if isinstance(button.data, Copied):
        if not 0 < utf16_length(button.data) <= LONGEST_COPIED:
            raise ValueError(f"not 1 to {LONGEST_COPIED} characters to copy: {button.label}")
        return {"text": button.label, "copy_text": {"text": str(button.data)}}
    if len(button.data.encode()) > LONGEST_DATA_BYTES:
        raise ValueError(f"callback data over {LONGEST_DATA_BYTES} bytes: {button.data}")
    return {"text": button.label, "callback_data": button.data}
