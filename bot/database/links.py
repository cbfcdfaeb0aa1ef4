"""Which rows hang on others that are not there: SQLite sees to it for changes, not for what is."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

# Counted by SQLite: where a whole table is lost, all that hung on it is named.
_BROKEN = text('SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2')


async def broken_links(session: AsyncSession) -> dict[tuple[str, str], int]:
    """Return how many rows of a table name a row of another that is not there."""
    rows = await session.execute(_BROKEN)
    return {(table, missing): number for table, missing, number in rows}
