"""Roles belong to the account: what staff, mentors and guardians may share, and what not."""

from sqlalchemy import func, select

from bot.desk import team
from bot.mentoring import guardians
from bot.mentoring.tables import Mentor
from bot.people.staff import Actor
from bot.people.tables import Band, Person
from tests.handlers import scenes
from tests.handlers.phone import FIRST, SECOND, begins, is_turn_of, shared, who_is_here
from tests.handlers.scenes import at_desk
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, MENTOR, Stage


async def test_staff_share_no_phone(stage: Stage) -> None:
    await at_desk(stage)
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/switch")
    bopha.sees("who.no_sharing_staff")
    await bopha.send("/privacy")
    await bopha.tap("data.page_phone")
    assert not bopha.offers("who.page")


async def test_an_invitation_to_the_desk_is_for_a_phone_of_ones_own(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    phone = await shared(stage)
    link = await scenes.invitation(bopha)
    for name in ("Chantha", "Dara"):
        await is_turn_of(phone, name)
        await phone.send(f"/start {link}")
        phone.sees("team.shared", "en")


async def test_nobody_becomes_a_mentor_on_a_shared_phone(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/mentor")
    await phone.tap("intro.volunteer")
    phone.sees("who.no_mentor")
    async with stage.database.read() as session:
        assert not await session.scalar(select(func.count()).select_from(Mentor))


async def test_whoever_shares_her_phone_is_no_guardian_of_a_girl(stage: Stage) -> None:
    people = scenes.mentoring(stage)
    phone, mother = await shared(stage), people.mother
    await begins(phone, "Dara")
    token = await _invites_guardian(stage, SECOND)
    await phone.send(f"/start guardian_{token}")
    phone.sees("guardian.yourself")
    await is_turn_of(phone, "Chantha")
    await phone.send(f"/start guardian_{token}")
    phone.sees("guardian.yourself")
    other = await _invites_guardian(stage, MENTOR)
    await is_turn_of(phone, "Dara")
    await phone.send(f"/start guardian_{other}")
    phone.sees("who.no_guardian")
    await mother.send(f"/start guardian_{token}")
    mother.sees("guardian.page")


async def _invites_guardian(stage: Stage, girl: int) -> str:
    async with stage.database.write() as session:
        return (await guardians.invite(Actor(session, girl, (), stage.now))).token


async def test_who_approves_learns_that_a_minor_uses_the_same_phone(stage: Stage) -> None:
    people = scenes.mentoring(stage)
    phone = await shared(stage)
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await begins(phone, "Dara")
    async with stage.database.write() as session:
        (await session.get_one(Person, FIRST)).age_band = Band.MINOR
    await scenes.asks_for(phone, "Sophea", age="adult")
    await people.nary.tap("news.look")
    people.nary.sees("over.minor_on_phone")


async def test_who_becomes_a_coordinator_by_the_settings_has_her_phone_at_once(
    stage: Stage,
) -> None:
    phone = await shared(stage)
    await is_turn_of(phone, "Dara")
    async with stage.database.write() as session:
        await team.register_first(session, (ENGLISH_STUDENT,), stage.now)
    assert await who_is_here(stage) == FIRST


async def test_a_guardian_shares_her_phone_and_stays_one(stage: Stage) -> None:
    people = scenes.mentoring(stage)
    token = await _invites_guardian(stage, ENGLISH_STUDENT)
    await people.mother.send(f"/start guardian_{token}")
    await people.mother.tap("guardian.agree")
    await people.mother.send("/switch")
    await people.mother.tap("who.share")
    await people.mother.send("Mother")
    await people.mother.tap("who.new")
    await people.mother.send("Srey")
    await people.mother.send("/menu")
    assert people.mother.offers("who.next")
