"""Bad content never starts: every mistake is named with its place and its mend."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content import Content, ContentError, load_content
from bot.editing import check_files, check_finding, check_library
from bot.editing.check import read_through
from bot.editing.limits import KEEP_BUTTON
from bot.editing.well import Well
from bot.settings import CONTENT
from handlers.careers.taps import KEEP_ITEM

TODAY = date(2026, 11, 30)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the content to break."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@pytest.fixture(scope="module")
def known(content: Content) -> frozenset[str]:
    """What is found well in the content that ships, which needs no second reading."""
    well = Well()
    read_through(content, TODAY, well=well)
    return frozenset(well.seen)


def _break(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_content_that_ships_is_well(content: Content) -> None:
    """That every way of asking finds its own entry is a minute's work: `make lint` tries it."""
    assert read_through(content, TODAY) == []


def test_a_way_of_asking_that_stands_in_two_entries_is_named(content: Content) -> None:
    file = content.faq[0]
    poor, rich = file.entries[:2]
    stolen = rich.asks.en[0]
    asks = poor.asks.model_copy(update={"en": (*poor.asks.en, stolen.upper())})
    entries = (rich, poor.model_copy(update={"asks": asks}))
    parts = {name: getattr(content, name) for name in Content.model_fields}
    few = Content.model_construct(
        **{**parts, "faq": (file.model_copy(update={"entries": entries}),)}
    )
    told = check_finding.collisions(few).problems
    assert told == [
        f"entry “{poor.id}”: “{stolen.upper()}” stands in “{rich.id}” too: keep it in one."
    ]


UNLOADABLE = [
    ("faq/family.yaml", "answer:", "answr:", r"family.yaml: entry “girls-study-too-high”"),
    ("faq/family.yaml", "reviewed: 2026-11-24", "reviewed: soon", "reviewed"),
    ("faq/family.yaml", "topic: family", "topic: [family", "family.yaml, line"),
    (
        "faq/family.yaml",
        "reviewed: 2026-11-24",
        "reviewed: 2026-11-31",
        r"line 54: “2026-11-31” is no",
    ),
    ("faq/family.yaml", "related: [", "related: &x [*x, ", "line 56: this holds itself"),
    (
        "faq/family.yaml",
        "    related: [",
        "    related: []\n    related: [",
        "line 57: “related” is there",
    ),
    ("hotlines.yaml", 'number: "1280"', 'number: "call us"', "child-helpline"),
    ("calendar/school-year.yaml", 'day: "12-29"', 'day: "02-29"', "“peace-day”: .*not every year"),
    (
        "calendar/school-year.yaml",
        "usual\n    months",
        "usual\n    # months",
        "“bac2-exam”: .*`months`",
    ),
    ("safety/cares.yaml", "hotlines: [child-helpline, police]", "hotlines: []", "help"),
    ("safety/relay/numbers.yaml", '"2": [double', "two: [double", "times"),
    # A woman is named on one of three grounds, and as of a year that is known.
    ("people/women.yaml", "    ground: interview\n", "", "women.yaml"),
    ("people/women.yaml", "    ground: interview\n", "    ground: hearsay\n", "women.yaml"),
    (
        "people/women.yaml",
        'education", year: 2025',
        'education", year: null',
        "no source has a year",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), UNLOADABLE)
def test_what_is_malformed_is_refused_with_its_place(
    copy: Path, file: str, old: str, new: str, says: str
) -> None:
    _break(copy, file, old, new)
    with pytest.raises(ContentError, match=says):
        read_through(load_content(copy), TODAY, copy)


