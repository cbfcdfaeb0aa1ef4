"""An editor sees which labelled questions her edit broke, and which it mended."""

from pathlib import Path

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.editing.labelled import Labelled
from bot.editing.score import compare, keep, outcomes, read_last


def test_a_question_is_right_when_its_entry_comes_first(
    answerer: Answerer, content: Content
) -> None:
    entry = content.entries["tech-is-for-boys"]
    asked = [
        Labelled("en", entry.id, entry.question.get("en")),
        Labelled("en", "brother-first", entry.question.get("en")),
        Labelled("km", "oos", entry.question.get("km")),
        Labelled("en", "no-such-entry", "left out"),
    ]
    found = outcomes(answerer, content, asked[:1])
    assert found == {entry.question.get("en"): "right"}
    assert outcomes(answerer, content, asked[1:2]) == {
        entry.question.get("en"): f"finds {entry.id}"
    }
    assert outcomes(answerer, content, asked[2:3])[entry.question.get("km")].startswith(
        "answered with"
    )
    assert outcomes(answerer, content, asked[3:]) == {}


def test_only_what_changed_is_told() -> None:
    before = {"a": "right", "b": "finds x", "c": "right", "d": "finds x"}
    after = {"a": "finds y", "b": "right", "c": "right", "d": "finds z", "e": "finds z"}
    broke, mended = compare(before, after)
    assert broke == ["broke: “a” now finds y"]
    assert mended == ["mended: “b”"]


def test_a_score_is_kept_for_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "data" / "score.json"
    assert read_last(file) == {}
    keep(file, {"ចង់រៀន IT": "right"})
    assert read_last(file) == {"ចង់រៀន IT": "right"}
