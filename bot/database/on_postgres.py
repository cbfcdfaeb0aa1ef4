"""PostgreSQL: a database on a server, written to by any number of workers at once.

The domain was made for one writer at a time: it reads, decides and writes. So units of work that
decide are one at a time here too, whichever worker they are of: each begins with a lock, and looks
at the database only once it has it. Then whoever had it before has committed, nobody else decides
until this one has, and what it reads is what one writer alone would read. To understand a message,
about half of the work, comes before.

(SERIALIZABLE without a lock is as safe, and was tried: it may refuse whoever has read a page of an
index to which another adds. Nearly every turn reads the same few pages and adds to them, so that
of two workers nine tries of ten were in vain.)

What finds its rows by their keys alone, such as the queues, waits for nobody but for a row. Where
it has changed a row since a unit that decides began to look, and that one changes it too, the
server refuses that, and it is done again (`trouble.is_conflict`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.database.known import Known
from bot.settings import SettingsError

# The numbers of our advisory locks: they begin with “bong”, and are of this database alone.
LOCKS = 0x626F6E67
_MIGRATING = 0
ONE_MIGRATES = f"SELECT pg_advisory_xact_lock({LOCKS}, {_MIGRATING})"  # noqa: S608
_CONNECT_SECONDS, _STATEMENT_SECONDS = 10, 60
# A table that migrations alone write to, and those must wait too; who only reads waits for nobody.
# To lock a table, unlike any query (`pg_advisory_xact_lock`), is not yet to look at the database.
_ONE_DECIDES = "LOCK TABLE alembic_version IN EXCLUSIVE MODE"
# A worker that has frozen in the midst of a unit of work, or whose machine is gone, lets go before
# those that wait for it give up.
SESSION = {
    "application_name": "bongsrey",
    "idle_in_transaction_session_timeout": "15s",
    "jit": "off",
    "lock_timeout": "20s",
    "tcp_keepalives_count": "3",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
}
_SIZE = text("SELECT pg_database_size(current_database())")
# Of each kind: a worker has twice as many connections at most, and its line.
_POOL, _MORE_AT_TIMES = 3, 4


def called(url: str) -> str:
    """Return what to call a database in a sentence: its address without the password."""
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def engine_of(url: str, **options: object) -> AsyncEngine:
    """Return an engine with the settings that every connection has.

    Raises SettingsError where the driver is not installed.
    """
    try:
        # What fails is logged, and what a statement carries may be a girl's words.
        return create_async_engine(
            url,
            connect_args={
                "timeout": _CONNECT_SECONDS,
                "command_timeout": _STATEMENT_SECONDS,
                "server_settings": SESSION,
            },
            hide_parameters=True,
            **options,
        )
    except ModuleNotFoundError:
        raise SettingsError(
            "DATABASE_URL names a PostgreSQL database, and what speaks to one is not installed: "
            "pip install 'bongsrey[postgres]'"
        ) from None


def _wait_to_decide(connection: Connection) -> None:
    connection.exec_driver_sql(_ONE_DECIDES)


class Server:
    """A database on a server."""

    # Another worker may write at any moment, so nothing is known without asking.
    known: Known | None = None

    def __init__(self, url: str) -> None:
        self._of_units = engine_of(url, pool_size=_POOL, max_overflow=_MORE_AT_TIMES)
        self._of_views = engine_of(url, pool_size=_POOL, max_overflow=_MORE_AT_TIMES)
        self.writer = self._of_units.execution_options(isolation_level="REPEATABLE READ")
        event.listen(self.writer.sync_engine, "begin", _wait_to_decide)
        self._by_key = self._of_units.execution_options(isolation_level="READ COMMITTED")
        self.reader = self._of_views.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @property
    def file(self) -> Path | None:
        """It is no file."""
        return None

    def is_there(self) -> bool:
        """Whether it is still there: a server says so itself when it is asked."""
        return True

    async def size(self) -> int:
        """Return how many bytes it takes."""
        async with self.reader.connect() as connection:
            return int(await connection.scalar(_SIZE) or 0)

    @asynccontextmanager
    async def writing(self, *, short: bool, by_key: bool) -> AsyncIterator[AsyncConnection]:
        """Take a connection; one that is not `by_key` waits for others that decide.

        To be `short` is all one.
        """
        async with (self._by_key if by_key else self.writer).connect() as connection:
            yield connection

    async def close(self) -> None:
        """Release every connection. May be called twice."""
        await self._of_units.dispose()
        await self._of_views.dispose()
