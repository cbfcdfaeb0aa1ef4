"""One night for everybody: over midnight or within a day, to the minute, whatever clocks do."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.quiet_hours import QuietHours

ZONE, PARIS = ZoneInfo("Asia/Phnom_Penh"), ZoneInfo("Europe/Paris")


def _at(clock: str, zone: ZoneInfo = ZONE) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{clock}").replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("begins", "ends", "clock", "over"),
    [
        (time(21), time(6), "20:59", None),
        (time(21), time(6), "21:00", "2026-11-25T06:00"),
        (time(21), time(6), "05:59", "2026-11-24T06:00"),
        (time(21), time(6), "06:00", None),
        (time(20, 30), time(5, 45), "20:29", None),
        (time(20, 30), time(5, 45), "20:30", "2026-11-25T05:45"),
        (time(1), time(6), "03:00", "2026-11-24T06:00"),
        (time(1), time(6), "23:00", None),
        (time(6), time(6), "06:00", None),
    ],
)
def test_a_night_is_over_in_its_morning(
    begins: time, ends: time, clock: str, over: str | None
) -> None:
    night = QuietHours(begins, ends)
    found = night.over(_at(clock), ZONE)
    assert night.holds(_at(clock), ZONE) == (over is not None)
    assert (found and f"{found.astimezone(ZONE):%Y-%m-%dT%H:%M}") == over


def test_a_night_began_the_evening_before() -> None:
    night = QuietHours()
    assert night.began(_at("05:00"), ZONE) == _at("21:00").replace(day=23)
    assert night.began(_at("23:00"), ZONE) == _at("21:00")


def test_the_morning_keeps_its_hour_where_the_clocks_change() -> None:
    late = datetime(2026, 10, 24, 23, 0, tzinfo=PARIS)
    assert QuietHours().over(late, PARIS) == datetime(2026, 10, 25, 6, 0, tzinfo=PARIS)
