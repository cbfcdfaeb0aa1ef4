"""Several workers take updates side by side: a chat is with one of them at a time, and in order."""

import asyncio
from datetime import timedelta

import pytest

from bot.database import Database
from bot.queues import inbox
from bot.queues.claims import Claims
from tests.stage import OPENING

ENGINES = ("postgres",)


async def _write(database: Database, *of: tuple[int, int]) -> None:
    """Let people write: (number of the update, whose)."""
    updates = [
        {"update_id": n, "message": {"message_id": n, "chat": {"id": who, "type": "private"}}}
        for n, who in of
    ]
    await inbox.store(database, updates, OPENING)


async def _take(worker: Claims) -> list[int]:
    return [row.update_id for row in await worker.take()]


async def _finish(database: Database, worker: Claims, number: int) -> None:
    async with database.write() as session:
        await inbox.finish(session, number, worker.worker)


async def test_each_has_other_chats_and_all_that_waits_in_them(database: Database) -> None:
    one, other = Claims(database), Claims(database)
    await _write(database, (1, 7), (2, 8), (3, 7))
    assert await _take(one) == [1, 2, 3]
    await _write(database, (4, 7), (5, 9))
    assert await _take(other) == [5]
    for number in (1, 2, 3):
        await _finish(database, one, number)
    assert await _take(other) == [4, 5]


async def test_at_one_moment_none_is_taken_twice(database: Database) -> None:
    workers = [Claims(database) for _ in range(6)]
    await _write(database, *((n, n % 40) for n in range(1, 121)))
    taken = await asyncio.gather(*(_take(worker) for worker in workers))
    numbers = [number for of_one in taken for number in of_one]
    assert len(numbers) == len(set(numbers))
    chats = [{number % 40 for number in of_one} for of_one in taken]
    assert sum(map(len, chats)) == len(set().union(*chats))


async def test_what_a_dead_worker_had_goes_to_another_when_its_claim_is_over(
    database: Database,
) -> None:
    dead, other = Claims(database, timedelta(0)), Claims(database)
    await _write(database, (1, 7), (2, 7))
    assert await _take(dead) == [1, 2]
    assert await _take(other) == [1, 2]


async def test_a_slow_worker_cannot_finish_what_another_has_taken(database: Database) -> None:
    slow, other = Claims(database, timedelta(0)), Claims(database)
    await _write(database, (1, 7))
    await _take(slow)
    await _take(other)
    with pytest.raises(inbox.NotOursError):
        await _finish(database, slow, 1)
    await _finish(database, other, 1)
    with pytest.raises(inbox.NotOursError):
        await _finish(database, other, 1)


async def test_a_worker_that_stops_lets_go_at_once(database: Database) -> None:
    one, other = Claims(database), Claims(database)
    await _write(database, (1, 7))
    await _take(one)
    assert await _take(other) == []
    await one.release()
    assert await _take(other) == [1]


async def test_an_older_update_that_comes_late_waits_while_its_chat_is_taken(
    database: Database,
) -> None:
    one, other = Claims(database), Claims(database)
    await _write(database, (5, 7))
    await _take(one)
    await _write(database, (4, 7))
    assert await _take(other) == []
    await _finish(database, one, 5)
    assert await _take(other) == [4]


async def test_nor_can_it_give_up_what_another_has_taken(database: Database) -> None:
    slow, other = Claims(database, timedelta(0)), Claims(database)
    await _write(database, (1, 7))
    await _take(slow)
    await _take(other)
    await _finish(database, other, 1)
    for worker in (slow, other):
        with pytest.raises(inbox.NotOursError):
            async with database.write() as session:
                await inbox.count_attempt(session, 1, worker.worker)
