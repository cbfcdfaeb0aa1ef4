"""Reads a date and a time as coordinators write them, in Khmer or English.

    5/12/2026 14:00-16:00    2026/12/05 2pm    5 December, 14:00 to 16:00    5/12 noon
    ៥ ធ្នូ ២០២៦ ម៉ោង ២ កន្លះ រសៀល      3-5 December 2026 9:00      18.30

Of an event, a date without a time means the whole day; of a moment, a time without a date is the
next such time. Times are of the own zone unless another is told behind them.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from bot.language.khmer import latin_digits, repair
from bot.language.typed_days import Days, NoSuchDayError, find_days

_HALVES = {"am": 0, "ព្រឹក": 0, "pm": 12, "រសៀល": 12, "ល្ងាច": 12, "យប់": 12}
_HALF = "|".join(_HALVES)
_TIME = re.compile(
    r"(?:ម៉ោង\s*|\bat\s+|@\s*)?(?<![\d:])(\d{1,2})(?:(?:[:h]|\.(?=\d\d))(\d{2})?)?\s*"
    rf"({_HALF})?(?![\d:])"
)
_BETWEEN = re.compile(r"^\s*(?:-|–|—|~|to|until|till|ដល់)\s*")
# Other ways to say a time, each said anew as one of those above.
_SAID_ANEW: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=\d)(\s*)([ap])\.\s?m\b\.?"), r"\1\2m"),
    (re.compile(r"\b(?:12\s*)?(?:noon|midday)\b|(?:ម៉ោង\s*)?(?:12\s*)?ថ្ងៃត្រង់"), " 12:00 "),
    (re.compile(r"\b(?:12\s*)?midnight\b|(?:ម៉ោង\s*)?(?:12\s*)?អធ្រាត្រ"), " 00:00 "),
    (re.compile(r"\bhalf\s+past\s+(\d{1,2})(?!\d)"), r"\1:30"),
    (re.compile(r"\bquarter\s+past\s+(\d{1,2})(?!\d)"), r"\1:15"),
    (re.compile(r"(?<![\d:])(\d{1,2})\s*(?:ម៉ោង\s*)?កន្លះ"), r"\1:30 "),
    (re.compile(r"ម៉ោង\s*(\d{1,2})\s*(?:និង\s*)?(\d{2})\s*នាទី"), r"\1:\2 "),
    (re.compile(r"(?<![\d:])(\d{1,2})\s*o'?clock\b"), r"\1:00"),
)
# As machines write it, such as 2026-12-05T09:00:00+07:00.
_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)t(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:\s*(z|[+-]\d\d:?\d\d)(?!\d))?"
)
_AWAY = re.compile(
    r"(?:(?<=\d)\s*z|\b(?:utc|gmt))(?:\s*([+-])\s*(\d{1,2})(?::?([0-5]\d))?)?(?![a-z\d:])"
)
_END_OF_DAY = time(23, 59)
# A slip in the year is likelier than an event that is known so long before.
YEARS_AHEAD = 2
_MOST_AHEAD = timedelta(days=366 * YEARS_AHEAD)

# A day with its hours, from one to another.
_LONGEST_DAY = 60
# Whether a text is a day does not depend on today.
_SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class TimeProblemError(Exception):
    """The text names no usable time; the message is the name of words in `content/`."""


@dataclass(frozen=True)
class Span:
    """When something begins and, if told, ends; `all_day` when no time was told."""

    starts: datetime
    ends: datetime | None
    all_day: bool


def read_span(text: str, now: datetime, zone: ZoneInfo) -> Span:
    """Return the time that `text` names in `zone`. Raises TimeProblemError.

    Of several days the first hour told is that of the first, another that of the last.
    """
    plain, clock = _told_in(_plain(text, zone), zone)
    days = _days(plain, now.astimezone(clock).date())
    if days.first.year < now.year - 1:
        raise TimeProblemError("past")
    if days.last.year > now.year + YEARS_AHEAD + 1:
        raise TimeProblemError("far")
    first, last = _hours(days)
    if first is None:
        starts = datetime.combine(days.first, time(), zone)
        after = datetime.combine(days.last + timedelta(days=1), time(), zone)
        ends = after.astimezone(UTC) if days.last > days.first else None
        span = Span(starts.astimezone(UTC), ends, True)
    else:
        span = Span(*_from_to(days, first, last, clock), False)
    return _to_come(span, now)


def _to_come(span: Span, now: datetime) -> Span:
    """Return a span that is not over, a whole day until its end, nor too far ahead."""
    if (span.starts if not span.all_day else span.ends or span.starts + timedelta(days=1)) <= now:
        raise TimeProblemError("past")
    if (span.ends or span.starts) - now > _MOST_AHEAD:
        raise TimeProblemError("far")
    return span


def _hours(days: Days) -> tuple[time | None, time | None]:
    """Return at which hours the first day begins and the last ends, as far as they are told."""
    between, after = _take_times(days.between), _take_times(days.after)
    if between:
        later = after or between[1:]
        return between[0], later[-1] if later else None
    first, last, *_ = [*_take_times(days.before + " " + days.after), None, None]
    return first, last


def _from_to(
    days: Days, first: time, last: time | None, clock: tzinfo
) -> tuple[datetime, datetime | None]:
    starts = datetime.combine(days.first, first, clock)
    if days.last > days.first:
        ends = datetime.combine(days.last, last or _END_OF_DAY, clock)
    elif last is None:
        return starts.astimezone(UTC), None
    else:
        ends = datetime.combine(days.first, last, clock)
        if ends <= starts:
            ends += timedelta(days=1)
    return starts.astimezone(UTC), ends.astimezone(UTC)


def like(span: Span, old: datetime, now: datetime, zone: ZoneInfo, *, all_day: bool) -> Span:
    """Return a span for a date of an event that has an hour, or has none, whatever was told.

    Told only a day, the date keeps its old hour; told an hour where there is none, it loses it.
    Raises TimeProblemError: told only today, the old hour may be over.
    """
    if span.all_day == all_day:
        return span
    local = span.starts.astimezone(zone)
    hour = time() if all_day else old.astimezone(zone).time()
    starts = datetime.combine(local.date(), hour, zone).astimezone(UTC)
    return _to_come(Span(starts, None, all_day), now)


def read_last_day(text: str, now: datetime, zone: ZoneInfo) -> date:
    """Return the day until which something goes on, of several the first.

    Raises TimeProblemError, also for one that is over or too far ahead.
    """
    day, today = read_days(text, now, zone).first, now.astimezone(zone).date()
    if day < today:
        raise TimeProblemError("past")
    if day - today > _MOST_AHEAD:
        raise TimeProblemError("far")
    return day


def read_days(text: str, now: datetime, zone: ZoneInfo) -> Days:
    """Return the days that `text` names. Raises TimeProblemError."""
    return _days(_plain(text, zone), now.astimezone(zone).date())


def is_like_day(text: str) -> bool:
    """Return whether a short text is a day, or is meant for one that there is not: no question."""
    if len(text) > _LONGEST_DAY or "?" in text:
        return False
    try:
        read_days(text, _SOME_TIME, ZoneInfo("UTC"))
    except TimeProblemError as error:
        return str(error) != "unreadable"
    return True


def moment_meant(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment that `text` names in `zone`; None when it names none, or no hour.

    An hour alone is the next such hour. One told with its day may lie in the past.
    """
    plain, clock = _told_in(_plain(text, zone), zone)
    plain, today = plain.strip(), now.astimezone(clock).date()
    alone = _TIME.fullmatch(plain)
    try:
        if alone is not None and _is_time(alone):
            moment = datetime.combine(today, _time(alone), clock)
            moment = moment if moment > now else moment + timedelta(days=1)
            return moment.astimezone(zone)
        days = _days(plain, today)
        first, _ = _hours(days)
        return datetime.combine(days.first, first, clock).astimezone(zone) if first else None
    except (TimeProblemError, OverflowError):
        return None


