"""What is heard as danger is weighed once more with what the message is about."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.danger import lines
from bot.answering.answerer import Answerer, build_watch
from bot.content import Content
from bot.language.encoder import load
from bot.safety.danger import Danger, Level
from bot.safety.danger_model import DangerModel, Likeness
from bot.safety.readings import pieces as pieces_of
from bot.safety.second_opinion import Evidence, SecondOpinion
from bot.safety.watch import DangerWatch

ONE_THOUGHT = 300
ORDER = (None, Level.GENTLE, Level.CARE)
levels = st.sampled_from(ORDER)
likenesses = st.builds(Likeness, st.floats(0, 1), st.floats(0, 1), st.just("abuse"))
pieces = st.builds(Evidence, st.just("a piece"), likenesses, levels, levels)


def weight(danger: Danger | None) -> int:
    return ORDER.index(None if danger is None else danger.level)


def opinion_of(name: str) -> SecondOpinion:
    """Return an opinion for which every message is about the same class."""
    return SecondOpinion((name,), lambda text: np.ones(1, np.float32))


def most_and_least() -> tuple[str, str]:
    """Return the classes about which danger is told most and least."""
    shares = opinion_of("faq:what-is-ai").shares
    ordered = sorted(shares, key=lambda name: shares[name])
    return ordered[-1], ordered[0]


@given(pieces)
def test_what_is_about_danger_is_never_met_less_than_what_is_not(heard: Evidence) -> None:
    dangerous, ordinary = (opinion_of(name).level(heard) for name in most_and_least())
    assert ORDER.index(dangerous) >= ORDER.index(ordinary)


@pytest.mark.parametrize(
    "beside",
    ["Hi bong. {}", "សួស្តីបង។ {}", "{}. How much is the tuition at RUPP?", "jumreab suor bong! {}"],
)
def test_what_stands_beside_it_takes_no_danger_away(watch: DangerWatch, beside: str) -> None:
    for line in lines("tune"):
        if len(pieces_of(line.text)) > 1:
            continue
        message = beside.format(line.text.rstrip("."))
        if len(message) <= ONE_THOUGHT:
            alone, together = watch.look(line.text), watch.look(message)
            assert weight(together) >= weight(alone), message


def test_what_came_after_the_fit_is_taken_for_as_dangerous_as_all_together() -> None:
    piece = Evidence("a piece", Likeness(0.5, 0.1, "abuse"), Level.GENTLE, None)
    new = opinion_of("faq:nobody-knows-it")
    assert "faq:nobody-knows-it" not in new.shares
    found = [opinion_of(name).odds(piece) for name in most_and_least()]
    assert min(found) < new.odds(piece) < max(found)


@pytest.mark.parametrize("text", ["I want to kill myself", "ខ្ញុំចង់ស្លាប់ណាស់ មិនចង់រស់ទៀតទេ", "help me"])
def test_a_wish_to_die_is_met_with_care_whatever_it_is_about(content: Content, text: str) -> None:
    by_signs_and_likeness = DangerWatch(content.signs, DangerModel()).look(text)
    least = SecondOpinion((most_and_least()[1],), lambda text: np.ones(1, np.float32))
    watch = DangerWatch(content.signs, DangerModel(), least)
    assert watch.look(text) == by_signs_and_likeness


def test_a_long_story_is_met_as_its_sentences_are(watch: DangerWatch) -> None:
    story = "My teacher is kind and we read a lot together. " * 8
    story += "My father beats me every night. " + "I like my school and my friends there. " * 8
    found = watch.look(story)
    assert found is not None
    assert found.level is Level.CARE


@pytest.mark.parametrize(
    "text",
    [
        "How much is the tuition in China and the dorm if papa pays for all of it?",
        "I have only online friends and none at school",
        "តម្លៃសាលាមួយឆ្នាំប៉ុន្មាន បើប៉ាខ្ញុំចេញអោយទាំងអស់?",
    ],
)
def test_an_ordinary_question_rings_no_alarm(answerer: Answerer, text: str) -> None:
    found = answerer.danger(text)
    assert found is None or found.level is not Level.CARE


def test_of_a_message_with_very_many_sentences_few_are_asked_for_their_meaning(
    content: Content,
) -> None:
    encoder, asked = load(), []

    class Listening:
        def encode(self, text: str) -> npt.NDArray[np.float32]:
            asked.append(text)
            return encoder.encode(text)

    said = ("he is angry with me", "i am tired of it all", "my uncle came again", "nobody knows")
    story = ". ".join(f"{said[n % 4]} {n}" for n in range(150))
    build_watch(content, Listening()).look(story)
    assert len(asked) < 50
