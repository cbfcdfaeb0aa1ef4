"""A girl in danger gets a person and a hotline first, in every state."""

import pytest

from tests.chat import buttons_of
from tests.handlers.scenes import DANGER, HOTLINE
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT, Stage, StartStage


async def test_danger_is_met_with_care_a_hotline_and_a_person(stage: Stage) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send(DANGER)
    believed = stage.content.care_for["abuse"].reply.get("en")
    assert srey.sees_words(believed) == srey.sees("care.hotline", number=HOTLINE)
    await srey.tap("care.person")
    srey.sees("care.person_calling")
    bopha.sees("case.alert", case=1)


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
    srey.sees("answer.as_of")


@pytest.mark.parametrize("words", ["ខ្ញុំចង់ស្លាប់", "ប៉ាវាយខ្ញុំរាល់ថ្ងៃ", "my uncle touches me"])
async def test_who_did_not_mean_it_is_offered_nothing_of_danger_again(
    stage: Stage, words: str
) -> None:
    srey = stage.person(STUDENT)
    await srey.send(words)
    await srey.tap_words(
        stage.content.locales["en" if words.isascii() else "km"]["care.not_meant"]
    )
    srey.sees("care.sorry", "en" if words.isascii() else "km")
    opened = [data for _, data in buttons_of(srey.messages()[-1])]
    assert opened == ["topics:0", "care:help", "go:home"]


@pytest.mark.parametrize("state", ["/me", "/topics", "/privacy", "/start"])
async def test_the_safe_word_works_in_every_state(stage: Stage, state: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send(state)
    await srey.send("ជួយខ្ញុំ")
    srey.sees("care.hotline", number=HOTLINE)


async def test_help_needs_no_registration(stage: Stage) -> None:
    anybody = stage.person(STUDENT)
    await anybody.send("/help")
    anybody.sees("care.hotline", number=HOTLINE)


async def test_at_the_desk_what_help_tells_girls_is_one_tap_away(stage: Stage) -> None:
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/help")
    await bopha.tap_data("go:guide")
    bopha.sees("care.hotline", number=HOTLINE)


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
    srey.sees("care.person_nobody")
    srey.does_not_see("care.person_calling")
    srey.sees("care.hotline", number=HOTLINE)
