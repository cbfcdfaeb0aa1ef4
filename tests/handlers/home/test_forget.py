"""Erasing herself in the middle of anything, and the one thing that outlives it for a while."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import privacy
from bot.people.tables import Person
from bot.safety.tables import Case, CaseMessage
from tests.chat import Chat
from tests.handlers.scenes import (
    ALWAYS_DAY,
    DANGER,
    in_a_case,
    mentoring,
    talking,
)
from tests.stage import ENGLISH_STUDENT, Stage, StartStage
from tests.traces import columns_with


async def _in_a_form(srey: Chat) -> None:
    await srey.send("/mentor")
    await srey.tap("intro.start")
    await srey.tap("age.minor")


async def _in_a_walk(srey: Chat) -> None:
    await srey.send("/path")
    await srey.tap_words("")


async def _asked_for_her_age(srey: Chat) -> None:
    await srey.send("/mentor")
    await srey.tap("intro.start")


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
    await _erases(srey, sure="data.case_stays")
    srey.sees("data.case_stays", case_days=9)
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
    await _erases(srey, sure="data.case_stays")
    await bopha.tap("case.open")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    await stage.strikes_after(minutes=2)
    await stage.strikes_after(hours=7)
    await _nothing_is_left(stage)


async def test_and_after_its_days_though_nobody_closes_it(start_stage: StartStage) -> None:
    stage = await start_stage(case_days=9)
    srey, _, _ = await in_a_case(stage)
    await _erases(srey, sure="data.case_stays")
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
    await srey.send("it was my brother who had my phone")
    bopha.sees_words("it was my brother")


async def test_who_comes_back_finds_the_person_who_helps_her(start_stage: StartStage) -> None:
    stage = await start_stage(case_days=9)
    srey, bopha, _ = await in_a_case(stage)
    await _erases(srey, sure="data.case_stays")
    await srey.send("it was my brother who had my phone")
    bopha.sees_words("it was my brother")
    stage.now += timedelta(days=8)
    await srey.send("are you there")
    stage.now += timedelta(days=8)
    async with stage.database.write() as session:
        await privacy.forget_old(session, stage.services.settings, stage.now)
        assert (await session.scalars(select(Case))).all()


async def _erases(srey: Chat, sure: str = "data.sure") -> None:
    await srey.send("/forget")
    srey.sees(sure)
    await srey.tap("data.erase_yes")


async def _nothing_is_left(stage: Stage) -> None:
    async with stage.database.read() as session:
        assert await session.get(Person, ENGLISH_STUDENT) is None
        assert set(await columns_with(session, ENGLISH_STUDENT)) <= privacy.EXEMPT.keys()
