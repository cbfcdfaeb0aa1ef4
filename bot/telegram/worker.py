"""Turns stored updates into turns, one after the other, each in one transaction."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from copy import copy

from telegram import Bot
from telegram.error import TelegramError

from bot.database import Database
from bot.failures import named
from bot.incoming import Incoming
from bot.people import people
from bot.people import staff as people_staff
from bot.queues import inbox, outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import InboxUpdate
from bot.telegram.reading import hear
from bot.turn import Services, Turn

log = logging.getLogger(__name__)

_IDLE_SECONDS = 30.0


class Worker:
    """Takes updates from the inbox until it is stopped."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        services: Services,
        take: Callable[[Turn], Awaitable[None]],
        staged: Callable[[], None],
    ) -> None:
        self._bot = bot
        self._database = database
        self._services = services
        self._take = take
        self._staged = staged
        self._wake = asyncio.Event()
        self._stopping = False
        self._answers: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Say that an update was stored."""
        self._wake.set()

    async def run(self) -> None:
        """Work until `stop`; the turn that is under way is finished."""
        while not self._stopping:
            self._wake.clear()
            try:
                rows = await inbox.waiting(self._database)
            except Exception as error:
                log.error("the inbox could not be read (%s); trying again", named(error))
                await asyncio.sleep(1)
                continue
            for row in rows:
                if self._stopping:
                    break
                await self._work(row)
            if not rows:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), _IDLE_SECONDS)
        if self._answers:
            await asyncio.wait(self._answers, timeout=2)

    def stop(self) -> None:
        """Take nothing new."""
        self._stopping = True
        self._wake.set()

    async def _work(self, row: InboxUpdate) -> None:
        heard: Incoming | None = None
        try:
            heard = hear(row.payload or {})
        except Exception as error:
            log.warning("update %s cannot be read (%s)", row.update_id, type(error).__name__)
        while True:
            try:
                toast = await self._turn(row.update_id, heard)
                break
            except Exception as error:
                # The exception's own text may hold a girl's words, so only its place is logged.
                log.error("update %s failed: %s", row.update_id, named(error))
                # What fails while the process ends is left for the next one.
                if self._stopping or not await self._may_try_again(row.update_id, heard):
                    toast = None
                    break
        self._staged()
        if heard is not None and heard.callback_id is not None:
            self._answer_tap(heard.callback_id, toast)

    async def _turn(self, update_id: int, heard: Incoming | None) -> str | None:
        """Handle one update and return what to say about the tap."""
        async with self._database.write() as session:
            number = await inbox.finish(session, update_id)
            if heard is None:
                return None
            if heard.kind == "elsewhere":
                username = self._services.bot_username
                words = self._services.voice(None).say("odd.group", username=username)
                await outbox.stage(
                    session, Text(words), to=heard.person_id, key=f"turn:{number}:0",
                    lane=Lane.REPLY, now=self._services.clock(),
                )  # fmt: skip
                return None
            tongue = self._services.content.tongue_of_telephone(heard.language_code)
            person, conversation, new = await people.meet(
                session, heard.person_id, tongue, self._services.clock()
            )
            staff = await people_staff.coordinators_of(
                session, self._services.settings.coordinator_ids
            )
            services = copy(self._services)
            turn = Turn(services, session, number, heard, person, conversation, new, staff)
            await self._take(turn)
            return turn.toast

    async def _may_try_again(self, update_id: int, heard: Incoming | None) -> bool:
        try:
            if await inbox.count_attempt(self._database, update_id):
                return True
        except Exception as error:
            log.error("update %s: no failure could be counted: %s", update_id, named(error))
            await asyncio.sleep(1)
            return True
        if heard is not None:
            try:
                await self._apologise(update_id, heard)
            except Exception as error:
                # Others wait behind her: better no apology than nobody answered any more.
                log.error("update %s: no apology could be staged: %s", update_id, named(error))
        return False

    async def _apologise(self, update_id: int, heard: Incoming) -> None:
        tongue = self._services.content.tongue_of_telephone(heard.language_code)
        words = self._services.voice(tongue).say("odd.trouble")
        async with self._database.write() as session:
            await outbox.stage(
                session, Text(words), to=heard.person_id, key=f"turn:{update_id}:sorry",
                lane=Lane.REPLY, now=self._services.clock(),
            )  # fmt: skip

    def _answer_tap(self, callback_id: str, toast: str | None) -> None:
        """Stop the button's spinner; not worth keeping if it fails."""

        async def answer() -> None:
            with contextlib.suppress(TelegramError):
                await self._bot.answer_callback_query(callback_id, toast)

        task = asyncio.create_task(answer())
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)
