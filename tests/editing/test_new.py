"""An editor is asked in plain words, and what she said stands in the library."""

import argparse
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.__main__ import main
from bot.content import Content, load_content
from bot.content.careers import Track, WayKind
from bot.content.directory import Institution, OpportunityKind, Recurs
from bot.content.school_year import Certainty, DateKind
from bot.editing.check import read_through
from bot.editing.commands import add_to
from bot.editing.new import options
from bot.editing.new.choices import Options
from bot.editing.new.kinds import KINDS
from bot.people.people import GRADES
from bot.settings import CONTENT
from tests.editing.editor import DAY, LEAST, SHAPES, Editor, alone, files

KHMER, ENGLISH = "សួរគ្រូរបស់ប្អូន។", "Ask your teacher."
SOURCE = {
    "title of a page": ["Phnom Penh Post", ""],
    "Its address": ["https://www.phnompenhpost.com/a"],
    "Of which year": ["២០២៤"],
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the content to add to."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def _added(root: Path, before: dict[Path, str]) -> tuple[str, str]:
    """Return the one file that is longer now, and what was added at its end."""
    ((path, text),) = ((p, t) for p, t in files(root).items() if before[p] != t)
    assert text.startswith(before[path])
    return path.relative_to(root).as_posix(), text.removeprefix(before[path])


def _new(content: Content, kind: str) -> Any:
    of_kind: dict[str, Iterable[Any]] = {
        "faq": content.entries.values(),
        "career": content.careers.values(),
        "institution": content.institutions,
        "opportunity": content.opportunities,
        "date": content.school_year,
    }
    return next(item for item in of_kind[kind] if item.id == "a-new-one")


@pytest.mark.parametrize("kind", KINDS)
def test_it_asks_for_all_that_the_kind_can_hold(kind: str) -> None:
    asked = [(question.key, question.only_where) for question in KINDS[kind].questions]
    assert len(asked) == len(set(asked))
    holds = {field.alias or name for name, field in SHAPES[kind].model_fields.items()}
    assert {key for key, _ in asked} == holds


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        (options.WAY_KINDS, get_args(WayKind)),
        (options.TRACKS, get_args(Track)),
        (options.PLACE_KINDS, get_args(Institution.model_fields["kind"].annotation)),
        (options.CHANCE_KINDS, get_args(OpportunityKind)),
        (options.RECURS, get_args(Recurs)),
        (options.DATE_KINDS, get_args(DateKind)),
        (options.CERTAINTIES, get_args(Certainty)),
        (options.GRADES, GRADES),
    ],
)
def test_it_offers_what_the_library_knows(
    content: Content, offered: Options, known: tuple[str, ...]
) -> None:
    assert tuple(offered(content)) == known


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("faq", "faq/family.yaml"),
        ("career", "careers/software.yaml"),
        ("institution", "directory/institutions.yaml"),
        ("opportunity", "directory/opportunities.yaml"),
        ("date", "calendar/school-year.yaml"),
    ],
)
def test_what_is_not_known_yet_waits_in_the_file_and_the_check_asks_for_it(
    copy: Path, content: Content, kind: str, file: str
) -> None:
    before, editor = files(copy), Editor(LEAST)
    assert editor.adds(kind, content, copy)
    where, written = _added(copy, before)
    assert where == file
    assert written.startswith("\n  - id: a-new-one\n")
    assert written in editor.was_told
    assert f"content/{file}. Fill in every … there.\nNext, run: bongsrey content check" in (
        editor.was_told
    )
    grown = load_content(copy)
    new = _new(grown, kind)
    assert (new.reviewed, new.sources, new.no_source) == (DAY, (), "General advice.")
    assert "is still to be written" in "\n".join(
        line for line in read_through(grown, DAY, copy) if "a-new-one" in line
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_source_says_is_written_in_both_languages(
    copy: Path, content: Content, kind: str
) -> None:
    told = {"Anything a source says": [KHMER, ENGLISH] * 8}
    before = files(copy)
    # Who names a source is not asked why there is none.
    assert Editor({"need no source": ["Ctrl-C"]}, LEAST, SOURCE, told).adds(kind, content, copy)
    assert "\\u" not in _added(copy, before)[1]
    new = _new(load_content(copy), kind)
    (source,) = new.sources
    assert (source.title, str(source.url), source.year) == (
        "Phnom Penh Post",
        "https://www.phnompenhpost.com/a",
        2024,
    )
    for question in KINDS[kind].questions:
        if "Anything a source says" in question.words:
            assert getattr(new, question.key).root == {"km": KHMER, "en": ENGLISH}


@pytest.mark.parametrize(
    ("typed", "last"),
    [("2025-26", "2025-26"), ("២០២៥", "2025"), ("2026-02-20", date(2026, 2, 20))],
)
def test_a_round_is_told_by_its_day_its_year_or_its_year_of_study(
    copy: Path, content: Content, typed: str, last: date | str
) -> None:
    editor = Editor({"Of which round": ["2025-27", "soon", typed]}, LEAST)
    assert editor.adds("opportunity", content, copy)
    assert editor.was_told.count("a year of study such as 2025-26") == 2
    assert _new(load_content(copy), "opportunity").last_round.root == last


def test_a_date_may_be_called_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["content", "new", "party"])
    assert "invalid choice" in capsys.readouterr().err
    parser = argparse.ArgumentParser()
    add_to(parser.add_subparsers())
    assert parser.parse_args(["content", "new", "event"]).kind == "date"


