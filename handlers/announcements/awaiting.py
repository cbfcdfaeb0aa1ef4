"""What a coordinator is asked for while she writes an announcement."""

from dataclasses import dataclass, field
from typing import Any, Self

from bot.content import Content
from bot.content.base import Tongue
from bot.language.links import is_link
from bot.language.typed_times import is_like_day
from bot.rights import May
from bot.screens.awaited import Awaited
from bot.screens.taps import Data
from handlers.announcements.taps import STEP_BACK, WRITE

_STAFF = May.ANNOUNCEMENTS


@dataclass(frozen=True)
class WordsOf(Awaited, name="announce", part="words", who=_STAFF):
    """The words of a draft in one language; when it is just begun, the next follows."""

    id: int
    tongue: Tongue
    first: bool = False

    @property
    def goes_on(self) -> Data:
        """The button that leads back to the draft."""
        return (STEP_BACK if self.first else WRITE)(self.id, self.tongue)

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> Self | None:
        """Return a kept value; in old conversations the part is the language."""
        if stored and stored.get("part") in ("km", "en"):
            stored = {**stored, "part": cls.part, "tongue": stored["part"]}
        return super().read(stored)


@dataclass(frozen=True)
class KindOf(Awaited, name="announce", part="kind", who=_STAFF):
    """Which kind of message it shall be; `id` is the draft that is just being begun, if it is."""

    id: int | None = None

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered with a button."""
        return True


@dataclass(frozen=True)
class CorrectionOf(Awaited, name="announce", part="correction", who=_STAFF):
    """Other words for what was sent, in one language, and those that are written already."""

    id: int
    tongue: Tongue
    written: dict[Tongue, str] = field(default_factory=dict)

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> Self | None:
        """Return a kept value; in old conversations the part ends with the language."""
        if stored and stored.get("part") in ("fix_km", "fix_en"):
            written = {"km": stored["km"]} if stored.get("km") else {}
            tongue = stored["part"].removeprefix("fix_")
            old = {"for": cls.name, "part": cls.part, "id": stored.get("id")}
            stored = {**old, "tongue": tongue, "written": written}
        return super().read(stored)


@dataclass(frozen=True)
class PictureOf(Awaited, name="announce", part="picture", who=_STAFF):
    """The picture of a draft."""

    id: int


@dataclass(frozen=True)
class LinkOf(Awaited, name="announce", part="link", who=_STAFF):
    """The address of the page that the button of a draft opens.

    `again` where it was given, and one that is sent once more takes its place.
    """

    id: int
    again: bool = False

    def takes(self, text: str, content: Content) -> bool:
        """Return whether it is an address, where none was asked for any more."""
        return not self.again or self.corrected_by(text, content)

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether it looks like an address."""
        return is_link(text)


@dataclass(frozen=True)
class StartOf(Awaited, name="announce", part="time", who=_STAFF):
    """When the draft that she has seen in this version shall start."""

    id: int
    version: int

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether it is a day."""
        return is_like_day(text)
