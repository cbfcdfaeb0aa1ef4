"""Repetition: the days that a rule names, up to a stop and never for long.

`dateutil` looks until the year 9999 for a day that never comes, such as the 30th of February.
The calendar repeats itself every 400 years, so it is asked in the last ones: what it would look
through in many seconds takes less than one.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo

from dateutil.rrule import rrulestr

from bot.events.ical.problems import LeftOutError, Patience
from bot.events.ical.times import moments_in

MOST_STEPS = 20_000
_MOST_TIMES_A_DAY = 24
_LONGEST_INTERVAL = 10_000
_LATER_YEARS = 19 * 400
_STEPS = {"DAILY": timedelta(days=1), "WEEKLY": timedelta(weeks=1)}
_FREQUENCIES = {*_STEPS, "MONTHLY", "YEARLY"}
_KEPT = re.compile("BY(MONTH|WEEKNO|YEARDAY|MONTHDAY|DAY|HOUR|MINUTE|SECOND|SETPOS)|WKST|INTERVAL")


class Rule:
    """A rule of an event on the clock of its zone. Raises LeftOutError when it cannot be read."""

    def __init__(self, text: str, zone: tzinfo) -> None:
        pieces = (piece.partition("=") for piece in text.upper().split(";"))
        parts = {name.strip(): value.strip() for name, _, value in pieces if value.strip()}
        frequency = parts.get("FREQ", "")
        times = [parts.get(name, "").count(",") + 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
        other_calendar = parts.get("RSCALE", "GREGORIAN") != "GREGORIAN"
        if frequency not in _FREQUENCIES or other_calendar:
            raise LeftOutError("rule")
        if times[0] * times[1] * times[2] > _MOST_TIMES_A_DAY:
            raise LeftOutError("rule")
        try:
            interval = int(parts.get("INTERVAL", "1"))
            count = int(parts.get("COUNT", "0"))
        except ValueError:
            raise LeftOutError("rule") from None
        if not 1 <= interval <= _LONGEST_INTERVAL:
            raise LeftOutError("rule")
        self._count = count if count > 0 else None
        self._step = _STEPS[frequency] * interval if frequency in _STEPS else None
        kept = [f"{name}={value}" for name, value in parts.items() if _KEPT.fullmatch(name)]
        self._text = ";".join((f"FREQ={frequency}", *kept))
        self.last = _last(parts["UNTIL"], zone) if "UNTIL" in parts else None

    def between(
        self, first: datetime, since: datetime, stop: datetime, patience: Patience
    ) -> Iterator[datetime]:
        """Yield the times from `first` to `stop`, perhaps without those before `since`.

        All of them are told without their zone. Raises LeftOutError for a rule that names no day
        at all, or too many.
        """
        if first > stop:
            return
        if self._step and self._count is None and since - first > 2 * self._step:
            first += self._step * ((since - first) // self._step - 1)
        try:
            rule = rrulestr(
                self._text, dtstart=first.replace(year=first.year + _LATER_YEARS, tzinfo=None)
            )
        except (ValueError, TypeError, IndexError, KeyError, OverflowError):
            raise LeftOutError("rule") from None
        number = 0
        for number, later in enumerate(rule, start=1):
            at = later.replace(year=later.year - _LATER_YEARS)
            if at > min(self.last or stop, stop) or number > (self._count or number):
                return
            if number > MOST_STEPS:
                raise LeftOutError("rule")
            if number % 64 == 0:
                patience.check()
            yield at
        patience.check()
        if not number:
            raise LeftOutError("rule")


def _last(text: str, zone: tzinfo) -> datetime:
    """Return the last moment of a rule on the clock of its zone; a day counts as a whole."""
    (until,) = moments_in(text, zone)[:1]
    if until.all_day:
        return datetime.combine(until.local.date(), time.max)
    return until.on(zone)
