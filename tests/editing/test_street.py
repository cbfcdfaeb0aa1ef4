"""The questions that are nearest to life: what they must be, so that they measure anything."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from bot.answering.targets import targets_of
from bot.content import Content
from bot.editing import street

PARTS = ("fit", "tune", "judge")
MOST_OF_A_WRITER = 30
# Questions of older writers, who had been told a need.
OLDER = "seen"


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
    known = {target.key for target in targets_of(content)}
    named = {key for part in PARTS for q in street.street(part) for key in (*q.full, *q.partial)}
    assert named - known == set()


def test_a_line_that_is_malformed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fit").mkdir()
    (tmp_path / "fit" / "a.tsv").write_text("km\tquestion\tno text\n", encoding="utf-8")
    monkeypatch.setattr(street, "STREET", tmp_path)
    with pytest.raises(ValueError, match="a.tsv:1"):
        street.street("fit")
