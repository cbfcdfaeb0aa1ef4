"""What is of no more use, or no message at all, is never sent and holds nobody up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import make_bot
from bot.clock import utc_now
from bot.database import Database, insert_new
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault
from bot.people import people
from bot.people.tables import Person, Reachability
from bot.queues import deliveries, outbox
from bot.queues.deliveries import Delivery
from bot.queues.messages import DeleteMany, Drawing, Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.drawing import Recipe
from bot.screens.screen import Html
from bot.settings import Settings
from bot.telegram.courier import Courier
from bot.telegram.rate_limit import RateLimit
from tests.queues.undelivered import undelivered
from tests.stage import STUDENT, TOKEN


def _draw(recipe: Recipe) -> bytes:
    """Fail as a library may that says what it was given."""
    raise ValueError(f"no picture of {recipe}")


@asynccontextmanager
async def _courier(
    database: Database, server: DemoServer, pace: RateLimit | None = None
) -> AsyncIterator[tuple[Courier, asyncio.Task[None]]]:
    bot = make_bot(Settings(bot_token=TOKEN, bot_api_url=server.root, _env_file=None))
    await bot.initialize()
    courier = Courier(bot, database, utc_now, pace or RateLimit(1000, 0), _draw)
    running = asyncio.create_task(courier.run())
    try:
        yield courier, running
    finally:
        courier.stop()
        await running
        await bot.shutdown()


async def _deliver(database: Database, server: DemoServer, pace: RateLimit | None = None) -> None:
    """Let the courier work until nothing waits."""
    async with _courier(database, server, pace):
        while await outbox.count_waiting(database):
            await asyncio.sleep(0.01)


async def _stage(
    database: Database, key: str, now: datetime, expires: datetime | None = None
) -> None:
    async with database.write() as session:
        await outbox.stage(
            session, Text(Html(key)), to=STUDENT, key=key, lane=Lane.REMINDER, now=now,
            expires=expires,
        )  # fmt: skip


async def _row(database: Database, key: str) -> OutboxMessage:
    async with database.read() as session:
        query = select(OutboxMessage).where(OutboxMessage.key == key)
        return (await session.scalars(query)).one()


async def test_an_expired_message_is_dropped_and_the_next_is_sent(
    database: Database, server: DemoServer
) -> None:
    now = utc_now()
    for key, expires in (("old", now), ("new", now + timedelta(hours=1)), ("any", None)):
        await _stage(database, key, now, expires)
    await _deliver(database, server)
    assert [m["text"] for m in server.telegram.chats[STUDENT]] == ["new", "any"]
    row = await _row(database, "old")
    assert (row.state, row.failure, row.payload) == (OutboxState.DROPPED, outbox.EXPIRED, None)


async def test_a_row_that_is_no_message_is_dropped_and_the_next_is_sent(
    database: Database, server: DemoServer, caplog: pytest.LogCaptureFixture
) -> None:
    now = utc_now()
    broken = {
        "key": "broken", "chat_id": STUDENT, "method": "send_song",
        "payload": {"text": "secret words"}, "lane": int(Lane.REPLY), "due_at_utc": now,
        "state": "waiting", "attempts": 0, "created_at_utc": now,
    }  # fmt: skip
    async with database.write() as session:
        await insert_new(session, OutboxMessage, broken)
    await _stage(database, "next", now)
    await _deliver(database, server)
    assert [m["text"] for m in server.telegram.chats[STUDENT]] == ["next"]
    row = await _row(database, "broken")
    assert (row.state, row.failure, row.payload) == (
        OutboxState.DROPPED, outbox.UNREADABLE, None,
    )  # fmt: skip
    assert "cannot be read" in caplog.text
    assert "secret words" not in caplog.text


async def test_a_picture_that_cannot_be_drawn_tells_the_log_nothing_of_her(
    database: Database, server: DemoServer, caplog: pytest.LogCaptureFixture
) -> None:
    card = Drawing({"draw": "card", "wish": "secret words"}, Html("secret words"))
    async with database.write() as session:
        await outbox.stage(session, card, to=STUDENT, key="card", lane=Lane.REPLY, now=utc_now())
    await _deliver(database, server)
    assert "cannot be sent as it is: ValueError" in caplog.text
    assert "secret words" not in caplog.text


async def test_what_was_sent_is_recorded_though_the_stop_comes_while_it_is_being_recorded(
    database: Database, server: DemoServer
) -> None:
    """Or the next start would send it again."""
    await _stage(database, "once", utc_now())
    async with _courier(database, server) as (courier, running):
        async with database.write():
            while not server.telegram.chats[STUDENT]:
                await asyncio.sleep(0.01)
            # The recorder stands before the door of the database, and is called away from it.
            await asyncio.sleep(0.3)
            courier.stop()
            await asyncio.wait([running], timeout=0.2)
        await running
    assert (await _row(database, "once")).state is OutboxState.SENT


class _FullDisk(Database):
    """A database that nothing can be written to while its disk is full."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.full = True
        self.refused = 0

    @asynccontextmanager
    async def write(
        self, *, short: bool = False, by_key: bool = False
    ) -> AsyncIterator[AsyncSession]:
        if self.full:
            self.refused += 1
            raise OSError(28, "No space left on device")
        async with super().write(short=short, by_key=by_key) as session:
            yield session


