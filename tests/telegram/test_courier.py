"""What is of no more use is never sent, however long it waited."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from bot.app import make_bot
from bot.clock import utc_now
from bot.database import Database
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage
from bot.screens.screen import Html
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.rate_limit import RateLimit
from tests.stage import STUDENT, TOKEN


async def test_an_expired_message_is_dropped_and_the_next_is_sent(
    database: Database, server
) -> None:
    now = utc_now()
    async with database.write() as session:
        for key, expires in (("old", now), ("new", now + timedelta(hours=1)), ("any", None)):
            await outbox.stage(
                session, Text(Html(key)), to=STUDENT, key=key, lane=Lane.REMINDER, now=now,
                expires=expires,
            )  # fmt: skip
    bot = make_bot(Settings(bot_token=TOKEN, bot_api_url=server.root, _env_file=None))
    await bot.initialize()
    courier = Courier(bot, database, utc_now, RateLimit(1000, 0), lambda recipe: b"")
    running = asyncio.create_task(courier.run())
    while await outbox.count_waiting(database):
        await asyncio.sleep(0.01)
    courier.stop()
    await running
    await bot.shutdown()
    assert [m["text"] for m in server.telegram.chats[STUDENT]] == ["new", "any"]
    async with database.read() as session:
        row = (
            await session.scalars(select(OutboxMessage).where(OutboxMessage.key == "old"))
        ).one()
    assert (row.state, row.failure, row.payload) == ("dropped", outbox.EXPIRED, None)
