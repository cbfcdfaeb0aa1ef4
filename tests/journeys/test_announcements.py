"""Announcements over real HTTP: written and agreed to in the chat, and through kill -9."""

import asyncio
import random
import sqlite3
from collections import Counter
from pathlib import Path

from bot.database.migrate import migrate
from bot.demo.telegram_state import Person
from bot.telegram.courier import WINDOW
from handlers.answering.topics import TOPICS_A_PAGE
from tests.conftest import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT

MANY = 5000
FIRST_GIRL = 10_000
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cf50cf000004820181b8d4a2d00000000049454e44ae426082"
)


def bulk(file: Path, server, number: int) -> None:
    """Let `number` girls have written to the bot before it starts, every fourth in English."""
    migrate(file)
    rows = []
    for person_id in range(FIRST_GIRL, FIRST_GIRL + number):
        language = "km" if person_id % 4 else "en"
        server.telegram.people[person_id] = Person(person_id, "P", language_code=language)
        rows.append((person_id, language, "2026-11-24 09:00:00"))
    with sqlite3.connect(file) as database:
        database.executemany(
            "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc) "
            "VALUES (?, ?, 1, 'reachable', ?)", rows,
        )  # fmt: skip
    database.close()


async def _write(bopha, khmer: str = "ដំណឹងអាហារូបករណ៍", english: str = "Scholarship news") -> None:
    """Write an announcement, up to the draft."""
    await bopha.send("/announce")
    await bopha.tap("សរសេរដំណឹងថ្មី")
    await bopha.sees("សារនេះជាប្រភេទអ្វី")
    await bopha.tap("ដំណឹង")
    await bopha.sees("សូមសរសេរសារជាភាសាខ្មែរ")
    await bopha.send(khmer)
    await bopha.sees("ជាភាសាអង់គ្លេស")
    await bopha.send(english)
    await bopha.sees("សេចក្ដីព្រាង")