async def test_how_it_ended_is_written_down_as_soon_as_the_disk_has_room_again(
    database: Database, server: DemoServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A block too: until then her place is taken, and without it for ever."""
    await _stage(database, "lost", utc_now())
    server.telegram.people[STUDENT].blocked = True
    disk = _FullDisk(database.url)
    async with _courier(disk, server):
        while not disk.refused:
            await asyncio.sleep(0.01)
        disk.full = False
        async with asyncio.timeout(5):
            while await outbox.count_waiting(database):
                await asyncio.sleep(0.01)
    await disk.close()
    assert (await _row(database, "lost")).failure == Reachability.BLOCKED
    assert "OSError" in caplog.text


@pytest.mark.parametrize(
    ("why", "reach"),
    [
        ("Bad Request: PEER_ID_INVALID", Reachability.DEACTIVATED),
        ("Bad Request: INPUT_USER_DEACTIVATED", Reachability.DEACTIVATED),
        ("Bad Request: user is deactivated", Reachability.DEACTIVATED),
        ("Bad Request: chat not found", Reachability.DEACTIVATED),
        ("Bad Request: USER_IS_BLOCKED", Reachability.BLOCKED),
    ],
)
async def test_who_cannot_be_reached_is_written_to_no_more_though_telegram_says_400(
    database: Database, server: DemoServer, why: str, reach: Reachability
) -> None:
    async with database.write() as session:
        await people.meet(session, STUDENT, "km", utc_now())
    server.telegram.faults.append(Fault("sendMessage", 400, why))
    await _stage(database, "lost", utc_now())
    await _deliver(database, server)
    assert (await _row(database, "lost")).failure == reach
    async with database.read() as session:
        assert (await session.get_one(Person, STUDENT)).reach is reach


async def test_what_waited_for_days_is_not_given_up_at_its_first_failure(
    database: Database, server: DemoServer
) -> None:
    """It was switched off, or for one who was not at her phone: it has not been tried for a day."""
    server.telegram.faults.append(Fault("sendMessage", 500, "Internal Server Error"))
    await _stage(database, "held", utc_now() - timedelta(days=3))
    async with _courier(database, server):
        while not (await _row(database, "held")).attempts:
            await asyncio.sleep(0.01)
    assert (await _row(database, "held")).state is OutboxState.WAITING


class _Counting(RateLimit):
    """Counts the calls that left and that were answered."""

    left = answered = 0

    def sent(self, chat_id: int, now: float, *, edit: bool = False) -> None:
        self.left += 1
        super().sent(chat_id, now, edit=edit)

    def landed(self, chat_id: int, now: float, *, edit: bool = False) -> None:
        self.answered += 1
        super().landed(chat_id, now, edit=edit)


async def test_messages_that_are_taken_away_one_by_one_keep_to_the_limits_as_well(
    database: Database, server: DemoServer
) -> None:
    why = "Bad Request: message can't be deleted"
    server.telegram.faults.append(Fault("deleteMessages", 400, why))
    many = DeleteMany(tuple(range(1, 21)))
    async with database.write() as session:
        await outbox.stage(session, many, to=STUDENT, key="all", lane=Lane.REPLY, now=utc_now())
    pace = _Counting(1000, 0)
    await _deliver(database, server, pace)
    calls = [c for c in server.telegram.calls if c["method"].lower() == "deletemessage"]
    assert len(calls) == 20
    assert pace.left == pace.answered == 21


async def test_a_message_that_hangs_does_not_hold_up_the_stop(
    database: Database, server: DemoServer
) -> None:
    """It stays in the outbox, and the next process sends it."""
    server.telegram.faults.append(Fault("sendMessage", 0, "", delay=30))
    await _stage(database, "hangs", utc_now())
    async with _courier(database, server) as (courier, running):
        while not any(call["method"] == "sendMessage" for call in server.telegram.calls):
            await asyncio.sleep(0.01)
        courier.stop(within_seconds=0)
        await asyncio.wait_for(running, 2)
    assert (await _row(database, "hangs")).state is OutboxState.WAITING


async def test_what_was_sent_is_recorded_though_the_disk_is_full_when_the_stop_comes(
    database: Database, server: DemoServer, tmp_path: Path
) -> None:
    await _stage(database, "once", utc_now())
    disk = _FullDisk(database.url)
    async with _courier(disk, server) as (courier, running):
        while not server.telegram.chats[STUDENT]:
            await asyncio.sleep(0.01)
        courier.stop()
        while not (disk.refused or running.done()):
            await asyncio.sleep(0.01)
        disk.full = False
        await running
    await disk.close()
    assert (await _row(database, "once")).state is OutboxState.SENT


async def test_a_newcomer_is_answered_though_very_many_wait_for_another_try(
    database: Database, server: DemoServer
) -> None:
    now = utc_now()
    async with database.write() as session:
        many = [(Text(Html("after an outage")), number, f"old:{number}") for number in range(150)]
        await outbox.stage_many(session, many, Lane.REPLY, now)
    waiting = await undelivered(database)
    later = now + timedelta(minutes=5)
    await deliveries.record(
        database, [Delivery(row.id, OutboxState.WAITING, now, retry_at=later) for row in waiting]
    )
    async with _courier(database, server) as (courier, _):
        await _stage(database, "new", now)
        courier.wake()
        async with asyncio.timeout(5):
            while not server.telegram.chats[STUDENT]:
                await asyncio.sleep(0.01)
    assert await outbox.count_waiting(database) == 150
