"""The questions that are nearest to life: what they must be, so that they measure anything."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from bot.answering.ranking import documents_of
from bot.content import Content
from bot.editing import street
from bot.editing.street import asks

PARTS = ("fit", "tune", "judge")
MOST_OF_A_WRITER = 30
# Questions of older writers, who had been told a need.
OLDER = "seen"
# Targets of the bot itself, that no file of content lists yet.
PAGES = ("feature:", "list:")


def test_no_writer_writes_for_two_parts() -> None:
    writers = {part: {q.writer for q in street.street(part)} for part in PARTS}
    for one, other in combinations(PARTS, 2):
        assert not writers[one] & writers[other]


@pytest.mark.parametrize("part", PARTS)
def test_no_writer_writes_more_than_she_can_write_differently(part: str) -> None:
    lines = Counter(q.writer for q in street.street(part) if q.writer != OLDER)
    assert lines
    assert max(lines.values()) <= MOST_OF_A_WRITER


def test_every_label_names_something_that_is_there(content: Content) -> None:
    kinds = {"faq": "faq", "smalltalk": "smalltalk", "decoy": "outside"}
    known = {f"{kinds[d.kind]}:{d.id}" for d in documents_of(content)}
    known |= {f"career:{name}" for name in content.careers}
    known |= {f"institution:{name}" for name in content.institution}
    known |= {f"opportunity:{chance.id}" for chance in content.opportunities}
    named = {key for part in PARTS for q in street.street(part) for key in (*q.full, *q.partial)}
    assert {key for key in named - known if not key.startswith(PAGES)} == set()


def test_a_way_of_asking_names_what_it_asks_for(content: Content) -> None:
    entries = {a.target for a in asks() if a.target.startswith("faq:")}
    assert entries == {f"faq:{name}" for name in content.entries}


def test_a_line_that_is_malformed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fit").mkdir()
    (tmp_path / "fit" / "a.tsv").write_text("km\tquestion\tno text\n", encoding="utf-8")
    monkeypatch.setattr(street, "STREET", tmp_path)
    with pytest.raises(ValueError, match="a.tsv:1"):
        street.street("fit")
