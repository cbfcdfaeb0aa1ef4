"""Forgets, every few hours, what has been kept as long as the settings allow."""

from datetime import timedelta

from bot import privacy
from bot.database import Database
from bot.timekeeper import Wake
from bot.turn import Services
from handlers.feature import Duty


async def forget_what_is_old(services: Services, database: Database, _wake: Wake) -> None:
    """Delete what has been kept as long as the settings allow."""
    async with database.write() as session:
        await privacy.forget_old(session, services.settings, services.clock())


DUTIES = (Duty("forget what is old", timedelta(hours=6), forget_what_is_old),)
