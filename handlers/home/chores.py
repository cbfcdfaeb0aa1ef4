"""Forgets what has been kept as long as the settings allow, frees what a clock holds back, copies
the database, and sees whether it is still there."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot import privacy
from bot.database import Database, copies
from bot.database.backup import forget_kept
from bot.queues import outbox
from bot.timekeeper import Wake
from bot.turn import Services
from handlers.feature import Duty

log = logging.getLogger(__name__)


async def forget_what_is_old(services: Services, database: Database, _wake: Wake) -> None:
    """Delete what has been kept as long as the settings allow."""
    async with database.write() as session:
        await privacy.forget_old(session, services.settings, services.clock())
    forget_kept(database.file, services.clock())


async def let_go_after_a_jump(services: Services, database: Database, wake: Wake) -> None:
    """Let leave what waits for a time that was on the clock before it was set back."""
    if await outbox.let_go(database, services.clock):
        wake()


async def back_up(services: Services, database: Database, _wake: Wake) -> datetime | None:
    """Copy the database when it is time, forget old copies; return when the next is due."""
    settings, now = services.settings, services.clock()
    folder = copies.folder_of(settings, database.file)
    await asyncio.to_thread(copies.forget_old, folder, settings.backup_days, now)
    if not settings.backup_hours:
        return None
    every = timedelta(hours=settings.backup_hours)
    due = await asyncio.to_thread(copies.next_due, folder, every, now)
    if due > now:
        return due
    made = await asyncio.to_thread(copies.make, database.file, folder, settings.backup_keys, now)
    return made.at + every


async def look_after_the_file(_services: Services, database: Database, _wake: Wake) -> None:
    """Say that the database was taken away, which nobody would notice before it is lost."""
    if not database.is_there():
        log.critical("%s was deleted or replaced under the running bot: what is written now is "
                     "lost when it ends. Stop it, and put a copy back: bongsrey restore FILE",
                     database.file)  # fmt: skip


DUTIES = (
    Duty("forget what is old", timedelta(hours=6), forget_what_is_old),
    Duty("let go after a jump", timedelta(seconds=5), let_go_after_a_jump),
    Duty("back up", timedelta(minutes=15), back_up),
    Duty("look after the file", timedelta(minutes=1), look_after_the_file),
)
