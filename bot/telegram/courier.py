"""Delivers the outbox: first in, first out per chat, replies before everything else.

What is being sent is not marked in the database: a process that dies leaves it waiting, and
the next one sends it again. So at most `WINDOW` messages can arrive twice after a crash, and
none is lost. One process delivers at a time (`bot/database/one_instance.py` sees to that for a
file, `bot/database/line.py` for a server).
"""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.clock import Clock
from bot.database import Database
from bot.database.trouble import is_conflict
from bot.failures import named
from bot.measures import Measures
from bot.patience import DATABASE_SECONDS, Patience
from bot.people.chats import chat_of
from bot.queues import deliveries, messages, outbox
from bot.queues.deliveries import Delivery
from bot.queues.messages import Change, Outgoing
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.drawing import Drawer
from bot.telegram.rate_limit import RateLimit
from bot.telegram.refused import phrase, unreachable
from bot.telegram.senders import Sender

log = logging.getLogger(__name__)

WINDOW = 24
REPLY_SLOTS = 8
GIVE_UP_AFTER = timedelta(hours=24)
# And not before so many tries: what waited for a day for another reason has not been tried.
_LEAST_TRIES = 10
FINISH_WITHIN_SECONDS = 5.0
_IDLE_SECONDS = 30.0
_RECORD_EVERY_SECONDS = 0.02
# What is sent to many is written down a few at a time, so that the database is free for turns.
_RECORD_TOGETHER = 8
_RECORD_WITHIN_SECONDS = 0.15
# What was read from the outbox is good for so long, unless something is staged: a chat whose
# second is over is seen to be free after at most this.
_READ_EVERY_SECONDS = 0.2
# Why Telegram wants a message later: too many were sent.
_FLOOD = "flood"


@dataclass(frozen=True)
class _Sending:
    """A message that is on its way."""

    chat_id: int
    lane: Lane
    staged_at: datetime


