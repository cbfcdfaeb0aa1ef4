"""A mistake in a file is told in an editor's words, with the entry and what to write instead."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.content.careers import Career
from bot.content.directory import Institution
from bot.content.faq import FaqEntry
from bot.content.mistakes import in_plain_words

WORDS = {"km": "ខ្មែរ", "en": "English"}
ENTRY = {
    "id": "a-question", "question": WORDS, "answer": WORDS, "asks": {},
    "no_source": "General advice.", "reviewed": "2026-11-29", "review_every_days": 180,
}  # fmt: skip


def _told(shape: Any, written: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as wrong:
        shape.model_validate(written)
    return in_plain_words("faq/x.yaml", written, wrong.value).splitlines()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"answer": {"km": "", "en": "x"}}, "answer → km: nothing is written here."),
        ({"answer": {"km": None, "en": "x"}}, "answer → km: nothing is written here."),
        ({"reviewed": "soon"}, "reviewed: “soon” is no date: write it as 2026-11-30."),
        ({"reviewed": "2026-13-40"}, "reviewed: “2026-13-40” is no date"),
        ({"review_every_days": "often"}, "review_every_days: write a whole number here."),
        ({"review_every_days": 3}, "review_every_days: “3” is too little: at least 30."),
        ({"id": "A Question"}, "small Latin letters and digits, with - between words"),
        ({"id": "a" * 60}, "id: this is too long: at most 40 letters."),
        ({"answer": "only Khmer"}, "write lines of the form `name: words` below it"),
        ({"asks": {"en": "what is it"}}, "asks → en: write a list below it"),
        ({"asks": {"fr": ["quoi"]}}, "asks → fr: nothing of this name belongs here"),
        ({"no_source": None, "sources": [{"title": "T", "url": "nowhere", "year": 2025}]},
         "sources → url: “nowhere” is no address of a page"),
        ({"no_source": None}, "write `sources`, where it was read, or `no_source`"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_mend(change: dict[str, Any], says: str) -> None:
    (line,) = _told(FaqEntry, {**ENTRY, **change})
    assert says in line
    assert "Input" not in line
    assert line.startswith("faq/x.yaml: ")


def test_a_name_that_is_mistyped_leads_to_the_one_that_is_meant() -> None:
    written = {**ENTRY, "answr": WORDS}
    del written["answer"]
    lines = _told(FaqEntry, written)
    assert len(lines) == 2
    assert any("“answer” must be written" in line for line in lines)
    assert any(
        "answr: nothing of this name belongs here; did you mean “answer”?" in line
        for line in lines
    )


@pytest.mark.parametrize("shape", [Career, Institution])
def test_all_that_an_unfinished_entry_lacks_is_one_line(shape: Any) -> None:
    (line,) = _told(shape, {"id": "pilot"})
    assert line.count("must be written") == 1
    assert line.count("“") > 5
