"""A girl in danger gets a person and a hotline first, in every state."""

import pytest

from tests.handlers.scenes import DANGER
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    SECOND_COORDINATOR,
    STUDENT,
    Stage,
    StartStage,
)

HOTLINE = 1280


async def test_danger_is_met_with_care_a_hotline_and_a_person(stage: Stage) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send(DANGER)
    believed = stage.content.care_for["abuse"].reply.get("en")
    assert srey.sees_words(believed) == srey.sees("care.hotline", number=HOTLINE)
    await srey.tap("care.person")
    srey.sees("care.person_told", case=1)
    bopha.sees("case.alert", case=1)
    await bopha.tap("case.acknowledge")
    bopha.sees("case.words", words=DANGER)
    srey.sees("case.taken", case=1)
    await bopha.tap("case.write")
    bopha.sees("case.write_now")
    await bopha.send("Are you safe right now? He hits you where?")
    srey.sees("case.note_to_girl", case=1, text="Are you safe right now? He hits you where?")
    await srey.tap("case.reply")
    srey.sees("case.write_now")
    await srey.send("yes at my aunt")
    bopha.sees("case.note_to_staff", case=1, text="yes at my aunt")
    await bopha.tap("case.close")
    bopha.sees("case.closed", case=1)
    srey.sees("case.closed_for_girl")


async def test_the_care_lasts_over_the_next_messages(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("I want to kill myself")
    srey.sees("care.hotline", number=HOTLINE)
    for words in ("ok", "I'm scared", "hello"):
        await srey.send(words)
        srey.sees("care.still")
    await srey.tap("care.well")
    srey.sees("care.relieved")
    await srey.send("hello")
    assert srey.news()
    srey.does_not_see("care.hotline", number=HOTLINE)


async def test_a_false_alarm_costs_one_tap_and_loses_nothing(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    question = stage.content.entries["tech-is-for-boys"].question.get("en")
    await srey.send(f"help me\n{question} he hits me")
    srey.sees("care.hotline", number=HOTLINE)
    await srey.tap("care.not_meant")
    srey.sees("answer.reviewed")


@pytest.mark.parametrize("state", ["/me", "/topics", "/privacy", "/start"])
async def test_the_safe_word_works_in_every_state(stage: Stage, state: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send(state)
    await srey.send("ជួយខ្ញុំ")
    srey.sees("care.hotline", number=HOTLINE)


@pytest.mark.parametrize("person", [STUDENT, FIRST_COORDINATOR])
async def test_help_needs_no_registration_and_is_for_everybody(stage: Stage, person: int) -> None:
    anybody = stage.person(person)
    await anybody.send("/help")
    anybody.sees("care.hotline", number=HOTLINE)


async def test_captions_and_edits_are_read_too(stage: Stage) -> None:
    srey, chantha = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    await srey.send_media("photo", caption="my uncle touches me")
    srey.sees_words(stage.content.care_for["sexual"].reply.get("en"))
    sent = await chantha.send("សួស្ដី")
    chantha.does_not_see("care.hotline", number=HOTLINE)
    await chantha.edit(sent, "ខ្ញុំចង់ស្លាប់")
    chantha.sees("care.hotline", number=HOTLINE)


async def test_without_a_coordinator_nobody_is_promised(start_stage: StartStage) -> None:
    stage = await start_stage(coordinator_ids=())
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("my father hits me")
    await srey.tap("care.person")
    srey.sees("care.nobody")
    srey.does_not_see("care.person_told")
    srey.sees("care.hotline", number=HOTLINE)


async def test_an_alert_nobody_takes_goes_to_the_next(stage: Stage) -> None:
    srey, nary = stage.person(ENGLISH_STUDENT), stage.person(SECOND_COORDINATOR)
    await srey.send("my father hits me")
    await srey.tap("care.person")
    stage.later(minutes=9)
    await stage.clock_strikes()
    nary.does_not_see("case.alert")
    stage.later(minutes=1)
    await stage.clock_strikes()
    nary.sees("case.alert", case=1)


async def test_a_case_that_another_has_is_not_taken_from_her(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    await srey.send(DANGER)
    await srey.tap("care.person")
    stage.later(minutes=10)
    await stage.clock_strikes()
    await bopha.tap("case.acknowledge")
    await nary.tap("case.acknowledge")
    nary.sees("case.gone")
    assert nary.offers("back.desk")
    srey.sees("case.taken", case=1)


async def test_a_girl_between_two_coordinators_is_shown_help_and_is_not_stuck(
    stage: Stage,
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    await srey.send(DANGER)
    await srey.tap("care.person")
    await srey.tap("care.well")
    await bopha.tap("case.acknowledge")
    await srey.tap("case.reply")
    await bopha.send("/privacy")
    await bopha.tap("data.erase")
    await bopha.tap("data.erase_yes")
    await srey.send("are you there?")
    srey.sees("case.nobody_yet", case=1)
    assert srey.offers("home.help")
    # The number of the button that she was shown is that button, and a question is a question.
    await srey.send("1")
    srey.sees("care.hotline", number=1280)
    await srey.send(stage.content.entries["tech-is-for-boys"].question.get("en"))
    srey.sees("answer.reviewed")
    await stage.clock_strikes()
    stage.later(minutes=10)
    await stage.clock_strikes()
    await nary.tap("case.acknowledge")
    await srey.tap("case.reply")
    await srey.send("are you there?")
    nary.sees("case.note_to_staff", case=1, text="are you there?")


async def test_nobody_is_stuck_in_a_case_that_was_closed(stage: Stage) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send(DANGER)
    await srey.tap("care.person")
    await srey.tap("care.well")
    await bopha.tap("case.acknowledge")
    await srey.tap("case.reply")
    await bopha.tap("case.close")
    await srey.send("thank you")
    bopha.does_not_see_words("thank you")
    await srey.send(stage.content.entries["tech-is-for-boys"].question.get("en"))
    srey.sees("answer.reviewed")
