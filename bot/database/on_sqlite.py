"""SQLite: one file, one connection that writes, and readers beside it.

SQLite's driver begins transactions late by default, which loses concurrent updates without a
word (STACK.md part D: 189 of 200). Here every write begins with BEGIN IMMEDIATE behind one
lock, and a reader cannot write.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.database import one_hop
from bot.database.base import Table
from bot.database.known import Known

_BUSY_SECONDS = 10


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


class File:
    """The open file."""

    def __init__(self, url: str) -> None:
        # FULL: an update is confirmed to Telegram only after its row is on the disk.
        self.writer = _engine(url, "BEGIN IMMEDIATE", ("synchronous=FULL",))
        self.reader = _engine(url, "BEGIN", ("query_only=ON",))
        self.known: Known | None = Known(self.writer, Table.metadata)
        self._lock = asyncio.Lock()
        self._opened = self._identity()

    @property
    def file(self) -> Path:
        """Where it lies."""
        return Path(self.writer.url.database or "")

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

    async def size(self) -> int:
        """Return how many bytes it takes."""
        try:
            return self.file.stat().st_size
        except FileNotFoundError:
            return 0

    @asynccontextmanager
    async def writing(self, *, short: bool, by_key: bool) -> AsyncIterator[AsyncConnection]:
        """Take the one connection that writes: nobody else does meanwhile, so `by_key` is all one.

        Statements that are `short` are executed where they are asked for.
        """
        async with self._lock, self.writer.connect() as connection:
            with await _at_once(connection) if short else nullcontext():
                yield connection

    async def close(self) -> None:
        """Release every connection. May be called twice."""
        await self.writer.dispose()
        await self.reader.dispose()
