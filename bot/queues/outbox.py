"""The one way out: every message is a row before it is a request.

Handlers stage rows in the transaction that commits what they did; the courier delivers them.
A key makes staging the same message twice harmless. Lanes decide who goes first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.database import Database, count, deleted, insert_new
from bot.people import chats, switches
from bot.people.tables import Phone
from bot.queues.messages import Outgoing
from bot.queues.tables import OutboxMessage, OutboxState

# Why a message waits: whom it is for has tidied her chat, and is not there again.
HELD = "held"
# Why the courier drops what it could send, beside the reasons that Telegram gives.
EXPIRED = "expired"
UNREADABLE = "unreadable"
# What the keys begin with of last words to one who erased herself: no receipt is kept.
FAREWELL = "farewell:"
# What shows nothing: it leaves whoever is on a phone that several use (`bot/people/phones.py`).
_OF_THE_CHAT = ("delete_message", "delete_messages", "set_my_commands", "delete_my_commands")
# What comes as a message of its own.
NEW = ("send_message", "send_photo", "send_document")
_DROPPED_AT_ONCE = 100
KEEP_RECEIPTS = timedelta(days=30)
# Nothing that could not be sent is put off for longer, unless Telegram says so.
LONGEST_PAUSE = timedelta(minutes=5)


class Lane(IntEnum):
    """Who goes first: an answer overtakes a note, a note overtakes what is sent to many."""

    REPLY = 0
    NOTE = 1
    REMINDER = 2
    ANNOUNCEMENT = 3


async def stage(
    session: AsyncSession,
    message: Outgoing,
    *,
    to: int,
    key: str,
    lane: Lane,
    now: datetime,
    due: datetime | None = None,
    expires: datetime | None = None,
) -> None:
    """Put a message into the outbox; a key that is already there changes nothing.

    What has not left when it `expires` is dropped by the courier, which alone can tell.
    """
    row = _row(message, to, key, lane, now)
    await insert_new(
        session, OutboxMessage, row | {"due_at_utc": due or now, "expires_at_utc": expires}
    )


async def stage_many(
    session: AsyncSession, messages: Iterable[tuple[Outgoing, int, str]], lane: Lane, now: datetime
) -> None:
    """Put many messages into the outbox in one statement; each with whom it is for and its key.

    Keep the list short, a hundred or so: a question waits for the transaction.
    """
    rows = (_row(message, to, key, lane, now) for message, to, key in messages)
    await insert_new(session, OutboxMessage, *rows)


def _row(message: Outgoing, to: int, key: str, lane: Lane, now: datetime) -> dict[str, Any]:
    method, payload = message.stored()
    return {
        "key": key,
        "chat_id": to,
        "method": method,
        "payload": payload,
        "lane": int(lane),
        "due_at_utc": now,
        "state": OutboxState.WAITING,
        "attempts": 0,
        "created_at_utc": now,
    }


async def drop(
    session: AsyncSession,
    *,
    keys: Sequence[str] = (),
    prefix: str | None = None,
    why: str,
    now: datetime,
) -> None:
    """Let what waits go unsent: the messages with these keys, or with keys that begin so."""
    if prefix is not None:
        await drop_where(session, OutboxMessage.key.startswith(prefix, autoescape=True), why, now)
    for start in range(0, len(keys), _DROPPED_AT_ONCE):
        some = keys[start : start + _DROPPED_AT_ONCE]
        await drop_where(session, OutboxMessage.key.in_(some), why, now)


async def drop_where(
    session: AsyncSession, which: ColumnElement[bool], why: str, now: datetime
) -> None:
    """Let those that wait go unsent, of which this holds."""
    await session.execute(
        update(OutboxMessage)
        .where(which, OutboxMessage.state == OutboxState.WAITING)
        .values(state=OutboxState.DROPPED, failure=why, payload=None, finished_at_utc=now)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True)
class Outcome:
    """What became of a message: whether it waits or was sent, its id in the chat, and when."""

    waits: bool
    message_id: int | None
    sent: bool
    at: datetime | None = None

    @property
    def failed(self) -> bool:
        """Whether it never arrived and never will."""
        return not self.waits and not self.sent


async def outcome(session: AsyncSession, key: str) -> Outcome | None:
    """Return what became of the message with this key; None for unknown."""
    return (await outcomes(session, (key,))).get(key)


async def outcomes(session: AsyncSession, keys: Sequence[str]) -> dict[str, Outcome]:
    """Return what became of the messages with these keys; unknown ones are left out."""
    query = select(
        OutboxMessage.key,
        OutboxMessage.state,
        OutboxMessage.message_id,
        OutboxMessage.finished_at_utc,
    ).where(OutboxMessage.key.in_(keys))
    return {
        key: Outcome(state is OutboxState.WAITING, message_id, state is OutboxState.SENT, at)
        for key, state, message_id, at in await session.execute(query)
    }


async def waiting(
    database: Database,
    lanes: tuple[Lane, ...],
    not_chats: set[int],
    limit: int,
    now: datetime,
) -> list[OutboxMessage]:
    """Return what may leave in sending order, chats that must wait left out.

    It is due, and in no chat whose message waits for another try: that keeps its place, and
    nothing of its lane or a later one must pass it. What is for one of several on a phone leaves
    only while she is here, and what is sent to many only while it is not switched off.
    """
    held = (
        select(OutboxMessage.chat_id, func.min(OutboxMessage.lane).label("lane"))
        .where(_later(now), OutboxMessage.attempts > 0)
        .group_by(OutboxMessage.chat_id)
        .subquery()
    )
    query = (
        select(OutboxMessage)
        .outerjoin(held, held.c.chat_id == OutboxMessage.chat_id)
        .where(
            OutboxMessage.state == OutboxState.WAITING,
            OutboxMessage.lane.in_([int(lane) for lane in lanes]),
            is_due(now),
            or_(held.c.lane.is_(None), held.c.lane > OutboxMessage.lane),
            ~waits_for_her(),
            ~is_switched_off(now),
        )
        .order_by(OutboxMessage.lane, OutboxMessage.id)
        .limit(limit)
    )
    if not_chats:
        query = query.where(chats.chat_in(OutboxMessage.chat_id).not_in(not_chats))
    async with database.read() as session:
        return list((await session.scalars(query)).all())


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return that a message may leave: its time has come, or it was to leave at once.

    A clock that was set back puts the latter into the future, and newer ones would pass it.
    """
    return or_(OutboxMessage.due_at_utc <= now, _from_future(now))


