"""What coordinators are asked to write at the desk."""

from dataclasses import dataclass

from bot.people.notes import About
from bot.screens.awaited import Awaited
from bot.screens.taps import Who


@dataclass(frozen=True)
class NoteAbout(Awaited, name="desk_note", who=Who.COORDINATORS):
    """A note for the other coordinators."""

    about: About
    id: int


@dataclass(frozen=True)
class HerName(Awaited, name="desk_name", who=Who.COORDINATORS):
    """What the others call her."""
