"""Which rows hang on others that are not there: SQLite sees to it for changes, not for what is."""

from collections import Counter

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


async def broken_links(session: AsyncSession) -> Counter[tuple[str, str]]:
    """Return how many rows of a table name a row of another that is not there.

    On a server there are none: it sees to that always, also when a copy is put back.
    """
    if session.get_bind().dialect.name != "sqlite":
        return Counter()
    rows = await session.execute(text("PRAGMA foreign_key_check"))
    return Counter((row[0], row[2]) for row in rows)
