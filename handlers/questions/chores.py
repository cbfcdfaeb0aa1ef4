"""What is done about questions when nobody writes: they are sorted, what was learned is taken in.

The answerer is given what coordinators have added to the FAQ, and the ways of asking that were
accepted, while the bot runs. Building the index takes many seconds of a core, so it is done in a
thread, and then not again for a while: what is accepted meanwhile is taken in together. The
finished pair of library and answerer replaces the old one in one step; a turn under way keeps the
pair it began with.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.answering.answerer import build_answerer
from bot.content import Content
from bot.database import Database
from bot.failures import named
from bot.questions import additions, grouping
from bot.teaching import live
from bot.timekeeper import Wake
from bot.turn import Services
from handlers.feature import Duty

log = logging.getLogger(__name__)

# Between the end of one building and the next.
REST = timedelta(minutes=1)

_Stamp = tuple[tuple[int, datetime | None], tuple[int, datetime | None]]


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
    """Watches the tables of learned entries and of ways of asking."""

    def __init__(self, services: Services, database: Database, _wake: Wake) -> None:
        self._services = services
        self._database = database
        self._seen: _Stamp | None = None
        self._task: asyncio.Task[None] | None = None
        self._ended: datetime | None = None

    async def run(self) -> None:
        """Begin to learn when what is live has changed; one at a time."""
        if (self._task is not None and not self._task.done()) or self._rests():
            return
        async with self._database.read() as session:
            stamp = (await additions.stamp(session), await live.stamp(session))
            if stamp == self._seen:
                return
            entries = await additions.live(session, self._services.settings.zone)
            taught = await live.accepted(session)
        now = self._services.content
        library = now.with_learned(entries, taught)
        if (library.learned, library.taught) == (now.learned, now.taught):
            self._seen = stamp
            return
        self._task = asyncio.create_task(self._learn(library, stamp))

    def _rests(self) -> bool:
        """Return whether it has just learned, or tried to; a clock that was set back ends that."""
        now = self._services.clock()
        return self._ended is not None and timedelta(0) <= now - self._ended < REST

    async def _learn(self, library: Content, stamp: _Stamp) -> None:
        try:
            answerer = await asyncio.to_thread(build_answerer, library)
        except Exception as error:
            # It is built from what people wrote, which its text may quote.
            log.error("what was learned could not be taken in (%s); trying again",
                      named(error))  # fmt: skip
            return
        finally:
            self._ended = self._services.clock()
        self._services.content, self._services.answerer = library, answerer
        self._seen = stamp
        ways = sum(len(asks.all()) for of in library.taught for asks in of.asks.values())
        log.info("%d learned entries and %d ways of asking are part of the library",
                 len(library.learned), ways)  # fmt: skip


DUTIES = (
    Duty("learn", timedelta(seconds=2), LibraryReloader, everywhere=True),
    Duty("sort questions", timedelta(seconds=5), sort_questions),
)
