"""What a coordinator is asked to write about events."""

from dataclasses import dataclass

from bot.screens.awaited import Awaited
from bot.screens.taps import Who


@dataclass(frozen=True)
class Step(Awaited, name="event", who=Who.COORDINATORS):
    """The words of one step of a draft; `mode` is as in the buttons of the form."""

    draft: int
    step: str
    mode: str


@dataclass(frozen=True)
class Block(Awaited, name="event_block", who=Who.COORDINATORS):
    """A whole event in one message."""


@dataclass(frozen=True)
class NewTime(Awaited, name="event_move", who=Who.COORDINATORS):
    """The time to which one date is moved."""

    date: int


@dataclass(frozen=True)
class CodeOf(Awaited, name="event_code", who=Who.COORDINATORS):
    """The code of somebody who comes to a date; the next follows."""

    date: int


@dataclass(frozen=True)
class Address(Awaited, name="feed", who=Who.COORDINATORS):
    """The address of a calendar to follow."""

    kind: str
    once: bool
