"""Forgets, every few hours, what has been kept as long as the settings allow."""

from datetime import timedelta
from functools import partial

from bot import privacy
from bot.database import Database
from bot.timekeeper import Chore, Wake
from bot.turn import Services


def chores(services: Services, database: Database, _wake: Wake) -> tuple[Chore, ...]:
    """Return the chore of forgetting."""
    forget = partial(forget_what_is_old, services, database)
    return (Chore("forget what is old", timedelta(hours=6), forget),)


async def forget_what_is_old(services: Services, database: Database) -> None:
    """Delete what has been kept as long as the settings allow."""
    async with database.write() as session:
        await privacy.forget_old(session, services.settings, services.clock())