def next_times(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return times worth offering: this evening, tomorrow morning, tomorrow evening."""
    here = now.astimezone(zone)
    days = (here, here + timedelta(days=1))
    times = [
        day.replace(hour=h, minute=0, second=0, microsecond=0) for day in days for h in (7, 18)
    ]
    return [at for at in times if at > here + timedelta(minutes=10)]


def _plain(text: str, zone: ZoneInfo) -> str:
    """Return the text as it is looked through: in small letters, each time said in one way."""
    text = latin_digits(repair(unicodedata.normalize("NFKC", text))).lower()
    text = _STAMP.sub(lambda found: _stamp(found, zone), text)
    for way, anew in _SAID_ANEW:
        text = way.sub(anew, text)
    return text


def _stamp(found: re.Match[str], zone: ZoneInfo) -> str:
    """Return what a machine has written as people do, on the own clock."""
    try:
        told = datetime.fromisoformat(f"{found[1]}T{found[2]}{(found[3] or '').upper()}")
        told = told.astimezone(zone) if told.tzinfo else told
    except (ValueError, OverflowError):
        return f"{found[1]} {found[2]}"
    return f"{told:%Y-%m-%d %H:%M}"


def _told_in(text: str, zone: ZoneInfo) -> tuple[str, tzinfo]:
    """Return the text without the zone that it names, and that zone or else the own one."""
    found = _AWAY.search(text)
    if found is None:
        return text, zone
    away = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
    if away >= timedelta(days=1):
        raise TimeProblemError("no_such_time")
    away = -away if found[1] == "-" else away
    return f"{text[: found.start()]} {text[found.end() :]}", timezone(away)


def _days(text: str, today: date) -> Days:
    try:
        days = find_days(text, today)
    except NoSuchDayError:
        raise TimeProblemError("no_such_day") from None
    if days is None:
        raise TimeProblemError("unreadable")
    return days


def _take_times(text: str) -> list[time]:
    """Return none, one or two times. Raises TimeProblemError for a time that is none."""
    found = list(_TIME.finditer(text))
    clear = any(_is_time(one) and not _may_be_no_time(one) for one in found)
    for first in found:
        between = _BETWEEN.match(text[first.end() :])
        second = _TIME.match(text[first.end() + between.end() :]) if between else None
        # Of numbers alone, such as 9-11, those are hours that come first of all.
        bare = not clear and not text[: first.start()].strip(" ,;:.-–—()")
        if second is not None and (_is_time(first) or _is_time(second) or bare):
            # "2-4pm": the half of the day is told once, for both.
            return [_time(first, second[3] if first[2] is None else None), _time(second)]
        if _is_time(first) and not (clear and _may_be_no_time(first)):
            return [_time(first)]
    return []


def _is_time(found: re.Match[str]) -> bool:
    """Return whether this is more than a number, such as that of a room."""
    return found[0].strip() != found[1]


def _may_be_no_time(found: re.Match[str]) -> bool:
    """Return whether this, such as 2.10 or at 5, is a time only where nothing clearer is told."""
    said = found[0].strip()
    return said == f"{found[1]}.{found[2]}" or (
        said.startswith(("at", "@")) and found[2] is None and found[3] is None
    )


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