class Courier:
    """Sends what waits in the outbox until it is stopped."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Clock,
        pace: RateLimit,
        draw: Drawer,
        measures: Measures | None = None,
    ) -> None:
        self._sender = Sender(bot, draw, self._in_pace)
        self._database = database
        self._clock = clock
        self._pace = pace
        self._measures = measures or Measures()
        self._wake = asyncio.Event()
        self._stopping = False
        self._finish_within_seconds = FINISH_WITHIN_SECONDS
        # outbox id -> chat, lane and when it was staged, until it is written down how it ended
        self._in_flight: dict[int, _Sending] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._finished: list[Delivery] = []
        self._next_due = _IDLE_SECONDS
        self._ready: deque[OutboxMessage] = deque()
        self._read_again_at = 0.0
        self._reading = Patience(log, "the outbox could not be read", DATABASE_SECONDS)
        self._recording = Patience(log, "deliveries could not be written down", DATABASE_SECONDS)

    @property
    def troubles(self) -> tuple[str, ...]:
        """What it cannot do now, in words."""
        return (*self._reading.troubles, *self._recording.troubles)

    def wake(self) -> None:
        """Say that something was staged."""
        self._read_again_at = 0.0
        self._wake.set()

    async def run(self) -> None:
        """Deliver until `stop`; then wait for what is in flight and record it.

        Ends as soon as either half of it ends: what is sent and never recorded is sent again. It
        may be run again when it was cancelled, and then knows only what it has still to record.
        """
        ended = {done.id for done in self._finished}
        self._in_flight = {n: sent for n, sent in self._in_flight.items() if n in ended}
        self._ready.clear()
        sender = asyncio.create_task(self._send())
        recorder = asyncio.create_task(self._record_finished())
        try:
            await asyncio.wait([sender, recorder], return_when=asyncio.FIRST_COMPLETED)
        finally:
            end = time.monotonic() + self._finish_within_seconds
            sender.cancel()
            await asyncio.wait([sender, *self._tasks], timeout=self._finish_within_seconds)
            # What hangs is still in the outbox, and sent by the next process.
            if late := self._tasks.copy():
                for task in late:
                    task.cancel()
                await asyncio.wait(late)
            recorder.cancel()
            await asyncio.wait([recorder])
            await self._flush_until(end)
        for half in (sender, recorder):
            if not half.cancelled():
                half.result()

    def stop(self, within_seconds: float = FINISH_WITHIN_SECONDS) -> None:
        """Take nothing new, and wait no longer than this for what is in flight."""
        self._finish_within_seconds = max(0.0, within_seconds)
        self._stopping = True
        self._wake.set()

    async def _send(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                await self._fill()
            except Exception as error:
                self._next_due = self._reading.failed(named(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._next_due)

    async def _fill(self) -> None:
        """Start deliveries until the window is full or nothing may leave."""
        self._next_due = _IDLE_SECONDS
        while not self._stopping and len(self._in_flight) < WINDOW:
            if pause := self._pace.wait_overall(time.monotonic()):
                await asyncio.sleep(pause)
            row = await self._next_row()
            if row is None:
                return
            self._start(row)

    async def _next_row(self) -> OutboxMessage | None:
        """Return the message that leaves next, reading the outbox again when it may have changed.

        It is not read for every message, for in an announcement that would be most of the work.
        """
        fresh = False
        while True:
            if not self._ready or time.monotonic() >= self._read_again_at:
                if fresh:
                    return None
                fresh = True
                self._wake.clear()
                self._read_again_at = time.monotonic() + _READ_EVERY_SECONDS
                self._ready = await self._read_ready()
            others = sum(one.lane > Lane.REPLY for one in self._in_flight.values())
            busy = self._chats_in_flight() | self._pace.busy_chats(time.monotonic())
            while self._ready:
                # Some places are kept for replies, which come first in what was read.
                if self._ready[0].lane > Lane.REPLY and others >= WINDOW - REPLY_SLOTS:
                    return None
                row = self._ready.popleft()
                if chat_of(row.chat_id) not in busy:
                    return row

    async def _read_ready(self) -> deque[OutboxMessage]:
        now = time.monotonic()
        busy = self._pace.busy_chats(now)
        waits = [self._pace.wait_for_chat(chat, now) + 0.001 for chat in busy]
        closed = busy | self._chats_in_flight()
        ready: deque[OutboxMessage] = deque()
        clock = self._clock()
        rows = await outbox.waiting(self._database, tuple(Lane), closed, 4 * WINDOW, clock)
        for row in rows:
            if (chat := chat_of(row.chat_id)) not in closed:
                closed.add(chat)
                ready.append(row)
        if not ready and (due := await outbox.next_due(self._database, clock)):
            waits.append((due - clock).total_seconds())
        self._reading.worked()
        self._next_due = min([_IDLE_SECONDS, *waits])
        return ready

    def _chats_in_flight(self) -> set[int]:
        return {one.chat_id for one in self._in_flight.values()}

    def _start(self, row: OutboxMessage) -> None:
        self._in_flight[row.id] = _Sending(
            chat_of(row.chat_id), Lane(row.lane), row.created_at_utc
        )
        if row.expires_at_utc is not None and row.expires_at_utc <= self._clock():
            self._drop(row, outbox.EXPIRED)
            return
        try:
            message = messages.read(row.method, row.payload)
        except messages.UnreadableError as error:
            log.error("message %s cannot be read: %s", row.id, error)
            self._drop(row, outbox.UNREADABLE)
            return
        self._pace.sent(chat_of(row.chat_id), time.monotonic(), edit=isinstance(message, Change))
        task = asyncio.create_task(self._deliver(row, message))
        self._tasks.add(task)
        task.add_done_callback(self._landed)

    def _drop(self, row: OutboxMessage, why: str) -> None:
        done = Delivery(row.id, OutboxState.DROPPED, self._clock(), failure=why)
        self._finished.append(done)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._wake.set()

    async def _deliver(self, row: OutboxMessage, message: Outgoing) -> None:
        # A screen that cannot be edited comes as a new message; a progress bar or a correction
        # that nobody can see any more does not.
        renew = row.lane == Lane.REPLY
        try:
            message_id = await self._sender.send(chat_of(row.chat_id), message, renew=renew)
            done = Delivery(row.id, OutboxState.SENT, self._clock(), message_id)
        except TelegramError as error:
            done = self._failed(row, error)
        except Exception as error:
            log.error("message %s cannot be sent as it is: %s", row.id, named(error))
            done = Delivery(
                row.id, OutboxState.DROPPED, self._clock(), failure=type(error).__name__
            )
        finally:
            self._pace.landed(
                chat_of(row.chat_id), time.monotonic(), edit=isinstance(message, Change)
            )
        self._finished.append(done)

    @contextlib.asynccontextmanager
    async def _in_pace(self, chat_id: int) -> AsyncIterator[None]:
        """Let a further call of one delivery leave when the limits allow it, and count it."""
        while True:
            pause = self._pace.wait_overall(time.monotonic())
            if not pause:
                break
            await asyncio.sleep(pause)
        self._pace.sent(chat_id, time.monotonic(), edit=True)
        try:
            yield
        finally:
            self._pace.landed(chat_id, time.monotonic(), edit=True)

    def _failed(self, row: OutboxMessage, error: TelegramError) -> Delivery:
        now = self._clock()
        if isinstance(error, RetryAfter):
            retry = error.retry_after
            seconds = retry.total_seconds() if isinstance(retry, timedelta) else float(retry)
            self._pace.stopped(chat_of(row.chat_id), seconds, time.monotonic())
            return Delivery(
                row.id, OutboxState.WAITING, now, failure=_FLOOD,
                retry_at=now + timedelta(seconds=seconds),
            )  # fmt: skip
        if (reach := unreachable(error)) is not None:
            log.info("chat %s is %s", chat_of(row.chat_id), reach)
            # Written down with the rest, which is tried until it can be.
            return Delivery(row.id, OutboxState.DROPPED, now, failure=reach, reach=reach)
        if isinstance(error, BadRequest | ChatMigrated | InvalidToken):
            why = phrase(error)
            log.warning("message %s was refused: %s", row.id, why)
            return Delivery(row.id, OutboxState.DROPPED, now, failure=why)
        if now - row.created_at_utc > GIVE_UP_AFTER and row.attempts >= _LEAST_TRIES:
            log.warning("message %s is given up after a day of trying", row.id)
            return Delivery(row.id, OutboxState.DROPPED, now, failure="no connection")
        kind = "network" if isinstance(error, NetworkError) else type(error).__name__
        pause = min(2.0 ** min(row.attempts, 10), outbox.LONGEST_PAUSE.total_seconds())
        return Delivery(
            row.id, OutboxState.WAITING, now, failure=kind,
            retry_at=now + timedelta(seconds=pause),
        )  # fmt: skip

    async def _record_finished(self) -> None:
        waited = pause = 0.0
        while True:
            rest = pause or _RECORD_EVERY_SECONDS
            await asyncio.sleep(rest)
            waited += rest
            lanes = [self._in_flight[done.id].lane for done in self._finished]
            replies = any(lane < Lane.REMINDER for lane in lanes)
            if replies or len(lanes) >= _RECORD_TOGETHER or waited >= _RECORD_WITHIN_SECONDS:
                waited = 0.0
                pause = await self._flush()

    async def _flush_until(self, end: float) -> None:
        """Write down what has ended, or give up at `end`: the next process sends it again."""
        while True:
            pause = await self._flush()
            if not pause or time.monotonic() + pause >= end:
                return
            await asyncio.sleep(pause)

    async def _flush(self) -> float:
        """Write down what has ended; return the seconds to wait where that cannot be done."""
        finished = self._finished.copy()
        if not finished:
            return 0.0
        try:
            await deliveries.record(self._database, finished)
        except Exception as error:
            if is_conflict(error):
                return _RECORD_EVERY_SECONDS
            return self._recording.failed(named(error))
        self._recording.worked()
        # Only now: what is cut short at the end is recorded once more, not sent once more.
        del self._finished[: len(finished)]
        for done in finished:
            if (sent := self._in_flight.pop(done.id, None)) is not None:
                self._measure(sent, done)
        self._wake.set()
        return 0.0

    def _measure(self, sent: _Sending, done: Delivery) -> None:
        took = (done.at - sent.staged_at).total_seconds()
        arrived = done.state is OutboxState.SENT
        lane = sent.lane.name.lower()
        self._measures.delivery(lane, _outcome(done), max(0.0, took) if arrived else None)


def _outcome(done: Delivery) -> str:
    """Return how a try ended in one of a few words: what Telegram answers has many."""
    if done.state is OutboxState.SENT:
        return "sent"
    if done.state is OutboxState.WAITING:
        return "flood" if done.failure == _FLOOD else "retry"
    if done.reach is not None:
        return str(done.reach)
    return outbox.EXPIRED if done.failure == outbox.EXPIRED else "refused"
