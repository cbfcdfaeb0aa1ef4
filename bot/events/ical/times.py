"""Moments as a calendar file writes them, each on the clock of its zone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from bot.events.ical.problems import LeftOutError

_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?"
    r"(Z|[+-]\d\d:?\d\d)?",
    re.I | re.A,
)
_LENGTH = re.compile(r"([+-]?)P((?:T?\d{1,9}[WDHMS])+T?)", re.I | re.A)
_UNITS = {"W": "weeks", "D": "days", "H": "hours", "M": "minutes", "S": "seconds"}
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(?::?\d\d)?", re.A)


@dataclass(frozen=True)
class Moment:
    """A time on the clock of its zone; the midnight where a whole day begins."""

    local: datetime
    zone: tzinfo
    all_day: bool

    def utc(self) -> datetime:
        """Return it in UTC."""
        return self.local.replace(tzinfo=self.zone).astimezone(UTC)

    def on(self, zone: tzinfo) -> datetime:
        """Return it on the clock of another zone; a whole day is that day everywhere."""
        if self.all_day or zone is self.zone:
            return self.local
        return self.utc().astimezone(zone).replace(tzinfo=None)


def moments_in(text: str, zone: tzinfo) -> list[Moment]:
    """Return the moments that a value names, in `zone` where it names none; a period begins then.

    Raises LeftOutError when one cannot be read, or there is none.
    """
    pieces = (piece.partition("/")[0].strip(' "') for piece in text.split(","))
    found = [_moment(piece, zone) for piece in pieces if piece]
    if not found:
        raise LeftOutError("time")
    return found


def _moment(text: str, zone: tzinfo) -> Moment:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise LeftOutError("time")
    year, month, day, hour, minute, second = (int(group or 0) for group in found.groups()[:6])
    if found[7]:
        zone = UTC if found[7] in "Zz" else offset(found[7])
    try:
        # A leap second is the second before.
        local = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except ValueError:
        raise LeftOutError("time") from None
    return Moment(local, zone, found[4] is None)


def length(text: str) -> timedelta:
    """Return a duration such as PT1H30M. Raises LeftOutError when it cannot be read."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None:
        raise LeftOutError("time")
    told = timedelta()
    for number, unit in re.findall(r"(\d+)([WDHMS])", found[2].upper()):
        told += timedelta(**{_UNITS[unit]: int(number)})
    return -told if found[1] == "-" else told


def offset(text: str) -> timezone:
    """Return a zone that is so far from Greenwich, such as +0700. Raises LeftOutError."""
    found = _OFFSET.fullmatch(text.strip())
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:
        raise LeftOutError("zone")
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-away if found[1] == "-" else away)
