"""The clock: it wakes what is due and keeps nothing of its own.

Every chore reads from the tables what is due and does it, at start and from then on again and
again, so the database stays the only truth and a restart or a clock that jumps loses nothing.

The pauses between are measured by the clock of the loop, which nobody can set. A scheduler that
plans by the clock on the wall, as APScheduler 3 does, wakes nobody for an hour when that is set
back by one: a girl in danger would call, and nobody would be called for her.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.failures import named
from bot.patience import Patience

log = logging.getLogger(__name__)

# Tells the courier that something was staged.
Wake = Callable[[], None]

# How long a stop waits for chores that run; what is cut short is still due at the next start.
FINISH_WITHIN_SECONDS = 5.0


@dataclass(frozen=True)
class Chore:
    """Something that is looked after every so often; `run` may return when it is due next."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[datetime | None]]


class ClockStoppedError(Exception):
    """A chore is looked after no more."""


class Timekeeper:
    """Runs the chores until stopped."""

    def __init__(
        self,
        chores: Sequence[Chore],
        clock: Clock,
        finish_within_seconds: float = FINISH_WITHIN_SECONDS,
    ) -> None:
        self._chores = chores
        self._clock = clock
        self._finish_within_seconds = finish_within_seconds
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Keep time until cancelled; raises ClockStoppedError when that ends for one chore.

        At the end what runs may finish, and is cut short where it takes too long.
        """
        rounds = [asyncio.create_task(self._go_round(chore)) for chore in self._chores]
        try:
            await asyncio.wait(rounds, return_when=asyncio.FIRST_COMPLETED)
            raise ClockStoppedError
        finally:
            self._stop.set()
            _, late = await asyncio.wait(rounds, timeout=self._finish_within_seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    async def _go_round(self, chore: Chore) -> None:
        """Look after a chore now, and from then on; what fails and fails again is said once."""
        now = asyncio.get_running_loop().time
        every = chore.every.total_seconds()
        trouble = Patience(log, f"the chore “{chore.name}” failed", every)
        while not self._stop.is_set():
            began, due = now(), None
            try:
                due = await chore.run()
                trouble.worked()
            except Exception as error:
                # Only its kind and place, for its text may hold her words.
                trouble.failed(named(error))
            # One that takes longer than its turn leaves out the turns that it missed.
            pause = every - (now() - began) % every
            if due is not None and due > self._clock():
                pause = min(pause, (due - self._clock()).total_seconds())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
