"""Who has stopped being a mentor may be a guardian, but not of a girl with whom she talked."""

from bot.database import Database
from bot.mentoring import guardians, introductions, mentors, vetting
from tests.mentoring.village import (
    BOPHA,
    GIRL,
    OTHER_GIRL,
    POLICY,
    SOPHEA,
    acts,
    mentor,
    refused,
    student,
    talking,
)


async def test_a_retired_mentor_agrees_for_her_own_child(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await student(session, OTHER_GIRL)
        invitation = await guardians.invite(acts(session, OTHER_GIRL))
        with refused("guardian.is_mentor"):
            await guardians.agree(acts(session, SOPHEA), invitation.token)
        await mentors.retire(acts(session, SOPHEA))
        given = await guardians.agree(acts(session, SOPHEA), invitation.token)
        assert given.guardian_id == SOPHEA


async def test_a_retired_mentor_agrees_for_no_girl_with_whom_she_talked(
    database: Database,
) -> None:
    async with database.write() as session:
        await talking(session)
        await mentors.retire(acts(session, SOPHEA))
        await introductions.let_go(acts(session, SOPHEA), SOPHEA, POLICY, ending=True)
        invitation = await guardians.invite(acts(session, GIRL))
        with refused("guardian.is_mentor"):
            await guardians.agree(acts(session, SOPHEA), invitation.token)


async def test_a_suspended_mentor_agrees_for_nobody(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await vetting.decide(acts(session, BOPHA), SOPHEA, "suspend")
        await student(session, OTHER_GIRL)
        invitation = await guardians.invite(acts(session, OTHER_GIRL))
        with refused("guardian.is_mentor"):
            await guardians.agree(acts(session, SOPHEA), invitation.token)
