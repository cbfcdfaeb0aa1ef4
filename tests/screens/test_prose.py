"""What a line is about stands out; the first step stands apart."""

import pytest

from bot.content import Content
from bot.screens.parts import plain
from bot.screens.prose import prose
from bot.screens.voice import Voice


@pytest.fixture(params=["km", "en"])
def voice(request: pytest.FixtureRequest, content: Content) -> Voice:
    return Voice(content, request.param)


def test_the_first_step_of_every_answer_stands_out_where_it_has_one(
    voice: Voice, content: Content
) -> None:
    label = voice.label("answer.first_step")
    for entry in content.entries.values():
        text = entry.answer.get(voice.tongue)
        said = prose(voice, text)
        assert said.count(f"\n\n<b>{label}</b> ") == text.count(f"\n{label} ")
        # Nothing is said otherwise, and nothing is lost.
        assert plain(said).split() == text.split()


def test_a_name_and_a_colon_are_a_heading_and_a_sentence_is_none(content: Content) -> None:
    voice = Voice(content, "en")
    text = "It depends. Ask: who pays?\n• PNC: free & good\nSee https://x.org: there"
    assert prose(voice, text) == (
        "It depends. Ask: who pays?\n• <b>PNC:</b> free &amp; good\nSee https://x.org: there"
    )


def test_the_page_for_the_family_has_headings(voice: Voice, content: Content) -> None:
    said = prose(voice, content.for_parents.page.get(voice.tongue), page=True)
    assert said.count("\n\n<b>") == 4
