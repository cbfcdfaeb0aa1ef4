"""One pasted block becomes an event, and every problem is named."""

from datetime import date

import pytest

from bot.content import Content
from bot.content.base import Text
from bot.events.pasted import Words, read_block, read_places
from bot.screens.voice import Voice
from handlers.events.form_screens import problem_label, words_to_look_for
from tests.events.conftest import NOW, TONGUES, ZONE, local


@pytest.fixture
def words(content: Content) -> Words:
    return words_to_look_for(content)


ENGLISH = """
kind: workshop
Title: ថ្ងៃសាកសរសេរកូដ
title: A day of trying code
text: មិនបាច់ចេះមុនទេ។
text: No experience needed.
Bring: a friend
when: 5/12/2026 14:00-16:00
where: Phnom Penh, Library: room 3
fields: AI and data, Health
grades: 11 and 12
places: 30
repeat: weekly until 30/1/2027
remind: week, day
"""
KHMER = """
ប្រភេទ៖ សិក្ខាសាលា
ចំណងជើង៖ ថ្ងៃសាកសរសេរកូដ
ចំណងជើង៖ A day of trying code
ពិពណ៌នា៖ មិនបាច់ចេះមុនទេ។
ពិពណ៌នា៖ No experience needed.
Bring: a friend
ពេល៖ ៥ ធ្នូ ២០២៦ ម៉ោង ២ រសៀល ដល់ ៤ រសៀល
នៅឯណា៖ ភ្នំពេញ, Library: room 3
ផ្នែក៖ AI និងទិន្នន័យ, សុខភាព
ថ្នាក់៖ ១១, ថ្នាក់ទី១២
កន្លែង៖ ៣០
ម្ដងទៀត៖ រៀងរាល់សប្ដាហ៍ រហូតដល់ 30/1/2027
រំលឹក៖ ១ សប្ដាហ៍មុន, ១ ថ្ងៃមុន
"""


@pytest.mark.parametrize("block", [ENGLISH, KHMER])
def test_a_whole_block(words: Words, block: str) -> None:
    read = read_block(block, words, NOW, ZONE)
    assert read.problems == ()
    assert read.details.model_dump() == {
        "kind": "workshop",
        "title": {"km": "ថ្ងៃសាកសរសេរកូដ", "en": "A day of trying code"},
        "text": {"km": "មិនបាច់ចេះមុនទេ។", "en": "No experience needed.\nBring: a friend"},
        "online": False,
        "everywhere": False,
        "province": "phnom-penh",
        "place": "Library: room 3",
        "fields": ("ai-data", "health"),
        "grades": ("11", "12"),
        "starts": local(5, 14),
        "ends": local(5, 16),
        "all_day": False,
        "places": 30,
        "repeat": "weekly",
        "repeat_until": date(2027, 1, 30),
        "offsets": (10080, 1440),
    }
    assert read.details.problems(NOW, TONGUES) == ()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("kind: party", "kind"),
        ("when: tomorrow", "time_unreadable"),
        ("when: 30/2/2027 9:00", "time_no_such_day"),
        ("when: 1/1/2026", "time_past"),
        ("fields: AI and data, cooking", "field"),
        ("grades: 7", "grade"),
        ("places: many", "places"),
        ("places: 0", "places"),
        ("repeat: sometimes", "repeat"),
        ("repeat: weekly until never", "time_unreadable"),
        ("remind: a year", "remind"),
        ("title: " + "x" * 81, "title_long"),
        ("where: " + "x" * 121, "place_long"),
        ("just words", "line"),
        ("colour: red", "line"),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_kept(
    words: Words, line: str, problem: str, content: Content
) -> None:
    read = read_block(f"{line}\ntitle: Kept", words, NOW, ZONE)
    assert [p.name for p in read.problems] == [problem]
    assert read.details.title == Text({"en": "Kept"})
    assert problem_label(Voice(content, "km"), problem)


@pytest.mark.parametrize(
    ("where", "online", "province", "place"),
    [
        ("online", True, None, ""),
        ("តាមអនឡាញ, https://example.org", True, None, "https://example.org"),
        ("Kampot", False, "kampot", ""),
        ("nationwide", False, None, ""),
        ("Factory, 2nd floor", False, None, "Factory, 2nd floor"),
    ],
)
def test_where(words: Words, where: str, online: bool, province: str, place: str) -> None:
    details = read_block(f"where: {where}", words, NOW, ZONE).details
    assert (details.online, details.province, details.place) == (online, province, place)


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_the_example_that_is_shown_can_be_pasted(
    content: Content, words: Words, tongue: str
) -> None:
    read = read_block(content.locales[tongue]["eventform.example"], words, NOW, ZONE)
    assert read.problems == ()
    assert read.details.problems(NOW, TONGUES) == ()


def test_places_may_be_written_in_khmer_digits() -> None:
    assert read_places("៣០ កន្លែង") == 30
    with pytest.raises(ValueError, match="none"):
        read_places("none")
