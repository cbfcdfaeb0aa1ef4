"""Coordinators write dates in many ways; all of them mean the same hour in Phnom Penh."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.typed_times import (
    TimeProblemError,
    moment_meant,
    next_times,
    read_day,
    read_span,
)

ZONE = ZoneInfo("Asia/Phnom_Penh")
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
TWO, FOUR = datetime(2026, 12, 5, 7, 0, tzinfo=UTC), datetime(2026, 12, 5, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-05 14:00",
        "5/12/2026 14:00",
        "5.12.2026, 2pm",
        "05-12-2026 2 PM",
        "5/12 14:00",
        "5 December 2026 14:00",
        "5 Dec 2pm",
        "5th of December, 14h",
        "December 5, 2026 2:00 pm",
        "Saturday 5 December 14:00",
        "៥ ធ្នូ ២០២៦ ម៉ោង ១៤:០០",
        "ថ្ងៃទី៥ ខែធ្នូ ឆ្នាំ២០២៦ ម៉ោង ២ រសៀល",
        "៥/១២ ម៉ោង ២:០០ រសៀល",
        "5/12 14.00",
        "5/12 room 2.10, 14:00",
    ],
)
def test_many_ways_to_write_one_time(text: str) -> None:
    span = read_span(text, NOW, ZONE)
    assert (span.starts, span.ends, span.all_day) == (TWO, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "5/12/2026 14:00-16:00",
        "5/12 2-4pm",
        "5/12 14:00 to 16:00",
        "5/12 ម៉ោង ២ រសៀល ដល់ ៤ រសៀល",
        "5 December 14:00 – 16:00",
    ],
)
def test_an_end_may_be_told(text: str) -> None:
    span = read_span(text, NOW, ZONE)
    assert (span.starts, span.ends) == (TWO, FOUR)


def test_without_a_time_it_is_the_whole_day() -> None:
    span = read_span("30/11/2026", NOW, ZONE)
    assert span.all_day
    assert span.starts == datetime(2026, 11, 29, 17, 0, tzinfo=UTC)


def test_a_number_alone_is_no_time() -> None:
    assert read_span("30/11/2026 room 3", NOW, ZONE).all_day


def test_a_day_without_a_year_is_the_next_such_day() -> None:
    assert read_day("3/2", NOW, ZONE).isoformat() == "2027-02-03"
    assert read_day("24/11", NOW, ZONE).isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("soon", "unreadable"),
        ("", "unreadable"),
        ("31/2/2027 10:00", "no_such_day"),
        ("5/13 10:00", "no_such_day"),
        ("5/12 25:00", "no_such_time"),
        ("5/12 14pm", "no_such_time"),
        ("1/1/2026 10:00", "past"),
        ("24/11/2026 09:00", "past"),
        ("1/1/2036", "far"),
    ],
)
def test_what_is_wrong_is_named(text: str, problem: str) -> None:
    with pytest.raises(TimeProblemError, match=f"^{problem}$"):
        read_span(text, NOW, ZONE)


EVENING = datetime(2026, 11, 24, 16, 30, tzinfo=ZONE)


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
        ("6.30", "2026-11-25T06:30"),
        ("5 ធ្នូ ម៉ោង ២ រសៀល", "2026-12-05T14:00"),
        ("5 December 2pm", "2026-12-05T14:00"),
        ("2pm", "2026-11-25T14:00"),
        ("24/11 9:00", "2026-11-24T09:00"),
        ("5 ធ្នូ", None),
        ("18", None),
        ("tomorrow", None),
        ("31/2 8:00", None),
        ("25:00", None),
        ("", None),
        ("9" * 500, None),
    ],
)
def test_what_is_meant(text: str, meant: str | None) -> None:
    found = moment_meant(text, EVENING, ZONE)
    assert (found and found.isoformat(timespec="minutes")[:16]) == meant


def test_times_worth_offering_lie_ahead() -> None:
    assert [f"{t:%d %H}" for t in next_times(EVENING, ZONE)] == ["24 18", "25 07", "25 18"]
