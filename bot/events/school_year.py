"""When the dates of the school year come next, and how certain that is; no table here.

A day that was announced holds until it is over. Then the date is expected again in its usual
months of the next year, where those are known, or it is no longer shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.content.school_year import Certainty, DateKind, SchoolDate, day_in
from bot.events.details import Details, Kind

SHOWN = relativedelta(years=1)
# What was this year does not come again sooner, though its usual months may be just ahead.
_APART = relativedelta(months=6)
# So long before its usual months are over nobody begins to prepare for it.
_LAST_OF_IT = timedelta(days=6)
# The kind of event that a date is taken over as; of the others the coordinator says it.
_KINDS: dict[DateKind, Kind] = {"exam": "exam", "applications": "deadline"}


@dataclass(frozen=True)
class Coming:
    """The next time of a date: its first and last day, or those of its months if only usual."""

    of: SchoolDate
    certainty: Certainty
    first: date
    last: date


def coming(dates: Iterable[SchoolDate], today: date) -> tuple[Coming, ...]:
    """Return what comes within a year: what is on now, then soonest first."""
    found = (next_of(one, today) for one in dates)
    ahead = [one for one in found if one is not None and one.first <= today + SHOWN]
    return tuple(sorted(ahead, key=lambda one: (max(one.first, today), one.last, one.of.id)))


def next_of(one: SchoolDate, today: date) -> Coming | None:
    """Return when a date comes next; None when it is over and nobody knows of a next time."""
    if one.day is not None:
        days = (day_in(one.day, year) for year in (today.year, today.year + 1))
        day = next(day for day in days if day >= today)
        return Coming(one, "fixed", day, day)
    if one.first is None or one.last is None:
        return _usual(one, today, date.min)
    if one.last >= today:
        return Coming(one, "announced", one.first, one.last)
    return _usual(one, today, one.last + _APART)


def _usual(one: SchoolDate, today: date, after: date) -> Coming | None:
    """Return its usual months that are not over and begin no sooner than `after`.

    In their last days those of the next year are told; for applications it is still time.
    """
    from_day = today if one.kind == "applications" else today + _LAST_OF_IT
    for first, last in _windows(one, max(today, after).year):
        if last >= from_day and first >= after:
            return Coming(one, "usual", first, last)
    return None


def _windows(one: SchoolDate, year: int) -> Iterator[tuple[date, date]]:
    """Yield its usual months around a year, the first and the last day of each time."""
    if one.months is None:
        return
    begins, ends = one.months
    for each in (year - 1, year, year + 1):
        first = date(each, begins, 1)
        last = date(each if ends >= begins else each + 1, ends, 1) + relativedelta(day=31)
        yield first, last


def as_event(of: SchoolDate, found: Coming | None, now: datetime, zone: ZoneInfo) -> Details:
    """Return what is known of a date as the beginning of an event.

    It has a day only where the day is certain and still ahead.
    """
    kind = _KINDS.get(of.kind)
    starts, ends = _span(found, kind, zone)
    ahead = starts is not None and starts > now
    return Details(
        kind=kind,
        title=of.name,
        text=of.text,
        everywhere=True,
        grades=of.grades,
        starts=starts if ahead else None,
        ends=ends if ahead else None,
        all_day=ahead,
    )


def _span(
    found: Coming | None, kind: Kind | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Return its time as whole days; of applications only the last day counts."""
    if found is None or found.certainty == "usual":
        return None, None
    first = found.last if kind == "deadline" else found.first
    if first == found.last:
        return _midnight(first, zone), None
    return _midnight(first, zone), _midnight(found.last + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
