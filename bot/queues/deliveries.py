"""How deliveries ended, written down: what left the outbox, what is tried again, who is gone.

Somebody may tidy her chat, or leave the phone to another, while a message is on its way to her: it
is taken out again, and waits until she is there.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, stored
from bot.people import chats, phones
from bot.people.tables import Person, Profile, Reachability
from bot.queues import outbox
from bot.queues.messages import Delete
from bot.queues.outbox import FAREWELL, HELD, NEW, Lane, waits_for_her
from bot.queues.tables import OutboxMessage, OutboxState


@dataclass(frozen=True)
class Delivery:
    """How one message ended: `state` is sent or dropped, or waiting for another try.

    `reach` says that whom it was for cannot be reached any more.
    """

    id: int
    state: OutboxState
    at: datetime
    message_id: int | None = None
    failure: str | None = None
    retry_at: datetime | None = None
    reach: Reachability | None = None


_ROWS = stored(OutboxMessage)
_TRIED = update(_ROWS).where(_ROWS.c.id == bindparam("number"))
# Tried once more when she is there again, if she tidied her chat meanwhile.
_HELD = func.coalesce(_ROWS.c.failure == HELD, False)
_RETRIED = _TRIED.where(~_HELD).values(
    attempts=_ROWS.c.attempts + 1, due_at_utc=bindparam("retry_at"), failure=bindparam("why")
)
_ENDED = _TRIED.values(
    attempts=_ROWS.c.attempts + 1,
    state=bindparam("ended"),
    payload=null(),
    message_id=bindparam("arrived"),
    failure=bindparam("why"),
    finished_at_utc=bindparam("at"),
)


async def record(database: Database, deliveries: list[Delivery]) -> None:
    """Write down how deliveries ended, in one transaction; words are erased once delivered.

    What waits for one who cannot be reached any more is dropped.
    """
    # In one order, so that no two wait for each other.
    known = sorted(deliveries, key=lambda done: done.id)
    async with database.write(short=True, by_key=True) as session:
        too_late = await _arrived_too_late(session, known)
        await _write_down(session, [done for done in known if done.id not in too_late])


async def _arrived_too_late(session: AsyncSession, known: list[Delivery]) -> set[int]:
    """Take out again what was on its way while she whom it is for tidied her chat, or left it.

    Returns which of it waits until she is here again; what has changed a message does not.
    """
    arrived = {done.id: done for done in known if done.message_id is not None}
    if not arrived:
        return set()
    gone = OutboxMessage.failure == HELD
    if await phones.any_shared(session):
        gone = or_(gone, waits_for_her())
    query = select(OutboxMessage.id, OutboxMessage.chat_id, OutboxMessage.method).where(
        OutboxMessage.id.in_(arrived), gone
    )
    rows = list(await session.execute(query))
    for number, person_id, _ in rows:
        done = arrived[number]
        await outbox.stage(
            session, Delete(done.message_id or 0), to=chats.door(chats.chat_of(person_id)),
            key=f"too late:{number}:{done.message_id}", lane=Lane.REPLY, now=done.at,
        )  # fmt: skip
    return {number for number, _, method in rows if method in NEW}


async def _write_down(session: AsyncSession, known: list[Delivery]) -> None:
    ended = [
        {
            "number": done.id, "ended": done.state, "arrived": done.message_id,
            "why": done.failure, "at": done.at,
        }
        for done in known
        if done.state != OutboxState.WAITING
    ]  # fmt: skip
    retried = [
        {"number": done.id, "retry_at": done.retry_at, "why": done.failure}
        for done in known
        if done.state == OutboxState.WAITING
    ]
    connection = await session.connection()
    if ended:
        await connection.execute(_ENDED, ended)
    if retried:
        await connection.execute(_RETRIED, retried)
    for done in known:
        if done.reach is not None:
            await _unreachable(session, done.id, done.reach, done.at)
    await session.execute(
        delete(OutboxMessage).where(
            OutboxMessage.id.in_([done.id for done in known]),
            OutboxMessage.key.startswith(FAREWELL),
            OutboxMessage.state != OutboxState.WAITING,
        )
    )


async def _unreachable(
    session: AsyncSession, message: int, reach: Reachability, now: datetime
) -> None:
    """Remember that whom a message was for blocked the bot or is gone, and all in her chat."""
    query = select(OutboxMessage.chat_id).where(OutboxMessage.id == message)
    person_id = await session.scalar(query)
    if person_id is None:
        return
    chat_id = chats.chat_of(person_id)
    sharing = select(Profile.person_id).where(chats.chat_in(Profile.person_id) == chat_id)
    in_chat = or_(Person.id == person_id, Person.id.in_(sharing))
    await session.execute(
        update(Person)
        .where(in_chat)
        .values(reach=reach)
        .execution_options(synchronize_session=False)
    )
    await outbox.drop_where(session, chats.chat_in(OutboxMessage.chat_id) == chat_id, reach, now)
