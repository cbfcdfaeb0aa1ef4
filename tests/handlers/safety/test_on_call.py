"""Who is called for a case, and who has it: the next is called in time, and she hears of it."""

import pytest

from bot.content import Content
from bot.mentoring.states import ConsentMethod
from bot.mentoring.tables import GuardianConsent
from bot.safety.cases import Standing
from bot.safety.states import News
from bot.screens.voice import Voice
from handlers.safety import call_screens
from tests.handlers.scenes import (
    DANGER,
    HOTLINE,
    asks_for_a_person,
    at_desk,
    erases_herself,
    in_a_case,
)
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, Stage

# Who is called


async def test_an_alert_nobody_takes_goes_to_the_next_and_she_hears_it(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    bopha.sees("case.alert", case=1)
    await stage.clock_strikes()
    srey.sees("case.news_arrived")
    await stage.strikes_after(minutes=9)
    nary.does_not_see("case.alert")
    await stage.strikes_after(minutes=1)
    nary.sees("case.alert", case=1)
    srey.sees("case.news_not_yet")
    await stage.strikes_after(minutes=10)
    srey.sees("case.news_all_called")
    srey.sees("care.hotline", number=HOTLINE)
    seen = len(srey.messages())
    await stage.strikes_after(minutes=10)
    assert len(srey.messages()) == seen, "she is not told the same again and again"


async def test_who_cannot_be_reached_is_passed_over_at_once(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await bopha.block()
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    nary.sees("case.alert", case=1)


async def test_who_blocked_the_bot_unseen_is_passed_over_as_soon_as_telegram_says_so(
    stage: Stage,
) -> None:
    _, nary = await at_desk(stage)
    stage.telegram.people[FIRST_COORDINATOR].blocked = True
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    srey.does_not_see("case.news_arrived")
    await stage.strikes_after(seconds=5)
    nary.sees("case.alert", case=1)
    await stage.strikes_after(seconds=5)
    srey.sees("case.news_arrived")


async def test_when_nobody_can_be_reached_she_is_told_so_with_the_hotline(stage: Stage) -> None:
    await at_desk(stage)
    for coordinator in (FIRST_COORDINATOR, SECOND_COORDINATOR):
        stage.telegram.people[coordinator].blocked = True
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    for _ in range(3):
        await stage.strikes_after(seconds=5)
    srey.sees("case.news_nobody")
    srey.sees("care.hotline", number=HOTLINE)
    srey.does_not_see("case.news_arrived")
    await srey.send("are you there?")
    srey.sees("case.carried_nobody")
    await srey.tap("care.person")
    srey.sees("care.person_nobody")
    await stage.person(SECOND_COORDINATOR).block(False)
    await stage.strikes_after(minutes=10)
    stage.person(SECOND_COORDINATOR).sees("case.alert", case=1)
    await stage.strikes_after(seconds=5)
    srey.sees("case.news_arrived")


async def test_a_second_call_for_help_is_heard_by_whoever_has_the_case(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await srey.send("/help")
    await srey.tap("care.person")
    srey.sees("care.person_taken")
    bopha.sees("case.alert_again", case=1)
    nary.does_not_see("case.alert")


async def test_a_second_call_that_nobody_has_taken_goes_to_the_next(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    bopha.sees("case.alert", case=1)
    nary.does_not_see("case.alert")
    await srey.send("/help")
    await srey.tap("care.person")
    srey.sees("care.person_calling")
    nary.sees("case.alert", case=1)


async def test_a_case_that_another_has_is_not_taken_from_her(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    bopha, nary = await at_desk(stage)
    await asks_for_a_person(srey)
    await stage.strikes_after(minutes=10)
    await bopha.tap("case.acknowledge")
    await nary.tap("case.acknowledge")
    nary.sees("case.gone")
    assert nary.offers("back.desk")


async def test_a_case_does_not_go_to_her_guardian_on_the_desk(stage: Stage) -> None:
    """It may be about her: she is not called, and cannot take it."""
    srey = stage.person(ENGLISH_STUDENT)
    bopha, nary = await at_desk(stage)
    await srey.send("/menu")
    async with stage.database.write() as session:
        session.add(
            GuardianConsent(
                student_id=ENGLISH_STUDENT, token="x", method=ConsentMethod.LINK, text_version=1,
                asked_at_utc=stage.now, guardian_id=FIRST_COORDINATOR, given_at_utc=stage.now,
            )
        )  # fmt: skip
    await asks_for_a_person(srey)
    nary.sees("case.alert", case=1)
    bopha.does_not_see("case.alert")
    await stage.passes(5)
    bopha.does_not_see("case.alert")
    await bopha.forge("case:ack:1")
    bopha.sees("over.own_pair")
    bopha.does_not_see_words(DANGER)


# Who has it


async def test_handing_over_shows_the_conversation_her_language_and_her_grade(
    stage: Stage,
) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await srey.send("he is here")
    await bopha.tap("case.write")
    await bopha.send("Go to your aunt")
    await bopha.tap("case.open")
    bopha.sees("case.state_answered")
    await bopha.tap("inbox.add_note")
    await bopha.send("she has an aunt")
    await bopha.tap_data("case:ack:1")
    await bopha.tap("inbox.give")
    await bopha.tap_data("case:give:1:2")
    srey.sees("case.handed_over")
    nary.sees("inbox.given_case", subject=1)
    await nary.tap("inbox.open")
    for words in (DANGER, "he is here", "Go to your aunt", "she has an aunt", "English"):
        nary.sees_words(words)
    nary.sees("case.state_answered")
    await srey.send("thank you")
    nary.sees("case.note_to_staff", case=1, text="thank you")
    nary.forgets()
    await bopha.tap_data("case:write:1")
    await bopha.send("one more thing")
    srey.does_not_see_words("one more thing")


async def test_a_coordinator_who_was_taken_out_of_the_settings_loses_her_case(
    stage: Stage,
) -> None:
    """As at a start with another COORDINATOR_IDS."""
    srey, bopha, nary = await in_a_case(stage)
    await bopha.tap("case.write")
    stage.services.settings = stage.services.settings.model_copy(
        update={"coordinator_ids": (SECOND_COORDINATOR,)}
    )
    await bopha.send("Meet me at Aeon tomorrow")
    srey.does_not_see_words("Aeon")
    await srey.send("are you there?")
    bopha.does_not_see_words("are you there?")
    srey.does_not_see("case.carried_taken")
    await stage.strikes_after(seconds=5)
    nary.sees("case.alert", case=1)
    srey.sees("case.news_between")
    await nary.tap("case.acknowledge")
    nary.sees_words("are you there?")
    srey.sees("case.taken")


async def test_a_coordinator_who_can_be_reached_no_more_loses_her_case(stage: Stage) -> None:
    srey, _, nary = await in_a_case(stage)
    stage.telegram.people[FIRST_COORDINATOR].blocked = True
    await srey.send("are you there?")
    await stage.strikes_after(seconds=5)
    nary.sees("case.alert", case=1)
    srey.sees("case.news_between")
    await nary.tap("case.acknowledge")
    nary.sees_words("are you there?")


async def test_a_girl_between_two_coordinators_is_heard_and_told(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await erases_herself(bopha)
    await srey.send("are you there?")
    srey.does_not_see("case.carried_taken")
    await stage.strikes_after(seconds=5)
    srey.sees("case.news_between")
    await nary.tap("case.acknowledge")
    nary.sees_words("are you there?")


@pytest.mark.parametrize("kind", ["concern", "abuse"])
def test_every_step_has_words_for_whoever_hears_of_it(content: Content, kind: str) -> None:
    """A mentor or a guardian who is worried is no girl, and is not spoken to as one."""
    steps = [f"news_{news}" for news in News if news is not News.LEFT
             and call_screens.hears(kind, news)]  # fmt: skip
    steps += [f"carried_{standing}" for standing in Standing]
    steps += ["taken", "handed_over", "closed_for_girl", "write_now_girl"]
    for step in steps:
        words = Voice(content, "km").say(call_screens.told(kind, f"case.{step}"))
        assert kind != "concern" or "ប្អូន" not in words
    assert call_screens.hears(kind, News.NOBODY)
    assert call_screens.hears(kind, News.ARRIVED) is (kind != "concern")
