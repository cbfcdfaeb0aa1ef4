"""A chore runs at start, every so often, and when it said that it is due."""

import asyncio
import logging
from datetime import datetime, timedelta

import pytest

from bot.clock import utc_now
from bot.timekeeper import Chore, Timekeeper
from tests.handlers.test_chores import Hands


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
        await keeper.stop()
    assert runs[1] - runs[0] >= timedelta(milliseconds=50)


async def test_at_a_start_whoever_waited_is_served_before_the_first_chore() -> None:
    looked, woken = asyncio.Event(), asyncio.Event()

    async def look() -> None:
        looked.set()

    async def wake() -> None:
        woken.set()

    chores = (Chore("look", timedelta(days=1), look), Chore("wake", timedelta(days=1), wake))
    keeper = Timekeeper(chores, utc_now, first_after_seconds=3600)
    keeper.start()
    # Woken after a chore that was due at the start would have begun.
    keeper.wake_at("wake", utc_now())
    await asyncio.wait_for(woken.wait(), 5)
    await keeper.stop()
    assert not looked.is_set()
    started = Hands(utc_now() - timedelta(hours=1))
    keeper = Timekeeper(chores, started, first_after_seconds=3600)
    await _begun(keeper, looked)
    await keeper.stop()


async def test_one_that_is_overdue_is_not_run_again_and_again() -> None:
    runs = 0

    async def run() -> datetime | None:
        nonlocal runs
        runs += 1
        return utc_now() - timedelta(minutes=1)

    keeper = Timekeeper((Chore("look", timedelta(hours=1), run),), utc_now)
    keeper.start()
    await asyncio.sleep(0.3)
    await keeper.stop()
    assert runs == 1


async def test_one_that_takes_longer_than_its_turn_is_told_of_once_and_never_runs_twice_at_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs, at_once, done = 0, 0, asyncio.Event()

    async def run() -> None:
        nonlocal runs, at_once
        runs += 1
        at_once += 1
        assert at_once == 1
        await asyncio.sleep(0.2)
        at_once -= 1
        if runs == 2:
            done.set()

    keeper = Timekeeper((Chore("look", timedelta(milliseconds=10), run),), utc_now)
    keeper.start()
    try:
        await asyncio.wait_for(done.wait(), 20)
    finally:
        await keeper.stop()
    (told,) = (record.getMessage() for record in caplog.records)
    assert told.startswith("the chore “look” still runs after 0 s; its next turn is left out")


async def _begun(keeper: Timekeeper, began: asyncio.Event) -> None:
    keeper.start()
    await asyncio.wait_for(began.wait(), 5)


async def test_a_chore_that_runs_may_finish_before_the_bot_stops(
    caplog: pytest.LogCaptureFixture,
) -> None:
    began, go_on, finished = asyncio.Event(), asyncio.Event(), False

    async def run() -> None:
        nonlocal finished
        began.set()
        await go_on.wait()
        finished = True

    keeper = Timekeeper((Chore("look", timedelta(hours=1), run),), utc_now)
    await _begun(keeper, began)
    stopping = asyncio.create_task(keeper.stop())
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait_for(stopping, 5)
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

    chores = (Chore("look", timedelta(hours=1), run),)
    keeper = Timekeeper(chores, utc_now, finish_within_seconds=0)
    await _begun(keeper, began)
    await asyncio.wait_for(keeper.stop(), 5)
    await asyncio.sleep(0)
    assert cut_short
    assert not _troubles(caplog)


@pytest.mark.parametrize("steps", range(8))
async def test_a_chore_may_be_woken_in_the_very_moment_of_stopping(
    steps: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        await asyncio.sleep(0)

    keeper = Timekeeper((Chore("look", timedelta(hours=1), run),), utc_now)
    keeper.start()
    for _ in range(steps):
        await asyncio.sleep(0)
    await asyncio.wait_for(keeper.stop(), 5)
    await asyncio.sleep(0)
    assert not _troubles(caplog)


def _troubles(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno > logging.INFO]


async def test_chores_are_run_anew_when_the_clock_is_set_back() -> None:
    """The scheduler would wait for the hour to come again, and nobody be called for a girl."""
    clock, runs, again = Hands(utc_now()), 0, asyncio.Event()

    async def run() -> datetime | None:
        nonlocal runs
        runs += 1
        clock.now -= timedelta(hours=1)
        if runs == 3:
            again.set()
        return None

    chores = (Chore("look", timedelta(hours=1), run),)
    keeping = asyncio.create_task(Timekeeper(chores, clock, look_seconds=0.01).run())
    await asyncio.wait_for(again.wait(), 5)
    keeping.cancel()
    await asyncio.wait([keeping])
