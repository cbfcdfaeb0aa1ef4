"""Two workers on one server decide as if one came after the other, though both read at once."""

import asyncio

from sqlalchemy import select, text

from bot.answering.answerer import Answerer
from bot.app import make_bot
from bot.clock import utc_now
from bot.content import Content
from bot.database import Database
from bot.measures import Measures
from bot.queues import inbox
from bot.queues.tables import InboxState, InboxUpdate
from bot.settings import Settings
from bot.telegram.worker import Worker
from bot.turn import Services, Turn
from tests.stage import TOKEN

ENGINES = ("postgres",)
CHATS = 24


async def test_what_they_would_both_decide_is_decided_once(
    database: Database, content: Content, answerer: Answerer
) -> None:
    settings = Settings(bot_token=TOKEN, bot_api_url="http://127.0.0.1:9", _env_file=None)
    services = Services(settings, content, answerer, utc_now)
    async with database.write() as session:
        await session.execute(text("CREATE TABLE places (n INTEGER)"))
        await session.execute(text("INSERT INTO places VALUES (0)"))

    async def take(turn: Turn) -> None:
        """Take a place, as an event of which the places are counted."""
        taken = await turn.session.scalar(text("SELECT n FROM places"))
        await asyncio.sleep(0.01)  # the other reads the same meanwhile
        await turn.session.execute(text("UPDATE places SET n = :n"), {"n": taken + 1})

    updates = [
        {
            "update_id": n,
            "message": {
                "message_id": n, "date": 1, "text": "hello",
                "from": {"id": 100 + n, "is_bot": False, "first_name": "P"},
                "chat": {"id": 100 + n, "type": "private"},
            },
        }
        for n in range(1, CHATS + 1)
    ]  # fmt: skip
    await inbox.store(database, updates, utc_now())
    measures = Measures()
    workers = [
        Worker(make_bot(settings), database, services, take, lambda: None, measures)
        for _ in range(2)
    ]
    running = [asyncio.create_task(worker.run()) for worker in workers]
    async with asyncio.timeout(120):
        while measures.turns["done"] < CHATS:
            await asyncio.sleep(0.02)
    for worker in workers:
        worker.stop()
    await asyncio.gather(*running)
    async with database.read() as session:
        assert await session.scalar(text("SELECT n FROM places")) == CHATS
        ended = await session.execute(select(InboxUpdate.state, InboxUpdate.attempts).distinct())
        assert ended.all() == [(InboxState.DONE, 0)]
    assert measures.turns["again"] > 0, "they never met, so nothing was shown"
    assert measures.turns["failed"] == 0
