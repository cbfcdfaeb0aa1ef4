"""Statements that databases spell differently, so that another one touches this room alone."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.base import Table, stored


async def insert_new(session: AsyncSession, table: type[Table], *rows: dict[str, Any]) -> None:
    """Insert rows; one that breaks a unique key is already there and changes nothing."""
    if rows:
        await session.execute(_new(table), list(rows))


# Nearly every turn says these: to put a statement together takes longer than to execute it.
@lru_cache(maxsize=64)
def _new(table: type[Table]) -> Insert:
    return insert(stored(table)).on_conflict_do_nothing()


async def upsert(
    session: AsyncSession, table: type[Table], row: Mapping[str, Any], *, key: Sequence[str]
) -> None:
    """Insert a row, or change the one that has the same `key` to it."""
    change = {name: value for name, value in row.items() if name not in key}
    statement = insert(table).values(row)
    await session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=change))


async def add_up(
    session: AsyncSession,
    table: type[Table],
    *rows: Mapping[str, Any],
    key: Sequence[str],
    number: str,
) -> None:
    """Insert rows; what has the same `key` as one that is there is added to it, by `number`."""
    if rows:
        await session.execute(_added(table, tuple(key), number), [dict(row) for row in rows])


@lru_cache(maxsize=16)
def _added(table: type[Table], key: tuple[str, ...], number: str) -> Insert:
    statement = insert(stored(table))
    there, new = stored(table).c[number], statement.excluded[number]
    return statement.on_conflict_do_update(index_elements=list(key), set_={number: there + new})


async def count(session: AsyncSession, query: Select[int]) -> int:
    """Return what a query that counts has counted, as in `select(func.count()).where(…)`."""
    return int(await session.scalar(query) or 0)
