"""What home asks for."""

from dataclasses import dataclass

from bot.content import Content
from bot.people import pins
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


@dataclass(frozen=True)
class OwnName(Awaited, name="who_name"):
    """By which name she is known on a phone that several use; the first, which shares it."""

    first: bool = False


@dataclass(frozen=True)
class NewName(Awaited, name="who_new"):
    """By which name a further girl is known there."""


class Secret(Awaited, name="who_secret"):
    """A PIN, which is kept nowhere as it was written and leaves the chat at once."""

    def takes(self, text: str, content: Content) -> bool:
        """Return whether it may be a PIN; any other text is what she writes at any time."""
        return pins.read(text) is not None


@dataclass(frozen=True)
class NewPin(Secret, name="who_pin"):
    """The PIN that she chooses; when she has written it `once`, what is kept of that."""

    once: str | None = None


@dataclass(frozen=True)
class OldPin(Secret, name="who_old_pin"):
    """The PIN that she has: to choose another, or none."""

    off: bool = False
