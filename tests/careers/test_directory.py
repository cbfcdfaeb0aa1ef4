"""The directory is found by asking: what is looked for, where, and for whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answerer import Answerer
from bot.careers.directory import SHELVES, Key, Shelf, Wish, province_in, search, widened, wish_of
from bot.content import Content
from handlers.careers import taps

ASKED = [
    ("scholarship for poor girls in Battambang", Wish("scholarship", "battambang", True, True)),
    ("អាហារូបករណ៍សម្រាប់ស្រីក្រនៅបាត់ដំបង", Wish("scholarship", "battambang", True, True)),
    ("mean aharoubakor nov siemreap te bong", Wish("scholarship", "siem-reap")),
    ("អន្តេវាសិកដ្ឋានសម្រាប់នារីនៅភ្នំពេញ", Wish("dormitory", "phnom-penh", True)),
    ("any coding club for girls", Wish("programme", None, True)),
    ("sakol nov batdambong", Wish("study", "battambang")),
]


@pytest.mark.parametrize(("text", "wish"), ASKED)
def test_a_question_says_what_is_looked_for(answerer: Answerer, text: str, wish: Wish) -> None:
    assert answerer.consider(text).wish == wish


def test_a_question_about_something_else_looks_for_nothing(answerer: Answerer) -> None:
    assert answerer.consider("how do I talk with my father without a fight").wish is None


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("ខ្ញុំនៅកំពង់ចាម", "kampong-cham"),
        ("i live in Kompong Cham", "kampong-cham"),
        ("knhom nov kg cham", "kampong-cham"),
        ("i keep my notes", None),
        ("", None),
    ],
)
def test_a_province_is_known_however_it_is_spelt(
    content: Content, text: str, province: str | None
) -> None:
    assert province_in(text, content.provinces) == province


def test_what_is_made_for_her_comes_first(content: Content) -> None:
    found = search(content, Wish("scholarship", None, girls=True, poor=True))
    marks = [(not o.for_poor, not o.for_girls) for o in found]  # type: ignore[union-attr]
    assert marks == sorted(marks)
    assert marks[0] == (False, False)


def test_a_province_shows_what_is_there_and_what_takes_girls_from_everywhere(
    content: Content,
) -> None:
    there = search(content, Wish("study", "battambang"))
    assert "nubb" in {place.id for place in there}
    assert all(not place.provinces or "battambang" in place.provinces for place in there)
    assert len(search(content, widened(Wish("study", "battambang")))) > len(there)


def test_no_shelf_is_empty(content: Content) -> None:
    for shelf in SHELVES:
        assert search(content, Wish(shelf))


@given(
    shelf=st.sampled_from(SHELVES),
    province=st.sampled_from([None, "battambang", "tboung-khmum", "banteay-meanchey"]),
    girls=st.booleans(),
    poor=st.booleans(),
)
def test_a_wish_survives_the_way_through_a_button(
    content: Content, shelf: Shelf, province: str | None, girls: bool, poor: bool
) -> None:
    wish = Wish(shelf, province, girls, poor)
    assert wish_of(wish.key, content) == wish
    for found in search(content, wish):
        # making a button's data raises ValueError for what is too long
        *_, shelf_, province_, for_whom = taps.ITEM(found.id, *wish.key).split(":")
        assert (shelf_, province_, for_whom) == wish.key


_TEXT = st.text(max_size=30)


@given(key=st.tuples(st.sampled_from(SHELVES) | _TEXT, st.just("-") | _TEXT, _TEXT))
def test_a_forged_wish_is_none_or_of_a_shelf(content: Content, key: Key) -> None:
    wish = wish_of(key, content)
    assert wish is None or wish.shelf in SHELVES
