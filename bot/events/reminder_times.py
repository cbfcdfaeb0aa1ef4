"""When somebody is reminded of what: pure arithmetic, no table and no clock of its own.

Days before are days on the calendar of the zone, so that a reminder keeps its hour where the
clocks change. Nothing is ever planned for quiet hours: it is moved to the evening before them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.quiet_hours import QuietHours

WEEK, THREE_DAYS, DAY, HOUR = 10_080, 4_320, 1_440, 60
OFFSETS = (WEEK, THREE_DAYS, DAY, HOUR)
USUAL = (WEEK, DAY, HOUR)
# The hour from which an event without an hour is counted.
MORNING = time(8)
# Time for many reminders to leave before the quiet hours begin.
BEFORE_QUIET = timedelta(minutes=30)


@dataclass(frozen=True)
class When:
    """The time of one date; `closes` is until when a reminder is of use."""

    starts: datetime
    closes: datetime
    all_day: bool = False


def offsets_for(
    kind: str,
    *,
    all_day: bool,
    of_event: Sequence[int] | None,
    of_person: Sequence[int] | None,
    for_this: Sequence[int] | None,
) -> tuple[int, ...]:
    """Return how long before she is reminded: her choice for this, hers, the event's, the usual.

    An hour before an event without an hour means nothing and is left out.
    """
    usual = OFFSETS if kind == "deadline" else USUAL
    chosen = next((c for c in (for_this, of_person, of_event) if c is not None), usual)
    return tuple(m for m in OFFSETS if m in chosen and not (all_day and m < DAY))


def due_at(when: When, minutes: int, quiet: QuietHours, zone: ZoneInfo) -> datetime:
    """Return when a reminder is due: `minutes` before, or earlier, never in quiet hours."""
    local = when.starts.astimezone(zone)
    if when.all_day:
        local = datetime.combine(local.date(), MORNING, zone)
    days, rest = divmod(minutes, DAY)
    due = (local - timedelta(days=days)).astimezone(UTC) - timedelta(minutes=rest)
    return quiet.began(due, zone) - BEFORE_QUIET if quiet.holds(due, zone) else due


def grace(minutes: int) -> timedelta:
    """Return how late a reminder may come without saying so."""
    return min(timedelta(minutes=minutes) / 6, timedelta(hours=2))


@dataclass(frozen=True)
class Verdict:
    """What becomes of a reminder whose time has come; `until` is when it must have left."""

    act: Literal["send", "wait", "drop"]
    late: bool = False
    why: str | None = None
    until: datetime | None = None


def judge(
    when: When,
    minutes: int,
    due: datetime,
    newest_due: datetime,
    now: datetime,
    quiet: QuietHours,
    zone: ZoneInfo,
) -> Verdict:
    """Return what to do with a reminder that was due at `due`, now.

    Of several that were missed only the newest is sent (`newest_due`), late and saying so, and
    only while it is of use. What comes due in quiet hours after all waits until their end.
    """
    if now >= when.closes:
        return Verdict("drop", why="too late")
    if newest_due > due:
        return Verdict("drop", why="overtaken")
    late = now - due >= grace(minutes)
    morning = quiet.over(now, zone)
    if morning is not None:
        if morning >= when.closes:
            return Verdict("drop", why="quiet until too late")
        return Verdict("wait", until=morning)
    limits = [when.closes]
    if quiet.begins != quiet.ends:
        limits.append(quiet.next(quiet.begins, now, zone))
    if not late:
        limits.append(due + grace(minutes))
    return Verdict("send", late=late, until=min(limits))
