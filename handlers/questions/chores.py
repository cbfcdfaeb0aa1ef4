"""What is done about questions when nobody writes: they are sorted, additions are taken in.

The answerer is given what coordinators have added to the FAQ while the bot runs. Building the
index takes seconds, so it is done in a thread and the finished pair of library and answerer
replaces the old one in one step; a turn under way keeps the pair it began with.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.answering.answerer import build_answerer
from bot.content import Content
from bot.database import Database
from bot.failures import named
from bot.questions import additions, grouping
from bot.timekeeper import Wake
from bot.turn import Services
from handlers.feature import Duty

log = logging.getLogger(__name__)


async def sort_questions(services: Services, database: Database, _wake: Wake) -> None:
    """Put newly asked questions beside those they are like."""
    async with database.read() as session:
        if not await grouping.anything_new(session):
            return
    async with database.write() as session:
        await grouping.take_in(session, services.clock())
    async with database.read() as session:
        found, fresh = await grouping.texts(session)
    into = await asyncio.to_thread(grouping.sort, found, fresh, services.answerer.look)
    async with database.write() as session:
        await grouping.settle(session, fresh, into)


class LibraryReloader:
    """Watches the table of learned entries."""

    def __init__(self, services: Services, database: Database, _wake: Wake) -> None:
        self._services = services
        self._database = database
        self._seen: tuple[int, datetime | None] | None = None
        self._task: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Begin to learn when the live entries have changed; one at a time."""
        if self._task is not None and not self._task.done():
            return
        async with self._database.read() as session:
            stamp = await additions.stamp(session)
            if stamp == self._seen:
                return
            entries = await additions.live(session, self._services.settings.zone)
        library = self._services.content.with_learned(entries)
        if library.learned == self._services.content.learned:
            self._seen = stamp
            return
        self._task = asyncio.create_task(self._learn(library, stamp))

    async def _learn(self, library: Content, stamp: tuple[int, datetime | None]) -> None:
        try:
            answerer = await asyncio.to_thread(build_answerer, library)
        except Exception as error:
            # It is built from what coordinators wrote, which its text may quote.
            log.error("the learned entries could not be taken in (%s); trying again",
                      named(error))  # fmt: skip
            return
        self._services.content, self._services.answerer = library, answerer
        self._seen = stamp
        log.info("%d learned entries are part of the library", len(library.learned))


DUTIES = (
    Duty("learn", timedelta(seconds=2), LibraryReloader, everywhere=True),
    Duty("sort questions", timedelta(seconds=5), sort_questions),
)
