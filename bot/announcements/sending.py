"""Carries announcements out, in steps so short that no girl's question waits for one.

A started announcement goes through `gather` (who it is for becomes rows, a cursor moves in the
same transaction), `feed` (only as many rows are put into the outbox as the courier sends in a
few seconds, so pausing and opting out work at once), `fold` (how each message ended is read
back from the outbox), `mend` (corrections and withdrawals go the same way). Each batch is one
transaction that moves rows from one state to the next, so a `kill -9` between any two repeats
nothing and forgets nothing.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, and_, bindparam, cast, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import audience
from bot.announcements.corrections import MENDABLE
from bot.announcements.lifecycle import STARTED
from bot.announcements.message import correcting, is_silent, sending, withdrawing
from bot.announcements.recipients import Progress
from bot.announcements.subscriptions import OPTIONAL
from bot.announcements.tables import Broadcast, Mute, Recipient
from bot.content.base import Tongue
from bot.database import Database
from bot.people.tables import Person, Reachability
from bot.queues import outbox
from bot.queues.messages import Outgoing
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.voice import Voice

GATHERED_AT_ONCE = 1000
STAGED_AT_ONCE = 100
FOLDED_AT_ONCE = 500
# Seconds of sending that may lie in the outbox: what still arrives after a pause.
AHEAD_SECONDS = 3
LEAST_AHEAD = 96

_update = update(Recipient.__table__).where(  # type: ignore[arg-type]
    Recipient.__table__.c.broadcast_id == bindparam("of_broadcast"),
    Recipient.__table__.c.person_id == bindparam("of_person"),
)


async def to_do(session: AsyncSession, now: datetime) -> list[int]:
    """Return the announcements that are under way, or whose time has come."""
    planned = and_(Broadcast.state == "scheduled", Broadcast.start_at_utc <= now)
    return list(
        await session.scalars(
            select(Broadcast.id).where(or_(Broadcast.busy, planned)).order_by(Broadcast.id)
        )
    )


async def gather(database: Database, broadcast_id: int, staff: tuple[int, ...]) -> bool:
    """Make the next thousand people recipients; return whether there may be more."""
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        if broadcast.state != "sending" or broadcast.cursor is None:
            return False
        people = (
            await session.scalars(
                select(Person.id)
                .where(
                    Person.id > broadcast.cursor,
                    audience.members(broadcast.audience, broadcast.kind, staff),
                )
                .order_by(Person.id)
                .limit(GATHERED_AT_ONCE)
            )
        ).all()
        if people:
            rows = [
                {"broadcast_id": broadcast_id, "person_id": p, "state": "waiting", "version": 0}
                for p in people
            ]
            await session.execute(Recipient.__table__.insert(), rows)  # type: ignore[attr-defined]
        broadcast.cursor = people[-1] if len(people) == GATHERED_AT_ONCE else None
        return broadcast.cursor is not None


async def feed(
    database: Database, broadcast_id: int, voices: dict[Tongue, Voice], zone: ZoneInfo,
    now: datetime, most: int,
) -> int:  # fmt: skip
    """Put the next messages into the outbox, at most `most`; return how many rows moved on."""
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        if broadcast.state != "sending" or most <= 0:
            return 0
        off = exists().where(Mute.person_id == Recipient.person_id, Mute.kind == broadcast.kind)
        rows = await session.execute(
            select(Recipient.person_id, Person.language, Person.reach, off)
            .join(Person, Person.id == Recipient.person_id)
            .where(Recipient.broadcast_id == broadcast_id, Recipient.state == "waiting")
            .order_by(Recipient.person_id)
            .limit(min(most, STAGED_AT_ONCE))
        )
        silent = is_silent(broadcast.kind, now, zone)
        written = {t: sending(v, broadcast, silent=silent) for t, v in voices.items()}
        changes = []
        messages: list[tuple[Outgoing, int, str]] = []
        for person_id, language, reach, muted in rows:
            tongue: Tongue = "en" if language == "en" else "km"
            change = _change(broadcast_id, person_id, language=tongue)
            if reach is not Reachability.REACHABLE:
                change |= {"state": reach, "at_utc": now}
            elif muted and broadcast.kind in OPTIONAL:
                change |= {"state": "unsent", "failure": "switched off", "at_utc": now}
            else:
                change |= {"state": "staged", "version": broadcast.version}
                key = _key(broadcast_id, person_id, broadcast.version)
                messages.append((written[tongue], person_id, key))
            changes.append(change)
        await outbox.stage_many(session, messages, Lane.ANNOUNCEMENT, now)
        await _apply(session, changes, ("language", "state", "version", "failure", "at_utc"))
        return len(changes)


async def drop_rest(database: Database, broadcast_id: int, now: datetime) -> None:
    """Let those who still wait go without, after a cancellation or withdrawal."""
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        if broadcast.state not in ("cancelled", "withdrawn"):
            return
        await session.execute(
            update(Recipient)
            .where(Recipient.broadcast_id == broadcast_id, Recipient.state == "waiting")
            .values(state="unsent", failure=broadcast.state, at_utc=now)
        )


async def fold(database: Database, broadcast_id: int, now: datetime) -> int:
    """Read back from the outbox how messages ended; return how many had."""
    name = literal(f"broadcast:{broadcast_id}:") + cast(Recipient.person_id, String)
    name = name + ":" + cast(Recipient.version, String)
    ended = (
        select(
            Recipient.person_id, Recipient.state, OutboxMessage.state, OutboxMessage.message_id,
            OutboxMessage.failure, OutboxMessage.finished_at_utc,
        )
        .outerjoin(OutboxMessage, OutboxMessage.key == name)
        .where(
            Recipient.broadcast_id == broadcast_id,
            or_(Recipient.state == "staged", Recipient.mend == "staged"),
            or_(OutboxMessage.id.is_(None), OutboxMessage.state != OutboxState.WAITING),
        )
        .limit(FOLDED_AT_ONCE)
    )  # fmt: skip
    async with database.read() as session:
        rows = (await session.execute(ended)).all()
    sent, mended = [], []
    for person_id, state, outcome, message_id, failure, at in rows:
        if state == "staged":
            sent.append(
                _change(broadcast_id, person_id, **_end(outcome, failure), message_id=message_id,
                        at_utc=at or now)
            )  # fmt: skip
        else:
            done = outcome is OutboxState.SENT
            mended.append(_change(broadcast_id, person_id, mend="done" if done else "failed",
                                  failure=None if done else failure))  # fmt: skip
    if rows:
        async with database.write() as session:
            await _apply(session, sent, ("state", "failure", "message_id", "at_utc"))
            await _apply(session, mended, ("mend", "failure"))
    return len(rows)


def _end(outcome: OutboxState | None, failure: str | None) -> dict[str, Any]:
    if outcome is OutboxState.SENT:
        return {"state": "delivered", "failure": None}
    if failure in ("blocked", "deactivated"):
        return {"state": failure, "failure": None}
    # A receipt that is gone was kept for a month: the bot was off, and nobody can know.
    return {"state": "failed", "failure": failure or "unknown"}


async def mend(
    database: Database, broadcast_id: int, voices: dict[Tongue, Voice], now: datetime, most: int
) -> int:
    """Stage the next corrections or withdrawals of delivered messages; return how many."""
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        withdrawn = broadcast.state == "withdrawn"
        if most <= 0 or not (withdrawn or broadcast.state in MENDABLE):
            return 0
        rows = (
            await session.execute(
                select(Recipient.person_id, Recipient.language, Recipient.message_id,
                       Recipient.at_utc)
                .where(
                    Recipient.broadcast_id == broadcast_id, Recipient.state == "delivered",
                    Recipient.version < broadcast.version,
                    or_(Recipient.mend.is_(None), Recipient.mend != "staged"),
                )
                .order_by(Recipient.person_id)
                .limit(min(most, STAGED_AT_ONCE))
            )
        ).all()  # fmt: skip
        messages: list[tuple[Outgoing, int, str]] = []
        for person_id, language, message_id, at in rows:
            voice = voices["en" if language == "en" else "km"]
            change = (
                withdrawing(voice, broadcast, message_id or 0, now - (at or now))
                if withdrawn
                else correcting(voice, broadcast, message_id or 0)
            )
            key = _key(broadcast_id, person_id, broadcast.version)
            messages.append((change, person_id, key))
        await outbox.stage_many(session, messages, Lane.ANNOUNCEMENT, now)
        changes = [
            _change(broadcast_id, row[0], mend="staged", version=broadcast.version) for row in rows
        ]
        await _apply(session, changes, ("mend", "version"))
        return len(rows)


async def on_the_way(session: AsyncSession, broadcast_id: int) -> int:
    """Return how many messages of an announcement lie in the outbox."""
    query = select(func.count()).where(
        Recipient.broadcast_id == broadcast_id,
        or_(Recipient.state == "staged", Recipient.mend == "staged"),
    )
    return int(await session.scalar(query) or 0)


def at_rest(broadcast: Broadcast, counts: Progress) -> bool:
    """Return whether nothing is left to do for an announcement as it stands."""
    if counts.states["staged"] or counts.mends["staged"] or counts.mends_to_do:
        return False
    if broadcast.state == "paused":
        return True
    gathered = broadcast.cursor is None or broadcast.state in ("cancelled", "withdrawn")
    return broadcast.state in STARTED and gathered and not counts.left


def conclude(broadcast: Broadcast, counts: Progress, now: datetime) -> bool:
    """Move an announcement on whose work is done; return whether it has just come to rest.

    The counts must be of the same transaction, or a correction made meanwhile would be missed.
    """
    if not at_rest(broadcast, counts):
        return False
    if broadcast.state == "sending":
        broadcast.state = "done"
    if broadcast.state != "paused":
        broadcast.finished_at_utc = broadcast.finished_at_utc or now
    broadcast.busy = False
    return True


def _key(broadcast_id: int, person_id: int, version: int) -> str:
    return f"broadcast:{broadcast_id}:{person_id}:{version}"


def _change(broadcast_id: int, person_id: int, **values: Any) -> dict[str, Any]:
    return {"of_broadcast": broadcast_id, "of_person": person_id, **values}


async def _apply(
    session: AsyncSession, changes: list[dict[str, Any]], columns: tuple[str, ...]
) -> None:
    """Write the changes of one batch, row by row in one statement."""
    if changes:
        table = Recipient.__table__.c
        kept = {
            name: func.coalesce(bindparam(f"new_{name}", type_=table[name].type), table[name])
            for name in columns
        }
        rows = [
            {"of_broadcast": c["of_broadcast"], "of_person": c["of_person"],
             **{f"new_{name}": c.get(name) for name in columns}}
            for c in changes
        ]  # fmt: skip
        await session.execute(_update.values(kept), rows)
