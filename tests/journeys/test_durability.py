"""Nothing is lost and nothing is applied twice, whatever happens to the process or the network."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault, Person
from bot.telegram.courier import WINDOW
from tests.conftest import BotProcess, Chat, StartBot
from tests.engines import BOTH
from tests.journeys.patience import until
from tests.stage import ENGLISH_STUDENT, STUDENT

# On a server there are kills of several workers besides (`test_several_workers.py`).
MANY, KILLS = {"sqlite": 120, "postgres": 40}, {"sqlite": 3, "postgres": 1}


@pytest.mark.parametrize("engine", BOTH, indirect=True)
async def test_killed_again_and_again_while_many_people_write(
    start_bot: StartBot, server: DemoServer, engine: str
) -> None:
    """Every question is answered; only what was in flight at a kill may arrive twice."""
    bot = await start_bot()
    many, kills = MANY[engine], KILLS[engine]
    people = range(10_000, 10_000 + many)
    for person_id in people:
        server.telegram.people[person_id] = Person(person_id, "P", language_code="en")

    async def write() -> None:
        for person_id in people:
            server.telegram.says(server.telegram.people[person_id], {"text": "/help"})
            await asyncio.sleep(0.02)

    writing = asyncio.create_task(write())
    chance = random.Random(7)
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.4, 1.2))
        bot.kill()
        await bot.wait()
        await bot.start()
    await writing

    def answers(person_id: int) -> int:
        chat = server.telegram.chats[person_id]
        return sum(m["from"]["is_bot"] for m in chat)

    def counts() -> list[int]:
        return [answers(person_id) for person_id in people]

    await until(lambda: min(counts()) >= 1, counts)
    await asyncio.sleep(0.5)
    assert min(counts()) >= 1, "a question was lost"
    assert sum(counts()) - many <= kills * WINDOW, "more than what was in flight came twice"


async def test_an_update_delivered_twice_is_applied_once(
    start_bot: StartBot, chat: Chat, server: DemoServer
) -> None:
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/privacy")
    (update,) = server.telegram.updates
    await start_bot()
    await srey.sees("Your data")
    server.telegram.updates.appendleft(update)
    await srey.send("/topics")
    await srey.sees("Topics (1/")
    assert (await srey.transcript()).count("bot: Your data") == 1


async def test_a_flooded_chat_waits_and_others_do_not(
    start_bot: StartBot, chat: Chat, server: DemoServer
) -> None:
    await start_bot()
    srey, other = chat(ENGLISH_STUDENT), chat(STUDENT)
    server.telegram.faults.append(Fault("sendMessage", 429, "Too Many Requests", 2))
    await srey.send("/menu")
    await asyncio.sleep(0.2)
    await other.send("/menu")
    await other.sees("ប្អូនចង់ដឹងអ្វី")
    assert "What would" not in await srey.transcript()
    await srey.sees("What would you like to know")


async def test_a_dropped_connection_is_tried_again(
    start_bot: StartBot, chat: Chat, server: DemoServer
) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    server.telegram.faults.append(Fault("sendMessage", 0, "", drop="before", times=2))
    await srey.send("/menu")
    await srey.sees("What would you like to know")


async def test_server_errors_are_tried_again(
    start_bot: StartBot, chat: Chat, server: DemoServer
) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    server.telegram.faults.append(Fault("sendMessage", 502, "Bad Gateway", times=2))
    server.telegram.faults.append(Fault("getUpdates", 500, "Internal", times=1))
    await srey.send("/menu")
    await srey.sees("What would you like to know")


async def test_a_message_that_cannot_be_edited_is_sent_anew(
    start_bot: StartBot, chat: Chat, server: DemoServer
) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/topics")
    await srey.sees("Topics (1/")
    gone = "Bad Request: message to edit not found"
    server.telegram.faults.append(Fault("editMessageText", 400, gone))
    await srey.tap("Home")
    await srey.sees("What would you like to know")


async def test_answers_to_one_chat_keep_their_order(
    start_bot: StartBot, chat: Chat, server: DemoServer
) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    commands = ["/menu", "/topics", "/privacy", "/language", "/help"] * 4
    for command in commands:
        await srey.send(command)
    heads = {"/menu": "What would", "/topics": "Topics", "/privacy": "Your data",
             "/language": "Which language", "/help": "Do you need a real person"}  # fmt: skip
    for _ in range(400):
        said = [m["text"] for m in await srey.messages() if m["from"]["is_bot"]]
        if len(said) == len(commands):
            break
        await asyncio.sleep(0.02)
    assert [head for text in said for head in heads.values() if text.startswith(head)] == [
        heads[command] for command in commands
    ]


async def test_sigterm_stops_cleanly_and_a_second_instance_is_refused(
    start_bot: StartBot, server: DemoServer
) -> None:
    bot = await start_bot()
    second = type(bot)(server, bot.database_file.parent)
    second._log = bot.database_file.with_name("second.log")
    with pytest.raises(AssertionError, match="already running"):
        await second.start()
    assert await second.wait() == 2
    assert await bot.terminate() == 0
    assert "Traceback" not in bot.log()


async def test_a_wrong_token_is_said_plainly(server: DemoServer, tmp_path: Path) -> None:
    wrong = BotProcess(server, tmp_path, BOT_TOKEN="1:wrong")
    with pytest.raises(AssertionError, match="does not know this BOT_TOKEN"):
        await wrong.start()
    assert await wrong.wait() == 2
