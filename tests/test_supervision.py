"""When a part of the bot dies the process ends, so that its supervisor can start it anew."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.answerer import Answerer
from bot.app import make_bot, running
from bot.clock import utc_now
from bot.content import Content
from bot.database import Database
from bot.demo.server import DemoServer
from bot.queues import inbox
from bot.settings import Settings
from bot.supervision import PartEndedError, watch
from bot.telegram.courier import Courier
from bot.telegram.intake import TokenRefusedError
from bot.telegram.rate_limit import RateLimit
from bot.telegram.worker import Worker
from bot.timekeeper import Chore, ClockStoppedError, Timekeeper
from bot.turn import Services, Turn
from tests.stage import TOKEN

WORDS = "my father hits me"
PARTS = ("_poll", "Worker.run", "Courier.run", "Courier._record_finished", "Timekeeper.run")


def _settings(root: str, file: Path) -> Settings:
    return Settings(
        bot_token=TOKEN, bot_api_url=root, database_url=f"sqlite:///{file}", _env_file=None
    )


@pytest.fixture(autouse=True)
async def _threads_end() -> AsyncIterator[None]:
    """Let the database's threads end before the loop: what is cut short answers a little later."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 5)


@pytest.mark.parametrize("part", PARTS)
async def test_whichever_part_ends_everything_ends(
    server: DemoServer, tmp_path: Path, part: str
) -> None:
    async def run() -> None:
        async with running(_settings(server.root, tmp_path / "bot.sqlite"), utc_now) as failed:
            (await _task_of(part)).cancel()
            await asyncio.wait_for(failed, 5)

    with pytest.raises(PartEndedError):
        await run()
    assert not {_name(task) for task in asyncio.all_tasks()} & set(PARTS)


async def _task_of(name: str) -> "asyncio.Task[None]":
    """Return the task of a part, which begins when it is this process's turn."""
    while not (found := [task for task in asyncio.all_tasks() if _name(task) == name]):
        await asyncio.sleep(0)
    return found[0]


def _name(task: "asyncio.Task[Any]") -> str:
    return str(getattr(task.get_coro(), "__qualname__", ""))


async def test_the_log_says_what_failed_and_nothing_of_what_it_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail() -> None:
        raise ValueError(WORDS)

    parts = {"worker": asyncio.create_task(fail()), "clock": asyncio.create_task(asyncio.sleep(9))}
    with pytest.raises(PartEndedError, match="worker"):
        await watch(parts)
    assert "worker ended" in caplog.text
    assert f"ValueError at {Path(__file__).name}" in caplog.text
    assert WORDS not in caplog.text
    parts["clock"].cancel()


async def test_a_token_that_is_refused_is_said_as_such() -> None:
    async def refused() -> None:
        raise TokenRefusedError

    with pytest.raises(TokenRefusedError, match="BOT_TOKEN"):
        await watch({"intake": asyncio.create_task(refused())})


class FullDisk(Database):
    """A database whose disk is full at one write, counted from the first."""

    def __init__(self, url: str, full_at: int) -> None:
        super().__init__(url)
        self._left = full_at

    @asynccontextmanager
    async def write(
        self, *, short: bool = False, by_key: bool = False
    ) -> AsyncIterator[AsyncSession]:
        self._left -= 1
        if not self._left:
            raise OSError(28, "No space left on device")
        async with super().write(short=short, by_key=by_key) as session:
            yield session


async def test_what_fails_while_the_process_ends_does_not_hold_it(
    database: Database, server: DemoServer, content: Content, answerer: Answerer, tmp_path: Path
) -> None:
    """It stays in the inbox, uncounted, for the next process."""
    settings = _settings(server.root, tmp_path / "unused")
    await inbox.store(database, [{"update_id": 1}], utc_now())

    class Ending(FullDisk):
        @asynccontextmanager
        async def write(
            self, *, short: bool = False, by_key: bool = False
        ) -> AsyncIterator[AsyncSession]:
            worker.stop()
            self._left = 1
            async with super().write(short=short, by_key=by_key) as session:
                yield session

    ending = Ending(f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite'}", full_at=1)
    services = Services(settings, content, answerer, utc_now)

    async def take(turn: Turn) -> None:
        """Say nothing."""

    worker = Worker(make_bot(settings), ending, services, take, lambda: None)
    await asyncio.wait_for(worker.run(), 5)
    await ending.close()
    (row,) = await inbox.waiting(database)
    assert row.attempts == 0


async def test_a_chore_that_fails_does_not_stop_the_clock(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs = 0
    again = asyncio.Event()

    async def fail() -> datetime | None:
        nonlocal runs
        runs += 1
        if runs == 2:
            again.set()
        raise ValueError(WORDS)

    keeper = Timekeeper((Chore("look", timedelta(milliseconds=20), fail),), utc_now)
    keeping = asyncio.create_task(keeper.run())
    await asyncio.wait_for(again.wait(), 5)
    keeping.cancel()
    await asyncio.wait([keeping])
    assert "look" in caplog.text
    assert WORDS not in caplog.text


async def test_a_clock_whose_scheduler_has_stopped_says_so() -> None:
    keeper = Timekeeper((), utc_now, silence_seconds=0.06)
    keeping = asyncio.create_task(keeper.run())
    await asyncio.wait([keeping], timeout=0.3)
    assert not keeping.done()
    await keeper.stop()
    with pytest.raises(ClockStoppedError):
        await asyncio.wait_for(keeping, 5)


async def test_a_courier_that_can_record_nothing_any_more_ends(
    database: Database, server: DemoServer
) -> None:
    """And it does not go on sending what it cannot remember to have sent."""

    bot = make_bot(_settings(server.root, Path("unused")))
    courier = Courier(bot, database, utc_now, RateLimit(1000, 0), lambda recipe: b"")
    delivering = asyncio.create_task(courier.run())
    await asyncio.sleep(0)
    (await _task_of("Courier._record_finished")).cancel()
    await asyncio.wait([delivering], timeout=5)
    assert delivering.done()
