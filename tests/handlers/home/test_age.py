"""Her age band: asked where something personal begins, once, and never before an answer."""

import pytest
from sqlalchemy import select

from bot.people import ages
from bot.people.ages import Band
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.safety.tables import CaseMessage, LastWord
from handlers.home.taps import AGE_FOR_SURE
from tests.handlers.scenes import (
    in_a_case,
    tells_age,
    tells_that_she_is_too_young,
    wants_mentor,
)
from tests.stage import ENGLISH_STUDENT, Stage, StartStage


async def test_nobody_is_asked_before_her_question_is_answered(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for text in ("/start", "how can I get a scholarship?", "/path", "/topics", "/help"):
        await srey.send(text)
        srey.does_not_see("age.ask")


async def test_what_she_wanted_goes_on_after_she_told(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    srey.sees("age.ask")
    await srey.tap("age.minor")
    srey.sees("intro.field")
    await wants_mentor(srey)
    srey.does_not_see("age.ask")


async def _band(stage: Stage) -> Band | None:
    async with stage.database.read() as session:
        return await ages.band_of(session, ENGLISH_STUDENT)


@pytest.mark.parametrize(("typed", "band"), [("15", Band.MINOR), ("២០", Band.ADULT)])
async def test_she_may_type_it_and_the_number_is_kept_nowhere(
    stage: Stage, typed: str, band: Band
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await srey.send(typed)
    if band is Band.ADULT:
        await srey.tap("age.right")
    srey.sees("intro.field")
    assert await _band(stage) is band
    async with stage.database.read() as session:
        assert not list(await session.scalars(select(LastWord)))


async def test_in_an_open_case_the_number_goes_to_nobody(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await wants_mentor(srey)
    bopha.forgets()
    await srey.send("15")
    srey.sees("intro.field")
    assert not bopha.said()
    async with stage.database.read() as session:
        assert "15" not in list(await session.scalars(select(CaseMessage.text)))
        assert "15" not in list(await session.scalars(select(LastWord.text)))


@pytest.mark.parametrize("slip", ["12", "age.young", "age.adult"])
async def test_what_a_slip_would_fix_for_long_is_asked_once_more(stage: Stage, slip: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await (srey.send(slip) if slip.isdecimal() else srey.tap(slip))
    srey.sees("age.check")
    assert await _band(stage) is None
    await srey.tap("age.again")
    srey.sees("age.ask")
    await srey.tap("age.minor")
    srey.sees("intro.field")
    assert await _band(stage) is Band.MINOR


async def test_while_she_is_asked_she_may_mend_the_number_that_she_typed(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    number = await srey.send("12")
    srey.sees("age.check")
    await srey.edit(number, "16")
    srey.sees("intro.field")
    assert await _band(stage) is Band.MINOR


async def test_a_button_of_before_the_upgrade_leads_on_to_a_mentor(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge("intro:age:minor")
    srey.sees("intro.field")
    assert await _band(stage) is Band.MINOR


async def test_who_asks_something_else_is_answered(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await srey.send("/topics")
    srey.does_not_see("age.ask")


async def test_who_is_too_young_hears_it_kindly_and_has_the_library_the_walk_and_help(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(minimum_age=15)
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await srey.tap("age.young", under=14)
    srey.sees("age.check")
    await srey.tap("age.right")
    srey.sees("age.too_young", minimum=15)
    for door in ("home.topics", "home.path", "home.careers", "home.help"):
        assert srey.offers(door)
    await wants_mentor(srey)
    srey.sees("age.too_young")
    await srey.send("/path")
    srey.does_not_see("age.too_young")


async def test_a_minor_does_not_grow_up_by_a_second_tap(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await srey.tap("age.minor")
    await srey.forge(AGE_FOR_SURE(Band.ADULT, ""))
    async with stage.database.read() as session:
        assert await ages.band_of(session, ENGLISH_STUDENT) is Band.MINOR


async def test_who_was_too_young_is_asked_again_after_a_year(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await tells_age(srey, "young")
    stage.later(days=366)
    await wants_mentor(srey)
    srey.sees("age.ask")
    await srey.tap("age.minor")
    srey.sees("intro.field")


@pytest.mark.parametrize("way", ["forged", "typed"])
async def test_who_was_too_young_is_no_grown_up_a_year_later(stage: Stage, way: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await tells_age(srey, "young")
    stage.later(days=366)
    await wants_mentor(srey)
    assert srey.offers("age.minor")
    assert not srey.offers("age.adult")
    if way == "forged":
        await srey.forge(AGE_FOR_SURE(Band.ADULT, ""))
    else:
        await srey.send("20")
    async with stage.database.read() as session:
        assert await ages.band_of(session, ENGLISH_STUDENT) is Band.MINOR


async def test_grown_ups_by_their_role_are_not_asked_for_what_they_share(stage: Stage) -> None:
    async with stage.database.read() as session:
        await ages.require_of_girls(Actor(session, 5, (), stage.now, grown_up=True))
        with pytest.raises(ages.AgeUnknownError):
            await ages.require_of_girls(Actor(session, 5, (), stage.now))
        assert await session.get(Person, 5) is None


async def test_who_is_too_young_does_not_grow_up_by_a_role_that_she_can_take(stage: Stage) -> None:
    await stage.person(ENGLISH_STUDENT).send("/menu")
    await tells_that_she_is_too_young(stage, ENGLISH_STUDENT)
    async with stage.database.read() as session:
        with pytest.raises(ages.TooYoungError):
            await ages.require_of_girls(
                Actor(session, ENGLISH_STUDENT, (), stage.now, grown_up=True)
            )


def test_an_age_is_a_band() -> None:
    assert [ages.band_at(n, 14) for n in (9, 13, 14, 17, 18, 40)] == [
        "young", "young", "minor", "minor", "adult", "adult",
    ]  # fmt: skip
