"""When a reminder is due, and what becomes of one that was missed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.reminder_times import (
    DAY,
    HOUR,
    OFFSETS,
    THREE_DAYS,
    WEEK,
    When,
    due_at,
    judge,
    offsets_for,
)
from bot.quiet_hours import QuietHours

PHNOM_PENH, PARIS = ZoneInfo("Asia/Phnom_Penh"), ZoneInfo("Europe/Paris")
QUIET = QuietHours()


def _local(day: int, hour: int, minute: int = 0, zone: ZoneInfo = PHNOM_PENH) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=zone).astimezone(UTC)


def _timed(starts: datetime) -> When:
    return When(starts, starts)


def test_a_week_a_day_and_an_hour_before() -> None:
    when = _timed(_local(10, 14))
    due = [due_at(when, minutes, QUIET, PHNOM_PENH) for minutes in (WEEK, DAY, HOUR)]
    assert due == [_local(3, 14), _local(9, 14), _local(10, 13)]


def test_quiet_hours_move_a_reminder_to_the_evening_before() -> None:
    early = _timed(_local(10, 6, 30))
    assert due_at(early, DAY, QUIET, PHNOM_PENH) == _local(9, 6, 30)
    assert due_at(early, HOUR, QUIET, PHNOM_PENH) == _local(9, 20, 30)
    late = _timed(_local(10, 22))
    assert due_at(late, HOUR, QUIET, PHNOM_PENH) == _local(10, 20, 30)


def test_an_event_without_an_hour_is_counted_from_the_morning() -> None:
    when = When(_local(10, 0), _local(11, 0), all_day=True)
    assert due_at(when, DAY, QUIET, PHNOM_PENH) == _local(9, 8)


def test_a_day_before_keeps_its_hour_where_the_clocks_change() -> None:
    starts = datetime(2026, 10, 25, 14, tzinfo=PARIS).astimezone(UTC)
    due = due_at(_timed(starts), DAY, QUIET, PARIS)
    assert starts - due == timedelta(hours=25)
    assert due.astimezone(PARIS).hour == 14


def test_whose_choice_counts() -> None:
    def chosen(
        kind: str = "workshop",
        all_day: bool = False,
        event: list[int] | None = None,
        hers: list[int] | None = None,
        this: list[int] | None = None,
    ) -> tuple[int, ...]:
        return offsets_for(kind, all_day=all_day, of_event=event, of_person=hers, for_this=this)

    assert chosen() == (WEEK, DAY, HOUR)
    assert chosen("deadline") == (WEEK, THREE_DAYS, DAY, HOUR)
    assert chosen("deadline", all_day=True) == (WEEK, THREE_DAYS, DAY)
    assert chosen(event=[DAY]) == (DAY,)
    assert chosen(event=[DAY], hers=[HOUR]) == (HOUR,)
    assert chosen(event=[DAY], hers=[HOUR], this=[]) == ()


_SECONDS = st.integers(0, 3 * 365 * 24 * 3600)
_QUIETS = st.builds(
    QuietHours, st.builds(time, st.integers(18, 23)), st.builds(time, st.integers(5, 9))
)
_ZONES = st.sampled_from(
    [PHNOM_PENH, PARIS, ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Tehran")]
)


@given(_SECONDS, st.booleans(), st.sampled_from(OFFSETS), _QUIETS, _ZONES)
def test_never_in_quiet_hours_and_never_later_than_asked(
    second: int, all_day: bool, minutes: int, quiet: QuietHours, zone: ZoneInfo
) -> None:
    starts = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    when = When(starts, starts + timedelta(days=all_day), all_day)
    due = due_at(when, minutes, quiet, zone)
    assert not quiet.holds(due, zone)
    assert due < when.closes
    if not all_day:
        # The clock of a day may be an hour short or long; the night is at most fifteen hours.
        early = starts - timedelta(minutes=minutes) - due
        assert -timedelta(hours=1) <= early <= timedelta(hours=16, minutes=30)


STARTS = _local(10, 14)


@pytest.mark.parametrize(
    ("minutes", "now", "newest", "act", "late", "why"),
    [
        (DAY, _local(9, 14), None, "send", False, None),
        (DAY, _local(9, 15), None, "send", False, None),
        (DAY, _local(9, 18), None, "send", True, None),
        (HOUR, _local(10, 13, 30), None, "send", True, None),
        (HOUR, _local(10, 14), None, "drop", False, "too late"),
        (DAY, _local(10, 13, 10), _local(10, 13), "drop", False, "overtaken"),
        (DAY, _local(9, 23), None, "wait", False, None),
    ],
)  # fmt: skip
def test_after_downtime(
    minutes: int, now: datetime, newest: datetime | None, act: str, late: bool, why: str | None
) -> None:
    due = due_at(_timed(STARTS), minutes, QUIET, PHNOM_PENH)
    verdict = judge(_timed(STARTS), minutes, due, newest or due, now, QUIET, PHNOM_PENH)
    assert (verdict.act, verdict.late, verdict.why) == (act, late, why)


def test_what_was_missed_in_the_night_waits_for_the_morning_only_if_it_is_then_of_use() -> None:
    when = _timed(_local(10, 6, 30))
    due = due_at(when, HOUR, QUIET, PHNOM_PENH)
    verdict = judge(when, HOUR, due, due, _local(9, 23), QUIET, PHNOM_PENH)
    assert (verdict.act, verdict.until) == ("wait", _local(10, 6))
    too_early = _timed(_local(10, 5))
    due = due_at(too_early, HOUR, QUIET, PHNOM_PENH)
    verdict = judge(too_early, HOUR, due, due, _local(9, 23), QUIET, PHNOM_PENH)
    assert (verdict.act, verdict.why) == ("drop", "quiet until too late")


def test_a_reminder_must_have_left_before_it_is_late_or_the_night_begins() -> None:
    evening = _timed(_local(10, 21, 40))
    due = due_at(evening, HOUR, QUIET, PHNOM_PENH)
    verdict = judge(evening, HOUR, due, due, due, QUIET, PHNOM_PENH)
    assert verdict.until == due + timedelta(minutes=10)
    late = judge(evening, HOUR, due, due, _local(10, 20, 50), QUIET, PHNOM_PENH)
    assert (late.late, late.until) == (True, _local(10, 21))
