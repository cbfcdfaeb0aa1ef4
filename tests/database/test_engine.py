"""Two doors: concurrent writers lose nothing, readers cannot write."""

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError

from bot.database import Database
from bot.people.tables import Person
from tests.engines import BOTH

ENGINES = BOTH


async def test_no_update_is_lost_among_concurrent_writers(database: Database) -> None:
    async with database.write() as session:
        await session.execute(text("CREATE TABLE counter (n INTEGER)"))
        await session.execute(text("INSERT INTO counter VALUES (0)"))

    async def add() -> None:
        for _ in range(50):
            async with database.write() as session:
                n = await session.scalar(text("SELECT n FROM counter"))
                await session.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    await asyncio.gather(*(add() for _ in range(4)))
    async with database.read() as session:
        assert await session.scalar(text("SELECT n FROM counter")) == 200


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.read() as session:
        with pytest.raises(DBAPIError, match="readonly|read-only"):
            await session.execute(text("DELETE FROM people"))


async def test_a_failed_unit_of_work_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as session:
            await session.execute(
                text(
                    "INSERT INTO audit (at_utc, actor_id, action, kind, subject) VALUES ('2026-01-01', 1, '', '', '')"
                )
            )
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM audit")) == 0


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(StatementError):
        async with database.write() as session:
            session.add(Person(id=1, language="km", reach="reachable", joined_at_utc=naive))
