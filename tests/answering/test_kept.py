"""Indexes are read where they were kept, and built anew wherever that is not possible."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot import prepared
from bot.answering import kept
from bot.answering.concepts import ConceptFinder
from bot.answering.learned import load_classifiers
from bot.answering.signals import Reader
from bot.answering.targets import targets_of
from bot.answering.tfidf import Arrays, Index, Ints, built
from bot.content import Content
from bot.language.hashing import BONES, GRAMS, Hashes, by_name

LINES = (("what is ai", "ai means?"), ("scholarship for girls", "អាហារូបករណ៍"))


class Builder:
    """Builds the one index, and counts how often it had to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, Arrays]:
        self.times += 1
        return built({"grams": GRAMS}, LINES)


def test_what_was_built_is_read_and_ranks_the_same(tmp_path: Path) -> None:
    build = Builder()
    first, second = (kept.arrays(LINES, build, tmp_path / "kept") for _ in range(2))
    assert build.times == 1
    for arrays in (first, second):
        cosines = Index(GRAMS, arrays["grams"]).query("scholarship?").documents
        assert np.argmax(cosines) == 1
    assert all(np.array_equal(a, second["grams"][name]) for name, a in first["grams"].items())


def test_a_library_of_more_lines_than_two_bytes_can_number_finds_each() -> None:
    view = by_name(str.split)
    most = (1 << 16) + 2
    of = built({"words": view}, [("all", f"w{number}") for number in range(most)])
    index = Index(view, of["words"])
    last = most - 1
    query = index.query(f"w{last}")
    assert np.flatnonzero(query.documents).tolist() == [last]
    assert query.best_lines(np.array([0, last]))[0].tolist() == pytest.approx([0, 1])


def test_another_library_is_built(tmp_path: Path) -> None:
    build = Builder()
    kept.arrays(LINES, build, tmp_path)
    kept.arrays(LINES[:1], build, tmp_path)
    assert build.times == 2


VIEWS = {"grams": GRAMS, "bones": BONES}
DOCUMENTS = [*LINES, ("nurse",), ("nurse",), (), ("what is a nurse?", "គិលានុបដ្ឋាក", "nurse nurse")]
LATER = {
    "as it was": DOCUMENTS,
    "longer": [*DOCUMENTS, ("how to sew", "ដេរ")],
    "with one in between": [DOCUMENTS[0], ("how to sew",), *DOCUMENTS[1:]],
    "without one": DOCUMENTS[1:],
    "with another line": [DOCUMENTS[0], (*DOCUMENTS[1], "which one"), *DOCUMENTS[2:]],
    "without a line": [*DOCUMENTS[:-1], DOCUMENTS[-1][1:]],
    "in another order": DOCUMENTS[::-1],
    "empty": [],
    "wholly another": [("how to sew", "ដេរ")],
}


@pytest.mark.parametrize("later", LATER.values(), ids=LATER.keys())
def test_an_index_that_grew_is_as_if_it_had_been_built_anew(later: list[tuple[str, ...]]) -> None:
    grown = built(VIEWS, later, built(VIEWS, DOCUMENTS))
    anew = built(VIEWS, later)
    for view in VIEWS:
        assert grown[view].keys() == anew[view].keys()
        for name, array in anew[view].items():
            assert array.dtype == grown[view][name].dtype
            assert array.tolist() == grown[view][name].tolist(), name


def test_only_what_is_new_in_a_library_is_read() -> None:
    read: list[str] = []

    def view(texts: Sequence[str]) -> tuple[Hashes, Ints]:
        read.extend(texts)
        return GRAMS(texts)

    before = built({"grams": view}, LINES)
    read.clear()
    built({"grams": view}, [*LINES, ("how to sew",)], before)
    assert read == ["how to sew"]


def test_a_line_that_says_more_than_is_counted_is_read_again() -> None:
    """What is kept counts to 255, and a library in which a line says a word more often grows from
    its texts."""
    view = by_name(str.split)
    documents = [("so " * 300,), ("so",)]
    before = built({"words": view}, documents)
    later = [("so " * 300,), ("so", "be it")]
    grown, anew = built({"words": view}, later, before), built({"words": view}, later)
    assert grown["words"]["posted.times"].tolist() == anew["words"]["posted.times"].tolist()


def test_a_library_grows_from_the_index_that_was_used_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "FOLDER", tmp_path)
    grew: list[bool] = []

    def build(before: Mapping[str, Arrays] | None) -> dict[str, Arrays]:
        grew.append(before is not None)
        return built({"grams": GRAMS}, LINES, before)

    kept.grown(LINES, "these concepts", build)
    kept.grown((*LINES, "more"), "these concepts", build)
    # What was read in another way is no beginning, nor is what is damaged.
    kept.grown(LINES, "other concepts", build)
    for file in tmp_path.glob("*.index/parts.json"):
        file.write_text("hello")
    kept.grown(LINES[:1], "these concepts", build)
    assert grew == [False, True, False, False]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-10])


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _gone(file: Path) -> None:
    file.unlink()


def _of_something_else(file: Path) -> None:
    file.write_text("hello")


@pytest.mark.parametrize("damage", [_cut, _emptied, _gone, _of_something_else])
def test_what_is_damaged_is_built_anew_and_kept_whole(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    build = Builder()
    kept.arrays(LINES, build, tmp_path)
    (index,) = tmp_path.glob("*.index")
    damage(index / "grams-hashes.npy")
    for _ in range(2):
        kept.arrays(LINES, build, tmp_path)
    assert build.times == 2


def test_where_nothing_can_be_kept_it_is_built_each_time(tmp_path: Path) -> None:
    build = Builder()
    (tmp_path / "file").write_text("in the way")
    for _ in range(2):
        assert kept.arrays(LINES, build, tmp_path / "file" / "kept")
    assert build.times == 2


def test_what_a_library_needs_is_built_once_for_all_starts(
    content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepared, "FOLDER", tmp_path)
    few = targets_of(content)[:3]
    finder = ConceptFinder(content.concepts)

    def start() -> None:
        Reader(few, finder, load_classifiers(), content.aspects)

    start()
    built_at_first = {file.name: file.stat().st_ino for file in tmp_path.iterdir()}
    start()
    start()
    assert {file.name: file.stat().st_ino for file in tmp_path.iterdir()} == built_at_first


def test_few_are_kept_and_nothing_half_written(tmp_path: Path) -> None:
    for number in range(6):
        kept.arrays((LINES, number), Builder(), tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
