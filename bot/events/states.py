"""The states of events, of answers to them and of reminders, as they are stored."""

from enum import StrEnum


class EventState(StrEnum):
    """Who may see an event. Of a feed, nobody has looked yet, or a coordinator left it out."""

    PUBLISHED = "published"
    CANCELLED = "cancelled"
    WAITING = "waiting"
    REJECTED = "rejected"


class Answer(StrEnum):
    """What somebody answered to a date, and whether there was a place."""

    GOING = "going"
    WAITING = "waiting"
    NOT_GOING = "not_going"


class ReminderState(StrEnum):
    """What became of a reminder."""

    PLANNED = "planned"
    STAGED = "staged"
    DROPPED = "dropped"
