"""The clock: APScheduler wakes what is due and keeps nothing of its own.

Every chore reads from the tables what is due and does it, at start and from then on again and
again, so the database stays the only truth and a restart or a clock that jumps loses nothing.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock

# Tells the courier that something was staged.
Wake = Callable[[], None]


@dataclass(frozen=True)
class Chore:
    """Something that is looked after every so often; `run` may return when it is due next."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[datetime | None]]


class Timekeeper:
    """Runs the chores until stopped."""

    def __init__(self, chores: Sequence[Chore], clock: Clock) -> None:
        self._chores = {chore.name: chore for chore in chores}
        self._clock = clock
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
        )

    def start(self) -> None:
        """Run every chore now, and from then on."""
        for chore in self._chores.values():
            self._scheduler.add_job(
                self._run, "interval", args=[chore.name], id=chore.name,
                seconds=chore.every.total_seconds(), next_run_time=self._clock(),
            )  # fmt: skip
        self._scheduler.start()

    async def _run(self, name: str) -> None:
        """Run a chore; where it says when it is due before its next turn, wake it then."""
        chore = self._chores[name]
        due = await chore.run()
        if due is not None and timedelta(0) < due - self._clock() < chore.every:
            self.wake_at(name, due)

    def wake_at(self, name: str, when: datetime) -> None:
        """Run a chore once more at `when`, on the minute that the tables name."""
        self._scheduler.add_job(
            self._run, "date", args=[name], run_date=when, id=f"{name}:{when.isoformat()}",
            replace_existing=True,
        )  # fmt: skip

    def stop(self) -> None:
        """Stop keeping time."""
        self._scheduler.shutdown(wait=False)
