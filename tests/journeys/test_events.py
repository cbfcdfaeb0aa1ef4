"""Hundreds of reminders through kill -9."""

import asyncio
import random
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.demo.server import DemoServer
from bot.demo.telegram_state import Person
from bot.telegram.courier import WINDOW
from tests.conftest import StartBot
from tests.stage import FIRST_COORDINATOR

MANY = 600


async def test_killed_while_reminding_everyone_has_exactly_one(
    start_bot: StartBot, server: DemoServer
) -> None:
    """Only what was in flight at a kill, at most the courier's window, may arrive twice."""
    bot = await start_bot(MESSAGES_PER_SECOND="250")
    await bot.terminate()
    people = range(20_000, 20_000 + MANY)
    for person_id in people:
        server.telegram.people[person_id] = Person(person_id, "P", language_code="en")
    _reminders_are_due(bot.database_file, people)
    # Once while they are being staged, then while they are being sent.
    chance, kill_after = random.Random(11), (0, 150, 350)

    def reminders(person_id: int) -> int:
        return len(server.telegram.chats[person_id])

    async def arrived(count: int) -> None:
        for _ in range(600):
            if sum(reminders(person_id) for person_id in people) >= count:
                return
            await asyncio.sleep(0.02)

    await bot.start()
    for count in kill_after:
        await arrived(count)
        await asyncio.sleep(chance.uniform(0, 0.1))
        bot.kill()
        await bot.wait()
        assert sum(map(reminders, people)) < MANY, "it was killed too late to prove anything"
        await bot.start()

    for _ in range(600):
        if all(map(reminders, people)):
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    counts = [reminders(person_id) for person_id in people]
    assert min(counts) == 1, "a reminder was lost"
    assert sum(counts) - MANY <= len(kill_after) * WINDOW, (
        "more than what was in flight came twice"
    )


def _reminders_are_due(file: Path, people: Iterable[int]) -> None:
    """Write an event that begins in 59 minutes, and hundreds who are to be told now."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    starts, due = now + timedelta(minutes=59), now - timedelta(seconds=30)
    with sqlite3.connect(file) as rows:
        rows.execute(
            "INSERT INTO events (id, kind, title, text, online, place,"
            " fields, grades, all_day, first_at_utc, series, version, state, created_by,"
            " created_at_utc) VALUES (1, 'talk', ?, '{}', 1, '', '[]', '[]', 0, ?, 0,"
            " 1, 'published', ?, ?)",
            ('{"km": "ជ", "en": "Talk"}', str(starts), FIRST_COORDINATOR, str(now)),
        )
        rows.execute(
            "INSERT INTO event_dates (id, event_id, slot, starts_at_utc, over_at_utc)"
            " VALUES (1, 1, '0', ?, ?)",
            (str(starts), str(starts + timedelta(hours=2))),
        )
        for person in people:
            rows.execute(
                "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc)"
                " VALUES (?, 'en', 1, 'reachable', ?)", (person, str(now)),
            )  # fmt: skip
            rows.execute(
                "INSERT INTO event_signups (date_id, person_id, state, queue, answered_at_utc)"
                " VALUES (1, ?, 'going', 1, ?)", (person, str(now)),
            )  # fmt: skip
            # Nobody has a night in this test, whatever the hour at which it runs.
            rows.execute(
                "INSERT INTO reminder_choices"
                " (person_id, offsets, quiet_from, quiet_until, deadlines)"
                " VALUES (?, '[60]', 0, 0, 1)", (person,),
            )  # fmt: skip
            rows.execute(
                "INSERT INTO reminders (date_id, person_id, minutes_before, starts_at_utc,"
                " due_at_utc, look_at_utc, state, late, stagings)"
                " VALUES (1, ?, 60, ?, ?, ?, 'planned', 0, 0)",
                (person, str(starts), str(due), str(due)),
            )
    rows.close()
