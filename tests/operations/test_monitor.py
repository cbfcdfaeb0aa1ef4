"""Whoever supervises the bot learns whether it lives, whether it is ready, and how it does."""

import asyncio
import gc
import math
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.app import running
from bot.clock import utc_now
from bot.database import Database, copies
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault
from bot.operations.monitor import PROCESS, Monitor
from bot.queues import deliveries, inbox, outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxState
from bot.screens.screen import Html
from bot.settings import Settings
from tests.conftest import Chat
from tests.stage import ENGLISH_STUDENT, STUDENT, TOKEN


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _number(page: str, name: str) -> float:
    """Return one of the numbers of a page; 0 for one that is not there."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    return float(found[1]) if found else 0.0


def _started(monitor: Monitor) -> int:
    port = monitor.start(0)
    assert port is not None
    return port


class Page:
    """Asks the monitor of a bot."""

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}"

    async def get(self, path: str) -> tuple[int, str]:
        """Return the status and the words of a page."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{self._root}{path}")
        return answer.status_code, answer.text

    async def is_of(self, process: int) -> bool:
        """Return whether it is the monitor of a process that answers."""
        try:
            async with httpx.AsyncClient() as client:
                answer = await client.get(f"{self._root}/healthz")
        except httpx.HTTPError:
            return False
        return bool(answer.headers.get(PROCESS) == str(process))

    async def number(self, name: str) -> float:
        """Return one of the numbers; 0 for one that is not there."""
        return _number((await self.get("/metrics"))[1], name)

    async def until(self, path: str, says: str) -> None:
        """Wait until a page says something."""
        async with asyncio.timeout(10):
            while says not in (await self.get(path))[1]:
                await asyncio.sleep(0.05)


@asynccontextmanager
async def _bot(server: DemoServer, folder: Path) -> AsyncIterator[Page]:
    for _ in range(5):
        port = _free_port()
        async with running(_settings(server, folder, port), utc_now):
            page = Page(port)
            # Another test may have taken it since.
            if await page.is_of(os.getpid()):
                yield page
                return
    raise AssertionError("no port stays free")


def _settings(server: DemoServer, folder: Path, port: int) -> Settings:
    return Settings(
        bot_token=TOKEN, bot_api_url=server.root, monitor_port=port, chat_interval_seconds=0,
        database_url=f"sqlite:///{folder / 'bot.sqlite'}", _env_file=None,
    )  # fmt: skip


@pytest.fixture
async def monitor(database: Database) -> AsyncIterator[tuple[Monitor, Page]]:
    """A monitor without a bot, which looks at a database where all is well."""
    alone = Monitor(Settings(_env_file=None), utc_now)
    page = Page(_started(alone))
    alone.look_at(database, lambda: ())
    yield alone, page
    await alone.stop()


async def test_what_people_do_is_counted_and_none_of_them_is_named(
    server: DemoServer, chat: Chat, tmp_path: Path
) -> None:
    async with _bot(server, tmp_path) as page:
        srey = chat(ENGLISH_STUDENT)
        await srey.send("/privacy")
        await srey.sees("Your data")
        await srey.send("my stepfather hits me every night")
        await srey.sees("1280")
        server.telegram.faults.append(Fault("sendMessage", 429, "Too Many Requests", 1))
        await srey.send("/topics")
        await srey.sees("Topics (1/")
        await page.until("/metrics", 'bongsrey_deliveries_total{lane="reply",outcome="flood"} 1.0')
        assert await page.get("/healthz") == (200, "alive\n")
        assert await page.get("/readyz") == (200, "ready\n")
        assert await page.number("bongsrey_ready") == 1
        assert await page.number("bongsrey_floods_total") == 1
        assert await page.number('bongsrey_turns_total{outcome="done"}') == 3
        assert await page.number('bongsrey_turns_total{outcome="failed"}') == 0
        assert await page.number("bongsrey_turn_seconds_count") == 3
        assert await page.number('bongsrey_turn_seconds_bucket{le="+Inf"}') == 3
        assert await page.number('bongsrey_decisions_total{key="reply",kind="care"}') == 1
        # Another may be sent between two looks.
        _, once = await page.get("/metrics")
        sent = _number(once, 'bongsrey_deliveries_total{lane="reply",outcome="sent"}')
        assert sent >= 3
        assert _number(once, 'bongsrey_delivery_seconds_count{lane="reply"}') == sent
        assert await page.number('bongsrey_queue_depth{queue="inbox"}') == 0
        assert await page.number("bongsrey_database_bytes") > 0
        assert await page.number("bongsrey_drill_age_seconds") == math.inf, "there was none"
        if sys.platform == "linux":
            assert await page.number("process_resident_memory_bytes") > 0
        _, everything = await page.get("/metrics")
        assert str(ENGLISH_STUDENT) not in re.sub(r" \S+$", "", everything, flags=re.MULTILINE)
        assert "stepfather" not in everything
        assert (await page.get("/other"))[0] == 404


