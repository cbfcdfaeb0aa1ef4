"""The small print under an answer: where it was read, of which year it is, and when it may be out."""

from datetime import date, timedelta

import pytest

from bot.content import Content
from bot.content.base import Reviewed, Source
from bot.demo.html_entities import parse
from bot.screens.sources import source_note
from bot.screens.voice import Voice

READ = date(2026, 3, 1)
HOLDS = 90


def entry(*years: int | None) -> Reviewed:
    """Something read on one day, from sources of these years."""
    sources = tuple(
        Source.model_validate({"title": f"Page {n}", "url": "https://example.org", "year": year})
        for n, year in enumerate(years)
    )
    advice = None if sources else "General advice."
    return Reviewed(sources=sources, no_source=advice, reviewed=READ, review_every_days=HOLDS)


@pytest.fixture(params=["km", "en"])
def tongue(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_facts_are_as_old_as_their_newest_source(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue)
    note = source_note(voice, entry(2019, 2025, None))
    assert voice.say("answer.as_of", year=voice.number(2025)) in note
    # The day on which it was read again makes no old figure new.
    assert voice.day(READ) not in note


def test_a_source_without_a_date_is_said_to_have_none(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue)
    assert voice.say("answer.age_unknown") in source_note(voice, entry(None))


def test_advice_without_facts_says_when_it_was_read(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue)
    assert voice.say("answer.reviewed", day=voice.day(READ)) in source_note(voice, entry())


@pytest.mark.parametrize(("days", "out"), [(HOLDS, False), (HOLDS + 1, True)])
def test_what_is_past_its_review_is_said_to_be_before_the_fold(
    content: Content, tongue: str, days: int, out: bool
) -> None:
    voice = Voice(content, tongue, READ + timedelta(days=days))
    note = source_note(voice, entry(2024))
    assert note.startswith(voice.say("answer.expired")) == out


def test_advice_does_not_age(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue, READ + timedelta(days=10 * HOLDS))
    assert voice.say("answer.expired") not in source_note(voice, entry())


def test_every_source_can_be_opened(content: Content, tongue: str) -> None:
    said, entities = parse(source_note(Voice(content, tongue), entry(2019, 2025, None)))
    assert [e["url"] for e in entities if e["type"] == "text_link"] == ["https://example.org/"] * 3
    lines = said.splitlines()
    assert [sum(title in line for line in lines) for title in ("Page 0", "Page 1")] == [1, 1]


def test_what_a_source_is_called_is_no_html(content: Content) -> None:
    shown = {"title": "<b>A & B", "url": 'https://example.org/?a=1&b="2"', "year": 2024}
    named = entry().model_copy(update={"sources": (Source.model_validate(shown),)})
    said, entities = parse(source_note(Voice(content, "en"), named))
    assert "<b>A & B" in said
    assert {e["type"] for e in entities} == {"expandable_blockquote", "text_link"}
