"""Copies made while people write are whole, and a restore under way loses nothing that was copied."""

import asyncio
from pathlib import Path

from bot.clock import utc_now
from bot.database import copies
from bot.database.backup import back_up
from bot.database.counted import counted
from bot.database.migrate import migrate
from bot.database.restore import restore
from bot.database.sealed import new_key
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
from tests.conftest import Chat, StartBot
from tests.stage import ENGLISH_STUDENT

MANY = 60


async def test_a_copy_of_a_bot_under_load_comes_back_with_the_same_counts(
    start_bot: StartBot, chat: Chat, server: DemoServer, tmp_path: Path
) -> None:
    key = tmp_path / "key.txt"
    bot = await start_bot(BACKUP_HOURS="0.0005", BACKUP_KEYS=new_key(key, utc_now()))
    file, folder = bot.database_file, bot.database_file.parent / "backups"
    for number in range(MANY):
        person = Person(10_000 + number, "P", language_code="en")
        server.telegram.people[person.id] = person
        server.telegram.says(person, {"text": "/help"})
        await asyncio.sleep(0.02)
    by_hand = tmp_path / "by-hand.sqlite"
    held = await asyncio.to_thread(back_up, file, by_hand)
    for number in range(MANY):
        server.telegram.says(server.telegram.people[10_000 + number], {"text": "/topics"})
    async with asyncio.timeout(60):
        while len(copies.copies(folder)) < 2 or counted(file)["people"] < MANY:
            await asyncio.sleep(0.1)
    assert await bot.terminate() == 0
    at_the_end = counted(file)
    assert at_the_end["people"] == MANY

    sealed = copies.copies(folder)[0].file
    done = restore(sealed, file, key)
    assert counted(file) == done.counts
    assert done.kept is not None
    assert counted(done.kept) == at_the_end, "what was there is kept"

    restore(by_hand, file)
    migrate(file)
    assert counted(file) == held, "what was copied under load, and nothing else"
    await bot.start()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/privacy")
    await srey.sees("Your data")
