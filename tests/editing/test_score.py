"""An editor sees which labelled questions her edit broke, and which it mended."""

from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.editing.commands import how_far
from bot.editing.score import compare, keep, outcomes, read_last
from bot.editing.street import Street


def asked(kind: str, full: str, text: str) -> Street:
    return Street("en", kind, tuple(full.split()), (), text, "writer")


def test_a_question_is_right_when_what_meets_it_comes_first(
    answerer: Answerer, content: Content
) -> None:
    entry = content.entries["tech-is-for-boys"]
    text = entry.question.get("en")
    for full, outcome in (
        (f"faq:{entry.id}", "right"),
        (f"career:nurse faq:{entry.id}", "right"),
        ("faq:brother-first", f"finds faq:{entry.id}"),
    ):
        assert outcomes(answerer, [asked("question", full, text)]) == {text: outcome}


def test_what_is_none_for_the_bot_is_right_when_it_is_not_answered(
    answerer: Answerer, content: Content
) -> None:
    known, strange = content.entries["tech-is-for-boys"].question.get("en"), "how is the weather"
    found = outcomes(answerer, [asked("outside", "", known), asked("outside", "", strange)])
    assert found == {known: "answered with faq:tech-is-for-boys", strange: "right"}


def test_what_no_ranking_can_get_right_is_left_out(answerer: Answerer) -> None:
    nothing_here = asked("question", "", "what is new")
    assert outcomes(answerer, [nothing_here, asked("danger", "", "he hits me")]) == {}


def test_only_what_changed_is_told() -> None:
    before = {"a": "right", "b": "finds x", "c": "right", "d": "finds x"}
    after = {"a": "finds y", "b": "right", "c": "right", "d": "finds z", "e": "finds z"}
    broke, mended = compare(before, after)
    assert broke == ["broke: “a” now finds y"]
    assert mended == ["mended: “b”"]


def test_it_is_said_beside_the_result_what_is_done_and_how_far_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked_of = [asked("question", "", text) for text in ("one", "two", "three")]
    assert list(how_far(asked_of)) == asked_of
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith("3 questions of the street are asked, which takes some minutes.\n")
    assert "3/3" in said


def test_a_score_is_kept_for_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "data" / "score.json"
    assert read_last(file) == {}
    keep(file, {"ចង់រៀន IT": "right"})
    assert read_last(file) == {"ចង់រៀន IT": "right"}
