"""A girl calls off her call for a person while nobody has taken it, and is looked after still."""

import pytest

from bot.safety.cases import UNDO
from tests.chat import Chat
from tests.handlers.scenes import DANGER, asks_for_a_person, at_desk, in_a_case
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


async def calls(stage: Stage, person: int = ENGLISH_STUDENT) -> tuple[Chat, Chat]:
    """A girl calls for a person, and a coordinator is called who has not taken it."""
    bopha, _ = await at_desk(stage)
    srey = stage.person(person)
    await asks_for_a_person(srey)
    bopha.sees("case.alert")
    return srey, bopha


async def test_she_stops_the_call_with_a_button_and_can_take_that_back(stage: Stage) -> None:
    srey, bopha = await calls(stage)
    await srey.tap("case.call_off")
    srey.sees("case.call_off_sure")
    await srey.tap("case.call_off_yes")
    srey.sees("case.called_off")
    bopha.does_not_see("case.off_to_staff")
    stage.later(seconds=30)
    await srey.tap("case.call_on")
    await stage.strikes_after(minutes=1)
    bopha.does_not_see("case.off_to_staff")
    await bopha.tap("case.acknowledge")
    bopha.sees_words(DANGER)


async def test_coordinators_hear_that_she_stopped_it_and_may_ask_after_her(stage: Stage) -> None:
    srey, bopha = await calls(stage)
    await srey.tap("case.call_off")
    await srey.tap("case.call_off_yes")
    await srey.send("What is AI?")
    srey.does_not_see("case.carried_calling")
    await stage.strikes_after(seconds=UNDO.total_seconds(), minutes=20)
    bopha.sees("case.off_to_staff", case=1, kind=bopha.words("kind.abuse"))
    # The alert of before shows the same, and takes nothing by itself.
    await bopha.forge("case:ack:1")
    bopha.sees("case.off_to_staff", case=1)
    srey.does_not_see("case.taken")
    await srey.tap("case.call_on")
    srey.sees("case.called_off_for_good")
    await bopha.tap("case.ask_after")
    bopha.sees_words(DANGER)
    srey.sees("case.asked_after")
    await bopha.send("/desk")
    await bopha.tap("desk.rest")
    await bopha.tap("desk.team")
    await bopha.tap("team.audit")
    bopha.sees_words(bopha.words("audit.action.called off"))


@pytest.mark.parametrize(
    "words",
    [
        "ឈប់ទៅបង មិនបាច់ហៅទេ", "អូនសុំបញ្ឈប់ការហៅបានទេ", "ខ្ញុំមិនអីទេ", "stop calling please",
        "I am fine, no need to call anyone", "som kom hao te bong",
    ],
)  # fmt: skip
async def test_words_that_ask_to_stop_lead_to_the_question(stage: Stage, words: str) -> None:
    srey, bopha = await calls(stage, STUDENT)
    await srey.send(words)
    srey.sees("case.call_off_sure", "en")
    srey.does_not_see("care.honest")
    srey.does_not_see("care.honest", "km")
    srey.does_not_see("case.carried_calling", "en")
    await srey.tap_data("case:call")
    srey.sees("case.call_calling", "en")
    await bopha.tap("case.acknowledge")
    bopha.sees_words(words)


async def test_that_she_is_all_right_is_asked_too(stage: Stage) -> None:
    srey, _ = await calls(stage)
    await srey.tap("care.well")
    srey.sees("case.call_off_sure")


async def test_danger_in_the_same_words_is_met_as_danger(stage: Stage) -> None:
    srey, _ = await calls(stage)
    await srey.send("don't call, I want to die")
    srey.sees("care.honest")
    srey.does_not_see("case.call_off_sure")


async def test_what_somebody_has_taken_is_not_called_off(stage: Stage) -> None:
    srey, _, _ = await in_a_case(stage)
    await srey.tap_data("case:off")
    srey.sees("case.taken_meanwhile")
    await srey.forge("case:off_yes")
    srey.sees("case.taken_meanwhile")
    await srey.send("stop calling please")
    srey.sees("case.carried_taken")
