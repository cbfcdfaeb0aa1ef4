"""Statements that databases spell differently, so that another one touches this room alone."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.base import Table, stored

Insert = postgresql.Insert | sqlite.Insert
# Both say “on conflict” alike, each with a class of its own.
_INSERT: Mapping[str, Callable[..., Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def _engine(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


async def insert_new(session: AsyncSession, table: type[Table], *rows: dict[str, Any]) -> None:
    """Insert rows; one that breaks a unique key is already there and changes nothing."""
    if rows:
        await session.execute(_new(_engine(session), table), list(rows))


# Nearly every turn says these: to put a statement together takes longer than to execute it.
@lru_cache(maxsize=64)
def _new(engine: str, table: type[Table]) -> Insert:
    return _INSERT[engine](stored(table)).on_conflict_do_nothing()


async def deleted(session: AsyncSession, which: Delete) -> int:
    """Delete, and return how many rows went; what else the session knows of them is not told."""
    done = await session.execute(which.execution_options(synchronize_session=False))
    return cast(CursorResult[Any], done).rowcount


async def upsert(
    session: AsyncSession, table: type[Table], row: Mapping[str, Any], *, key: Sequence[str]
) -> None:
    """Insert a row, or change the one that has the same `key` to it."""
    change = {name: value for name, value in row.items() if name not in key}
    statement = _INSERT[_engine(session)](table).values(row)
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
        added = _added(_engine(session), table, tuple(key), number)
        await session.execute(added, [dict(row) for row in rows])


@lru_cache(maxsize=16)
def _added(engine: str, table: type[Table], key: tuple[str, ...], number: str) -> Insert:
    statement = _INSERT[engine](stored(table))
    there, new = stored(table).c[number], statement.excluded[number]
    return statement.on_conflict_do_update(index_elements=list(key), set_={number: there + new})


async def count(session: AsyncSession, query: Select[int]) -> int:
    """Return what a query that counts has counted, as in `select(func.count()).where(…)`."""
    return int(await session.scalar(query) or 0)
