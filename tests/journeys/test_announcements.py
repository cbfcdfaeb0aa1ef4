"""An announcement to thousands through kill -9."""

import asyncio
import random
from collections import Counter

import pytest
from sqlalchemy import func, select

from bot.announcements.states import RecipientState
from bot.announcements.tables import Recipient
from bot.database import Database, insert_new
from bot.database.prepare import prepare
from bot.demo.conversation import Conversation
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
from bot.people import tables as people
from bot.telegram.courier import WINDOW
from tests.conftest import Chat, StartBot
from tests.engines import BOTH
from tests.stage import FIRST_COORDINATOR, OPENING, SECOND_COORDINATOR

# On each engine: PostgreSQL's has a process of its own, on the same processors.
MANY, KILLS = {"sqlite": 600, "postgres": 300}, {"sqlite": 2, "postgres": 1}
FIRST_GIRL = 10_000
KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


async def bulk(url: str, server: DemoServer, number: int) -> None:
    """Let `number` girls have written to the bot before it starts, every fourth in English."""
    await asyncio.to_thread(prepare, url)
    rows = []
    for person_id in range(FIRST_GIRL, FIRST_GIRL + number):
        language = "km" if person_id % 4 else "en"
        server.telegram.people[person_id] = Person(person_id, "P", language_code=language)
        rows.append({"id": person_id, "language": language, "joined_at_utc": OPENING})
    database = Database(url)
    async with database.write() as session:
        await insert_new(session, people.Person, *rows)
    await database.close()


async def _write(bopha: Conversation) -> None:
    """Write an announcement, up to the draft."""
    await bopha.send("/announce")
    await bopha.tap("សរសេរដំណឹងថ្មី")
    await bopha.sees("សារនេះជាប្រភេទអ្វី")
    await bopha.tap("ដំណឹង")
    await bopha.sees("សូមសរសេរសារជាភាសាខ្មែរ")
    await bopha.send("ដំណឹងអាហារូបករណ៍")
    await bopha.sees("ជាភាសាអង់គ្លេស")
    await bopha.send("Scholarship news")
    await bopha.sees("សេចក្ដីព្រាង")


@pytest.mark.parametrize("engine", BOTH, indirect=True)
async def test_killed_again_and_again_everyone_gets_exactly_one(
    start_bot: StartBot, chat: Chat, server: DemoServer, bot_database: str, engine: str
) -> None:
    """Thousands of girls, some blocked, some gone: each has one message, those in flight aside."""
    many = MANY[engine]
    await bulk(bot_database, server, many)
    girls = range(FIRST_GIRL, FIRST_GIRL + many)
    chance = random.Random(11)
    blocked, gone = chance.sample(girls, 60), []
    for number, person_id in enumerate(blocked):
        person = server.telegram.people[person_id]
        if number % 3:
            person.blocked = True
        else:
            person.deactivated = True
            gone.append(person_id)
    bot = await start_bot(MESSAGES_PER_SECOND="700")
    bopha, nary = chat(FIRST_COORDINATOR), chat(SECOND_COORDINATOR)
    await _write(bopha)
    await bopha.tap("មើល រួចផ្ញើ")
    await bopha.sees(f"ផ្ញើទៅ {str(many).translate(KHMER)} នាក់")
    await bopha.tap("សុំម្នាក់ទៀតពិនិត្យ")
    await nary.tap("យល់ព្រមឱ្យផ្ញើ")

    def copies() -> Counter[int]:
        return Counter({g: sum(m["from"]["is_bot"] for m in server.telegram.chats[g])
                        for g in girls if g in server.telegram.chats})  # fmt: skip

    kills = KILLS[engine]
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.3, 1.3))
        bot.kill()
        await bot.wait()
        assert copies().total() < many - 60, "it was over before the last kill"
        await bot.start()
    bopha._patience = 300  # on a busy machine; alone it takes some fifteen seconds
    await bopha.sees("✅ ផ្ញើរួច")
    await bopha.sees(f"សរុប៖ {str(many).translate(KHMER)}")
    counts = copies()
    reached = [g for g in girls if g not in blocked]
    assert min(counts[g] for g in reached) == 1, "somebody was left out"
    assert sum(counts.values()) - len(reached) <= kills * WINDOW, "more than what was in flight"
    database = Database(bot_database)
    async with database.read() as session:
        of_all = select(Recipient.state, func.count()).group_by(Recipient.state)
        ends = {state.value: number for state, number in await session.execute(of_all)}
        arrived = select(Recipient.person_id, Recipient.message_id).where(
            Recipient.state == RecipientState.DELIVERED
        )
        newest = (await session.execute(arrived)).all()
    await database.close()
    assert ends == {"delivered": many - 60, "blocked": 60 - len(gone), "deactivated": len(gone)}
    for person_id, message_id in newest:
        assert server.telegram.chats[person_id][-1]["message_id"] == message_id
