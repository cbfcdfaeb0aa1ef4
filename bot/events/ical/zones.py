"""The zones of one calendar file: as the world names them, as Outlook does, or as the file does.

A time whose zone cannot be made out is never taken for one of Phnom Penh: hours off, it would
send a girl to a closed door. Nothing here is kept for the next file, which may call another zone
by the same name.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.events.ical.lines import Component, Line
from bot.events.ical.problems import LeftOutError, Patience
from bot.events.ical.rules import Rule
from bot.events.ical.times import Moment, moments_in, offset

_CONTINENT = re.compile(
    "(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"
)
_AWAY = re.compile(r"(?:UTC|GMT)\s*([+-])\s*(\d{1,2})(?::?(\d\d))?(?!\d)", re.I | re.A)
_PLACES = re.compile(r"[,;/()&]")
_NAMED_TIME = re.compile(r"(?:\)|^)\s*([A-Z][\w. ]*?) Time\b")
_MOST_CHANGES = 5_000


class Zones:
    """The zones of one calendar. `own` is where times are that name no zone at all."""

    def __init__(
        self, calendar: Component, own: ZoneInfo, stop: datetime, patience: Patience
    ) -> None:
        self._stop, self._patience = stop.replace(tzinfo=None), patience
        self._defined = {
            part.value("TZID").strip('"'): part
            for part in calendar.parts
            if part.kind == "VTIMEZONE"
        }
        self._known: dict[str, tzinfo | None] = {}
        self.own = own
        self._floating = calendar.value("X-WR-TIMEZONE").strip('"')

    def moments(self, line: Line, default: tzinfo | None = None) -> list[Moment]:
        """Return the moments of a line. Raises LeftOutError when one cannot be read."""
        found = moments_in(line.value, self.own)
        if all(one.all_day or one.zone is not self.own for one in found):
            return found  # whole days and times in UTC, whatever zone is named beside them
        if name := line.parameter("TZID"):
            zone = self._named(name)
        else:
            zone = default or (self._named(self._floating) if self._floating else self.own)
        return [
            replace(one, zone=zone) if one.zone is self.own and not one.all_day else one
            for one in found
        ]

    def _named(self, name: str) -> tzinfo:
        if name not in self._known:
            self._known[name] = self._find(name)
        zone = self._known[name]
        if zone is None:
            raise LeftOutError("zone")
        return zone

    def _find(self, name: str) -> tzinfo | None:
        """Return the zone of that name; what the world knows by it comes before the file."""
        defined = self._defined.get(name)
        path = name.strip("/").split("/")
        for known in ("/".join(path[-3:]), "/".join(path[-2:])):
            if ("/" in known or known.upper() in ("UTC", "GMT")) and (zone := _of_world(known)):
                return zone
        if olson := _windows().get(name.lower()):
            return ZoneInfo(olson)
        if defined is not None:
            try:
                return _FileZone(defined, self._stop, self._patience)
            except (LeftOutError, OverflowError):
                pass
        return _of_world(name) or _guess(name)


@cache
def _world() -> dict[str, str]:
    """Return every zone by its name in small letters; asking the system takes seconds."""
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return {name.lower(): name for name in names}


def _of_world(name: str) -> ZoneInfo | None:
    known = _world().get(name.lower())
    return ZoneInfo(known) if known else None


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.lower(): olson for name, olson in WINDOWS_TO_OLSON.items()}


@cache
def _cities() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in sorted(_world().values()):
        if _CONTINENT.fullmatch(name):
            found.setdefault(name.rpartition("/")[2].lower(), name)
    return found


def _guess(name: str) -> tzinfo | None:
    """Return the zone of a name for people, such as “(UTC-05:00) Eastern Time (US & Canada)”.

    Without a zone that is known by a city or by its time, it is so far from Greenwich as it says.
    """
    told = _AWAY.findall(name)
    away = [timedelta(hours=int(h), minutes=int(m or 0)) * (-1 if s == "-" else 1)
            for s, h, m in told]  # fmt: skip
    for candidate in _candidates(name):
        if not away or away[0] == _usual(candidate):
            return candidate
    if len(told) == 1:
        sign, hours, minutes = told[0]
        try:
            return offset(f"{sign}{int(hours):02}{minutes or '00'}")
        except LeftOutError:
            return None
    return None


def _usual(zone: ZoneInfo) -> timedelta:
    """Return how far the clock is from Greenwich while no summer time is kept."""
    halves = (datetime(2026, month, 1, tzinfo=zone) for month in (1, 7))
    return min(away for half in halves if (away := half.utcoffset()) is not None)


def _candidates(name: str) -> Iterator[ZoneInfo]:
    if (time := _NAMED_TIME.search(name)) and (
        olson := _windows().get(f"{time[1].lower()} standard time")
    ):
        yield ZoneInfo(olson)
    for place in _PLACES.split(name):
        if city := _cities().get(place.strip().lower().replace(" ", "_")):
            yield ZoneInfo(city)


class _FileZone(tzinfo):
    """A zone as a file defines it: when its clocks change, up to the horizon."""

    def __init__(self, component: Component, stop: datetime, patience: Patience) -> None:
        changes: dict[datetime, tuple[timedelta, timedelta]] = {}
        for part in component.parts:
            if part.kind not in ("STANDARD", "DAYLIGHT"):
                continue
            before, after = (_away(part.value(f"TZOFFSET{end}")) for end in ("FROM", "TO"))
            for local in _onsets(part, before, stop, patience):
                changes[local - before] = (before, after)
                if len(changes) > _MOST_CHANGES:
                    raise LeftOutError("zone")
        if not changes:
            raise LeftOutError("zone")
        self._at = sorted(changes)
        ordered = [changes[at] for at in self._at]
        self._away = [ordered[0][0], *(after for _, after in ordered)]
        # An hour that a clock leaps over is counted on the clock before.
        self._local = [
            at + max(before, after) for at, (before, after) in zip(self._at, ordered, strict=True)
        ]

    def utcoffset(self, local: datetime | None) -> timedelta:
        """Return how far the clock is from Greenwich."""
        if local is None:
            return self._away[-1]
        return self._away[bisect_right(self._local, local.replace(tzinfo=None))]

    def dst(self, _local: datetime | None) -> timedelta:
        """Return nothing: only the whole distance matters."""
        return timedelta()

    def tzname(self, _local: datetime | None) -> str:
        """Return a name for messages of failures."""
        return "of the file"

    def fromutc(self, at: datetime) -> datetime:
        """Return a moment in UTC on this clock."""
        return at + self._away[bisect_right(self._at, at.replace(tzinfo=None))]


def _away(text: str) -> timedelta:
    found = offset(text).utcoffset(None)
    return found if found is not None else timedelta()


def _onsets(
    part: Component, before: timedelta, stop: datetime, patience: Patience
) -> Iterator[datetime]:
    """Yield the times at which a clock changes, on the clock before."""
    (first,) = moments_in(part.value("DTSTART"), UTC)[:1]
    yield first.local
    zone = timezone(before)
    for line in part.lines.get("RRULE", ()):
        if line.value.strip():
            rule = Rule(line.value, zone)
            yield from rule.between(first.local, first.local, stop, patience)
    for line in part.lines.get("RDATE", ()):
        yield from (moment.on(zone) for moment in moments_in(line.value, zone))
