"""What nearly every turn asks and hardly any changes, read once: who is staff, what is untold.

A value is good until a table of which it was read is written to. Every write goes through one
engine, whose statements are watched; what another process has written shows in SQLite's own
`data_version`. Only a unit of work that may write is told what is known: no other can commit
while it is open, so that what it hears is what it would read.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, MetaData, event, exists, select
from sqlalchemy import Table as Stored
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.database.base import Table

T = TypeVar("T")
_KEY = "known"


async def read_once(
    session: AsyncSession, name: str, of: tuple[type[Table], ...], read: Callable[[], Awaitable[T]]
) -> T:
    """Return what `read` returns, or returned when the tables that it reads were the same.

    `name` is the value's own. It must be a plain one: rows belong to their unit of work.
    """
    values: Known | None = session.info.get(_KEY)
    if values is None:
        return await read()
    # Begun, if it is not: only then nobody else writes, and what others wrote is seen.
    await session.connection()
    pending = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(row, of) for row in pending):
        await session.flush()
    if name not in values.by_name:
        values.put(name, tuple(table.__tablename__ for table in of), await read())
    value: T = values.by_name[name]
    return value


async def any_once(
    session: AsyncSession, name: str, of: type[Table], where: ColumnElement[bool]
) -> bool:
    """Return whether a table has such a row; read as `read_once` reads."""

    async def read() -> bool:
        return bool(await session.scalar(select(exists().where(where))))

    return await read_once(session, name, (of,), read)


class Known:
    """The values that are known to the units of work of an engine."""

    def __init__(self, engine: AsyncEngine, metadata: MetaData) -> None:
        self.by_name: dict[str, Any] = {}
        self._read_of: dict[str, set[str]] = defaultdict(set)
        self._metadata = metadata
        self._seen: tuple[int, int] | None = None
        watched = engine.sync_engine
        event.listen(watched, "begin", self._begun)
        event.listen(watched, "after_cursor_execute", self._executed)
        for undone in ("rollback", "rollback_savepoint"):
            event.listen(watched, undone, self._undone)

    def tell(self, session: AsyncSession) -> None:
        """Let a unit of work use what is known."""
        session.info[_KEY] = self

    def _begun(self, connection: Connection) -> None:
        """Forget what another process may have changed before this transaction began."""
        found = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        seen = id(connection.connection.dbapi_connection), int(found)
        if seen != self._seen:
            self._forget()
            self._seen = seen

    def put(self, name: str, tables: tuple[str, ...], value: object) -> None:
        """Keep a value until one of the tables changes."""
        self.by_name[name] = value
        for table in tables:
            self._read_of[table].add(name)

    def _executed(
        self, _connection: Any, _cursor: Any, _sql: Any, _given: Any, context: Any, _many: Any
    ) -> None:
        """Forget what a statement may have changed; raw SQL is not watched, and never writes."""
        if context is None or context.compiled is None:
            return
        if context.isddl:
            self._forget()
        elif context.isinsert or context.isupdate or context.isdelete:
            table = context.compiled.statement.table
            for name in self._reaches(table) if context.isdelete else (table.name,):
                for value in self._read_of.pop(name, ()):
                    self.by_name.pop(value, None)

    def _reaches(self, table: Stored) -> set[str]:
        """Return the tables in which deleting from one deletes: rows go with those they are of."""
        found: set[str] = set()
        new = {table.name}
        while new:
            found |= new
            new = {
                other.name
                for other in self._metadata.tables.values()
                for key in other.foreign_keys
                if key.column.table.name in new
            } - found
        return found

    def _undone(self, *_ignored: Any) -> None:
        """What was read since may have been undone with the rest."""
        self._forget()

    def _forget(self) -> None:
        self.by_name.clear()
        self._read_of.clear()
