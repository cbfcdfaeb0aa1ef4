"""What is asked for to join a class, and to make one."""

from dataclasses import dataclass

from bot.rights import May
from bot.screens.awaited import Awaited

_DESK = May.ANNOUNCEMENTS


@dataclass(frozen=True)
class Code(Awaited, name="class_code"):
    """The code on the slip that her teacher gave her."""


@dataclass(frozen=True)
class Name(Awaited, name="class_name", who=_DESK):
    """What a new class is called."""


@dataclass(frozen=True)
class School(Awaited, name="class_school", who=_DESK):
    """The school of a new class, which has a name by now."""

    title: str


@dataclass(frozen=True)
class Until(Awaited, name="class_until", who=_DESK):
    """The last day of a class."""

    id: int