async def test_from_the_first_word_to_the_report(start_bot, chat, content) -> None:
    await start_bot()
    srey, chantha = chat(STUDENT), chat(ENGLISH_STUDENT)
    bopha = chat(FIRST_COORDINATOR)
    for person in (srey, chantha):
        await person.send("/start")
        await person.tap("English" if person is chantha else "ខ្មែរ")
    await _write(bopha)
    await bopha.tap("រូបភាព")
    await bopha.send("words")
    await bopha.sees("នេះមិនមែនជារូបថតទេ")
    await bopha.send_picture(PICTURE)
    await bopha.sees("រូបភាព៖ មាន")
    await bopha.tap("ប៊ូតុង")
    await bopha.tap("ចម្លើយមួយ")
    await bopha.sees("ប្រធានបទណា")
    place = next(n for n, t in enumerate(content.topics) if content.in_topic(t.id))
    for page in range(place // TOPICS_A_PAGE):
        await bopha.tap("បន្ទាប់ ›")
        await bopha.sees(f"({'១២៣៤'[page + 1]}/")
    await bopha.tap(content.topics[place].label.get("km"))
    await bopha.sees("ចម្លើយណា")
    await bopha.tap((await bopha.buttons())[0])
    await bopha.sees("ប៊ូតុង៖ 📖")
    await bopha.tap("ផ្ញើទៅ (២)")
    await bopha.tap("ភាសា")
    await bopha.tap("English")
    await bopha.sees("ឥឡូវ៖ ១ នាក់")
    await bopha.tap("English")
    await bopha.sees("ឥឡូវ៖ ២ នាក់")
    await bopha.tap("ត្រឡប់ក្រោយ")
    await bopha.tap("ត្រឡប់ទៅសេចក្ដីព្រាង")
    await bopha.tap("មើល រួចផ្ញើ")
    await bopha.sees("Scholarship news")
    await bopha.sees("ផ្ញើទៅ ២ នាក់")
    await bopha.tap("ផ្ញើឥឡូវ")
    got = await srey.sees("ដំណឹងអាហារូបករណ៍")
    assert got["photo"]
    await chantha.sees("Scholarship news")
    await bopha.sees("✅ បានទៅដល់៖ ២")
    await chantha.tap("Read more")
    await chantha.sees("Last reviewed")
    assert "Scholarship news" in await chantha.transcript(), "it stays to be read again"


async def test_no_more_of_these_is_one_tap_and_help_still_works(start_bot, chat) -> None:
    await start_bot()
    srey, chantha, bopha = chat(STUDENT), chat(ENGLISH_STUDENT), chat(FIRST_COORDINATOR)
    for person in (srey, chantha):
        await person.send("/start")
        await person.tap("English")

    async def announce(words: str) -> None:
        await _write(bopha, "ដំណឹង", words)
        await bopha.tap("មើល រួចផ្ញើ")
        await bopha.tap("ផ្ញើឥឡូវ")
        await chantha.sees(words)

    await announce("First")
    await srey.sees("First")
    await srey.tap("No more of these")
    await srey.sees("I will not send you “News”")
    await srey.send("/help")
    await srey.sees("1280")
    await announce("Second")
    await bopha.sees("សរុប៖ ១")
    assert "Second" not in await srey.transcript()
    await srey.send("/start")
    await srey.sees("I am sending you messages again: News")
    await announce("Third")
    await srey.sees("Third")


async def test_a_second_coordinator_agrees_and_it_can_be_corrected_and_taken_back(
    start_bot, chat
) -> None:
    await start_bot(ANNOUNCE_APPROVAL_ABOVE="1")
    srey, chantha = chat(STUDENT), chat(ENGLISH_STUDENT)
    bopha, nary = chat(FIRST_COORDINATOR), chat(SECOND_COORDINATOR)
    for person in (srey, chantha, nary):
        await person.send("/start")
        await person.tap("English")
    await _write(bopha, english="Aply by Friday")
    await bopha.tap("មើល រួចផ្ញើ")
    await bopha.tap("សុំម្នាក់ទៀតពិនិត្យ")
    await nary.sees("Aply by Friday")
    await nary.sees("asks you to check this announcement")
    assert "Aply" not in await chantha.transcript()
    # A student who forges the button changes nothing and is told nothing.
    await srey.forge("cast:yes:1:4")
    await srey.sees("What would you like to know")
    await nary.tap("Agree, send it")
    await chantha.sees("Aply by Friday")
    await bopha.sees("✅ បានទៅដល់៖ ២")
    await bopha.tap("កែ")
    await bopha.send("ដាក់ពាក្យមុនថ្ងៃសុក្រ")
    await bopha.sees("ជាភាសាអង់គ្លេស")
    await bopha.send("Apply by Friday")
    await bopha.tap("កែសម្រាប់ទាំងអស់គ្នា")
    await nary.tap("Agree, correct it")
    await chantha.sees("Apply by Friday")
    await srey.sees("Apply by Friday")
    assert "Aply" not in await chantha.transcript(), "the old words are gone"
    await bopha.sees("បានកែ៖ ២")
    await bopha.tap("ដកវិញ")
    await bopha.tap("ដកវិញពីទាំងអស់គ្នា")
    await bopha.sees("បានដកវិញ៖ ២")
    for person in (srey, chantha):
        assert "Apply" not in await person.transcript()


async def test_killed_again_and_again_everyone_gets_exactly_one(
    start_bot, chat, server, tmp_path
) -> None:
    """5,000 girls, some blocked, some gone: each has one message, those in flight aside."""
    await asyncio.to_thread(bulk, tmp_path / "bot.sqlite", server, MANY)
    girls = range(FIRST_GIRL, FIRST_GIRL + MANY)
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
    await bopha.sees("ផ្ញើទៅ ៥០០០ នាក់")
    await bopha.tap("សុំម្នាក់ទៀតពិនិត្យ")
    await nary.tap("យល់ព្រមឱ្យផ្ញើ")

    def copies() -> Counter[int]:
        return Counter({g: sum(m["from"]["is_bot"] for m in server.telegram.chats[g])
                        for g in girls if g in server.telegram.chats})  # fmt: skip

    kills = 4
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.3, 1.3))
        bot.kill()
        await bot.wait()
        assert copies().total() < MANY - 60, "it was over before the last kill"
        await bot.start()
    bopha._patience = 120  # on a busy machine; alone it takes some fifteen seconds
    await bopha.sees("✅ ផ្ញើរួច")
    await bopha.sees("សរុប៖ ៥០០០")
    counts = copies()
    reached = [g for g in girls if g not in blocked]
    assert min(counts[g] for g in reached) == 1, "somebody was left out"
    assert sum(counts.values()) - len(reached) <= kills * WINDOW, "more than what was in flight"
    with sqlite3.connect(bot.database_file) as database:
        ends = dict(database.execute("SELECT state, count(*) FROM recipients GROUP BY state"))
        newest = database.execute(
            "SELECT person_id, message_id FROM recipients WHERE state = 'delivered'"
        ).fetchall()
    database.close()
    assert ends == {"delivered": MANY - 60, "blocked": 60 - len(gone), "deactivated": len(gone)}
    for person_id, message_id in newest:
        assert server.telegram.chats[person_id][-1]["message_id"] == message_id
