"""The decision: sure, unsure, lost, small talk, several questions, follow-ups."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.safety.danger import Level


def test_every_question_of_the_library_is_answered_by_its_entry(
    answerer: Answerer, content: Content
) -> None:
    for place, entry in enumerate(content.entries.values()):
        # Each in one of the languages: `make lint` asks all of them.
        for tongue in (("km", "en")[place % 2],):
            verdict = answerer.consider(entry.question.get(tongue), safe=True)
            assert verdict.candidates[0].id == entry.id


@pytest.mark.parametrize("text", ["asdkjh qwe zxc", "12345", "x1", "???", "ផ្ស្រ្ឃ្ឍ្ញ", "x"])
def test_gibberish_is_never_answered(answerer: Answerer, text: str) -> None:
    assert answerer.consider(text).decision != "answer"


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("ot yul lomhat kimi sos", "physics-hard"),
        ("jg rean kat sok tver sok nv na", "hairdresser"),
    ],
)
def test_what_sounds_off_topic_and_may_be_a_question_is_answered_or_asked_back(
    answerer: Answerer, text: str, entry: str
) -> None:
    verdict = answerer.consider(text)
    assert verdict.decision in ("answer", "clarify")
    assert entry in [candidate.id for candidate in verdict.candidates]


@pytest.mark.parametrize("text", ["what is the weather today", "ព្រឹកនេះបាយមានម្ហូបអី"])
def test_what_is_surely_off_topic_is_not_asked_back(answerer: Answerer, text: str) -> None:
    assert answerer.consider(text).decision in ("handoff", "smalltalk")


def test_two_questions_in_one_message_get_both_answers(
    answerer: Answerer, content: Content
) -> None:
    entries = list(content.entries.values())
    first, second = content.entries["tech-is-for-boys"], entries[-1]
    verdict = answerer.consider(
        f"{first.question.get('en')} {second.question.get('en')}?", safe=True
    )
    assert verdict.decision in ("answer", "clarify")
    text = f"{first.question.get('en')}? {second.question.get('en')}?"
    assert answerer.consider(text, safe=True).ids == (first.id, second.id)


def test_a_follow_up_leans_on_what_was_answered_before(
    answerer: Answerer, content: Content
) -> None:
    """“And the fear?” alone is unclear; after an answer something near it is offered."""
    alone = answerer.consider("ចុះបើអត់ព្រម?")
    after = answerer.consider("ចុះបើអត់ព្រម?", last="ask-mother-coding-club")
    assert alone.decision != "answer"
    topic = content.topic_of["ask-mother-coding-club"]
    assert after.decision in ("answer", "clarify")
    assert any(content.topic_of[c.id] == topic for c in after.candidates)


def test_the_same_question_has_the_same_answer(answerer: Answerer) -> None:
    text = "ស្រីរៀន IT បានទេ"
    assert answerer.consider(text) == answerer.consider(text)


@settings(max_examples=60)
@given(text=st.text(max_size=300))
def test_any_text_gets_a_decision(answerer: Answerer, text: str) -> None:
    verdict = answerer.consider(text)
    assert 0 <= verdict.score <= 1
    grave = verdict.danger is not None and verdict.danger.level is Level.CARE
    assert (verdict.decision == "safety") == grave
