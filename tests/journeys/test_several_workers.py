"""Several workers on one PostgreSQL database, each killed in its turn: nothing is lost."""

import asyncio
import random

from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
from bot.telegram.courier import WINDOW
from tests.conftest import BotProcess, Chat, StartBot
from tests.journeys.patience import until
from tests.stage import ENGLISH_STUDENT

ENGINES = ("postgres",)
PEOPLE, EACH = 16, 5
FIRST = 10_000
# What each command is answered with, so that the order of answers can be read from a chat.
HEADS = {"/menu": "What would", "/topics": "Topics", "/privacy": "Your data",
         "/language": "Which language", "/help": "Do you need a real person"}  # fmt: skip


def _sends(bot: BotProcess) -> bool:
    """Whether this is the process that sends: the last that its log says of it."""
    log = bot.log_since_start()
    return log.rfind("is the courier now") > log.rfind("is the courier no more")


async def test_killed_again_and_again_they_lose_nothing_and_keep_the_order_of_every_chat(
    start_bot: StartBot, server: DemoServer, chat: Chat
) -> None:
    """One that only works is killed, and then the one that sends: the other sends within seconds."""
    bots = [await start_bot(name=name) for name in ("first", "second")]
    people = range(FIRST, FIRST + PEOPLE)
    for person_id in people:
        server.telegram.people[person_id] = Person(person_id, "P", language_code="en")

    async def write() -> None:
        for command in HEADS:
            for person_id in people:
                server.telegram.says(server.telegram.people[person_id], {"text": command})
                await asyncio.sleep(0.02)

    writing = asyncio.create_task(write())
    chance, kills = random.Random(5), 2
    for of_sender in (False, True):
        await asyncio.sleep(chance.uniform(0.6, 1.2))
        killed = next(bot for bot in bots if _sends(bot) is of_sender)
        killed.kill()
        await killed.wait()
        await killed.start()
    await writing

    def heads(person_id: int) -> list[str]:
        """Return which commands were answered, in the order of the answers, each once."""
        said = [m["text"] for m in server.telegram.chats[person_id] if m["from"]["is_bot"]]
        found = [c for text in said for c, head in HEADS.items() if text.startswith(head)]
        return list(dict.fromkeys(found))

    def answered() -> list[int]:
        return [len(heads(person_id)) for person_id in people]

    await until(lambda: min(answered()) == EACH, answered)
    assert [heads(person_id) for person_id in people] == [list(HEADS)] * PEOPLE, (
        "lost, or mixed up"
    )
    sent = sum(m["from"]["is_bot"] for p in people for m in server.telegram.chats[p])
    assert sent - PEOPLE * EACH <= kills * WINDOW, "more than what was in flight came twice"

    # One that is told to stop hands over within seconds.
    sender, other = sorted(bots, key=_sends, reverse=True)
    assert not _sends(other), "one sends at a time"
    assert await sender.terminate() == 0
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/topics")
    await srey.sees("Topics (1/")
    assert _sends(other)
