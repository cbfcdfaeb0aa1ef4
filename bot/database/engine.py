"""Two doors to one SQLite file: `write` for one unit of work at a time, `read` for the rest.

SQLite's driver begins transactions late by default, which loses concurrent updates without a
word (STACK.md part D: 189 of 200). Here every write begins with BEGIN IMMEDIATE behind one
lock, and a reader cannot write. Never await the network inside `write`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    nullcontext,
)
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    create_async_engine,
)

from bot.database import one_hop
from bot.database.base import Table
from bot.database.known import Known

_BUSY_SECONDS = 10
# Opens a unit of work of its own within others.
Unit = Callable[[], AbstractAsyncContextManager[AsyncSession]]


def _engine(url: str, begin: str, pragmas: tuple[str, ...]) -> AsyncEngine:
    # What fails is logged, and what a statement carries may be a girl's words.
    engine = create_async_engine(
        url,
        connect_args={"timeout": _BUSY_SECONDS, "async_creator_fn": one_hop.connect},
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", *pragmas):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


async def _at_once(connection: AsyncConnection) -> AbstractContextManager[None]:
    """Return what lets the statements of a connection be executed where they are asked for."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    at_once: AbstractContextManager[None] = driver.at_once()
    return at_once


class Database:
    """The open database. `close` must be called: worker threads would keep the process alive."""

    def __init__(self, url: str) -> None:
        # FULL: an update is confirmed to Telegram only after its row is on the disk.
        self._writer = _engine(url, "BEGIN IMMEDIATE", ("synchronous=FULL",))
        self._reader = _engine(url, "BEGIN", ("query_only=ON",))
        self._known = Known(self._writer, Table.metadata)
        self._lock = asyncio.Lock()
        self._opened = self._identity()

    @property
    def file(self) -> Path:
        """Where it lies."""
        return Path(self._writer.url.database or "")

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def is_there(self) -> bool:
        """Whether the file is still the one that was opened.

        One that is taken away or replaced goes on for whoever has it open, and is gone with them.
        """
        return self._identity() == self._opened

    @asynccontextmanager
    async def write(self, *, short: bool = False) -> AsyncIterator[AsyncSession]:
        """Open a unit of work: committed at the end, rolled back on any exception.

        Nothing else goes on during a statement of one that is `short`: it touches a few rows.
        """
        async with (
            self._writing(short) as connection,
            AsyncSession(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            self._known.tell(session)
            yield session

    @asynccontextmanager
    async def write_several(self) -> AsyncIterator[Unit]:
        """Open several short units of work that are committed together:
        `async with unit() as session`.

        One that fails is rolled back alone, and its exception goes on. Committing waits for the
        disk, which is most of the time of a small unit.
        """
        async with self._writing(short=True) as connection, connection.begin():

            @asynccontextmanager
            async def unit() -> AsyncIterator[AsyncSession]:
                async with (
                    AsyncSession(
                        connection,
                        expire_on_commit=False,
                        join_transaction_mode="create_savepoint",
                    ) as session,
                    session.begin(),
                ):
                    self._known.tell(session)
                    yield session

            yield unit

    @asynccontextmanager
    async def _writing(self, short: bool) -> AsyncIterator[AsyncConnection]:
        """Take the one connection that writes."""
        async with self._lock, self._writer.connect() as connection:
            with await _at_once(connection) if short else nullcontext():
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a consistent view; writing through it is an error."""
        async with AsyncSession(self._reader, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Release every connection. May be called twice."""
        await self._writer.dispose()
        await self._reader.dispose()
