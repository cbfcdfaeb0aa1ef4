"""What is awaited in a case."""

from dataclasses import dataclass

from bot.rights import May
from bot.screens.awaited import Awaited


@dataclass(frozen=True)
class WordsInCase(Awaited, name="case"):
    """What one of the two writes to the other."""

    case: int


@dataclass(frozen=True)
class DoubtfulWords(Awaited, name="case_doubt", who=May.CASES):
    """A coordinator's words that look like something, until she sends or changes them."""

    case: int
    text: str
    message: int | None


@dataclass(frozen=True)
class JustTaken(Awaited, name="case_taken", who=May.CASES):
    """What a coordinator types when she has taken a case a moment ago: it may be for the girl."""

    case: int
    # until when it may be, in seconds since 1970
    until: int


@dataclass(frozen=True)
class TypedWords(Awaited, name="case_typed", who=May.CASES):
    """What she typed so, until she says whether it is for the girl."""

    case: int
    text: str
    message: int | None


@dataclass(frozen=True)
class AfterCase(Awaited, name="case_after", who=May.CASES):
    """What a coordinator types on when she has a case no more; it goes to nobody."""

    case: int
    # the number of the colleague who has it now; none where it is gone
    to: int | None
