"""Workers on one server decide one after the other; what they do beside that never spoils it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
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

Take = Callable[[Turn], Awaitable[None]]
# Lets two workers take what so many people write, until all of it is done.
TakeAll = Callable[[Take, int], Awaitable[Measures]]


@pytest.fixture
async def places(database: Database) -> Callable[[], Awaitable[int]]:
    """A count of places that are taken, as of an event; what it holds."""
    async with database.write() as session:
        await session.execute(text("CREATE TABLE places (n INTEGER)"))
        await session.execute(text("INSERT INTO places VALUES (0)"))

    async def taken() -> int:
        async with database.read() as session:
            ended = await session.execute(
                select(InboxUpdate.state, InboxUpdate.attempts).distinct()
            )
            assert ended.all() == [(InboxState.DONE, 0)]
            return int(await session.scalar(text("SELECT n FROM places")) or 0)

    return taken


@asynccontextmanager
async def _both_at_work(
    database: Database, services: Services, take: Take
) -> AsyncIterator[Measures]:
    measures = Measures()
    bot = make_bot(services.settings)
    workers = [Worker(bot, database, services, take, lambda: None, measures) for _ in range(2)]
    running = [asyncio.create_task(worker.run()) for worker in workers]
    yield measures
    for worker in workers:
        worker.stop()
    await asyncio.gather(*running)


@pytest.fixture
def take_all(database: Database, content: Content, answerer: Answerer) -> TakeAll:
    settings = Settings(bot_token=TOKEN, bot_api_url="http://127.0.0.1:9", _env_file=None)
    services = Services(settings, content, answerer, utc_now)

    async def both(take: Take, people: int) -> Measures:
        updates = [
            {
                "update_id": n,
                "message": {
                    "message_id": n, "date": 1, "text": "hello",
                    "from": {"id": 100 + n, "is_bot": False, "first_name": "P"},
                    "chat": {"id": 100 + n, "type": "private"},
                },
            }
            for n in range(1, people + 1)
        ]  # fmt: skip
        await inbox.store(database, updates, utc_now())
        async with _both_at_work(database, services, take) as measures, asyncio.timeout(120):
            while measures.turns["done"] < people:
                await asyncio.sleep(0.02)
        return measures

    return both


async def test_what_they_would_both_decide_at_once_is_decided_one_after_the_other(
    take_all: TakeAll, places: Callable[[], Awaitable[int]]
) -> None:
    async def take(turn: Turn) -> None:
        taken = await turn.session.scalar(text("SELECT n FROM places"))
        await asyncio.sleep(0.01)  # the other would read the same meanwhile
        await turn.session.execute(text("UPDATE places SET n = :n"), {"n": taken + 1})

    measures = await take_all(take, CHATS)
    assert await places() == CHATS
    assert measures.turns == {"done": CHATS}, "none was done in vain"


async def test_who_changes_what_was_changed_since_she_looked_looks_again(
    database: Database, take_all: TakeAll, places: Callable[[], Awaitable[int]]
) -> None:
    """The queues wait for nobody, so they may change a row that a turn has read."""
    met = list[int]()

    async def take(turn: Turn) -> None:
        taken = await turn.session.scalar(text("SELECT n FROM places"))
        if not met:
            met.append(taken)
            async with database.write(by_key=True) as session:
                await session.execute(text("UPDATE places SET n = n + 1"))
        await turn.session.execute(text("UPDATE places SET n = :n"), {"n": taken + 1})

    measures = await take_all(take, 1)
    assert await places() == 2
    assert measures.turns == {"done": 1, "again": 1}
