"""A check asks only what an edit may have touched, and finds whose question an edit took."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.content import Content
from bot.content.faq import FaqEntry
from bot.editing import check_finding, check_relay, check_words, last_look
from bot.editing.check_finding import Found, Line, Plan, collisions
from bot.editing.last_look import Look
from bot.editing.well import Well
from bot.settings import CONTENT


class Editor:
    """Checks one library after the other, and knows what each check asked."""

    def __init__(self) -> None:
        self.last: Look | None = None
        self.asked: list[Line] = []
        self.why = ""

    def checks(self, content: Content) -> list[str]:
        found: Found = collisions(content, self.last, self._going)
        self.last = found.look
        return found.problems

    def _going(self, plan: Plan) -> Iterable[Line]:
        self.asked, self.why = list(plan.asked), plan.everything
        return plan.asked

    @property
    def asked_of(self) -> set[str]:
        return {line.entry for line in self.asked}


@pytest.fixture
def editor() -> Editor:
    return Editor()


def with_parts(content: Content, **parts: Any) -> Content:
    return Content.model_construct(
        **{name: getattr(content, name) for name in Content.model_fields} | parts
    )


@pytest.fixture(scope="module")
def few(content: Content) -> list[FaqEntry]:
    """Some entries that the classifiers do not know, so that their words alone tell them apart."""
    return [
        entry.model_copy(update={"id": f"new-{entry.id}"}) for entry in content.faq[0].entries[:5]
    ]


def library(content: Content, entries: Iterable[FaqEntry], **parts: Any) -> Content:
    """A small library: the entries, and all that is asked for beside them."""
    file = content.faq[0].model_copy(update={"entries": tuple(entries)})
    return with_parts(content, faq=(file,), more_asks=(), **parts)


def with_asks(entry: FaqEntry, **ways: tuple[str, ...]) -> FaqEntry:
    longer = {way: (*getattr(entry.asks, way), *lines) for way, lines in ways.items()}
    return entry.model_copy(update={"asks": entry.asks.model_copy(update=longer)})


def spaced_anew(line: str) -> Iterator[str]:
    """The same words to who reads Khmer, with a space where another would not put one."""
    for place in range(2, len(line) - 1):
        before, letter = line[place - 1], line[place]
        if "\u1780" <= letter <= "\u17a2" and before not in "\u17d2 ":
            yield f"{line[:place]} {line[place:]}"


def test_in_a_library_that_is_as_it_was_nothing_is_asked(
    editor: Editor, content: Content, few: list[FaqEntry]
) -> None:
    assert editor.checks(library(content, few)) == []
    assert editor.asked_of == {entry.id for entry in few}
    assert editor.why
    assert editor.checks(library(content, few)) == []
    assert editor.asked == []
    assert not editor.why


def test_of_an_edit_only_what_it_may_touch_is_asked(
    editor: Editor, content: Content, few: list[FaqEntry]
) -> None:
    editor.checks(library(content, few))
    everything = len(editor.asked)
    edited = with_asks(few[0], en=("where do bees sleep in winter",))
    assert editor.checks(library(content, [edited, *few[1:]])) == []
    mine = [line for line in editor.asked if line.entry == edited.id]
    assert len(mine) == len({*edited.question.all(), *edited.asks.all()})
    assert len(editor.asked) < everything / 2


def test_a_line_that_takes_the_question_of_another_entry_is_found_there(
    editor: Editor, content: Content, few: list[FaqEntry]
) -> None:
    editor.checks(library(content, few))
    robbed = few[1]
    question = robbed.question.get("km")
    thief = with_asks(few[0], km=tuple(spaced_anew(question))[:8])
    told = editor.checks(library(content, [thief, *few[1:]]))
    assert told == [
        f"entry “{robbed.id}”: “{question}” finds “faq:{thief.id}” first: word it more clearly, "
        "or move it there."
    ]
    # Of the robbed entry, which nobody changed, only what is like the new lines was asked.
    of_robbed = [line for line in editor.asked if line.entry == robbed.id]
    assert 0 < len(of_robbed) < len(robbed.asks.all())
    # It is told again until it is mended, and then what it took is found again.
    assert editor.checks(library(content, [thief, *few[1:]])) == told
    assert [line.text for line in editor.asked] == [question]
    assert editor.checks(library(content, few)) == []
    assert question in [line.text for line in editor.asked]


def test_a_line_that_stands_in_an_entry_nobody_changed_is_told(
    editor: Editor, content: Content, few: list[FaqEntry]
) -> None:
    editor.checks(library(content, few))
    stolen = few[3].asks.en[0].upper()
    told = editor.checks(library(content, [*few[:4], with_asks(few[4], en=(stolen,))]))
    assert f"entry “{few[4].id}”: “{stolen}” stands in “{few[3].id}” too: keep it in one." in told


def test_a_name_that_a_career_gets_is_sought_in_every_question(
    editor: Editor, content: Content, few: list[FaqEntry]
) -> None:
    question = "Is average maths enough?"
    asked = few[1].question.model_copy(update={"root": {**few[1].question.root, "en": question}})
    few = [few[0], few[1].model_copy(update={"question": asked})]
    assert editor.checks(library(content, few)) == []
    file, *files = content.career_files
    career, *careers = file.careers
    names = career.also_called.model_copy(update={"en": (question.rstrip("?"),)})
    named = career.model_copy(update={"also_called": names})
    longer = file.model_copy(update={"careers": (named, *careers)})
    told = editor.checks(library(content, few, career_files=(longer, *files)))
    assert [problem for problem in told if f"“{question}” finds “career:{career.id}”" in problem]


def test_with_other_concepts_everything_is_asked_again(
    editor: Editor, content: Content, few: list[FaqEntry]
) -> None:
    editor.checks(library(content, few))
    editor.checks(library(content, few, concepts=content.concepts[1:]))
    assert editor.asked_of == {entry.id for entry in few}
    assert "concepts" in editor.why


def test_after_another_fit_everything_is_asked_again(
    editor: Editor, content: Content, few: list[FaqEntry]
) -> None:
    editor.checks(library(content, few))
    assert editor.last is not None
    editor.last = replace(editor.last, made_with="another fit")
    editor.checks(library(content, few))
    assert editor.asked_of == {entry.id for entry in few}


def test_after_many_edits_everything_is_asked_again(
    editor: Editor, content: Content, few: list[FaqEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each moves all others a little, and together they may move one far."""
    monkeypatch.setattr(check_finding, "_MOST_CHANGED", 2)
    editor.checks(library(content, few))
    for number in range(3):
        few = [
            *few[:number],
            with_asks(few[number], en=("where do bees sleep",)),
            *few[number + 1 :],
        ]
        editor.checks(library(content, few))
        assert bool(editor.why) == (number == 2)
    assert editor.last is not None
    assert editor.last.changed == ()


