"""What home asks for."""

from dataclasses import dataclass

from bot.content import Content
from bot.screens.awaited import Awaited


@dataclass(frozen=True)
class AskedAge(Awaited, name="age"):
    """How old she is, which a number says as well as a button; then `wanted` is pressed."""

    wanted: str

    def takes(self, text: str, content: Content) -> bool:
        """Return whether it is an age; any other text is what she writes at any time."""
        return text.isdecimal() and len(text) <= 2

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether it is an age: while she is asked whether it is right she may edit it."""
        return self.takes(text, content)
