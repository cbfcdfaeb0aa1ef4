"""The tables, the two doors to them, and what only this room may say in an engine's dialect."""

from sqlalchemy.ext.asyncio import AsyncSession as Session

from bot.database.base import stored, stored_as
from bot.database.engine import Database
from bot.database.known import any_once, read_once
from bot.database.statements import add_up, count, deleted, insert_new, upsert

__all__ = [
    "Database",
    "Session",
    "add_up",
    "any_once",
    "count",
    "deleted",
    "insert_new",
    "read_once",
    "stored",
    "stored_as",
    "upsert",
]
