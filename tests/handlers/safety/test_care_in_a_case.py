"""In an open case care is shown at most once, and again only when it gets worse."""

import pytest

from tests.chat import Chat
from tests.handlers.scenes import (
    DANGER,
    HOTLINE,
    Mentoring,
    asks_for,
    becomes_mentor,
    in_a_case,
    mentoring,
)
from tests.stage import ENGLISH_STUDENT, Stage

SELF_HARM = "I want to kill myself"


async def test_care_does_not_come_again_each_half_hour(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    for _ in range(3):
        stage.later(minutes=31)
        await srey.send("my father beats me again tonight")
        bopha.sees_words("beats me again")
        srey.does_not_see("care.hotline", number=HOTLINE)


async def test_it_comes_once_more_when_it_gets_worse(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send(SELF_HARM)
    srey.sees("care.hotline", number=HOTLINE)
    bopha.sees_words(SELF_HARM)
    for words in (SELF_HARM, "my uncle touches me", DANGER):
        stage.later(minutes=31)
        await srey.send(words)
        bopha.sees_words(words)
        srey.does_not_see("care.hotline", number=HOTLINE)


async def test_who_called_a_person_for_nothing_in_particular_is_met_with_care(
    stage: Stage,
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/help")
    await srey.tap("care.person")
    await srey.send(DANGER)
    srey.sees("care.hotline", number=HOTLINE)


async def writing_to_her_mentor(stage: Stage) -> Mentoring:
    """A girl is about to write to her mentor."""
    people = mentoring(stage)
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await becomes_mentor(sophea, people.bopha, nary)
    await asks_for(srey, age="adult")
    await nary.tap("news.look")
    await nary.tap("over.approve")
    await sophea.tap("offer.accept")
    await srey.tap("intro.begin")
    await srey.tap("talk.write")
    return people


async def writes(srey: Chat, words: str) -> None:
    await srey.forge("talk:write:1")
    await srey.send(words)


async def test_words_of_danger_to_her_mentor_are_held_and_she_is_told_so_at_once(
    stage: Stage,
) -> None:
    people = await writing_to_her_mentor(stage)
    srey, bopha = people.srey, people.bopha
    await writes(srey, DANGER)
    srey.sees("care.from_talk_waits")
    people.sophea.does_not_see_words(DANGER)
    await bopha.tap("case.acknowledge")
    for words in ("my uncle touches me", SELF_HARM, "he beats me every day"):
        await writes(srey, words)
        srey.sees("care.from_talk_taken")
        bopha.sees_words(words)
        people.sophea.does_not_see_words(words)


@pytest.mark.parametrize("menus", ["km", "en"])
async def test_the_screens_of_a_talk_are_in_her_language(stage: Stage, menus: str) -> None:
    people = await writing_to_her_mentor(stage)
    srey = people.srey
    await srey.send("/language")
    await srey.tap_data(f"lang:{menus}")
    await writes(srey, "សួស្ដីបង ខ្ញុំឈ្មោះពៅ")
    srey.sees("talk.sent", "km")
    await srey.forge("talk:report:1")
    srey.sees("talk.reported", "km")


async def test_after_danger_they_are_in_the_language_of_the_danger(stage: Stage) -> None:
    people = await writing_to_her_mentor(stage)
    srey = people.srey
    await srey.send("/language")
    await srey.tap_data("lang:km")
    await writes(srey, DANGER)
    srey.sees("care.from_talk_waits", "en")
    await srey.forge("talk:report:1")
    srey.sees("talk.reported", "en")


async def test_who_asks_for_help_in_an_open_case_sees_the_numbers_that_care_promised(
    stage: Stage,
) -> None:
    srey, bopha, _ = await in_a_case(stage)
    for _ in range(2):
        await srey.send("help me")
        bopha.sees_words("help me")
        srey.sees("care.numbers")
        srey.sees("care.hotline", number=HOTLINE)
        srey.sees("case.carried_taken")
        srey.copies("copy.number", number=HOTLINE)
