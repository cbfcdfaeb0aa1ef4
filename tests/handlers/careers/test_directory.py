"""A list of places to study says what it does not know, and leads to where it knows something."""

import pytest

from bot.careers.directory import Wish, stands_there
from bot.content import Content
from bot.content.directory import Institution
from bot.screens.voice import Voice
from handlers.careers.directory import list_screen, to_shelf


def _without(content: Content, province: str) -> Content:
    """The content that ships, but for what stands in a province."""
    left: list[Institution] = [i for i in content.institutions if province not in i.provinces]
    parts = {name: getattr(content, name) for name in Content.model_fields}
    return Content.model_construct(**{**parts, "institutions": tuple(left)})


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_where_no_school_stands_it_says_so_and_leads_to_the_provinces_beside(
    content: Content, tongue: str
) -> None:
    few, wish = _without(content, "koh-kong"), Wish("study", "koh-kong")
    voice = Voice(few, tongue)
    shown = list_screen(voice, few, wish, 0)
    names = {p.id: p.label.get(tongue) for p in content.provinces}
    beside = ["kampong-speu", "kampot", "preah-sihanouk", "pursat"]
    leads = {button.data: button.label for row in shown.rows for button in row}
    assert names["koh-kong"] in shown.text
    for near in beside:
        assert stands_there(few, Wish("study", near))
        assert names[near] in shown.text
        assert names[near] in leads[to_shelf(Wish("study", near))]
    assert "kandal" not in str(sorted(leads)), "it is not beside Koh Kong"


def test_where_a_school_stands_it_is_a_list_like_any_other(content: Content) -> None:
    voice, wish = Voice(content, "en"), Wish("study", "battambang")
    shown = list_screen(voice, content, wish, 0)
    assert not any(
        button.data == to_shelf(Wish("study", "pursat")) for row in shown.rows for button in row
    )
    assert "Pursat" not in shown.text


def test_what_is_looked_for_besides_schools_is_not_spoken_of_as_a_school(content: Content) -> None:
    few, wish = _without(content, "koh-kong"), Wish("dormitory", "koh-kong")
    voice = Voice(few, "en")
    assert "place to study" not in list_screen(voice, few, wish, 0).text
