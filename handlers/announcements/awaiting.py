"""What a coordinator is asked for while she writes an announcement."""

from dataclasses import dataclass, field
from typing import Any, Self

from bot.content.base import Tongue
from bot.rights import May
from bot.screens.awaited import Awaited

_STAFF = May.ANNOUNCEMENTS


@dataclass(frozen=True)
class WordsOf(Awaited, name="announce", part="words", who=_STAFF):
    """The words of a draft in one language; when it is just begun, the next follows."""

    id: int
    tongue: Tongue
    first: bool = False

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> Self | None:
        """Return a kept value; in old conversations the part is the language."""
        if stored and stored.get("part") in ("km", "en"):
            stored = {**stored, "part": cls.part, "tongue": stored["part"]}
        return super().read(stored)


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
    """The address of the page that the button of a draft opens."""

    id: int


@dataclass(frozen=True)
class StartOf(Awaited, name="announce", part="time", who=_STAFF):
    """When the draft that she has seen in this version shall start."""

    id: int
    version: int
