"""What can be wrong with a calendar of others, and how long it may take to find out."""

import time

MOST_SECONDS = 5.0


class CalendarProblemError(Exception):
    """A calendar cannot be used; the message is the name of words in `content/`."""


class LeftOutError(Exception):
    """One event cannot be read; the message says of what: its time, zone, rule or title."""


class Patience:
    """How long one file may be worked at: whoever loops asks whether there is still time.

    Counted is the work of this thread, not the clock: a busy machine makes no calendar too large.
    """

    def __init__(self) -> None:
        self._until = time.thread_time() + MOST_SECONDS

    def check(self) -> None:
        """Raise CalendarProblemError when the time is up."""
        if time.thread_time() > self._until:
            raise CalendarProblemError("too_large")
