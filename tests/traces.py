"""Finds where in the whole database something stands: what must be nowhere is looked for there.

The tables are asked for their columns, so a new one is read without anybody adding it here.
"""

import json

from sqlalchemy import select

from bot.database import Session
from bot.tables import metadata


async def columns_with(session: Session, *words: object) -> list[str]:
    """Return the column of each value in which one of the words stands, alone or within."""
    places = []
    for table in metadata.sorted_tables:
        for column in table.columns:
            for value in await session.scalars(select(column)):
                shown = json.dumps(value, ensure_ascii=False, default=str)
                if any(str(word) in shown for word in words):
                    places.append(str(column))
    return places
