"""Who somebody is to the bot is known at once when it changes, and is not asked for each turn."""

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.mentoring import guardians, roles, vetting
from bot.people.staff import Role
from tests.mentoring.village import (
    BOPHA,
    GIRL,
    GUARDIAN,
    NARY,
    SOPHEA,
    acts,
    consent,
    meet,
    mentor,
    mentor_row,
    student,
)


async def _role(session: AsyncSession, person_id: int) -> Role:
    return await roles.role(acts(session, person_id))


async def test_it_changes_in_the_same_unit_of_work_and_for_the_next(database: Database) -> None:
    async with database.write() as session:
        await meet(session, GUARDIAN, SOPHEA)
        for nobody_yet in (GIRL, GUARDIAN, SOPHEA):
            assert await _role(session, nobody_yet) is Role.STUDENT
        await student(session, GIRL)
        given = await consent(session)
        assert await _role(session, GUARDIAN) is Role.GUARDIAN
        await mentor(session, SOPHEA)
        assert await _role(session, SOPHEA) is Role.MENTOR
    async with database.write() as session:
        assert await _role(session, GIRL) is Role.STUDENT
        assert await _role(session, GUARDIAN) is Role.GUARDIAN
        assert await _role(session, SOPHEA) is Role.MENTOR
        await guardians.withdraw(acts(session, GUARDIAN), given)
        assert await _role(session, GUARDIAN) is Role.STUDENT
        await vetting.decide(acts(session, BOPHA), SOPHEA, "suspend")
        assert await _role(session, SOPHEA) is Role.FORMER
    async with database.write() as session:
        assert await _role(session, GUARDIAN) is Role.STUDENT
        assert await _role(session, SOPHEA) is Role.FORMER
        assert await _role(session, NARY) is Role.COORDINATOR


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("who", [GIRL, GUARDIAN, SOPHEA])
async def test_who_she_is_costs_no_question_to_the_database(database: Database, who: int) -> None:
    """Of a file; on a server another worker may write at any moment, so there it is asked."""
    async with database.write() as session:
        await student(session, GIRL)
        await meet(session, GUARDIAN)
        await consent(session)
        await mentor(session, SOPHEA)
    asked: list[str] = []

    def note(*execution: object) -> None:
        asked.append(str(execution[2]))

    async with database.write() as session:
        before = await _role(session, who)
        await _role(session, GIRL)
    async with database.write() as session:
        await session.connection()
        event.listen(session.get_bind(), "before_cursor_execute", note)
        assert await _role(session, who) is before
        assert not asked
        await mentor_row(session, SOPHEA)
        assert asked, "what is asked is heard"
