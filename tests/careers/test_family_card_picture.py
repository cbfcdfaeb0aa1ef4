"""The card for the family: it fits, it is light, its Khmer is shaped, its words are the text's."""

import io

import pytest
from PIL import Image, features

from bot.careers import family_card_picture as drawing
from bot.careers.family_card import family_card
from bot.careers.family_card_picture import LARGEST_BYTES, Artist
from bot.content import Content
from bot.screens.canvas import HEIGHT, WIDTH, Picture, Style, width_of, wrap


def test_pillow_here_can_shape_khmer() -> None:
    assert features.check("raqm")


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_a_card_is_a_light_portrait_picture(content: Content, tongue: str) -> None:
    artist = Artist(content, "a_rather_long_name_of_a_bot")
    picture = artist.draw({"draw": "career_card", "career": "chef-hospitality", "tongue": tongue})
    assert len(picture) <= LARGEST_BYTES
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))


def test_every_card_fits_in_letters_that_a_phone_can_show(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the laying out is done here, and of the cards with most words."""
    monkeypatch.setattr(drawing, "png", lambda _image: b"")
    monkeypatch.setattr(Picture, "finished", lambda _self: None)
    artist = Artist(content, "bongsrey_demo_bot")
    for tongue in ("km", "en"):
        words = {
            c.id: len(c.name.get(tongue) + c.for_parents.get(tongue))
            for c in content.careers.values()
        }
        for career_id in sorted(words, key=lambda one: words[one])[-30:]:
            artist.draw({"draw": "career_card", "career": career_id, "tongue": tongue})


def test_subscripts_and_vowels_are_stacked_not_strung() -> None:
    """Unshaped, "ស្ត្រី" would be as wide as its six characters one by one."""
    style = Style(40)
    alone = sum(width_of(char, style) for char in "ស្ត្រី")
    assert width_of("ស្ត្រី", style) < 0.6 * alone


def test_lines_break_between_words_and_never_before_a_mark(content: Content) -> None:
    style = Style(30)
    for career in content.careers.values():
        text = career.for_parents.get("km")
        lines = wrap(text, style, 700)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
        for line in lines:
            assert width_of(line, style) <= 700
            assert line[0] not in "។៖ៗ,.)»”"
            # A subscript sign or a vowel never stands first: a cluster was not cut.
            assert not "\u17b6" <= line[0] <= "\u17d3"


def test_unknown_recipes_are_refused(content: Content) -> None:
    artist = Artist(content, "")
    for recipe in (
        {"draw": "map", "career": "nurse", "tongue": "km"},
        {"draw": "career_card", "career": "astronaut", "tongue": "km"},
    ):
        with pytest.raises(KeyError):
            artist.draw(recipe)


def test_costs_are_what_the_content_says_and_never_a_sum(content: Content) -> None:
    for career in content.careers.values():
        for tongue in ("km", "en"):
            card = family_card(content, career, tongue, "bot")
            cost = card.sections[-1]
            assert cost.kind == "cost"
            assert cost.lines[-1] == content.locales[tongue]["card.ask_school"]
            assert not any(sign in line for line in cost.lines for sign in ("$", "៛", "USD"))
            assert card.promise == career.for_parents.get(tongue)


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_a_family_reads_the_whole_name_of_a_place(content: Content, tongue: str) -> None:
    career = next(c for c in content.careers.values() if "uhs" in c.study_at)
    card = family_card(content, career, tongue, "")
    named = [
        line for section in card.sections if section.kind == "place" for line in section.lines
    ]
    whole = content.institution["uhs"].name.get(tongue)
    assert any(line.startswith(whole) and "UHS" in line for line in named)