def test_what_was_seen_is_kept_for_the_next_check(
    editor: Editor, content: Content, few: list[FaqEntry], tmp_path: Path
) -> None:
    file = tmp_path / "data" / "last_check.json"
    assert last_look.read(file) is None
    editor.checks(library(content, few))
    assert editor.last is not None
    last_look.keep(file, editor.last)
    assert last_look.read(file) == editor.last
    for damaged in ("", "[]", "{}", json.dumps({"lines": {}, "changed": 1, "well": []})):
        file.write_text(damaged)
        assert last_look.read(file) is None


def test_what_was_read_and_found_well_is_not_read_again_while_it_is_as_it_was(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = Well()
    assert [
        *check_words.problems(content, well),
        *check_relay.problems(content, CONTENT, well),
    ] == []
    again = Well(well.seen)

    def nobody(*_: object) -> Any:
        raise AssertionError("it was read again")

    monkeypatch.setattr(check_words, "words", nobody)
    monkeypatch.setattr(check_relay, "Sought", nobody)
    for _ in (check_words.problems(content, again), check_relay.problems(content, CONTENT, again)):
        assert list(_) == []
    assert again.seen == well.seen
    changed = Well(well.seen)
    monkeypatch.setattr(check_words, "_CODE", b"another way of counting words")
    with pytest.raises(AssertionError, match="read again"):
        list(check_words.problems(content, changed))
