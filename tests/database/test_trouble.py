"""A disk that is full or a file that is locked is told from what was wrong with what was asked."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.database import Database
from bot.database.trouble import is_out_of_order


async def test_a_disk_that_fills_up_in_the_midst_of_a_turn_is_the_databases_trouble(
    database: Database,
) -> None:
    """Also where a savepoint is left on the way: SQLite has rolled back all of it by itself."""

    async def fill() -> None:
        async with database.write() as session:
            pages = await session.scalar(text("PRAGMA page_count"))
            await session.execute(text(f"PRAGMA max_page_count = {pages}"))
            async with session.begin_nested():
                await session.execute(text("CREATE TABLE big AS SELECT zeroblob(1000000) AS b"))

    with pytest.raises(DBAPIError) as failed:
        await fill()
    assert is_out_of_order(failed.value)


async def test_so_is_a_lock_that_another_program_holds(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "a", isolation_level=None)) as one,
        closing(sqlite3.connect(tmp_path / "a", isolation_level=None, timeout=0)) as other,
    ):
        one.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as failed:
            other.execute("BEGIN IMMEDIATE")
    assert is_out_of_order(failed.value)


@pytest.mark.parametrize("wrong", ["SELECT nothing", "INSERT INTO people (id) VALUES (NULL)"])
async def test_what_is_wrong_with_a_statement_is_not(database: Database, wrong: str) -> None:
    async def ask() -> None:
        async with database.write() as session:
            await session.execute(text(wrong))

    with pytest.raises(DBAPIError) as failed:
        await ask()
    assert not is_out_of_order(failed.value)


def test_nor_is_a_mistake_in_the_program() -> None:
    assert not is_out_of_order(ValueError())
    assert is_out_of_order(OSError(28, "No space left on device"))
