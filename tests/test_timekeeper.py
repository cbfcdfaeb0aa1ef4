"""A chore runs at start, every so often, and when it said that it is due."""

import asyncio
from datetime import datetime, timedelta

from bot.clock import utc_now
from bot.timekeeper import Chore, Timekeeper


async def test_a_chore_that_says_when_it_is_due_is_woken_then() -> None:
    runs: list[datetime] = []
    done = asyncio.Event()

    async def run() -> datetime | None:
        runs.append(utc_now())
        if len(runs) == 3:
            done.set()
            return None
        return runs[-1] + timedelta(milliseconds=50)

    keeper = Timekeeper((Chore("look", timedelta(hours=1), run),), utc_now)
    keeper.start()
    try:
        await asyncio.wait_for(done.wait(), 5)
    finally:
        keeper.stop()
    assert runs[1] - runs[0] >= timedelta(milliseconds=50)


async def test_one_that_is_overdue_is_not_run_again_and_again() -> None:
    runs = 0

    async def run() -> datetime | None:
        nonlocal runs
        runs += 1
        return utc_now() - timedelta(minutes=1)

    keeper = Timekeeper((Chore("look", timedelta(hours=1), run),), utc_now)
    keeper.start()
    await asyncio.sleep(0.3)
    keeper.stop()
    assert runs == 1