def _from_future(now: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.created_at_utc > now,
        OutboxMessage.due_at_utc <= OutboxMessage.created_at_utc,
    )


def waits_for_her() -> ColumnElement[bool]:
    """Return that a message is for somebody on whose phone another is here, or nobody.

    Or for one who had pages there and erased herself: what is still written to her in a case is
    not for the others.
    """
    whose = OutboxMessage.chat_id
    not_here = exists().where(
        Phone.chat_id == chats.chat_in(whose), Phone.in_use.is_distinct_from(whose)
    )
    return and_(not_here, ~chats.is_door(whose), OutboxMessage.method.not_in(_OF_THE_CHAT))


def is_switched_off(now: datetime) -> ColumnElement[bool]:
    """Return that a message is for many, while coordinators let nothing of that kind leave.

    What has expired meanwhile is for the courier to drop, which alone knows what is on its way.
    """
    unexpired = or_(OutboxMessage.expires_at_utc.is_(None), OutboxMessage.expires_at_utc > now)
    return and_(OutboxMessage.lane == int(Lane.ANNOUNCEMENT), unexpired, switches.is_off())


async def expire(session: AsyncSession, prefix: str, lane: Lane, now: datetime) -> None:
    """Let what waits with such keys in a lane not leave any more; what is on its way arrives."""
    await session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.WAITING,
            OutboxMessage.lane == int(lane),
            OutboxMessage.key.startswith(prefix, autoescape=True),
            OutboxMessage.expires_at_utc.is_(None),
        )
        .values(expires_at_utc=now)
        .execution_options(synchronize_session=False)
    )


async def next_due(database: Database, now: datetime) -> datetime | None:
    """Return when the first of those is due that are not due yet."""
    async with database.read() as session:
        return await session.scalar(select(func.min(OutboxMessage.due_at_utc)).where(_later(now)))


def _later(now: datetime) -> ColumnElement[bool]:
    return and_(OutboxMessage.state == OutboxState.WAITING, OutboxMessage.due_at_utc > now)


def _held_back(now: datetime) -> ColumnElement[bool]:
    """What waits for a time that only a clock since set back can have meant.

    What was to leave at once but is from the future, and what is put off for longer than anything
    is. What Telegram does not want yet stays with the courier, which knows for how long.
    """
    put_off = (OutboxMessage.attempts > 0) & (OutboxMessage.due_at_utc > now + LONGEST_PAUSE)
    return (OutboxMessage.state == OutboxState.WAITING) & (_from_future(now) | put_off)


async def let_go(database: Database, clock: Clock) -> bool:
    """Let leave what a clock that was set back holds; return whether there was anything."""
    async with database.read() as session:
        held = select(OutboxMessage.id).where(_held_back(clock())).limit(1)
        if await session.scalar(held) is None:
            return False
    async with database.write() as session:
        now = clock()
        await session.execute(
            update(OutboxMessage)
            .where(_held_back(now))
            .values(
                created_at_utc=case(
                    (
                        OutboxMessage.created_at_utc > now,
                        literal(now, OutboxMessage.created_at_utc.type),
                    ),
                    else_=OutboxMessage.created_at_utc,
                ),
                due_at_utc=now,
            )
            .execution_options(synchronize_session=False)
        )
    return True


async def forget_receipts(session: AsyncSession, now: datetime) -> int:
    """Delete the records of messages that ended long ago; return how many."""
    return await deleted(
        session,
        delete(OutboxMessage).where(
            OutboxMessage.state != OutboxState.WAITING,
            OutboxMessage.created_at_utc < now - KEEP_RECEIPTS,
        ),
    )


async def count_waiting(database: Database) -> int:
    """Return how many messages are not yet delivered."""
    query = select(func.count()).where(OutboxMessage.state == OutboxState.WAITING)
    async with database.read() as session:
        return await count(session, query)
