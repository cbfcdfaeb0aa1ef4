"""What is kept of a person: seen, erased, forgotten in time."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot import privacy
from bot.database import Database, Session
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.questions import asked, groups, ratings
from bot.questions.tables import OpenQuestion, QuestionGroup
from bot.safety import cases
from bot.safety.tables import Case
from bot.settings import Settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
GIRL, FIRST, SECOND = 1, 11, 12
STAFF = (FIRST, SECOND)


async def _meet(session: Session, *ids: int) -> None:
    for person_id in ids:
        await people.meet(session, person_id, "km", NOW)


async def test_she_sees_and_erases_everything(database: Database) -> None:
    async with database.write() as session:
        await _meet(session, GIRL)
        await asked.keep(session, GIRL, "why?", "en", NOW)
        await ratings.give_feedback(session, GIRL, "what-is-ai", True, NOW)
        await ratings.give_feedback(session, GIRL, "what-is-ai", False, NOW)
        await cases.open_case(Actor(session, GIRL, STAFF, NOW), "abuse", "words", TEN_MINUTES)
        kept = await privacy.export(session, GIRL)
        assert kept["questions"][0]["text"] == "why?"
        assert kept["helpful"] == {"what-is-ai": False}
        assert kept["talks_with_a_person"][0]["words"] == "words"
    async with database.write() as session:
        await privacy.erase(session, GIRL, NOW)
    async with database.read() as session:
        for table, key in ((Person, GIRL), (OpenQuestion, 1), (Case, 1)):
            assert await session.get(table, key) is None


async def test_what_is_old_is_forgotten(database: Database) -> None:
    async with database.write() as session:
        await _meet(session, GIRL)
        await asked.keep(session, GIRL, "old", "en", NOW - timedelta(days=91))
        await asked.keep(session, GIRL, "new", "en", NOW - timedelta(days=89))
        await privacy.forget_old(session, Settings(question_days=90, _env_file=None), NOW)
        (group,), total = await groups.waiting(session, FIRST, STAFF, 0, NOW)
        assert ([q.text for q in group.questions], total) == (["new"], 1)
        assert await session.scalar(select(func.count()).select_from(QuestionGroup)) == 1
