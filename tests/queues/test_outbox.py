"""The outbox: staged once, dropped by key, its words erased when they are of no more use."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.database import Database
from bot.people import people
from bot.people.tables import Person, Reachability
from bot.queues import deliveries, outbox
from bot.queues.deliveries import Delivery
from bot.queues.messages import Delete, Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.screen import Html
from tests.engines import BOTH
from tests.queues.undelivered import undelivered
from tests.stage import STUDENT

ENGINES = BOTH
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


async def _stage(database: Database, *keys: str, to: int = STUDENT) -> None:
    async with database.write() as session:
        for key in keys:
            await outbox.stage(
                session, Text(Html(key)), to=to, key=key, lane=Lane.NOTE, now=NOW
            )  # fmt: skip


async def _rows(database: Database) -> dict[str, OutboxMessage]:
    async with database.read() as session:
        rows = await session.scalars(select(OutboxMessage))
        return {row.key: row for row in rows}


async def _waiting(database: Database) -> list[str]:
    return [r.key for r in await undelivered(database)]


async def test_a_key_is_staged_once_alone_or_among_many(database: Database) -> None:
    await _stage(database, "a", "a")
    async with database.write() as session:
        many: list[Any] = [(Delete(1), STUDENT, "a"), (Delete(2), STUDENT, "b")]
        await outbox.stage_many(session, many, Lane.ANNOUNCEMENT, NOW)
        await outbox.stage_many(session, [], Lane.ANNOUNCEMENT, NOW)
    rows = await _rows(database)
    assert {key: row.method for key, row in rows.items()} == {
        "a": "send_message", "b": "delete_message",
    }  # fmt: skip
    assert await outbox.count_waiting(database) == 2


async def test_what_is_dropped_by_its_keys_leaves_only_why(database: Database) -> None:
    many = [f"reminder:{n}" for n in range(250)]
    await _stage(database, *many, "other")
    async with database.write() as session:
        await outbox.drop(session, keys=many, why="withdrawn", now=NOW)
    rows = await _rows(database)
    assert {(r.state, r.failure, r.payload, r.finished_at_utc)
            for r in rows.values() if r.key != "other"} == {
        (OutboxState.DROPPED, "withdrawn", None, NOW)
    }  # fmt: skip
    assert await _waiting(database) == ["other"]


async def test_a_prefix_means_itself_and_nothing_like_it(database: Database) -> None:
    await _stage(database, "relay:1_:a", "relay:1x:a", "relay:1%:a", "xrelay:1_:a")
    async with database.write() as session:
        await outbox.drop(session, prefix="relay:1_:", why="frozen", now=NOW)
    assert await _waiting(database) == ["relay:1x:a", "relay:1%:a", "xrelay:1_:a"]


async def test_what_has_left_is_not_dropped_any_more(database: Database) -> None:
    await _stage(database, "a")
    row = (await _rows(database))["a"]
    await deliveries.record(database, [Delivery(row.id, OutboxState.SENT, NOW, 5)])
    async with database.write() as session:
        await outbox.drop(session, keys=["a"], prefix="a", why="withdrawn", now=NOW)
        left = outbox.Outcome(waits=False, message_id=5, sent=True, at=NOW)
        assert await outbox.outcome(session, "a") == left
        assert await outbox.outcome(session, "b") is None


async def test_nothing_is_kept_for_one_who_cannot_be_reached(database: Database) -> None:
    async with database.write() as session:
        await people.meet(session, STUDENT, "en", NOW)
    await _stage(database, "hers", "hers too")
    await _stage(database, "another's", to=STUDENT + 1)
    first = (await _rows(database))["hers"]
    blocked = Reachability.BLOCKED
    await deliveries.record(
        database, [Delivery(first.id, OutboxState.DROPPED, NOW, failure=blocked, reach=blocked)]
    )
    rows = await _rows(database)
    for key in ("hers", "hers too"):
        ended = rows[key].state, rows[key].failure, rows[key].payload
        assert ended == (OutboxState.DROPPED, "blocked", None)
    assert await _waiting(database) == ["another's"]
    async with database.read() as session:
        person = await session.get_one(Person, STUDENT)
        assert person.reach is Reachability.BLOCKED


async def test_nothing_passes_what_waits_for_another_try_but_what_is_more_urgent(
    database: Database,
) -> None:
    later = NOW + timedelta(minutes=5)
    async with database.write() as session:
        for key, to, lane, due in (
            ("tried", STUDENT, Lane.NOTE, NOW),
            ("after it", STUDENT, Lane.NOTE, NOW),
            ("less urgent", STUDENT, Lane.REMINDER, NOW),
            ("more urgent", STUDENT, Lane.REPLY, NOW),
            ("another's", STUDENT + 1, Lane.ANNOUNCEMENT, NOW),
            ("planned", STUDENT + 1, Lane.REPLY, NOW + timedelta(minutes=2)),
        ):
            await outbox.stage(
                session, Text(Html(key)), to=to, key=key, lane=lane, now=NOW, due=due
            )  # fmt: skip
    tried = (await _rows(database))["tried"]
    await deliveries.record(
        database, [Delivery(tried.id, OutboxState.WAITING, NOW, retry_at=later)]
    )  # fmt: skip

    async def may_leave(now: datetime) -> list[str]:
        return [r.key for r in await outbox.waiting(database, tuple(Lane), set(), 99, now)]

    assert await may_leave(NOW) == ["more urgent", "another's"]
    assert await outbox.next_due(database, NOW) == NOW + timedelta(minutes=2)
    assert await may_leave(later) == [
        "more urgent", "planned", "tried", "after it", "less urgent", "another's",
    ]  # fmt: skip
    assert await outbox.next_due(database, later) is None


async def test_a_clock_that_is_set_back_lets_nothing_newer_pass(database: Database) -> None:
    await _stage(database, "older")
    now = NOW - timedelta(hours=1)
    async with database.write() as session:
        await outbox.stage(
            session, Text(Html("newer")), to=STUDENT, key="newer", lane=Lane.NOTE, now=now
        )
    rows = await outbox.waiting(database, tuple(Lane), set(), 9, now)
    assert [row.key for row in rows] == ["older", "newer"]


async def test_a_clock_that_is_set_back_holds_nothing_back_but_what_is_for_later(
    database: Database,
) -> None:
    hour = timedelta(hours=1)
    now = NOW - hour
    await _stage(database, "at once", "put off", "at its time")
    async with database.write() as session:
        await outbox.stage(
            session, Text(Html("later")), to=STUDENT, key="later", lane=Lane.NOTE, now=NOW,
            due=NOW + hour,
        )  # fmt: skip
        rows = {row.key: row for row in await session.scalars(select(OutboxMessage))}
        for key, due in (("put off", NOW + hour / 60), ("at its time", now + hour / 60)):
            rows[key].created_at_utc = now - hour
            rows[key].attempts, rows[key].due_at_utc = 3, due
    assert await outbox.let_go(database, lambda: now)
    rows = await _rows(database)
    assert {key: row.due_at_utc - now for key, row in rows.items()} == {
        "at once": timedelta(0), "put off": timedelta(0),
        "at its time": hour / 60, "later": 2 * hour,
    }  # fmt: skip
    assert not await outbox.let_go(database, lambda: now)
