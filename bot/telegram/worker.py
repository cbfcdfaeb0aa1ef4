"""Turns stored updates into turns, one after the other, each a unit of work of its own.

Several workers may do so on one server, each with chats of its own for a while (`claims.py`).

Where several wait they are committed together: waiting for the disk is most of a small turn. What
fails takes none of the others with it.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import count

from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import TelegramError

from bot.database import Database, Session
from bot.database.again import pause
from bot.database.engine import Unit
from bot.database.trouble import is_conflict, is_out_of_order
from bot.failures import named
from bot.incoming import Incoming
from bot.measures import Measures
from bot.patience import DATABASE_SECONDS, Patience
from bot.people import people, phones
from bot.people import staff as people_staff
from bot.queues import inbox, outbox
from bot.queues.claims import Claims
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import InboxUpdate
from bot.telegram.foresight import Foresight
from bot.telegram.reading import hear
from bot.turn import Services, Turn

log = logging.getLogger(__name__)

# So many turns, or as many as are begun within so many seconds, are committed together.
_TOGETHER, _TOGETHER_SECONDS = 16, 0.05


@dataclass(frozen=True)
class _Taken:
    """A turn that was taken: what was said, what to say about a tap, and what to measure of it."""

    heard: Incoming | None
    toast: str | None = None
    counted: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


class Worker:
    """Takes updates from the inbox until it is stopped."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        services: Services,
        take: Callable[[Turn], Awaitable[None]],
        staged: Callable[[], None],
        measures: Measures | None = None,
    ) -> None:
        self._bot = bot
        self._database = database
        self._claims = Claims(database)
        self._services = services
        self._take = take
        self._staged = staged
        self._measures = measures or Measures()
        self._wake = asyncio.Event()
        self._stopping = self._busy = False
        self._answers: set[asyncio.Task[None]] = set()
        self._reading = Patience(log, "the inbox could not be read", DATABASE_SECONDS)
        self._keeping = Patience(log, "no turn could be kept", DATABASE_SECONDS)

    @property
    def troubles(self) -> tuple[str, ...]:
        """What it cannot do now, in words."""
        return (*self._reading.troubles, *self._keeping.troubles)

    @property
    def is_busy(self) -> bool:
        """Whether it has more to do than to wait for the next update."""
        return self._busy

    def wake(self) -> None:
        """Say that an update was stored."""
        self._wake.set()

    async def run(self) -> None:
        """Work until `stop`; the turn that is under way is finished."""
        while not self._stopping:
            self._wake.clear()
            try:
                rows = found = await self._claims.take()
            except Exception as error:
                await self._rest(self._reading.failed(named(error)))
                continue
            self._reading.worked()
            self._busy = bool(found)
            ahead = Foresight(self._foresee, rows)
            try:
                while rows and self._claims.are_good and not self._stopping:
                    await ahead.of(rows[0])
                    rows = rows[await self._take_some(rows, ahead) :]
            finally:
                await ahead.end()
            if not found:
                await self._rest(self._claims.look_again_seconds)
        with contextlib.suppress(Exception):
            await self._claims.release()
        if self._answers:
            await asyncio.wait(self._answers, timeout=2)

    async def _rest(self, seconds: float) -> None:
        """Wait so long, but no longer than until an update is stored or it is time to stop."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    def stop(self) -> None:
        """Take nothing new."""
        self._stopping = True
        self._wake.set()

    async def _foresee(self, row: InboxUpdate) -> None:
        """Understand what will be asked."""
        heard = hear(row.payload or {}, self._services.bot_username)
        if heard is not None and heard.kind == "text" and heard.command is None:
            await self._services.answerer.foresee(heard.text)

    async def _take_some(self, rows: Sequence[InboxUpdate], ahead: Foresight) -> int:
        """Take the next updates, several at once if it goes well; return how many are done."""
        if len(rows) > 1 and (done := await self._take_together(rows, ahead)):
            return done
        if not self._stopping:
            await self._take_alone(rows[0], rows[1:])
        return 1

    async def _take_together(self, rows: Sequence[InboxUpdate], ahead: Foresight) -> int:
        """Take updates in one commit, up to the first that fails; return how many are kept.

        Where none is kept, the first is to be taken alone: that says what is wrong with it.
        """
        try:
            async with self._database.write_several() as unit:
                done = await self._take_until_one_fails(rows, ahead, unit)
        except Exception as error:
            if is_conflict(error):
                self._measures.turns["again"] += 1
            return 0
        for taken in done:
            self._is_kept(taken)
        return len(done)

    def _is_kept(self, taken: _Taken) -> None:
        """Go on from a turn that is in the database."""
        self._keeping.worked()
        self._measures.turn(taken.seconds, taken.counted)
        self._staged()
        self._answer_tap(taken)

    async def _take_until_one_fails(
        self, rows: Sequence[InboxUpdate], ahead: Foresight, unit: Unit
    ) -> list[_Taken]:
        """Take updates until one fails or time is up; return those that are done."""
        done: list[_Taken] = []
        end = time.monotonic() + _TOGETHER_SECONDS
        for place, row in enumerate(rows[:_TOGETHER], 1):
            heard = self._heard(row, rows[place:])
            try:
                async with unit() as session:
                    taken = await self._turn(session, row.update_id, heard)
            except SQLAlchemyError:
                # SQLite may have rolled back the turns before with it, so none of them is kept.
                raise
            except Exception:
                break
            done.append(taken)
            # What else waits has its chance: a turn itself waits for nothing.
            await asyncio.sleep(0)
            following = rows[place] if place < len(rows) else None
            unseen = following is None or not ahead.has(following)
            if unseen or time.monotonic() > end or self._stopping:
                break
        return done

    async def _take_alone(self, row: InboxUpdate, later: Sequence[InboxUpdate]) -> None:
        """Take one update until it is done or given up; what fails is logged by its place."""
        heard = self._heard(row, later)
        for tried in count(1):
            try:
                async with self._database.write(short=True) as session:
                    taken = await self._turn(session, row.update_id, heard)
            except inbox.NotOursError:
                log.info("update %s is with another worker", row.update_id)
            except Exception as error:
                if is_conflict(error) and not self._stopping:
                    self._measures.turns["again"] += 1
                    await pause(tried)
                    continue
                # What fails while the process ends is left for the next one.
                if not self._stopping and await self._may_try_again(row.update_id, heard, error):
                    continue
                self._staged()
                self._answer_tap(_Taken(heard))
            else:
                self._is_kept(taken)
            return

    def _heard(self, row: InboxUpdate, later: Sequence[InboxUpdate]) -> Incoming | None:
        """Return what an update says, if anything, and if it is not said again `later`."""
        heard = _hear(row, self._services.bot_username)
        if heard is None or heard.album is None or heard.text:
            return heard
        # A picture of an album whose words stand below a later one: an album is one message to
        # her, and is answered once.
        rest = filter(None, (_hear(row, self._services.bot_username) for row in later))
        said = any(piece.album == heard.album and piece.text for piece in rest)
        return None if said else heard

    async def _turn(self, session: Session, update_id: int, heard: Incoming | None) -> _Taken:
        """Handle one update."""
        began = time.monotonic()
        number = await inbox.finish(session, update_id, self._claims.worker)
        if heard is None:
            return _Taken(None)
        if heard.kind == "elsewhere":
            username = self._services.bot_username
            words = self._services.voice(None).say("odd.group", username=username)
            await outbox.stage(
                session, Text(words), to=heard.person_id, key=f"turn:{number}:0",
                lane=Lane.REPLY, now=self._services.clock(),
            )  # fmt: skip
            return _Taken(heard)
        tongue = self._services.content.tongue_of_telephone(heard.language_code)
        now, new = self._services.clock(), False
        phone = await phones.of(session, heard.person_id)
        if phone is not None and phone.in_use is None:
            person, conversation = phones.nobody(phone.chat_id, tongue, now)
        else:
            who = heard.person_id if phone is None else phone.in_use or phone.chat_id
            person, conversation, new = await people.meet(session, who, tongue, now)
        staff = await people_staff.coordinators_of(
            session, self._services.settings.coordinator_ids
        )
        helpers = await people_staff.helpers_of(session, self._services.settings.coordinator_ids)
        services = copy(self._services)
        turn = Turn(
            services, session, number, heard, person, conversation, new, staff, helpers,
            phone=phone,
        )  # fmt: skip
        await self._take(turn)
        await turn.tally()
        return _Taken(heard, turn.toast, turn.tallied, time.monotonic() - began)

    async def _may_try_again(
        self, update_id: int, heard: Incoming | None, error: Exception
    ) -> bool:
        """Return whether to take an update again, after a pause where the database is to blame.

        A full disk or a locked file is nobody's doing: it is not counted, and waited for however
        long it takes. What is wrong with the turn itself is the same at every try, so it is soon
        given up, with an apology: others wait behind her.
        """
        if is_out_of_order(error):
            await self._wait_for_database(error)
            return True
        # The exception's own text may hold a girl's words, so only its place is logged.
        log.error("update %s failed: %s", update_id, named(error))
        try:
            async with self._database.write(short=True) as session:
                again = await inbox.count_attempt(session, update_id, self._claims.worker)
                if not again and heard is not None:
                    await self._apologise(session, update_id, heard)
        except inbox.NotOursError:
            return False
        except Exception as trouble:
            if is_conflict(trouble):
                return True
            await self._wait_for_database(trouble)
            return is_out_of_order(trouble)
        self._keeping.worked()
        if not again:
            self._measures.turns["failed"] += 1
        return again

    async def _wait_for_database(self, error: Exception) -> None:
        pause = self._keeping.failed(named(error))
        if not self._stopping:
            self._wake.clear()
            await self._rest(pause)

    async def _apologise(self, session: Session, update_id: int, heard: Incoming) -> None:
        tongue = self._services.content.tongue_of_telephone(heard.language_code)
        words = self._services.voice(tongue).say("odd.trouble")
        await outbox.stage(
            session, Text(words), to=await phones.holder(session, heard.person_id),
            key=f"turn:{update_id}:sorry", lane=Lane.REPLY, now=self._services.clock(),
        )  # fmt: skip

    def _answer_tap(self, taken: _Taken) -> None:
        """Stop the spinner of a button, if one was tapped; not worth keeping if it fails."""
        if taken.heard is None or taken.heard.callback_id is None:
            return
        callback_id, toast = taken.heard.callback_id, taken.toast

        async def answer() -> None:
            with contextlib.suppress(TelegramError):
                await self._bot.answer_callback_query(callback_id, toast)

        task = asyncio.create_task(answer())
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)


def _hear(row: InboxUpdate, bot: str) -> Incoming | None:
    """Return what an update says; None for nothing, or what cannot be read."""
    try:
        return hear(row.payload or {}, bot)
    except Exception as error:
        log.warning("update %s cannot be read (%s)", row.update_id, type(error).__name__)
        return None
