"""What is of no more use, or no message at all, is never sent and holds nobody up."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.app import make_bot
from bot.clock import utc_now
from bot.database import Database, insert_new
from bot.demo.server import DemoServer
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.screen import Html
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.rate_limit import RateLimit
from tests.stage import STUDENT, TOKEN


async def _deliver(database: Database, server: DemoServer) -> None:
    """Let the courier work until nothing waits."""
    bot = make_bot(Settings(bot_token=TOKEN, bot_api_url=server.root, _env_file=None))
    await bot.initialize()
    courier = Courier(bot, database, utc_now, RateLimit(1000, 0), lambda recipe: b"")
    running = asyncio.create_task(courier.run())
    while await outbox.count_waiting(database):
        await asyncio.sleep(0.01)
    courier.stop()
    await running
    await bot.shutdown()


async def _stage(
    database: Database, key: str, now: datetime, expires: datetime | None = None
) -> None:
    async with database.write() as session:
        await outbox.stage(
            session, Text(Html(key)), to=STUDENT, key=key, lane=Lane.REMINDER, now=now,
            expires=expires,
        )  # fmt: skip


async def _row(database: Database, key: str) -> OutboxMessage:
    async with database.read() as session:
        query = select(OutboxMessage).where(OutboxMessage.key == key)
        return (await session.scalars(query)).one()


async def test_an_expired_message_is_dropped_and_the_next_is_sent(
    database: Database, server: DemoServer
) -> None:
    now = utc_now()
    for key, expires in (("old", now), ("new", now + timedelta(hours=1)), ("any", None)):
        await _stage(database, key, now, expires)
    await _deliver(database, server)
    assert [m["text"] for m in server.telegram.chats[STUDENT]] == ["new", "any"]
    row = await _row(database, "old")
    assert (row.state, row.failure, row.payload) == (OutboxState.DROPPED, outbox.EXPIRED, None)


async def test_a_row_that_is_no_message_is_dropped_and_the_next_is_sent(
    database: Database, server: DemoServer, caplog: pytest.LogCaptureFixture
) -> None:
    now = utc_now()
    broken = {
        "key": "broken", "chat_id": STUDENT, "method": "send_song",
        "payload": {"text": "secret words"}, "lane": int(Lane.REPLY), "due_at_utc": now,
        "state": "waiting", "attempts": 0, "created_at_utc": now,
    }  # fmt: skip
    async with database.write() as session:
        await insert_new(session, OutboxMessage, broken)
    await _stage(database, "next", now)
    await _deliver(database, server)
    assert [m["text"] for m in server.telegram.chats[STUDENT]] == ["next"]
    row = await _row(database, "broken")
    assert (row.state, row.failure, row.payload) == (
        OutboxState.DROPPED, outbox.UNREADABLE, None,
    )  # fmt: skip
    assert "cannot be read" in caplog.text
    assert "secret words" not in caplog.text