def test_an_answer_is_written_as_the_editor_said_it(empty: Path, content: Content) -> None:
    editor = Editor(
        {
            "does the girl ask": ["ម៉ាក់មិនឱ្យរៀន?", "My mother says no?"],
            "older sister": [
                "🌸 ប្អូនអើយ",
                "សួរម៉ាក់។",
                "",
                "Dear sister,",
                "ask her why: gently.",
                "",
            ],
            "In Khmer?": ["ម៉ាក់មិនឱ្យរៀន", "ម៉ាក់ហាម", "ម៉ាក់ហាម", ""],
            "In English?": ["mum says no", ""],
            "Two languages": ["mum មិនឱ្យរៀន", ""],
            "read next": ["tech-is-for-boys, what-is-ai", ""],
            "read it all through": ["2026-11-01"],
            "After how many days": ["365"],
        },
        LEAST,
    )
    assert editor.adds("faq", content, empty)
    assert "You have written this one already." in editor.was_told
    assert alone(empty, "faq", content) == (
        {
            "id": "a-new-one",
            "question": {"km": "ម៉ាក់មិនឱ្យរៀន?", "en": "My mother says no?"},
            "answer": {
                "km": "🌸 ប្អូនអើយ\nសួរម៉ាក់។",
                "en": "Dear sister,\nask her why: gently.",
            },
            "asks": {
                "km": ["ម៉ាក់មិនឱ្យរៀន", "ម៉ាក់ហាម"],
                "en": ["mum says no"],
                "rom": [],
                "mix": ["mum មិនឱ្យរៀន"],
            },
            "no_source": "General advice.",
            "reviewed": date(2026, 11, 1),
            "review_every_days": 365,
            "related": ["tech-is-for-boys", "what-is-ai"],
            "timeless": False,
        }
    )
    (written,) = files(empty).values()
    assert "km: |-\n        🌸 ប្អូនអើយ\n        សួរម៉ាក់។\n" in written


@pytest.mark.parametrize(
    ("kind", "question", "lines", "says", "key", "kept"),
    [
        ("faq", "short name", ["A New One", "a-new-one"], "small letters", "id", "a-new-one"),
        ("faq", "short name", ["what-is-ai", "a-new-one"], "taken already", "id", "a-new-one"),
        (
            "faq", "girl ask", ["ក" * 61, "ក", "a"], "61 characters, and 60 fit", "question",
            {"km": "ក", "en": "a"},
        ),
        ("faq", "girl ask", ["What?", "អ្វី?", "?"], "no Khmer", "question", {"km": "អ្វី?", "en": "?"}),
        ("faq", "girl ask", ["អ្វី?", "អ្វី?", "?"], "This is Khmer", "question", {"km": "អ្វី?", "en": "?"}),
        (
            "faq", "sister", ["ក" * 701, "", "ក", "", "...", ""], "701 characters, and 700 fit",
            "answer", {"km": "ក", "en": "…"},
        ),
        (
            "career", "called?", ["ក" * 31, "ក", "a"], "and 30 fit", "name",
            {"km": "ក", "en": "a"},
        ),
        ("career", "emoji", ["bridge", "🌉"], "one emoji", "emoji", "🌉"),
        ("career", "track", ["", "4", "1"], "go from 1 to 3", "track", "science"),
        ("career", "track", ["arts", "either"], "Nothing in the list is like", "track", "either"),
        ("career", "subjects", ["", "maths, 2", ""], "at least one", "subjects", ["maths", "physics"]),
        ("career", "need a university", ["perhaps", "No"], "y for yes", "needs_university", False),
        ("institution", "on a button", ["", "NEW"], "cannot be left empty", "short", "NEW"),
        ("institution", "Whose", ["", "ngo"], "cannot be left open", "kind", "ngo"),
        (
            "institution", "own site", ["rupp.edu.kh", "https://rupp.edu.kh"],
            "not the address of a page", "link", "https://rupp.edu.kh",
        ),
        ("institution", "own site", ["https://rupp", ""], "not the address", "link", None),
        ("opportunity", "all through", ["29.11.2026", "2026-11-29"], "year-month-day", "reviewed", DAY),
        ("opportunity", "all through", ["2027-01-01", ""], "still to come", "reviewed", DAY),
        ("opportunity", "many days", ["1", "៩០"], "from 30 to 730", "review_every_days", 90),
        ("date", "short name", ["bac2-exam", "a-new-one"], "taken already", "id", "a-new-one"),
        ("date", "called?", ["ក" * 31, "ក", "a"], "and 30 fit", "name", {"km": "ក", "en": "a"}),
        ("date", "was when", ["ក" * 301, "ក", "a"], "and 300 fit", "text", {"km": "ក", "en": "a"}),
        ("date", "so far", ["", "8-10"], "cannot be left empty", "months", [8, 10]),
        ("date", "so far", ["August", "១១ - ១"], "numbers from 1 to 12", "months", [11, 1]),
        ("date", "so far", ["8-13", "4"], "numbers from 1 to 12", "months", [4, 4]),
        ("date", "grades", ["7", "៩, 12, after", ""], "like “7”", "grades", ["9", "12", "after"]),
    ],
)  # fmt: skip
def test_what_will_not_do_is_said_kindly_and_asked_again(
    empty: Path,
    content: Content,
    kind: str,
    question: str,
    lines: list[str],
    says: str,
    key: str,
    kept: Any,
) -> None:
    editor = Editor({question: lines}, LEAST)
    assert editor.adds(kind, content, empty)
    assert says in editor.was_told
    assert alone(empty, kind, content).get(key) == kept


