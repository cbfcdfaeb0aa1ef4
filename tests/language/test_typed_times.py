"""Coordinators write dates in many ways; all of them mean the same hour in Phnom Penh."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.typed_times import (
    TimeProblemError,
    like,
    moment_meant,
    next_times,
    read_days,
    read_last_day,
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
        "2026/12/05 14:00",
        "2026.12.5 2 p.m.",
        "14:00 on 2026/12/05",
        "5/12/26 14:00",
        "14.00 5/12",
        "5/12 at 14",
        "5/12 at 5 Norodom Boulevard, 14:00",
        "5/12/2026 14：00",
        "２０２６-１２-０５ １４：００",
        "2026-12-05T14:00",
        "2026-12-05T07:00Z",
        "2026-12-05T07:00:00.000Z",
        "2026-12-05T16:00+09:00",
        "5/12/2026 07:00Z",
        "5/12/2026 7:00 UTC",
        "5/12/2026 14:00 (GMT+7)",
        "5/12 2 o'clock pm",
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
        "5/12/2026 14-16",
        "2026/12/05 14.00-16.00",
        "5/12/2026 14:00 - 5/12/2026 16:00",
        "2026-12-05T07:00Z - 2026-12-05T09:00Z",
        "5/12/2026 7:00-9:00 GMT",
    ],
)
def test_an_end_may_be_told(text: str) -> None:
    span = read_span(text, NOW, ZONE)
    assert (span.starts, span.ends) == (TWO, FOUR)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("ម៉ោង ៨ កន្លះ ព្រឹក", "08:30"),
        ("ម៉ោង ២កន្លះ រសៀល", "14:30"),
        ("ម៉ោង ៨ ៣០នាទី ព្រឹក", "08:30"),
        ("half past 8", "08:30"),
        ("quarter past 8 am", "08:15"),
        ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("ថ្ងៃត្រង់", "12:00"),
        ("ម៉ោង ១២ ថ្ងៃត្រង់", "12:00"),
        ("at 9", "09:00"),
        ("14.30", "14:30"),
        ("9-11", "09:00"),
        ("8 a.m.", "08:00"),
        ("10 at noon", "12:00"),
    ],
)
def test_hours_as_people_say_them(text: str, at: str) -> None:
    span = read_span(f"5/12/2026 {text}", NOW, ZONE)
    assert f"{span.starts.astimezone(ZONE):%d.%m. %H:%M}" == f"05.12. {at}"


@pytest.mark.parametrize("text", ["grades 10-12", "room 9", "for 10-12 girls", "in the afternoon"])
def test_numbers_of_other_things_are_no_hours(text: str) -> None:
    assert read_span(f"5/12/2026 {text}", NOW, ZONE).all_day


def _spoken(text: str) -> str:
    span = read_span(text, NOW, ZONE)
    ends = span.ends.astimezone(ZONE) if span.ends else None
    starts = span.starts.astimezone(ZONE)
    if span.all_day and ends:
        return f"{starts:%d.%m.%y} - {ends - timedelta(minutes=1):%d.%m.%y}"
    return f"{starts:%d.%m.%y %H:%M} - {ends:%d.%m.%y %H:%M}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3-5 December 2026", "03.12.26 - 05.12.26"),
        ("3rd to 5th of December", "03.12.26 - 05.12.26"),
        ("5-7/12/2026", "05.12.26 - 07.12.26"),
        ("5-7/12", "05.12.26 - 07.12.26"),
        ("5 - 7.12.2026", "05.12.26 - 07.12.26"),
        ("2026/12/05-07", "05.12.26 - 07.12.26"),
        ("December 3-5, 2026", "03.12.26 - 05.12.26"),
        ("Dec 3 – 5", "03.12.26 - 05.12.26"),
        ("៣-៥ ធ្នូ ២០២៦", "03.12.26 - 05.12.26"),
        ("ថ្ងៃទី៣ ដល់ថ្ងៃទី៥ ខែធ្នូ ឆ្នាំ២០២៦", "03.12.26 - 05.12.26"),
        ("30 Nov - 2 Dec 2026", "30.11.26 - 02.12.26"),
        ("30 December - 2 January", "30.12.26 - 02.01.27"),
        ("30 December - 2 January 2027", "30.12.26 - 02.01.27"),
        ("5/12/2026 - 7/12/2026", "05.12.26 - 07.12.26"),
        ("5/12 to 7/12", "05.12.26 - 07.12.26"),
        ("2026-12-05 to 2026-12-07", "05.12.26 - 07.12.26"),
        ("3-5 December 2026 9:00", "03.12.26 09:00 - 05.12.26 23:59"),
        ("3-5 December 2026 9:00-17:00", "03.12.26 09:00 - 05.12.26 17:00"),
        ("5-7/12/2026 8am to 5pm", "05.12.26 08:00 - 07.12.26 17:00"),
        ("5/12/2026 9:00 - 6/12/2026 17:00", "05.12.26 09:00 - 06.12.26 17:00"),
        ("5/12 at 9 - 6/12 at 17", "05.12.26 09:00 - 06.12.26 17:00"),
        ("5.12.2026 9.00 - 6.12.2026 17.00", "05.12.26 09:00 - 06.12.26 17:00"),
        ("5 Dec 9am - 6 Dec 5pm", "05.12.26 09:00 - 06.12.26 17:00"),
        ("៥ ធ្នូ ម៉ោង ៩ ព្រឹក ដល់ ៦ ធ្នូ ម៉ោង ៥ ល្ងាច", "05.12.26 09:00 - 06.12.26 17:00"),
    ],
)
def test_several_days(text: str, read: str) -> None:
    assert _spoken(text) == read


@given(
    day=st.dates(date(2026, 12, 1), date(2027, 11, 1)),
    form=st.sampled_from(
        ("%d/%m/%Y", "%Y/%m/%d", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y")
    ),
    hour=st.times(),
    clock=st.sampled_from(("%H:%M", "%I:%M %p", "%Hh%M", "at %H:%M")),
    days=st.integers(0, 20),
)
def test_what_is_written_is_read_back(
    day: date, form: str, hour: time, clock: str, days: int
) -> None:
    last = day + timedelta(days=days)
    told = f"{day.strftime(form)} {hour.strftime(clock)}"
    if days:
        told += f" - {last.strftime(form)} {hour.strftime(clock)}"
    span = read_span(told, NOW, ZONE)
    hour = hour.replace(second=0, microsecond=0)
    assert span.starts == datetime.combine(day, hour, ZONE)
    assert span.ends == (datetime.combine(last, hour, ZONE) if days else None)


def test_without_a_time_it_is_the_whole_day() -> None:
    span = read_span("30/11/2026", NOW, ZONE)
    assert span.all_day
    assert span.starts == datetime(2026, 11, 29, 17, 0, tzinfo=UTC)


def test_a_number_alone_is_no_time() -> None:
    assert read_span("30/11/2026 room 3", NOW, ZONE).all_day


def test_a_day_without_a_year_is_the_next_such_day() -> None:
    assert read_last_day("3/2", NOW, ZONE).isoformat() == "2027-02-03"
    assert read_last_day("24/11", NOW, ZONE).isoformat() == "2026-11-24"


def test_of_several_days_the_first_and_the_last_are_read() -> None:
    days = read_days("៣-៥/១២/២០២៦", NOW, ZONE)
    assert (days.first, days.last) == (date(2026, 12, 3), date(2026, 12, 5))


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
        ("25/12/2028 14:00", "far"),
        ("1/12/2026 - 1/12/2036", "far"),
        ("31/12/9999", "far"),
        ("1/1/0001", "past"),
        ("9999-12-31T23:59-12:00", "far"),
        ("2026/13/05", "no_such_day"),
        ("5/12/2026 - 3/12/2026", "no_such_day"),
        ("7-5/12/2026", "no_such_day"),
        ("2026-02-31T09:00Z", "no_such_day"),
        ("5/12/2026 9:00 GMT+99", "no_such_time"),
    ],
)
def test_what_is_wrong_is_named(text: str, problem: str) -> None:
    with pytest.raises(TimeProblemError, match=f"^{problem}$"):
        read_span(text, NOW, ZONE)


def test_an_event_may_be_as_far_ahead_as_two_years() -> None:
    assert read_span("20/11/2028 14:00", NOW, ZONE).starts.year == 2028


@pytest.mark.parametrize(
    ("text", "problem"),
    [("23/11/2026", "past"), ("1/1/2029", "far"), ("1/1/1026", "past"), ("31/12/9999", "far")],
)
def test_the_day_until_which_something_goes_on_is_to_come_and_near(
    text: str, problem: str
) -> None:
    with pytest.raises(TimeProblemError, match=f"^{problem}$"):
        read_last_day(text, NOW, ZONE)
    assert read_last_day("24/11/2026", NOW, ZONE) == date(2026, 11, 24)


def test_a_date_told_only_today_keeps_its_hour_unless_that_is_over() -> None:
    today = read_span("24/11/2026", NOW, ZONE)
    later, over = NOW + timedelta(days=7, hours=1), NOW + timedelta(days=7, hours=-1)
    assert like(today, later, NOW, ZONE, all_day=False).starts == NOW + timedelta(hours=1)
    with pytest.raises(TimeProblemError, match="^past$"):
        like(today, over, NOW, ZONE, all_day=False)


@pytest.mark.parametrize("text", ["24/11/2026", "24/11/2026 18:00"])
def test_a_date_without_an_hour_can_be_of_today(text: str) -> None:
    today = like(read_span(text, NOW, ZONE), TWO, NOW, ZONE, all_day=True)
    assert (today.starts, today.all_day) == (datetime(2026, 11, 23, 17, 0, tzinfo=UTC), True)


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
        ("noon", "2026-11-25T12:00"),
        ("at 18", "2026-11-24T18:00"),
        ("18：00", "2026-11-24T18:00"),
        ("2026/12/05 9:00", "2026-12-05T09:00"),
        ("2026-12-05T09:00Z", "2026-12-05T16:00"),
        ("ម៉ោង ៨ កន្លះ ព្រឹក", "2026-11-25T08:30"),
        ("2026-02-31T09:00Z", None),
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
