"""An editor is asked for a date of the school year: what she knows of it, and no other day."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from tests.editing.editor import LEAST, Editor, alone


@pytest.mark.parametrize(
    ("certainty", "ready", "written"),
    [
        ("fixed", {"day of every year": ["3-8"]}, {"day": "03-08"}),
        ("usual", {"was it so far": ["12-4"]}, {"months": [12, 4]}),
        (
            "announced",
            {"first day": ["2027-08-27"], "last day": ["2027-08-28"], "come again": ["8-10"]},
            {"from": date(2027, 8, 27), "until": date(2027, 8, 28), "months": [8, 10]},
        ),
        # It has begun, and when it comes again is not known.
        (
            "announced",
            {"first day": ["2026-11-28"], "last day": ["2026-11-29"]},
            {"from": date(2026, 11, 28), "until": date(2026, 11, 29)},
        ),
    ],
)
def test_a_date_is_asked_for_what_its_certainty_needs(
    empty: Path,
    content: Content,
    certainty: str,
    ready: dict[str, list[str]],
    written: dict[str, Any],
) -> None:
    other_kinds_of_days = {
        part: ["Ctrl-C"]
        for part in ("day of every year", "was it so far", "first day", "last day")
        if part not in ready
    }
    editor = Editor({"sure is the day": [certainty]}, ready, other_kinds_of_days, LEAST)
    assert editor.adds("date", content, empty)
    added = alone(empty, "date", content)
    assert {
        key: value for key, value in added.items() if key in ("day", "months", "from", "until")
    } == written


@pytest.mark.parametrize(
    ("certainty", "question", "lines", "says", "key", "kept"),
    [
        ("fixed", "every year", ["02-29", "8 March", "០៣-០៨"], "that every year has", "day", "03-08"),
        ("announced", "first day", ["2027-02-29", "2027-02-28"], "a day that exists", "from", date(2027, 2, 28)),
        ("announced", "last day", ["2026-03-01", "2027-03-01"], "is over", "until", date(2027, 3, 1)),
        (
            "announced", "last day", ["2027-01-31", "2027-02-30", "2027-03-01"],
            "before 2027-02-01", "until", date(2027, 3, 1),
        ),
    ],
)  # fmt: skip
def test_a_day_on_which_it_cannot_be_is_asked_for_again(
    empty: Path,
    content: Content,
    certainty: str,
    question: str,
    lines: list[str],
    says: str,
    key: str,
    kept: Any,
) -> None:
    days = {"first day": ["2027-02-01"], "last day": ["2027-03-02"]}
    editor = Editor({question: lines, "sure is the day": [certainty]}, days, LEAST)
    assert editor.adds("date", content, empty)
    assert says in editor.was_told
    assert alone(empty, "date", content)[key] == kept


def test_the_day_and_the_months_that_were_read_are_said(empty: Path, content: Content) -> None:
    fixed = Editor({"sure is the day": ["fixed"], "every year": ["3-8"]}, LEAST)
    assert fixed.adds("date", content, empty)
    assert "  = 8 March" in fixed.heard
    usual = Editor({"was it so far": ["11-1"]}, LEAST)
    assert usual.adds("date", content, empty)
    assert "  = November to January" in usual.heard


def test_grades_have_no_numbers_but_their_own(empty: Path, content: Content) -> None:
    editor = Editor({"grades": ["10", "Grade 12", ""]}, LEAST)
    assert editor.adds("date", content, empty)
    assert alone(empty, "date", content)["grades"] == ["10", "12"]
    assert "       9: Grade 9" in editor.heard
