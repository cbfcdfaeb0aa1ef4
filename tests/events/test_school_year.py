"""When the dates of the school year come next, and what is taken over of them into an event."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.content.school_year import SchoolDate
from bot.events.school_year import SHOWN, as_event, coming, next_of
from tests.events.conftest import NOW, ZONE

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
ANNOUNCED = {"certainty": "announced", "from": "2027-08-27", "until": "2027-08-28"}


def _date(**told: Any) -> SchoolDate:
    """Return a date of which nothing matters but when it comes."""
    words = {"km": "ប្រឡង", "en": "An exam"}
    plain = {
        "id": "some-date", "kind": "exam", "name": words, "text": words, "no_source": "A test.",
        "reviewed": TODAY, "review_every_days": 90,
    }  # fmt: skip
    return SchoolDate.model_validate(plain | told)


def _comes(one: SchoolDate, today: date) -> tuple[str, date, date] | None:
    found = next_of(one, today)
    return (found.certainty, found.first, found.last) if found else None


@given(today=DAYS)
def test_whatever_the_day_a_whole_year_is_shown_in_order(content: Content, today: date) -> None:
    found = coming(content.school_year, today)
    assert {one.of.id for one in found} == content.school_date.keys()
    assert all(one.last >= today and one.first <= today + SHOWN for one in found)
    begins = [max(one.first, today) for one in found]
    assert begins == sorted(begins)


@given(today=DAYS, begins=st.integers(1, 12), ends=st.integers(1, 12))
def test_usual_months_come_every_year_even_over_the_new_year(
    today: date, begins: int, ends: int
) -> None:
    found = next_of(_date(certainty="usual", months=(begins, ends)), today)
    assert found is not None
    assert (found.first.month, found.first.day, found.last.month) == (begins, 1, ends)
    assert (found.last + timedelta(days=1)).day == 1
    assert found.first <= found.last < found.first + SHOWN + timedelta(days=31)
    assert found.last >= today
    assert found.first <= today + SHOWN


def test_in_the_last_days_of_its_months_it_is_told_of_the_next_year() -> None:
    exam = _date(certainty="usual", months=(10, 11))
    assert _comes(exam, date(2026, 11, 24)) == ("usual", date(2026, 10, 1), date(2026, 11, 30))
    assert _comes(exam, date(2026, 11, 30)) == ("usual", date(2027, 10, 1), date(2027, 11, 30))
    applies = _date(certainty="usual", kind="applications", months=(10, 11))
    assert _comes(applies, date(2026, 11, 30)) == ("usual", date(2026, 10, 1), date(2026, 11, 30))


def test_a_fixed_day_is_still_shown_on_the_day_itself() -> None:
    women = _date(certainty="fixed", day="03-08")
    assert _comes(women, date(2027, 3, 8)) == ("fixed", date(2027, 3, 8), date(2027, 3, 8))
    assert _comes(women, date(2027, 3, 9)) == ("fixed", date(2028, 3, 8), date(2028, 3, 8))


@pytest.mark.parametrize("last", ["2027-07-20", "2027-08-28", "2027-11-07"])
def test_what_was_announced_and_is_over_comes_again_in_its_months_of_the_next_year(
    last: str,
) -> None:
    told = ANNOUNCED | {"from": last, "until": last, "months": (8, 10)}
    one, over = _date(**told), date.fromisoformat(last)
    assert _comes(one, over) == ("announced", over, over)
    again = _comes(one, over + timedelta(days=1))
    assert again == ("usual", date(2028, 8, 1), date(2028, 10, 31))


def test_what_was_announced_without_usual_months_falls_away() -> None:
    once = _date(**ANNOUNCED)
    assert coming([once], date(2027, 8, 28)) != ()
    assert coming([once], date(2027, 8, 29)) == ()


def test_what_is_announced_for_later_than_a_year_is_not_yet_shown() -> None:
    assert coming([_date(**ANNOUNCED)], date(2026, 8, 26)) == ()


def test_only_a_certain_day_is_taken_into_an_event() -> None:
    usual, fixed = _date(certainty="usual", months=(8, 10)), _date(certainty="fixed", day="03-08")
    taken = as_event(usual, next_of(usual, TODAY), NOW, ZONE)
    assert (taken.kind, taken.title, taken.text) == ("exam", usual.name, usual.text)
    assert taken.starts is None
    taken = as_event(fixed, next_of(fixed, TODAY), NOW, ZONE)
    assert taken.starts == datetime(2027, 3, 8, tzinfo=ZONE)
    assert taken.all_day
    assert taken.ends is None
    assert not taken.problems(NOW, ("km", "en"))


def test_announced_days_are_taken_whole_and_of_applications_the_last() -> None:
    exam = _date(**ANNOUNCED)
    taken = as_event(exam, next_of(exam, TODAY), NOW, ZONE)
    assert taken.starts == datetime(2027, 8, 27, tzinfo=ZONE)
    assert taken.ends == datetime(2027, 8, 29, tzinfo=ZONE)
    forms = _date(**ANNOUNCED, kind="applications")
    taken = as_event(forms, next_of(forms, TODAY), NOW, ZONE)
    assert (taken.kind, taken.starts) == ("deadline", datetime(2027, 8, 28, tzinfo=ZONE))
    assert taken.ends is None


def test_a_day_that_has_begun_is_left_to_the_coordinator() -> None:
    exam, begun = _date(**ANNOUNCED), datetime(2027, 8, 28, 2, tzinfo=UTC)
    taken = as_event(exam, next_of(exam, begun.date()), begun, ZONE)
    assert (taken.starts, taken.ends, taken.all_day) == (None, None, False)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"certainty": "fixed"}, "write `day`"),
        ({"certainty": "usual", "day": "03-08"}, "write `months`"),
        ({"certainty": "usual", "months": (8, 10), "day": "03-08"}, "take out `day`"),
        ({"certainty": "announced", "from": "2027-08-27"}, "write `until`"),
        (ANNOUNCED | {"until": "2027-08-01"}, "`until` lies before `from`"),
        ({"certainty": "fixed", "day": "02-29"}, "not every year"),
        ({"certainty": "fixed", "day": "13-01"}, "no year"),
        ({"certainty": "usual", "months": (0, 13)}, "greater than or equal to 1"),
    ],
)
def test_a_date_tells_just_what_its_certainty_needs(told: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        _date(**told)
