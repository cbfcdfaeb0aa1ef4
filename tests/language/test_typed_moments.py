"""Times as coordinators type them, in the zone of the programme."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.typed_times import moment_meant, next_times

ZONE = ZoneInfo("Asia/Phnom_Penh")
NOW = datetime(2026, 11, 24, 16, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("18:00", "2026-11-24T18:00"),
        ("7:05", "2026-11-25T07:05"),
        ("25/11 18:00", "2026-11-25T18:00"),
        ("25-11-2027  6.30", "2027-11-25T06:30"),
        ("២៥/១១ ១៨:០០", "2026-11-25T18:00"),
        ("2026-12-01 09:00", "2026-12-01T09:00"),
        ("1/2 8:00", "2027-02-01T08:00"),
        ("tomorrow", None),
        ("31/2 8:00", None),
        ("25:00", None),
        ("", None),
        ("9" * 500, None),
    ],
)
def test_what_is_meant(text: str, meant: str | None) -> None:
    found = moment_meant(text, NOW, ZONE)
    assert (found and found.isoformat(timespec="minutes")[:16]) == meant


def test_times_worth_offering_lie_ahead() -> None:
    assert [f"{t:%d %H}" for t in next_times(NOW, ZONE)] == ["24 18", "25 07", "25 18"]
