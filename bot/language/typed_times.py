"""Reads a date and a time as coordinators write them, in Khmer or English.

    5/12/2026 14:00-16:00    2026-12-05 2pm    5 December, 14:00 to 16:00
    ៥ ធ្នូ ២០២៦ ម៉ោង ២ រសៀល      5/12      18:00

Days come before months, as in Cambodia. A date without a year is the next such day. Of an event,
a date without a time means the whole day; of a moment, a time without a date is the next such
time.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from bot.language.khmer import latin_digits, repair

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?(?![\d:])")
_NAMED = (
    r"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s*)?(?:ខែ\s*)?({names})\.?,?"
    r"(?:\s*ឆ្នាំ)?(?:\s*(\d{{4}})(?!:))?"
)
_AMERICAN = r"\b({names})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}})(?!:))?(?!\s*:)"
_HALVES = {"am": 0, "ព្រឹក": 0, "pm": 12, "រសៀល": 12, "ល្ងាច": 12, "យប់": 12}
_HALF = "|".join(_HALVES)
_TIME = re.compile(
    rf"(?:ម៉ោង\s*)?(?<![\d:])(\d{{1,2}})(?:(?:[:h]|\.(?=\d\d))(\d{{2}})?)?\s*({_HALF})?(?![\d:])",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^\s*(?:-|–|—|to|until|ដល់)\s*", re.IGNORECASE)
MOST_DAYS_AHEAD = 3 * 366
# The languages whose names of months are read; numbers serve everybody else.
_MONTHS_OF = ("km", "en")


class TimeProblemError(Exception):
    """The text names no usable time; the message is the name of words in `content/`."""


@dataclass(frozen=True)
class Span:
    """When something begins and, if told, ends; `all_day` when no time was told."""

    starts: datetime
    ends: datetime | None
    all_day: bool


def read_span(text: str, now: datetime, zone: ZoneInfo) -> Span:
    """Return the time that `text` names in `zone`. Raises TimeProblemError."""
    day, rest = _take_day(_plain(text), now.astimezone(zone).date())
    times = _take_times(rest)
    if not times:
        span = Span(datetime.combine(day, time(), zone).astimezone(UTC), None, True)
    else:
        starts = datetime.combine(day, times[0], zone)
        ends = datetime.combine(day, times[1], zone) if len(times) > 1 else None
        if ends is not None and ends <= starts:
            ends += timedelta(days=1)
        span = Span(starts.astimezone(UTC), ends.astimezone(UTC) if ends else None, False)
    last = span.starts + timedelta(days=1) if span.all_day else span.starts
    if last <= now:
        raise TimeProblemError("past")
    if span.starts - now > timedelta(days=MOST_DAYS_AHEAD):
        raise TimeProblemError("far")
    return span


def like(span: Span, old: datetime, zone: ZoneInfo, *, all_day: bool) -> Span:
    """Return a span for a date of an event that has an hour, or has none, whatever was told.

    Told only a day, the date keeps its old hour; told an hour where there is none, it loses it.
    """
    if span.all_day == all_day:
        return span
    local = span.starts.astimezone(zone)
    hour = time() if all_day else old.astimezone(zone).time()
    return Span(datetime.combine(local.date(), hour, zone).astimezone(UTC), None, all_day)


def read_day(text: str, now: datetime, zone: ZoneInfo) -> date:
    """Return the day that `text` names. Raises TimeProblemError."""
    return _take_day(_plain(text), now.astimezone(zone).date())[0]


def moment_meant(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment that `text` names in `zone`; None when it names none, or no hour.

    An hour alone is the next such hour. One told with its day may lie in the past.
    """
    plain, today = _plain(text).strip(), now.astimezone(zone).date()
    alone = _TIME.fullmatch(plain)
    try:
        if alone is not None and _is_time(alone):
            moment = datetime.combine(today, _time(alone), zone)
            return moment if moment > now else moment + timedelta(days=1)
        day, rest = _take_day(plain, today)
        times = _take_times(rest)
    except TimeProblemError:
        return None
    return datetime.combine(day, times[0], zone) if times else None


def next_times(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return times worth offering: this evening, tomorrow morning, tomorrow evening."""
    here = now.astimezone(zone)
    days = (here, here + timedelta(days=1))
    times = [
        day.replace(hour=h, minute=0, second=0, microsecond=0) for day in days for h in (7, 18)
    ]
    return [at for at in times if at > here + timedelta(minutes=10)]


def _plain(text: str) -> str:
    return latin_digits(repair(text)).lower()


def _take_day(text: str, today: date) -> tuple[date, str]:
    """Return the day and what is left of the text."""
    months, names = _months()
    if found := _ISO.search(text):
        year, month, day = (int(g) for g in found.groups())
    elif found := _SLASHED.search(text):
        day, month, year = int(found[1]), int(found[2]), int(found[3] or 0)
    elif found := re.search(_NAMED.format(names=names), text):
        day, month, year = int(found[1]), months[found[2]], int(found[3] or 0)
    elif found := re.search(_AMERICAN.format(names=names), text):
        day, month, year = int(found[2]), months[found[1]], int(found[3] or 0)
    else:
        raise TimeProblemError("unreadable")
    try:
        told = date(year or today.year, month, day)
        if not year and told < today:
            told = date(today.year + 1, month, day)
    except ValueError:
        raise TimeProblemError("no_such_day") from None
    return told, text[: found.start()] + " " + text[found.end() :]


def _take_times(text: str) -> list[time]:
    """Return none, one or two times. Raises TimeProblemError for a time that is none."""
    found = list(_TIME.finditer(text))
    clear = any(_is_time(one) and not _may_be_a_room(one) for one in found)
    for first in found:
        between = _BETWEEN.match(text[first.end() :])
        second = _TIME.match(text[first.end() + between.end() :]) if between else None
        if second is not None and (_is_time(first) or _is_time(second)):
            # "2-4pm": the half of the day is told once, for both.
            return [_time(first, second[3] if first[2] is None else None), _time(second)]
        if _is_time(first) and not (clear and _may_be_a_room(first)):
            return [_time(first)]
    return []


def _is_time(found: re.Match[str]) -> bool:
    """Return whether this is more than a number, such as that of a room."""
    return found[0].strip() != found[1]


def _may_be_a_room(found: re.Match[str]) -> bool:
    """Return whether this, such as 2.10, is a time only where nothing clearer is told."""
    return found[0].strip() == f"{found[1]}.{found[2]}"


def _time(found: re.Match[str], borrowed: str | None = None) -> time:
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or borrowed
    if half is not None:
        if not 1 <= hour <= 12:
            raise TimeProblemError("no_such_time")
        hour = hour % 12 + _HALVES[half]
        # ម៉ោង ១២ យប់ is midnight, not noon.
        if half == "យប់" and int(found[1]) == 12:
            hour = 0
    try:
        return time(hour, minute)
    except ValueError:
        raise TimeProblemError("no_such_time") from None


@cache
def _months() -> tuple[dict[str, int], str]:
    """Return the months by name, and an alternation of the names, longest first."""
    months: dict[str, int] = {}
    for language in _MONTHS_OF:
        for width in ("wide", "abbreviated"):
            names = Locale(language).months["format"][width]
            months |= {repair(str(name)).lower(): number for number, name in names.items()}
    return months, "|".join(sorted(map(re.escape, months), key=len, reverse=True))
