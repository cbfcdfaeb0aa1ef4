"""The line between the processes on a PostgreSQL database: one connection of each that stays open.

Over it they tell each other that something was stored or staged (NOTIFY), and on it they hold the
advisory locks of what only one may do at a time. However a process ends, the server sees its line
go and frees the locks, and another takes them within a second or two. Who loses its line has lost
its duties, and knows it before the server gives them to another: it looks every second, and the
server waits for eleven (`on_postgres.SESSION`).
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy.pool import NullPool

from bot.database.on_postgres import LOCKS, engine_of
from bot.database.together import DUTIES
from bot.database.trouble import in_words
from bot.patience import DATABASE_SECONDS, Patience

log = logging.getLogger(__name__)

_CHANNEL = "bongsrey"
# How often a duty that another has is asked for, and how long an answer may take.
_LOOK_SECONDS, _ANSWER_SECONDS = 1.0, 4.0


class Line:
    """A process among several on a server."""

    def __init__(self, url: str) -> None:
        self._engine = engine_of(url, poolclass=NullPool)
        self._told: dict[str, list[Callable[[], None]]] = defaultdict(list)
        self._to_tell: set[str] = set()
        self._bell = asyncio.Event()
        self._cut = False
        self._has = {duty: asyncio.Event() for duty in DUTIES}
        self._has_not = {duty: asyncio.Event() for duty in DUTIES}
        self._let_go()
        self._keeping = Patience(log, "no line to the other workers", DATABASE_SECONDS)

    @property
    def troubles(self) -> tuple[str, ...]:
        """What it cannot do now, in words."""
        return self._keeping.troubles

    def on(self, what: str, do: Callable[[], None]) -> None:
        """Do something whenever another process tells of it."""
        self._told[what].append(do)

    def tell(self, what: str) -> None:
        """Tell the others of something."""
        self._to_tell.add(what)
        self._bell.set()

    def has(self, duty: str) -> bool:
        """Return whether this process has a duty now."""
        return self._has[duty].is_set()

    async def gained(self, duty: str) -> None:
        """Wait until this process has a duty."""
        await self._has[duty].wait()

    async def lost(self, duty: str) -> None:
        """Wait until this process has a duty no more."""
        await self._has_not[duty].wait()

    async def run(self) -> None:
        """Keep the line until cancelled; a line that breaks is begun anew."""
        while True:
            try:
                async with self._engine.connect() as connection:
                    raw = (await connection.get_raw_connection()).driver_connection
                    await self._keep(raw)
            except Exception as error:
                self._let_go()
                await asyncio.sleep(self._keeping.failed(in_words(error)))
            finally:
                self._let_go()

    async def _keep(self, raw: Any) -> None:
        """Do what a line is for, until it breaks."""
        self._cut = False
        raw.add_termination_listener(self._is_cut)
        own = raw.get_server_pid()

        def heard(_raw: object, pid: int, _channel: str, what: str) -> None:
            if pid != own:
                self._heard(what)

        await raw.add_listener(_CHANNEL, heard)
        # What was told while there was no line is looked for.
        for what in self._told:
            self._heard(what)
        while not self._cut:
            self._bell.clear()
            async with asyncio.timeout(_ANSWER_SECONDS):
                await self._ask(raw)
            self._keeping.worked()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._bell.wait(), _LOOK_SECONDS)
        raise ConnectionResetError

    async def _ask(self, raw: Any) -> None:
        """Tell what is to be told, else ask for the duties that it lacks and see it go on."""
        told, self._to_tell = self._to_tell, set()
        for what in told:
            await raw.execute("SELECT pg_notify($1, $2)", _CHANNEL, what)
        if told:
            return
        await raw.execute("SELECT 1")
        for number, duty in enumerate(DUTIES, 1):
            if not self.has(duty) and await raw.fetchval(
                "SELECT pg_try_advisory_lock($1, $2)", LOCKS, number
            ):
                log.info("this process is the %s now", duty)
                self._has_not[duty].clear()
                self._has[duty].set()

    def _heard(self, what: str) -> None:
        for do in self._told.get(what, ()):
            do()

    def _is_cut(self, _raw: object) -> None:
        self._cut = True
        self._bell.set()

    def _let_go(self) -> None:
        """Whatever it had, it has no more."""
        for duty in DUTIES:
            if self.has(duty):
                log.warning("this process is the %s no more", duty)
            self._has[duty].clear()
            self._has_not[duty].set()
