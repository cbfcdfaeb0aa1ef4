"""SQLite: the tables, and the two doors to them."""

from bot.database.engine import Database

__all__ = ["Database"]
