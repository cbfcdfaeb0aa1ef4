"""/help says what the bot can do, and first of all how to reach a person."""

import pytest

from tests.handlers.scenes import HOTLINE, tells_grade
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


@pytest.mark.parametrize("person", [STUDENT, ENGLISH_STUDENT])
async def test_help_says_in_short_what_there_is_and_whom_to_call(
    stage: Stage, person: int
) -> None:
    srey = stage.person(person)
    await srey.send("/help")
    said = srey.sees("guide.text")
    assert srey.sees("care.hotline", number=HOTLINE) == said
    assert len(said["text"]) <= 700
    assert srey.buttons()[0] == srey.words("care.person")
    assert srey.copies("copy.number", number=HOTLINE) == str(HOTLINE)
    await srey.tap("more.privacy")
    srey.sees("data.text")


async def test_its_questions_are_of_her_grade_and_answered(stage: Stage) -> None:
    srey, content = stage.person(ENGLISH_STUDENT), stage.content
    await tells_grade(srey, "9")
    await srey.send("/help")
    asked = [content.entries[e].question.get("en") for e in content.examples["9"]]
    assert [label for label in srey.buttons() if label in asked] == asked
    await srey.tap_words(asked[0])
    first = content.entries[content.examples["9"][0]]
    srey.sees_words(first.answer.get("en").splitlines()[0])


async def test_a_person_is_one_tap_away(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/help")
    await srey.tap("care.person")
    srey.sees("care.person_calling")


async def test_the_same_page_opens_from_the_menu(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.tap("home.more")
    await srey.tap("more.guide")
    srey.sees("guide.text")


async def test_who_may_be_in_danger_gets_care_and_nothing_else(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("my uncle touches me")
    await srey.send("/help")
    srey.sees("care.hotline", number=HOTLINE)
    srey.does_not_see("guide.text")
