"""The one way in: an update is a row before Telegram is told that it was received.

python-telegram-bot confirms updates before they are handled, so a killed process loses them
(STACK.md part B: 4 of 5). Here they are stored first, handled one after the other in the
order Telegram gave, and done in the same transaction as what they changed. Handling one at a
time keeps every chat in order and costs nothing: no handler waits for the network. Where several
workers share a database each handles some chats so (`claims.py`).
"""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import bindparam, case, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, deleted, insert_new, stored
from bot.queues.tables import InboxState, InboxUpdate

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# Telegram keeps updates for a day, so a second delivery cannot come later than this.
KEEP_DONE = timedelta(days=2)
# The first number that SQLite has no room for.
_NO_ROOM_FROM = 1 << 63


def can_store(raw: object) -> bool:
    """Return whether this is an update with an id that the database can hold."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return type(number) is int and 0 <= number < _NO_ROOM_FROM


class NumberTakenError(Exception):
    """Another update with the same number still waits; this one can be stored when it is done."""


class NotOursError(Exception):
    """Another worker has claimed an update since: what was done for it is to be undone."""


async def store(database: Database, updates: list[dict[str, Any]], now: datetime) -> None:
    """Store raw updates; one that is already there is left alone.

    Telegram's numbers are one bot's and one server's: with another token, or a server that was
    set up anew, they begin again. Another update with a number that was met is taken as well.
    """
    new = {raw["update_id"]: raw for raw in updates if can_store(raw)}
    async with database.write(short=True, by_key=True) as session:
        met = await session.scalars(
            select(InboxUpdate).where(InboxUpdate.update_id.in_(list(new)))
        )
        for row in met.all():
            if row.sign in (None, _sign(new[row.update_id])):
                log.info("update %s came again and is left alone", row.update_id)
                del new[row.update_id]
            elif row.state is InboxState.WAITING:
                raise NumberTakenError
            else:
                log.warning("number %s was met before; this is another update", row.update_id)
                await session.delete(row)
        await session.flush()
        rows = [
            {
                "update_id": number,
                "payload": raw,
                "sign": _sign(raw),
                **_place(raw),
                "received_at_utc": now,
                "attempts": 0,
                "state": InboxState.WAITING,
            }
            for number, raw in new.items()
        ]
        await insert_new(session, InboxUpdate, *rows)


def _place(raw: dict[str, Any]) -> dict[str, int | None]:
    """Return in which private chat something happens, and of a message its number there.

    Of what happens elsewhere nothing: it waits for nobody.
    """
    chat = _private_chat(raw)
    message = raw.get("message")
    number = message.get("message_id") if isinstance(message, dict) else None
    place = {"chat_id": chat, "message_id": number if chat is not None else None}
    fits = all(type(n) is int and abs(n) < _NO_ROOM_FROM for n in place.values() if n is not None)
    return place if fits else dict.fromkeys(place)


def _private_chat(raw: dict[str, Any]) -> int | None:
    """Return whose chat an update is of; a button is tapped by somebody wherever it stands."""
    tap = raw.get("callback_query")
    if isinstance(tap, dict) and isinstance(tap.get("from"), dict):
        return _id(tap["from"])
    for name in ("message", "edited_message", "my_chat_member"):
        what = raw.get(name)
        chat = what.get("chat") if isinstance(what, dict) else None
        if isinstance(chat, dict) and chat.get("type") == "private":
            return _id(chat)
    return None


def _id(whose: dict[str, Any]) -> int | None:
    number = whose.get("id")
    return number if type(number) is int else None


def _sign(raw: dict[str, Any]) -> int:
    """Return what tells an update from another with its number, and nothing of what it says."""
    body = next((part for part in raw.values() if isinstance(part, dict)), {})
    told = [body.get(name) for name in ("id", "message_id", "date", "edit_date")]
    return crc32(repr([one for one in told if isinstance(one, int | str)]).encode())


async def waiting(database: Database, limit: int = 100) -> list[InboxUpdate]:
    """Return the oldest updates that are not done."""
    query = (
        select(InboxUpdate)
        .where(InboxUpdate.state == InboxState.WAITING)
        .order_by(InboxUpdate.update_id)
        .limit(limit)
    )
    async with database.read() as session:
        return list((await session.scalars(query)).all())


_ROWS = stored(InboxUpdate)
_FINISH = (
    update(_ROWS)
    .where(_ROWS.c.update_id == bindparam("number"))
    .values(
        state=InboxState.DONE,
        payload=None,
        # When she tapped is nobody's business any more; where she wrote is told by `hiding.py`.
        chat_id=case((_ROWS.c.message_id.is_not(None), _ROWS.c.chat_id)),
    )
    .returning(_ROWS.c.received_at_utc)
)
_FINISH_CLAIMED = _FINISH.where(
    _ROWS.c.claimed_by == bindparam("worker"), _ROWS.c.state == InboxState.WAITING
)


async def finish(session: AsyncSession, update_id: int, worker: int | None = None) -> int:
    """Mark an update as done and erase its words; return a number that no other turn has.

    Raises NotOursError where it is not `worker` among several who has claimed it.
    """
    if worker is None:
        done = await session.execute(_FINISH, {"number": update_id})
    else:
        done = await session.execute(_FINISH_CLAIMED, {"number": update_id, "worker": worker})
    received = done.scalar_one_or_none()
    if received is None:
        raise NotOursError
    return int(received.timestamp()) * _NO_ROOM_FROM + update_id


def received_at(number: int) -> datetime:
    """Return when the update of a turn came in, to the second, from the number of the turn."""
    return datetime.fromtimestamp(number // _NO_ROOM_FROM, UTC)


async def count_attempt(session: AsyncSession, update_id: int, worker: int | None = None) -> bool:
    """Count a failed turn; return whether it may be tried again.

    Raises NotOursError where it is not `worker` among several who has claimed the update.
    """
    row = await session.get_one(InboxUpdate, update_id)
    if row.state is not InboxState.WAITING or row.claimed_by != worker:
        raise NotOursError
    row.attempts += 1
    if row.attempts < MOST_ATTEMPTS:
        return True
    row.state, row.payload = InboxState.FAILED, None
    if row.message_id is None:
        row.chat_id = None
    return False


async def forget_done(session: AsyncSession, now: datetime) -> int:
    """Delete the ids of updates that Telegram can no longer deliver again; return how many."""
    return await deleted(
        session,
        delete(InboxUpdate).where(
            InboxUpdate.state != InboxState.WAITING, InboxUpdate.received_at_utc < now - KEEP_DONE
        ),
    )
