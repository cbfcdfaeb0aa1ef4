"""The clock: APScheduler wakes what is due and keeps nothing of its own.

Every chore reads from the tables what is due and does it, at start and from then on again and
again, so the database stays the only truth and a restart or a clock that jumps loses nothing.

APScheduler 3 plans by the clock on the wall, and would wake nobody for an hour when that is set
back by one: a girl in danger would call, and nobody would be called for her. So the clock of the
loop, which nobody can set, is looked at beside it, and when the two part every chore is run and
planned anew.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, utc_now
from bot.failures import named
from bot.settings import SettingsError

log = logging.getLogger(__name__)

# The scheduler beats six times in this; one that does not beat at all wakes nobody any more.
SILENCE_SECONDS = 60.0

# How often the two clocks are compared, and how far the wall may fall behind the loop.
LOOK_SECONDS = 5.0
_BEHIND = timedelta(seconds=2)

# Tells the courier that something was staged.
Wake = Callable[[], None]

# A chore that takes longer than it is from one turn to the next is told of so often at most.
_TOLD_EVERY_SECONDS = 3600.0

# How long a stop waits for chores that run; what is cut short is still due at the next start.
FINISH_WITHIN_SECONDS = 5.0


@dataclass(frozen=True)
class Chore:
    """Something that is looked after every so often; `run` may return when it is due next.

    Every process on a database does for itself what is to be done `everywhere`.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[datetime | None]]
    everywhere: bool = False


class ClockStoppedError(Exception):
    """The scheduler wakes no chore any more."""


class Timekeeper:
    """Runs the chores until stopped."""

    def __init__(
        self,
        chores: Sequence[Chore],
        clock: Clock,
        silence_seconds: float = SILENCE_SECONDS,
        finish_within_seconds: float = FINISH_WITHIN_SECONDS,
        look_seconds: float = LOOK_SECONDS,
        first_after_seconds: float = 0.0,
    ) -> None:
        self._chores = {chore.name: chore for chore in chores}
        self._clock = clock
        self._silence_seconds = silence_seconds
        self._finish_within_seconds = finish_within_seconds
        self._look_seconds = look_seconds
        self._first_after = timedelta(seconds=first_after_seconds)
        self._beats = 0
        self._running: set[asyncio.Task[Any]] = set()
        # since when the chores run whose turn it was, and when the log last told of one that was
        # not done by the next
        self._since: dict[str, float] = {}
        self._told: dict[str, float] = {}
        self._stopping = False
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # A second instance is let in to see that the first still runs: else the scheduler
            # leaves it out itself, with a warning each time.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 9},
        )

    async def run(self) -> None:
        """Keep time until cancelled; raises ClockStoppedError when the scheduler has died."""
        self.start()
        looking = asyncio.create_task(self._look_at_the_clocks())
        try:
            heard = -1
            while self._beats > heard:
                heard = self._beats
                await asyncio.sleep(self._silence_seconds)
            raise ClockStoppedError
        finally:
            looking.cancel()
            await asyncio.wait([looking])
            await self.stop()

    async def _look_at_the_clocks(self) -> None:
        """Run and plan every chore anew whenever the clock on the wall was set back."""
        loop = asyncio.get_running_loop()
        wall, steady = self._clock(), loop.time()
        while True:
            await asyncio.sleep(self._look_seconds)
            passed = timedelta(seconds=loop.time() - steady)
            if self._clock() - wall < passed - _BEHIND:
                log.warning("the clock was set back: every chore is run and planned anew")
                for job in self._scheduler.get_jobs():
                    job.modify(next_run_time=utc_now())
            wall, steady = self._clock(), loop.time()

    def start(self) -> None:
        """Run every chore now, or a little later, and from then on."""
        first = self._clock() + self._first_after
        self._scheduler.add_job(self._beat, "interval", seconds=self._silence_seconds / 6)
        for chore in self._chores.values():
            self._scheduler.add_job(
                self._take_turn, "interval", args=[chore.name], id=chore.name,
                seconds=chore.every.total_seconds(), next_run_time=first,
            )  # fmt: skip
        self._scheduler.start()

    async def _take_turn(self, name: str) -> None:
        """Run a chore whose turn it is, unless it still runs since its last."""
        now = asyncio.get_running_loop().time()
        if (since := self._since.get(name)) is not None:
            self._tell_of_turn_left_out(name, since, now)
            return
        self._since[name] = now
        try:
            await self._run(name)
        finally:
            del self._since[name]

    def _tell_of_turn_left_out(self, name: str, since: float, now: float) -> None:
        if now - self._told.get(name, float("-inf")) < _TOLD_EVERY_SECONDS:
            return
        self._told[name] = now
        log.warning("the chore “%s” still runs after %.0f s; its next turn is left out (told "
                    "once an hour)", name, now - since)  # fmt: skip

    async def _run(self, name: str) -> None:
        """Run a chore, unless it is time to stop; one that is cut short then ends quietly."""
        task = asyncio.current_task()
        if self._stopping or task is None:
            return
        self._running.add(task)
        try:
            await self._look_after(name)
        except asyncio.CancelledError:
            if not self._stopping:
                raise
        finally:
            self._running.discard(task)

    async def _look_after(self, name: str) -> None:
        """Run a chore; where it says when it is due before its next turn, wake it then."""
        chore = self._chores[name]
        try:
            due = await chore.run()
        except SettingsError as error:
            log.error("the chore “%s” failed: %s", name, error)
            return
        except Exception as error:
            # Left to the scheduler, it would be logged with its text, which may hold her words.
            log.error("the chore “%s” failed: %s", name, named(error))
            return
        if due is not None and timedelta(0) < due - self._clock() < chore.every:
            self.wake_at(name, due)

    def wake_at(self, name: str, when: datetime) -> None:
        """Run a chore once more at `when`, on the minute that the tables name."""
        self._scheduler.add_job(
            self._run, "date", args=[name], run_date=when, id=f"{name}:{when.isoformat()}",
            replace_existing=True,
        )  # fmt: skip

    async def _beat(self) -> None:
        self._beats += 1

    async def stop(self) -> None:
        """Wake nothing more; let what runs finish, and cut it short where it takes too long.

        Left to the scheduler, what runs would be cut short at once and logged as if it failed.
        A scheduler that has died is left as it is.
        """
        if not self._scheduler.running:
            return
        self._stopping = True
        self._scheduler.pause()
        # One that was woken a moment ago begins, sees that it is time to stop, and ends.
        await asyncio.sleep(0)
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=self._finish_within_seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        self._scheduler.shutdown(wait=False)
