"""SQLite: the tables, and the two doors to them."""

from sqlalchemy.ext.asyncio import AsyncSession as Session

from bot.database.engine import Database

__all__ = ["Database", "Session"]
