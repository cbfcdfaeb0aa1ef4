"""Forgets what has been kept as long as the settings allow, frees what a clock holds back, and
sees whether the database is still there."""

import logging
from datetime import timedelta

from bot import privacy
from bot.database import Database
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


async def look_after_the_file(_services: Services, database: Database, _wake: Wake) -> None:
    """Say that the database was taken away, which nobody would notice before it is lost."""
    if not database.is_there():
        log.critical("%s was deleted or replaced under the running bot: what is written now is "
                     "lost when it ends. Stop it, and put a copy back: bongsrey restore FILE",
                     database.file)  # fmt: skip


DUTIES = (
    Duty("forget what is old", timedelta(hours=6), forget_what_is_old),
    Duty("let go after a jump", timedelta(seconds=5), let_go_after_a_jump),
    Duty("look after the file", timedelta(minutes=1), look_after_the_file),
)
