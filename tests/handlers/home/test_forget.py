"""Erasing herself in the middle of anything, and the one thing that outlives it for a while."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import privacy
from bot.people.tables import Person
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.safety.tables import Case, CaseMessage
from bot.screens.screen import Html
from tests.chat import Chat
from tests.handlers.scenes import (
    ALWAYS_DAY,
    DANGER,
    asks_for_a_person,
    at_desk,
    in_a_case,
    mentoring,
    talking,
    wants_mentor,
)
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, Stage, StartStage
from tests.traces import columns_with


async def _in_a_form(srey: Chat) -> None:
    await wants_mentor(srey)
    await srey.tap("age.minor")


async def _in_a_walk(srey: Chat) -> None:
    await srey.send("/path")
    await srey.tap_words("")


async def _asked_for_her_age(srey: Chat) -> None:
    await wants_mentor(srey)


@pytest.mark.parametrize("begin", [_in_a_form, _in_a_walk, _asked_for_her_age])
async def test_she_erases_herself_in_the_middle_of_anything(stage: Stage, begin) -> None:  # type: ignore[no-untyped-def]
    srey = stage.person(ENGLISH_STUDENT)
    await begin(srey)
    await _erases(srey)
    srey.sees("data.erased")
    await _nothing_is_left(stage)


async def test_she_erases_herself_in_a_talk_with_a_mentor(start_stage: StartStage) -> None:
    people = mentoring(await start_stage(**ALWAYS_DAY))
    await talking(people)
    await people.srey.send("/forget")
    await people.srey.tap("data.erase_yes")
    people.srey.sees("data.erased")


async def test_of_an_open_case_stays_that_it_is_there_and_no_word(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(case_days=9)
    srey, bopha, _ = await in_a_case(stage)
    await _erases(srey)
    bopha.sees("data.case_erased")
    async with stage.database.read() as session:
        case = (await session.scalars(select(Case))).one()
        assert (case.person_id, case.erased_at_utc) == (ENGLISH_STUDENT, stage.now)
        assert not (await session.scalars(select(CaseMessage))).all()
        assert await session.get(Person, ENGLISH_STUDENT) is None
        kept = set(await columns_with(session, ENGLISH_STUDENT))
        assert kept <= {"cases.person_id", *privacy.EXEMPT}
        assert not await columns_with(session, DANGER)
    await bopha.tap("case.open")
    bopha.sees("case.state_erased")


async def test_it_goes_when_the_case_is_closed(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await _erases(srey)
    await bopha.tap("case.open")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    await stage.strikes_after(minutes=2)
    await stage.strikes_after(hours=7)
    await _nothing_is_left(stage)


async def test_and_after_its_days_though_nobody_closes_it(start_stage: StartStage) -> None:
    stage = await start_stage(case_days=9)
    srey, _, _ = await in_a_case(stage)
    await _erases(srey)
    stage.later(days=9, hours=1)
    async with stage.database.write() as session:
        await privacy.forget_old(session, stage.services.settings, stage.now)
    async with stage.database.read() as session:
        assert not (await session.scalars(select(Case))).all()


async def test_an_old_case_that_was_alive_outlives_her_wish_as_well(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(case_days=9)
    srey, bopha, _ = await in_a_case(stage)
    for _ in range(3):
        stage.later(days=7)
        await srey.send("he did it again")
        await bopha.tap("case.open")
    await _erases(srey)
    await stage.strikes_after(days=8)
    await _asks_for_a_person_again(srey)
    await srey.send("it was my brother who had my phone")
    bopha.sees_words("it was my brother")


async def _asks_for_a_person_again(srey: Chat) -> None:
    await srey.send("/help")
    await srey.tap("care.person")


@pytest.mark.parametrize("first", ["hello", "/start", "what is AI"])
async def test_what_is_written_there_next_goes_to_nobody_unasked(stage: Stage, first: str) -> None:
    """Whoever holds the phone sees nothing of a case, and writes to nobody in her name."""
    srey, bopha, _ = await in_a_case(stage)
    await _erases(srey)
    bopha.forgets()
    await srey.send(first)
    await srey.send("who is this")
    srey.does_not_see("case.carried_taken")
    srey.does_not_see("case.carried_calling")
    bopha.does_not_see_words("who is this")
    await srey.send("he hits me again")
    srey.sees("care.honest")
    bopha.does_not_see_words("he hits me")
    await srey.tap("care.person")
    bopha.sees_words("he hits me again")


async def test_an_answer_to_what_a_coordinator_writes_since_reaches_her(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await _erases(srey)
    await bopha.send("Are you well?")
    srey.sees_words("Are you well?")
    await srey.send("yes I am")
    bopha.sees_words("yes I am")


async def test_who_comes_back_finds_the_person_who_helps_her(start_stage: StartStage) -> None:
    stage = await start_stage(case_days=9)
    srey, bopha, _ = await in_a_case(stage)
    await _erases(srey)
    await _asks_for_a_person_again(srey)
    await srey.send("it was my brother who had my phone")
    bopha.sees_words("it was my brother")
    stage.now += timedelta(days=8)
    await srey.send("are you there")
    stage.now += timedelta(days=8)
    async with stage.database.write() as session:
        await privacy.forget_old(session, stage.services.settings, stage.now)
        assert (await session.scalars(select(Case))).all()


@pytest.mark.parametrize("in_danger", [True, False])
async def test_who_holds_her_phone_does_not_learn_of_a_case(stage: Stage, in_danger: bool) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    if in_danger:
        await in_a_case(stage)
    else:
        await srey.send("/me")
    await srey.send("/mydata")
    for section in ("talks_with_a_person", "last_words"):
        assert srey.words(f"mine.{section}") not in srey.said()
    srey.forgets()
    await srey.send("/forget")
    before = srey.said()
    srey.sees("data.may_stay")
    await srey.tap("data.erase_yes")
    after = srey.said()
    stage.later(seconds=5)
    toast = await srey.forge("data:erase_yes")
    assert (before, after, toast) == await _as_anybody(stage)


async def _as_anybody(stage: Stage) -> tuple[str, str, str]:
    """What somebody reads who erases herself and never asked for help."""
    anybody = stage.enters(4242, language="en")
    await anybody.send("/me")
    anybody.forgets()
    await anybody.send("/forget")
    before = anybody.said()
    await anybody.tap("data.erase_yes")
    after = anybody.said()
    stage.later(seconds=5)
    return before, after, await anybody.forge("data:erase_yes")


async def test_nothing_is_said_on_her_phone_unasked_until_she_writes_again(
    stage: Stage,
) -> None:
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    await _erases(srey)
    srey.forgets()
    await stage.strikes_after(minutes=11)
    nary.sees("case.state_erased")
    await nary.tap("case.acknowledge")
    nary.sees("case.state_erased")
    await stage.strikes_after(hours=2)
    bopha.sees("case.alert_silent")
    bopha.sees("case.state_erased")
    await bopha.tap("case.acknowledge")
    await bopha.tap("inbox.give")
    nary.forgets()
    await bopha.tap_data("case:give:1:2")
    nary.sees("case.state_erased")
    assert not srey.news()
    await nary.tap("inbox.open")
    await nary.tap("case.write")
    await nary.send("I am with you.")
    srey.sees_words("I am with you.")
    srey.forgets()
    await nary.tap("case.open")
    await nary.tap("case.close")
    await nary.tap("outcome.quiet")
    nary.sees("case.closed_erased")
    await stage.strikes_after(minutes=2)
    assert not srey.news()


async def test_the_coordinator_sees_that_it_was_erased_and_that_she_cannot_be_reached(
    stage: Stage,
) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await _erases(srey)
    await srey.block()
    await bopha.tap("case.open")
    await bopha.tap("case.write")
    await bopha.send("I am with you.")
    await bopha.tap("case.open")
    bopha.sees("case.state_erased")
    bopha.sees("case.state_unreachable")


async def test_her_chat_is_emptied_with_it(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(DANGER)
    await _erases(srey)
    (left,) = srey.messages()
    assert left["text"] == srey.said()
    await _nothing_is_left(stage)


async def test_her_words_leave_the_chat_of_the_coordinator_too(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("my street is number forty two")
    await srey.send("he has a key")
    await bopha.tap("case.open")
    assert "forty two" in bopha.transcript()
    await _erases(srey)
    for words in (DANGER, "forty two", "he has a key"):
        assert words not in bopha.transcript()
    bopha.sees("data.case_erased")


async def test_what_is_on_its_way_to_the_coordinator_does_not_leave(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    async with stage.database.write() as session:
        case = (await session.scalars(select(Case))).one()
        key = f"case:{case.id}:said:99:{case.acknowledged_by}"
        await outbox.stage(
            session, Text(Html("number forty two")), to=FIRST_COORDINATOR, key=key, lane=Lane.NOTE,
            now=stage.now,
        )  # fmt: skip
        await privacy.erase(session, ENGLISH_STUDENT, stage.now)
    await stage.deliver()
    assert "forty two" not in bopha.transcript()


@pytest.mark.parametrize("in_danger", [True, False])
async def test_who_erased_herself_and_leaves_is_not_known_again(
    stage: Stage, in_danger: bool
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    if in_danger:
        await in_a_case(stage)
    else:
        await srey.send("/me")
    await _erases(srey)
    await srey.block()
    async with stage.database.read() as session:
        assert await session.get(Person, ENGLISH_STUDENT) is None
        kept = set(await columns_with(session, ENGLISH_STUDENT)) - privacy.EXEMPT.keys()
        assert kept <= ({"cases.person_id"} if in_danger else set())


async def _erases(srey: Chat) -> None:
    await srey.send("/forget")
    srey.sees("data.sure")
    await srey.tap("data.erase_yes")


async def _nothing_is_left(stage: Stage) -> None:
    async with stage.database.read() as session:
        assert await session.get(Person, ENGLISH_STUDENT) is None
        assert set(await columns_with(session, ENGLISH_STUDENT)) <= privacy.EXEMPT.keys()
