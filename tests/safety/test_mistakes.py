"""Nothing that was written about a mistake outlives the minute in which it can be taken back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.database import Database, Session
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import DeskNote
from bot.safety import case_upkeep, case_work, cases
from bot.safety.states import Outcome

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + cases.UNDO
GIRL, BOPHA = 1, 11


def _as(session: Session, person_id: int) -> Actor:
    return Actor(session, person_id, (BOPHA,), NOW)


async def _noted(session: Session, outcome: Outcome) -> None:
    """Let a girl call without a word, and a coordinator note something and close her case."""
    for person_id in (GIRL, BOPHA):
        await people.meet(session, person_id, "km", NOW)
    opened = await cases.open_case(_as(session, GIRL), "help", (), timedelta(minutes=10))
    bopha = _as(session, BOPHA)
    await case_work.acknowledge(bopha, opened.case.id)
    await case_work.add_note(bopha, opened.case.id, "her little brother had the telephone")
    await case_work.close(bopha, opened.case.id, outcome)


async def _notes(session: Session) -> int:
    return len((await session.scalars(select(DeskNote))).all())


async def test_a_note_about_a_case_without_a_message_goes_too(database: Database) -> None:
    async with database.write() as session:
        await _noted(session, Outcome.MISTAKE)
        assert not await case_upkeep.has_mistakes(session, NOW)
        assert await case_upkeep.has_mistakes(session, LATER)
        await case_upkeep.erase_mistakes(session, LATER)
        assert await _notes(session) == 0
        assert not await case_upkeep.has_mistakes(session, LATER)


async def test_a_note_about_a_case_that_was_none_stays(database: Database) -> None:
    async with database.write() as session:
        await _noted(session, Outcome.SAFE)
        assert not await case_upkeep.has_mistakes(session, LATER)
        await case_upkeep.erase_mistakes(session, LATER)
        assert await _notes(session) == 1
