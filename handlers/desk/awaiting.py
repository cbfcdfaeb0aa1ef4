"""What coordinators are asked to write at the desk."""

from dataclasses import dataclass

from bot.people.notes import About
from bot.rights import May
from bot.screens.awaited import Awaited


@dataclass(frozen=True)
class NoteAbout(Awaited, name="desk_note", who=May.QUESTIONS):
    """A note for the other coordinators."""

    about: About
    id: int


@dataclass(frozen=True)
class HerName(Awaited, name="desk_name", who=May.DESK):
    """What the others call her."""


@dataclass(frozen=True)
class HerQuietHours(Awaited, name="quiet_hours", who=May.CASES):
    """From when to when she is called last."""
