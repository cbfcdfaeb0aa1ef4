"""What the two engines do each in its own way, behind one interface."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.database.known import Known


class Store(Protocol):
    """An opened database: SQLite's is `on_sqlite.File`, PostgreSQL's `on_postgres.Server`."""

    # what units of work go through, and reads: a consistent view, where writing is an error
    writer: AsyncEngine
    reader: AsyncEngine
    # what is known of it without asking; None where others may write at any moment
    known: Known | None

    @property
    def file(self) -> Path | None:
        """Where it lies; None on a server."""

    def is_there(self) -> bool:
        """Whether it is still the one that was opened."""

    async def size(self) -> int:
        """Return how many bytes it takes."""

    def writing(
        self, *, short: bool, by_key: bool
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        """Take a connection that writes, for one unit of work."""

    async def close(self) -> None:
        """Release every connection. May be called twice."""
