"""The words for where a call for help stands, how a case and how a drill ended; kept as here."""

from enum import StrEnum


class News(StrEnum):
    """What a girl hears of her call while nobody has taken it, besides that it was heard."""

    # a coordinator has got it on her telephone
    ARRIVED = "arrived"
    # who had it did not take it; the next is called
    NOT_YET = "not_yet"
    # everybody was called once; they are called again
    ALL_CALLED = "all_called"
    # no coordinator can be reached
    NOBODY = "nobody"
    # who talked with her is gone, which she is still to be told
    LEFT = "left"
    # and she was told that another is called
    BETWEEN = "between"


class Silence(StrEnum):
    """What was done about a coordinator who has a case and does not write."""

    REMINDED = "reminded"
    # the others were called, and may take the case
    CALLED = "called"


class Outcome(StrEnum):
    """How a case ended, in the words of the coordinator who closes it or by the girl herself."""

    SAFE = "safe"
    # others look after her now: the helpline, the police, a school, an organisation
    PASSED_ON = "passed"
    # she has not answered any more
    QUIET = "quiet"
    # nobody was in danger: her words are not kept
    MISTAKE = "mistake"
    # she has called it off herself before anybody took it (`bot/safety/calling_off.py`)
    CALLED_OFF = "called_off"


# Those of which a coordinator chooses one when she closes a case.
CHOSEN = (Outcome.SAFE, Outcome.PASSED_ON, Outcome.QUIET, Outcome.MISTAKE)


class DrillEnd(StrEnum):
    """How a drill ended."""

    IN_TIME = "in_time"
    # somebody was there, later than the first of those on call has
    LATE = "late"
    # calls arrived, and nobody answered one
    UNANSWERED = "unanswered"
    # no call arrived
    NOBODY = "nobody"
    # a girl called, and she goes first
    CALLED_OFF = "called_off"

    @property
    def tells(self) -> bool:
        """Whether it says something of those on call."""
        return self is not DrillEnd.CALLED_OFF
