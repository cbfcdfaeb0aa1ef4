"""The one way out: every message is a row before it is a request.

Handlers stage rows in the transaction that commits what they did; the courier delivers them.
A key makes staging the same message twice harmless. Lanes decide who goes first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.people.tables import Person
from bot.queues.tables import OutboxMessage

EXPIRED = "expired"
KEEP_RECEIPTS = timedelta(days=30)


class Lane(IntEnum):
    """Who goes first: an answer overtakes a note, a note overtakes what is sent to many."""

    REPLY = 0
    NOTE = 1
    REMINDER = 2
    ANNOUNCEMENT = 3


@dataclass(frozen=True)
class Delivery:
    """How one message ended: `state` is sent or dropped, or waiting for another try."""

    id: int
    state: str
    at: datetime
    message_id: int | None = None
    failure: str | None = None
    retry_at: datetime | None = None


async def stage(
    session: AsyncSession,
    *,
    key: str,
    chat_id: int,
    method: str,
    payload: dict[str, Any],
    lane: Lane,
    now: datetime,
    due: datetime | None = None,
    expires: datetime | None = None,
) -> None:
    """Put a message into the outbox; a key that is already there changes nothing.

    What has not left when it `expires` is dropped by the courier, which alone can tell.
    """
    row = {
        "key": key,
        "chat_id": chat_id,
        "method": method,
        "payload": payload,
        "lane": int(lane),
        "due_at_utc": due or now,
        "expires_at_utc": expires,
        "state": "waiting",
        "attempts": 0,
        "created_at_utc": now,
    }
    await session.execute(insert(OutboxMessage).values(row).on_conflict_do_nothing())


async def stage_many(
    session: AsyncSession, messages: list[dict[str, Any]], lane: Lane, now: datetime
) -> None:
    """Put many messages into the outbox in one statement; each has key, chat_id, method, payload.

    Keep the list short, a hundred or so: a question waits for the transaction.
    """
    shared = {"lane": int(lane), "due_at_utc": now, "state": "waiting", "attempts": 0}
    if messages:
        rows = [{**message, **shared, "created_at_utc": now} for message in messages]
        await session.execute(insert(OutboxMessage).on_conflict_do_nothing(), rows)


async def outcome(session: AsyncSession, key: str) -> tuple[str | None, int | None]:
    """Return the state of the message with this key and its id in the chat; None for unknown."""
    row = (
        await session.execute(
            select(OutboxMessage.state, OutboxMessage.message_id).where(OutboxMessage.key == key)
        )
    ).first()
    return (row[0], row[1]) if row else (None, None)


async def waiting(
    database: Database, lanes: tuple[Lane, ...], not_chats: set[int], limit: int
) -> list[OutboxMessage]:
    """Return undelivered messages in sending order, due or not, chats that must wait left out."""
    query = (
        select(OutboxMessage)
        .where(OutboxMessage.state == "waiting", OutboxMessage.lane.in_([int(x) for x in lanes]))
        .order_by(OutboxMessage.lane, OutboxMessage.id)
        .limit(limit)
    )
    if not_chats:
        query = query.where(OutboxMessage.chat_id.not_in(not_chats))
    async with database.read() as session:
        return list((await session.scalars(query)).all())


async def record(database: Database, deliveries: list[Delivery]) -> None:
    """Write down how deliveries ended, in one transaction; words are erased once delivered."""
    async with database.write() as session:
        for done in deliveries:
            values: dict[str, Any] = {"attempts": OutboxMessage.attempts + 1}
            if done.state == "waiting":
                values |= {"due_at_utc": done.retry_at, "failure": done.failure}
            else:
                values |= {
                    "state": done.state,
                    "payload": None,
                    "message_id": done.message_id,
                    "failure": done.failure,
                    "finished_at_utc": done.at,
                }
            await session.execute(
                update(OutboxMessage).where(OutboxMessage.id == done.id).values(values)
            )


async def mark_unreachable(database: Database, person_id: int, reach: str) -> None:
    """Remember that a person blocked the bot or is gone; what waits for her is dropped."""
    async with database.write() as session:
        await session.execute(update(Person).where(Person.id == person_id).values(reach=reach))
        await session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.chat_id == person_id, OutboxMessage.state == "waiting")
            .values(state="dropped", failure=reach, payload=None)
        )


async def forget_receipts(session: AsyncSession, now: datetime) -> None:
    """Delete the records of messages that ended long ago."""
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.state != "waiting", OutboxMessage.created_at_utc < now - KEEP_RECEIPTS
        )
    )


async def count_waiting(database: Database) -> int:
    """Return how many messages are not yet delivered."""
    query = select(func.count()).where(OutboxMessage.state == "waiting")
    async with database.read() as session:
        return int(await session.scalar(query) or 0)
