"""Inserting what may be there already, counting, and states kept as words."""

from datetime import UTC, datetime
from enum import StrEnum

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import StatementError

from bot.database import Database, add_up, count, insert_new, stored_as, upsert
from bot.desk.tables import Tally
from bot.people.tables import Person, Reachability
from bot.questions.tables import Feedback
from tests.engines import BOTH

ENGINES = BOTH
NOW, LATER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)


def _person(number: int, language: str = "km") -> dict[str, object]:
    return {"id": number, "language": language, "joined_at_utc": NOW}


async def test_a_row_that_is_there_stays_as_it_is_and_the_others_are_inserted(
    database: Database,
) -> None:
    async with database.write() as session:
        await insert_new(session, Person, _person(1))
        await insert_new(session, Person, _person(1, "en"), _person(2, "en"))
        await insert_new(session, Person)
        found = await session.execute(select(Person.id, Person.language).order_by(Person.id))
        assert [tuple(row) for row in found] == [(1, "km"), (2, "en")]


async def test_the_latest_row_of_a_key_counts(database: Database) -> None:
    key = ("person_id", "entry_id")
    async with database.write() as session:
        await insert_new(session, Person, _person(1))
        for helpful, at in ((True, NOW), (False, LATER)):
            row = {"person_id": 1, "entry_id": "ai", "helpful": helpful, "given_at_utc": at}
            await upsert(session, Feedback, row, key=key)
        kept = select(Feedback.helpful, Feedback.given_at_utc)
        assert [tuple(row) for row in await session.execute(kept)] == [(False, LATER)]


async def test_rows_of_one_key_add_up(database: Database) -> None:
    key = ("day", "kind", "key")
    rows = [
        {"day": NOW.date(), "kind": "topic", "key": of, "n": n} for of, n in (("a", 2), ("b", 1))
    ]
    async with database.write() as session:
        for _ in range(2):
            await add_up(session, Tally, *rows, key=key, number="n")
        await add_up(session, Tally, key=key, number="n")
        found = await session.execute(select(Tally.key, Tally.n).order_by(Tally.key))
        assert [tuple(row) for row in found] == [("a", 4), ("b", 2)]


async def test_rows_are_counted_and_none_are_zero(database: Database) -> None:
    query = select(func.count()).select_from(Person)
    async with database.write() as session:
        assert await count(session, query) == 0
        await insert_new(session, Person, _person(1), _person(2))
        assert await count(session, query) == 2


async def test_a_state_is_kept_as_its_word_and_read_as_itself(database: Database) -> None:
    async with database.write() as session:
        await insert_new(session, Person, _person(1) | {"reach": Reachability.BLOCKED})
        await insert_new(session, Person, _person(2))
        kept = await session.execute(text("SELECT reach FROM people ORDER BY id"))
        assert list(kept.scalars()) == ["blocked", "reachable"]
        # As the release before wrote it.
        await session.execute(text("UPDATE people SET reach = 'deactivated' WHERE id = 2"))
        read = await session.scalar(select(Person.reach).where(Person.id == 2))
        assert read is Reachability.DEACTIVATED


async def test_what_is_no_state_is_refused(database: Database) -> None:
    with pytest.raises(StatementError):
        async with database.write() as session:
            await insert_new(session, Person, _person(1) | {"reach": "asleep"})


def test_no_state_is_longer_than_its_column() -> None:
    class Long(StrEnum):
        LONG = "x" * 33

    with pytest.raises(ValueError, match="length"):
        stored_as(Long)
