"""What in the database names something that is not there: nothing, unless the file was harmed."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# Counted by SQLite: where a whole table is lost, all that hung on it is named.
_BROKEN = text('SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2')


async def broken_links(session: AsyncSession) -> dict[tuple[str, str], int]:
    """Return how many rows of a table name a row of another that is not there.

    On a server there are none: it sees to that always, also when a copy is put back.
    """
    if session.get_bind().dialect.name != "sqlite":
        return {}
    rows = await session.execute(_BROKEN)
    return {(table, missing): number for table, missing, number in rows}
