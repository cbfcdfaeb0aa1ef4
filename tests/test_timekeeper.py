"""A chore runs at start, every so often, and when it said that it is due."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.clock import utc_now
from bot.timekeeper import Chore, Timekeeper
from tests.handlers.test_chores import Hands

HOUR = timedelta(hours=1)


@asynccontextmanager
async def _keeping(keeper: Timekeeper) -> AsyncIterator[None]:
    """Let the clock run; at the end stop it as the bot does."""
    task = asyncio.create_task(keeper.run())
    yield
    task.cancel()
    await asyncio.wait([task], timeout=5)
    assert task.done()


async def test_a_chore_that_says_when_it_is_due_is_woken_then() -> None:
    runs: list[datetime] = []
    done = asyncio.Event()

    async def run() -> datetime | None:
        runs.append(utc_now())
        if len(runs) == 3:
            done.set()
            return None
        return runs[-1] + timedelta(milliseconds=50)

    async with _keeping(Timekeeper((Chore("look", HOUR, run),), utc_now)):
        await asyncio.wait_for(done.wait(), 5)
    assert runs[1] - runs[0] >= timedelta(milliseconds=50)


async def test_one_that_is_overdue_is_not_run_again_and_again() -> None:
    runs, others = 0, asyncio.Event()

    async def run() -> datetime | None:
        nonlocal runs
        runs += 1
        return utc_now() - timedelta(minutes=1)

    async def other() -> datetime | None:
        others.set()
        return None

    chores = (Chore("look", HOUR, run), Chore("other", timedelta(milliseconds=20), other))
    async with _keeping(Timekeeper(chores, utc_now)):
        for _ in range(3):
            others.clear()
            await asyncio.wait_for(others.wait(), 5)
    assert runs == 1


@pytest.mark.parametrize("jump", [-HOUR, timedelta(days=365)], ids=["back", "forward"])
async def test_chores_run_on_in_their_time_wherever_the_clock_is_set(jump: timedelta) -> None:
    """The clock is wrong at first; in the midst of it somebody puts it right."""
    clock = Hands(utc_now() + HOUR)
    runs, put_right = 0, asyncio.Event()

    async def run() -> datetime | None:
        nonlocal runs
        runs += 1
        if runs == 1:
            clock.now += jump
        if runs == 3:
            put_right.set()
        return None

    async with _keeping(Timekeeper((Chore("look", timedelta(milliseconds=20), run),), clock)):
        await asyncio.wait_for(put_right.wait(), 5)
    assert runs == 3


async def test_what_fails_again_and_again_is_said_once_until_it_goes_well(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs, done = 0, asyncio.Event()

    async def run() -> datetime | None:
        nonlocal runs
        runs += 1
        if runs == 8:
            done.set()
        if runs != 4:
            raise OSError(28, "No space left on device")
        return None

    async with _keeping(Timekeeper((Chore("look", timedelta(milliseconds=5), run),), utc_now)):
        await asyncio.wait_for(done.wait(), 5)
    first, over, again = _troubles(caplog)
    assert "failed (OSError at" in first
    assert "that is over" in over
    assert "failed (OSError at" in again


async def test_a_chore_that_runs_may_finish_before_the_bot_stops(
    caplog: pytest.LogCaptureFixture,
) -> None:
    began, go_on, finished = asyncio.Event(), asyncio.Event(), False

    async def run() -> None:
        nonlocal finished
        began.set()
        await go_on.wait()
        finished = True

    async with _keeping(Timekeeper((Chore("look", HOUR, run),), utc_now)):
        await asyncio.wait_for(began.wait(), 5)
        asyncio.get_running_loop().call_soon(go_on.set)
    assert finished
    assert not _troubles(caplog)


async def test_a_chore_that_does_not_finish_is_cut_short_without_a_word(
    caplog: pytest.LogCaptureFixture,
) -> None:
    began, cut_short = asyncio.Event(), False

    async def run() -> None:
        nonlocal cut_short
        began.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut_short = True
            raise

    chores = (Chore("look", HOUR, run),)
    async with _keeping(Timekeeper(chores, utc_now, finish_within_seconds=0)):
        await asyncio.wait_for(began.wait(), 5)
    assert cut_short
    assert not _troubles(caplog)


@pytest.mark.parametrize("steps", range(8))
async def test_a_chore_may_be_woken_in_the_very_moment_of_stopping(
    steps: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        await asyncio.sleep(0)

    async with _keeping(Timekeeper((Chore("look", HOUR, run),), utc_now)):
        for _ in range(steps):
            await asyncio.sleep(0)
    assert not _troubles(caplog)


def _troubles(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno > logging.INFO]
