"""What is measured is what is in the database: a turn or a delivery that is kept, once."""

import asyncio
from datetime import timedelta

from bot.answering.answerer import Answerer
from bot.app import make_bot
from bot.clock import utc_now
from bot.content import Content
from bot.database import Database
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault
from bot.measures import Measures, Spread
from bot.queues import inbox, outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.screens.screen import Html
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.rate_limit import RateLimit
from bot.telegram.worker import Worker
from bot.turn import Services, Turn
from tests.stage import ENGLISH_STUDENT, STUDENT, TOKEN


async def test_a_turn_that_fails_is_counted_as_failed_and_what_it_decided_is_not(
    database: Database, content: Content, answerer: Answerer
) -> None:
    measures = Measures()
    settings = Settings(bot_token=TOKEN, _env_file=None)
    services = Services(settings, content, answerer, utc_now)

    async def take(turn: Turn) -> None:
        turn.count("question", "answered")
        turn.count("topic", "ai")
        if turn.person.id == STUDENT:
            raise ValueError

    def update(number: int, person_id: int) -> dict[str, object]:
        person = {"id": person_id, "is_bot": False, "first_name": "S"}
        chat = {"id": person_id, "type": "private"}
        said = {"message_id": 1, "date": 1, "text": "/help", "from": person, "chat": chat}
        return {"update_id": number, "message": said}

    await inbox.store(database, [update(1, STUDENT), update(2, ENGLISH_STUDENT)], utc_now())
    worker = Worker(make_bot(settings), database, services, take, lambda: None, measures)
    working = asyncio.create_task(worker.run())
    async with asyncio.timeout(10):
        while await inbox.waiting(database):
            await asyncio.sleep(0.01)
    worker.stop()
    await working
    assert measures.turns == {"done": 1, "failed": 1}
    assert measures.decisions == {("question", "answered"): 1}, "kept turns, and no pages of hers"
    assert measures.turn_seconds.up_to()[-1] == ("+Inf", 1)


async def test_how_each_delivery_ends_is_counted_in_a_few_words(
    database: Database, server: DemoServer
) -> None:
    measures, now = Measures(), utc_now()
    faults = server.telegram.faults
    faults.append(Fault("sendMessage", 429, "Too Many Requests", 1))
    faults.append(Fault("sendMessage", 500, "Internal Server Error"))
    faults.append(Fault("sendMessage", 403, "Forbidden: bot was blocked by the user"))
    faults.append(Fault("sendMessage", 400, "Bad Request: message text is empty"))
    people = (STUDENT, ENGLISH_STUDENT, 3001, 3002, 2001)
    async with database.write() as session:
        for number, person_id in enumerate(people):
            await outbox.stage(
                session, Text(Html("x")), to=person_id, key=str(number), lane=Lane.NOTE, now=now,
                expires=now - timedelta(hours=1) if person_id == 2001 else None,
            )  # fmt: skip
    bot = make_bot(Settings(bot_token=TOKEN, bot_api_url=server.root, _env_file=None))
    await bot.initialize()
    courier = Courier(bot, database, utc_now, RateLimit(1000, 0), lambda _: b"", measures)
    delivering = asyncio.create_task(courier.run())
    async with asyncio.timeout(15):
        while await outbox.count_waiting(database):
            await asyncio.sleep(0.05)
    courier.stop()
    await delivering
    await bot.shutdown()
    assert measures.deliveries == {
        ("note", "flood"): 1, ("note", "retry"): 1, ("note", "blocked"): 1,
        ("note", "refused"): 1, ("note", "expired"): 1, ("note", "sent"): 2,
    }  # fmt: skip
    assert measures.delivery_seconds["note"].up_to()[-1] == ("+Inf", 2)


def test_a_spread_counts_what_took_no_longer_than_each_bound() -> None:
    spread = Spread()
    for seconds in (0.0, 0.01, 0.011, 299.0, 1e6):
        spread.add(seconds)
    found = dict(spread.up_to())
    assert (found["0.01"], found["0.025"], found["300.0"], found["+Inf"]) == (2, 3, 4, 5)
    assert spread.seconds == 1e6 + 299.021
