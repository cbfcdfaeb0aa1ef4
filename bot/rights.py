"""What each seat at the coordinators' desk may do: one table, asked before every privileged act.

A full coordinator may do everything. The others were given one part of the work, by a full
coordinator at the team's screen; what is in no line of theirs does not exist for them.
"""

from collections.abc import Mapping
from enum import StrEnum


class May(StrEnum):
    """One part of the work at the desk."""

    # to sit there: to see one's own part, to be called by a name
    DESK = "desk"
    FIGURES = "figures"
    LOG = "log"
    EVENTS = "events"
    # to vet mentors and to look after them; not to read what girls write to them
    MENTORS = "mentors"
    # the talks between girls and mentors: wishes, held messages, reports, the switches
    TALKS = "talks"
    # girls' questions, and what is added to the library
    QUESTIONS = "questions"
    CASES = "cases"
    # to take the words out of one message that she may read
    REDACT = "redact"
    ANNOUNCEMENTS = "announcements"
    TEAM = "team"


class Seat(StrEnum):
    """As what somebody sits at the desk."""

    FULL = "full"
    READER = "reader"
    EVENTS = "events"
    MENTORS = "mentors"


ALLOWED: Mapping[Seat, frozenset[May]] = {
    Seat.FULL: frozenset(May),
    Seat.READER: frozenset({May.DESK, May.FIGURES, May.LOG}),
    Seat.EVENTS: frozenset({May.DESK, May.EVENTS}),
    Seat.MENTORS: frozenset({May.DESK, May.MENTORS}),
}
