"""A connection of aiosqlite that goes to its thread once for a statement, or not at all.

SQLAlchemy asks a driver for a cursor, for the execution, for the rows and for the end of the
cursor; with aiosqlite each is a journey to another thread and back, and the journeys cost more
than SQLite does. All rows are read at once by the asynchronous drivers of SQLAlchemy anyway.

A unit of work whose statements are all short says so (`at_once`): in its transaction, where no
lock is waited for any more, they are executed where they are asked for. Beginning and committing,
which wait for others and for the disk, stay in the thread.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import aiosqlite


class _Cursor:
    """What SQLAlchemy needs of a cursor; it has read everything once it has executed."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "_Cursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> None:
        """Execute a statement and read its rows."""
        await self._connection.do(partial(self._run, "execute", sql, parameters))

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> None:
        """Execute a statement once for each of `parameters`."""
        await self._connection.do(partial(self._run, "executemany", sql, parameters))

    def _run(self, how: str, sql: str, parameters: Iterable[Any]) -> None:
        """Do it all in one go."""
        cursor: sqlite3.Cursor = self._connection._conn.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        """Return the rows, which were read before."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open."""


class Connection(aiosqlite.Connection):
    """A connection whose cursors make one journey a statement, or none."""

    _at_once = False

    def cursor(self) -> _Cursor:  # type: ignore[override]
        """Return a cursor; nothing is asked of the thread for it."""
        return _Cursor(self)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Execute what is short without a journey, for as long as a transaction is open."""
        self._at_once = True
        try:
            yield
        finally:
            self._at_once = False

    async def do(self, work: Callable[[], None]) -> None:
        """Do something with the connection, here or in its thread."""
        if self._at_once and self._conn.in_transaction:
            work()
        else:
            await self._execute(work)  # type: ignore[no-untyped-call]


def connect(file: str, **options: Any) -> Connection:
    """Return a connection that is opened when it is awaited, as of `aiosqlite.connect`."""
    # One thing at a time is asked of it, though not always in the same thread.
    options["check_same_thread"] = False
    connection = Connection(lambda: sqlite3.connect(file, **options), iter_chunk_size=64)
    connection._thread.daemon = True
    return connection