@pytest.mark.parametrize("wrong", ["soon", "1200", "2027"])
def test_a_source_is_of_a_year_that_has_been_or_of_none(
    empty: Path, content: Content, wrong: str
) -> None:
    editor = Editor({"Of which year": [wrong, ""]}, SOURCE, LEAST)
    assert editor.adds("faq", content, empty)
    assert "a year with four digits, up to 2026" in editor.was_told
    assert alone(empty, "faq", content)["sources"][0]["year"] is None


def test_of_a_long_list_what_fits_is_shown_with_its_number(empty: Path, content: Content) -> None:
    ids = list(content.institution)
    near = [
        place
        for place in ids
        if "royal university of" in content.institution[place].name.get("en").lower()
    ]
    assert len(near) > 1
    number = ids.index(near[1]) + 1
    editor = Editor({"studied?": ["royal university of", str(number), ""]}, LEAST)
    assert editor.adds("career", content, empty)
    assert f"There are {len(ids)}" in editor.was_told
    assert f"{number}  {near[1]}: " in editor.was_told
    assert alone(empty, "career", content)["study_at"] == [near[1]]


def test_a_province_is_found_by_its_khmer_name(empty: Path, content: Content) -> None:
    editor = Editor({"which provinces": ["តាកែវ", "kep", "kep", ""]}, LEAST)
    assert editor.adds("opportunity", content, empty)
    assert alone(empty, "opportunity", content)["provinces"] == ["takeo", "kep"]


def test_each_way_into_a_career_is_asked_for_after_the_other(
    empty: Path, content: Content
) -> None:
    editor = Editor(
        {"kind of way": ["", "tvet", "4", ""], "this way go": [KHMER, ENGLISH, "", ""]}, LEAST
    )
    assert editor.adds("career", content, empty)
    assert "Please name 1 at least." in editor.was_told
    ways = alone(empty, "career", content)["ways"]
    assert [(way["kind"], way["text"]["en"]) for way in ways] == [("tvet", ENGLISH), ("self", "…")]


def test_what_is_not_told_of_a_place_is_left_out_of_the_file(
    empty: Path, content: Content
) -> None:
    assert Editor(LEAST).adds("institution", content, empty)
    written = alone(empty, "institution", content)
    assert written.keys().isdisjoint({"link", "majors", "fees", "dormitory", "sources"})


@pytest.mark.parametrize(
    "leaving",
    [
        {"does the girl ask": ["Ctrl-C"]},
        {"older sister": ["ប្អូនអើយ", "Ctrl-D"]},
        {"Write it to": ["Ctrl-D"]},
        {"Write it to": ["n"]},
    ],
)
def test_who_leaves_has_written_nothing(
    empty: Path, content: Content, leaving: dict[str, list[str]]
) -> None:
    editor = Editor(leaving, LEAST)
    assert not editor.adds("faq", content, empty)
    assert editor.heard[-1] == "Nothing was written."
    assert files(empty) == {}


def test_the_first_answer_of_a_new_topic_begins_its_file(copy: Path) -> None:
    topics = copy / "topics.yaml"
    text = topics.read_text(encoding="utf-8")
    new = "topics:\n  - {id: sport, emoji: '⚽', label: {km: កីឡា, en: Sport}}\n"
    topics.write_text(text.replace("topics:\n", new, 1), encoding="utf-8")
    assert Editor({"On which topic": ["Sport"]}, LEAST).adds("faq", load_content(copy), copy)
    assert load_content(copy).topic_of["a-new-one"] == "sport"


def test_the_command_says_which_kinds_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["content", "new", "cooking"])
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert all(f"'{kind}'" in said for kind in ("faq", "career", "institution", "opportunity"))
