"""What comes is stored and confirmed, whatever the server is like."""

import asyncio

import pytest

from bot.clock import utc_now
from bot.database import Database
from bot.demo import bot_api
from bot.demo.server import DemoServer
from bot.queues import inbox
from bot.telegram.intake import SHORTEST_POLL_SECONDS, Poller
from tests.stage import STUDENT, TOKEN


async def test_a_server_that_does_not_wait_for_updates_is_asked_once_a_second(
    database: Database, server: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once after an update, though: another may be there."""
    monkeypatch.setattr(bot_api, "LONGEST_POLL_SECONDS", 0.0)
    server.telegram.says(server.telegram.people[STUDENT], {"text": "hello"})
    rests: list[float] = []
    enough = asyncio.Event()

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            enough.set()
            await asyncio.Event().wait()

    poller = Poller(server.root, TOKEN, database, utc_now, lambda: None, lambda _: None, rest)
    polling = asyncio.create_task(poller.run())
    await asyncio.wait_for(enough.wait(), 5)
    polling.cancel()
    await asyncio.wait([polling])
    assert len(server.telegram.calls) == 4
    assert all(SHORTEST_POLL_SECONDS / 2 < seconds <= SHORTEST_POLL_SECONDS for seconds in rests)
    assert len(await inbox.waiting(database)) == 1