def test_a_file_that_nobody_would_read_is_named_with_what_to_call_it(tmp_path: Path) -> None:
    for name in (
        "faq/new.yml", "faq/other.YAML", "faq/deeper/new.yaml", "careers.yml", "topics.yaml",
        "faq/family.yaml", "asks/notes.txt", "faq/.family.yaml", "safety/relay/words.yaml",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [line.partition(":")[0] for line in check_files.problems(tmp_path)] == [
        "careers.yml", "faq/deeper/new.yaml", "faq/new.yml", "faq/other.YAML",
    ]  # fmt: skip
    told = "\n".join(check_files.problems(tmp_path))
    assert (
        "faq/new.yml: the file is not read, for only names in .yaml are: call it faq/new.yaml."
        in told
    )
    assert "careers.yml: the file is not read, for none of that name belongs there" in told


WRONG = [
    ("faq/family.yaml", "id: girls-study-too-high", "id: brother-first", "there 2 times"),
    ("faq/family.yaml", "related: [", "related: [no-such, ", "no-such"),
    ("faq/family.yaml", "reviewed: 2026-11-24", "reviewed: 2024-01-01", "read it again"),
    ("faq/family.yaml", "reviewed: 2026-11-24", "reviewed: 2031-01-01", "future"),
    ("faq/family.yaml", "topic: family", "topic: kin", "topics.yaml"),
    # Who asks for a judge wants the page of judges, whichever page had the name first.
    ("careers/law-society.yaml", '"attorney"', '"attorney", "Judge"', "“Judge” is a name of"),
    ("careers/law-society.yaml", '"អ្នកការពារក្ដី"', '"ព្រះរាជអាជ្ញា"', "is a name of “lawyer” too"),
    ("directory/institutions.yaml", 'short: "ITC"', 'short: "RUPP"', "is a name of"),
    ("directory/opportunities.yaml", 'en: ["', 'en: ["GKS", "', "is a name of"),
    # What something costs is of some year; without one she would take it for this year's.
    (
        "faq/feelings.yaml",
        "study (no year given) glasses",
        "study glasses",
        "says 91% and no year",
    ),
    ("people/women.yaml", "LLM (large language model) engineer (2025)", "Engineer", "has no year"),
    ("people/women.yaml", '"ឆ្នាំ២០២៥ គាត់ជាវិស្វករ', '"គាត់ជាវិស្វករ', "km text has no year"),
    ("calendar/school-year.yaml", "id: bac2-sign-up", "id: bac2-exam", "there 2 times"),
    ("calendar/school-year.yaml", "faq: exam-date", "faq: no-such", "entry “no-such”"),
    ("calendar/school-year.yaml", "opportunity: gks", "opportunity: ask", "“ask-korea”"),
    ("calendar/school-year.yaml", 'grades: ["9"]', 'grades: ["7"]', "grade “7”"),
    ("calendar/school-year.yaml", "Bac II exam", "Bac II exam " * 3, "shorten it to 30"),
    ("calendar/school-year.yaml", "2025: 28-29", "2025: " * 30 + "28-29", "shorten it to 300"),
    ("calendar/school-year.yaml", "reviewed: 2026-11-29", "reviewed: 2026-01-01", "read it again"),
    ("locales/en/home.yaml", "  back.home:", "  back.hom:", "back.home"),
    ("locales/en/home.yaml", "{grade}", "{grad}", "me.text"),
    ("locales/en/home.yaml", "<b>More</b>", "<b>More", "not closed"),
    ("locales/en/home.yaml", "<b>More</b>", "<u>More</u>", "not allowed"),
    ("locales/km/home.yaml", "<b>ផ្សេងទៀត</b>", "<i>ផ្សេងទៀត</i>", "<i> is not allowed"),
    ("locales/km/home.yaml", "ប្អូនប្រាកដទេ", "តើអ្នកប្រាកដទេ", "«ប្អូន», not «អ្នក»"),
    ("locales/km/home.yaml", '"🏠 ទំព័រដើម"', '"🏠 ទំព័រដើមទំព័រដើមទំព័រដើមទំព័រដើម"', "over 30"),
    ("safety/cares.yaml", "entry: hurt-at-home", "entry: nowhere", "nowhere"),
    ("safety/signs.yaml", "kept_private: [boyfriend-", "kept_private: [nowhere-", "nowhere-"),
    ("safety/cares.yaml", "  - kind: pregnancy", "  - kind: something", "pregnancy"),
    ("hotlines.yaml", "reviewed: 2026-11-24", "reviewed: 2026-01-01", "confirm the number"),
    # No pattern needs a group of words, and yet the relay reads every message for it.
    ("safety/relay/words.yaml", "  who:\n", "  unused:\n    en: [a(b]\n  who:\n", "relay/words: "),
    ("safety/relay/money.yaml", "  pay:\n", "  unused:\n    en: [a(b]\n  pay:\n", "relay/money: "),
    ("safety/relay/allowed.yaml", '"childhelpline', '"(childhelpline', "relay/allowed: "),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), WRONG)
def test_what_is_wrong_is_said_in_plain_words(
    copy: Path, known: frozenset[str], file: str, old: str, new: str, says: str
) -> None:
    _break(copy, file, old, new)
    problems = read_through(load_content(copy), TODAY, copy, Well(known))
    assert any(says in problem for problem in problems)


def test_khmer_typed_in_the_wrong_order_is_found(copy: Path) -> None:
    _break(copy, "topics.yaml", "អារម្មណ៍", "អារម្មណ៍\u200b")
    assert any("invisible" in problem for problem in read_through(load_content(copy), TODAY))


def test_a_telephone_number_from_nowhere_is_found(copy: Path) -> None:
    _break(copy, "faq/family.yaml", "First step:", "Call 012 345 678. First step:")
    assert any(
        "telephone number" in problem for problem in read_through(load_content(copy), TODAY)
    )


def test_an_id_for_which_no_button_has_room_is_named_with_how_long_it_may_be(
    content: Content,
) -> None:
    assert KEEP_ITEM.name == KEEP_BUTTON
    assert list(check_library._crowded(content)) == []
    first, *others = content.opportunities
    long = first.model_copy(update={"id": "a-scholarship-with-a-name-much-too-long"})
    parts = {name: getattr(content, name) for name in Content.model_fields}
    few = Content.model_construct(**{**parts, "opportunities": (long, *others)})
    (told,) = check_library._crowded(few)
    assert told.startswith(f"opportunity “{long.id}”: the id has {len(long.id)} letters")
    room = int(told.split("more than ")[1].split(":")[0])
    wish = ("scholarship", "-", "-")
    assert len(KEEP_ITEM("x" * room, *wish)) <= 64


def test_provinces_that_do_not_agree_on_being_beside_each_other_are_named(
    content: Content,
) -> None:
    assert list(check_library._provinces(content)) == []
    provinces = tuple(
        p.model_copy(update={"beside": ()}) if p.id == "kep" else p for p in content.provinces
    )
    parts = {name: getattr(content, name) for name in Content.model_fields}
    few = Content.model_construct(**{**parts, "provinces": provinces})
    (told,) = check_library._provinces(few)
    assert told.startswith("provinces.yaml, kampot: kep is beside it")