async def test_without_telegram_it_lives_and_is_not_ready(
    server: DemoServer, tmp_path: Path
) -> None:
    """To start it anew would mend nothing."""
    async with _bot(server, tmp_path) as page:
        server.telegram.faults.append(Fault("getUpdates", 502, "Bad Gateway", times=99))
        await page.until("/readyz", "no updates come")
        assert (await page.get("/readyz"))[0] == 503
        assert (await page.get("/healthz"))[0] == 200
        assert await page.number("bongsrey_ready") == 0


async def test_what_nobody_takes_is_told(
    monitor: tuple[Monitor, Page], database: Database
) -> None:
    _, page = monitor
    assert (await page.get("/readyz"))[0] == 200
    now = utc_now()
    await inbox.store(database, [{"update_id": 7}], now - timedelta(seconds=130))
    async with database.write() as session:
        for key, due in (("a", now - timedelta(seconds=40)), ("b", now + timedelta(days=1))):
            await outbox.stage(
                session, Text(Html("x")), to=STUDENT, key=key, lane=Lane.NOTE, now=now, due=due
            )
    status, said = await page.get("/readyz")
    assert (status, said[:27]) == (503, "an update has waited for 13")
    assert await page.number('bongsrey_queue_depth{queue="inbox"}') == 1
    assert await page.number('bongsrey_queue_age_seconds{queue="inbox"}') >= 130
    assert await page.number('bongsrey_queue_depth{queue="outbox_note"}') == 1, "one is not due"
    assert 40 <= await page.number('bongsrey_queue_age_seconds{queue="outbox_note"}') < 60


async def test_replies_that_are_tried_again_and_again_are_told(
    monitor: tuple[Monitor, Page], database: Database
) -> None:
    """Every try puts the next one off; she has waited since she asked all the same."""
    _, page = monitor
    now = utc_now()
    staged = now - timedelta(hours=2)
    async with database.write() as session:
        await outbox.stage(
            session, Text(Html("x")), to=STUDENT, key="a", lane=Lane.REPLY, now=staged
        )
    (row,) = await outbox.waiting(database, (Lane.REPLY,), set(), 1, now)
    again = now + timedelta(minutes=5)
    put_off = deliveries.Delivery(
        row.id, OutboxState.WAITING, now, failure="network", retry_at=again
    )
    await deliveries.record(database, [put_off])
    status, said = await page.get("/readyz")
    assert (status, said[:34]) == (503, "replies wait: 1, the first for 720")
    assert await page.number('bongsrey_queue_depth{queue="outbox_reply"}') == 1
    assert await page.number('bongsrey_queue_age_seconds{queue="outbox_reply"}') >= 7200
    assert await page.number("bongsrey_ready") == 0


async def test_a_database_that_cannot_be_read_is_told_and_the_rest_is_still_measured(
    monitor: tuple[Monitor, Page], database: Database
) -> None:
    _, page = monitor
    await database.close()
    database.file.write_bytes(b"no database" * 100)
    status, said = await page.get("/readyz")
    assert status == 503
    assert "the database cannot be read: it is no database" in said
    assert await page.number('bongsrey_info{version="0.1.0"}') == 1
    assert (await page.get("/healthz"))[0] == 200


async def test_while_it_starts_it_is_not_ready() -> None:
    alone = Monitor(Settings(_env_file=None), utc_now)
    page = Page(_started(alone))
    assert await page.get("/readyz") == (503, "it starts\n")
    await alone.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_port_that_is_taken_is_told_and_people_are_answered_all_the_same(
    server: DemoServer, chat: Chat, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """To be watched is worth less than to answer."""
    async with running(_settings(server, tmp_path, server.port), utc_now):
        srey = chat(ENGLISH_STUDENT)
        await srey.send("/privacy")
        await srey.sees("Your data")
    assert f"MONITOR_PORT {server.port} cannot be used" in caplog.text
    # Tornado leaves the sockets that were refused to be found; they are found here.
    gc.collect()


async def test_it_is_asked_for_on_this_machine_alone(monitor: tuple[Monitor, Page]) -> None:
    alone, _ = monitor
    (listening,) = alone._server._sockets.values()
    assert listening.getsockname()[0] == "127.0.0.1"


async def test_without_a_copy_the_newest_is_endlessly_old_and_never_from_the_future(
    monitor: tuple[Monitor, Page], database: Database
) -> None:
    _, page = monitor
    name, folder = "bongsrey_backup_age_seconds", database.file.parent / "backups"
    assert await page.number(name) == float("inf")
    copies.make(database.file, folder, (), utc_now() + timedelta(days=9))
    assert await page.number(name) == float("inf")
    copies.make(database.file, folder, (), utc_now() + timedelta(minutes=2))
    assert await page.number(name) == 0.0
    assert re.search(rf"^{name} 0", (await page.get("/metrics"))[1], re.MULTILINE)
