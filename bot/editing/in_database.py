"""What the commands of editors read from the database of the bot, which may run meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.database import Database, Session
from bot.database.backup import not_there_yet
from bot.settings import Settings, SettingsError

T = TypeVar("T")


def read(settings: Settings, what: Callable[[Session], Awaitable[T]]) -> T:
    """Return what is read from the database. Raises SettingsError where there is none."""
    if settings.is_in_file and not settings.database_file.exists():
        raise SettingsError(not_there_yet(settings.database_file))
    return asyncio.run(_read(settings, what))


async def _read(settings: Settings, what: Callable[[Session], Awaitable[T]]) -> T:
    database = Database(settings.database_url)
    try:
        async with database.read() as session:
            return await what(session)
    finally:
        await database.close()
