"""Forgets what has been kept as long as the settings allow, frees what a clock holds back, copies
the database, sees whether it is still there, and says that something waits on a shared phone."""

import asyncio
import logging
import threading
from datetime import datetime, timedelta
from functools import partial

from bot import privacy
from bot.database import Database, copies
from bot.database.backup import forget_kept
from bot.queues import outbox, unheard
from bot.quiet_hours import QuietHours
from bot.timekeeper import Wake
from bot.turn import Services, tell, voice_of
from handlers.feature import Duty
from handlers.home.profile_screens import waiting_screen

log = logging.getLogger(__name__)


async def forget_what_is_old(services: Services, database: Database, _wake: Wake) -> None:
    """Delete what has been kept as long as the settings allow."""
    async with database.write() as session:
        await privacy.forget_old(session, services.settings, services.clock())
    if not database.is_shared:
        forget_kept(database.file, services.clock())


async def let_go_after_a_jump(services: Services, database: Database, wake: Wake) -> None:
    """Let leave what waits for a time that was on the clock before it was set back."""
    if await outbox.let_go(database, services.clock):
        wake()


async def back_up(services: Services, database: Database, _wake: Wake) -> datetime | None:
    """Copy the database when it is time, then forget old copies; return when the next is due.

    One on a server is copied there, by whoever runs it.
    """
    if database.is_shared:
        return None
    settings, now = services.settings, services.clock()
    folder, stopped = copies.folder_of(settings, database.file), threading.Event()
    forget = partial(copies.forget_old, folder, settings.backup_days, now)
    due = None
    try:
        if settings.backup_hours:
            due = await asyncio.to_thread(
                copies.make_when_due, database.file, settings, now, stopped.is_set
            )
    except Exception:
        await asyncio.to_thread(forget, none_was_made=True)
        raise
    finally:
        # A thread cannot be cancelled: it is told, and leaves nothing half done.
        stopped.set()
    await asyncio.to_thread(forget)
    return due


async def look_after_the_file(_services: Services, database: Database, _wake: Wake) -> None:
    """Say that the database was taken away, which nobody would notice before it is lost."""
    if not database.is_there():
        log.critical("%s was deleted or replaced under the running bot: what is written now is "
                     "lost when it ends. Stop it, and put a copy back: bongsrey restore FILE",
                     database.file)  # fmt: skip


async def say_that_something_waits(services: Services, database: Database, wake: Wake) -> None:
    """Tell whoever is on a shared phone that something waits for another, once."""
    now, zone = services.clock(), services.settings.zone
    async with database.read() as session:
        if not await unheard.waits(session, now):
            return
    async with database.write() as session:
        for phone in await unheard.waits(session, now):
            phone.told = True
            who = phone.in_use or phone.chat_id
            screen = waiting_screen(await voice_of(session, services, who))
            key = f"waits:{phone.chat_id}:{int(phone.since_utc.timestamp())}"
            silent = QuietHours().holds(now, zone)
            await tell(session, who, screen, key, now, silent=silent)
    wake()


DUTIES = (
    Duty("forget what is old", timedelta(hours=6), forget_what_is_old),
    Duty("let go after a jump", timedelta(seconds=5), let_go_after_a_jump),
    Duty("say that something waits", timedelta(minutes=1), say_that_something_waits),
    Duty("back up", timedelta(minutes=15), back_up),
    Duty("look after the file", timedelta(minutes=1), look_after_the_file),
)
