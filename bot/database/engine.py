"""Two doors to the database: `write` for a unit of work, `read` for a consistent view.

Which engine it is, its address says; what each does in its own way is in `on_sqlite.py` and
`on_postgres.py`. Never await the network inside `write`.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.on_postgres import Server
from bot.database.on_sqlite import File
from bot.database.store import Store

# Opens a unit of work of its own within others.
Unit = Callable[[], AbstractAsyncContextManager[AsyncSession]]


class Database:
    """The open database. `close` must be called: worker threads would keep the process alive."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._store: Store = File(url) if url.startswith("sqlite") else Server(url)

    @property
    def is_shared(self) -> bool:
        """Whether other processes work on it as well."""
        return self._store.file is None

    @property
    def file(self) -> Path:
        """Where it lies; only what is not `is_shared` lies anywhere."""
        assert self._store.file is not None  # noqa: S101
        return self._store.file

    def is_there(self) -> bool:
        """Whether it is still the one that was opened."""
        return self._store.is_there()

    async def size(self) -> int:
        """Return how many bytes it takes."""
        return await self._store.size()

    @asynccontextmanager
    async def write(
        self, *, short: bool = False, by_key: bool = False
    ) -> AsyncIterator[AsyncSession]:
        """Open a unit of work: committed at the end, rolled back on any exception.

        Nothing else goes on during a statement of one that is `short`: it touches a few rows. One
        that finds its rows `by_key`, and decides nothing by others, may meet changes of others.
        """
        async with (
            self._store.writing(short=short, by_key=by_key) as connection,
            AsyncSession(connection, expire_on_commit=False) as session,
            session.begin(),
        ):
            self._tell_what_is_known(session)
            yield session

    @asynccontextmanager
    async def write_several(self) -> AsyncIterator[Unit]:
        """Open several short units of work that are committed together:
        `async with unit() as session`.

        One that fails is rolled back alone, and its exception goes on. Committing waits for the
        disk, which is most of the time of a small unit.
        """
        async with (
            self._store.writing(short=True, by_key=False) as connection,
            connection.begin(),
        ):

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
                    self._tell_what_is_known(session)
                    yield session

            yield unit

    def _tell_what_is_known(self, session: AsyncSession) -> None:
        if self._store.known is not None:
            self._store.known.tell(session)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a consistent view; writing through it is an error."""
        async with AsyncSession(self._store.reader, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Release every connection. May be called twice."""
        await self._store.close()
