"""Carries announcements out, in steps so short that no girl's question waits for one.

A started announcement goes through `gather` (who it is for becomes rows, a cursor moves in the
same transaction), `feed` (only as many rows are put into the outbox as the courier sends in a
few seconds, so pausing and opting out work at once), `fold` (how each message ended is read
back from the outbox), `mend` (corrections and withdrawals go the same way). Each batch is one
transaction that moves rows from one state to the next, so a `kill -9` between any two repeats
nothing and forgets nothing.

While coordinators have switched off what passes to girls, nothing starts, is staged or corrected,
and what lies in the outbox stays there (`outbox.is_switched_off`); it goes on from there when they
switch it on. What is taken back is taken back all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import audience
from bot.announcements.lifecycle import Announcement, move
from bot.announcements.message import correcting, sending, withdrawing
from bot.announcements.policy import Policy
from bot.announcements.recipients import Progress, tally
from bot.announcements.states import MENDABLE, STARTED, STOPPED, Mend, RecipientState, State
from bot.announcements.subscriptions import OPTIONAL
from bot.announcements.tables import Broadcast, Mute, Recipient
from bot.content.base import BASE_TONGUE, Tongue
from bot.database import Database, count
from bot.people import phones, switches
from bot.people.tables import Person, Reachability
from bot.queues import outbox
from bot.queues.messages import Outgoing
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.voice import Voice

GATHERED_AT_ONCE = 1000
STAGED_AT_ONCE = 100
FOLDED_AT_ONCE = 500

_update = update(Recipient.__table__).where(  # type: ignore[arg-type]
    Recipient.__table__.c.broadcast_id == bindparam("of_broadcast"),
    Recipient.__table__.c.person_id == bindparam("of_person"),
)


async def to_do(session: AsyncSession, now: datetime) -> list[int]:
    """Return the announcements that are under way, or whose time has come."""
    planned = and_(
        Broadcast.state == State.SCHEDULED, Broadcast.start_at_utc <= now, ~switches.is_off()
    )
    return list(
        await session.scalars(
            select(Broadcast.id).where(or_(Broadcast.busy, planned)).order_by(Broadcast.id)
        )
    )


async def gather(
    database: Database, broadcast_id: int, staff: tuple[int, ...], today: date
) -> bool:
    """Make the next thousand people recipients; return whether there may be more."""
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        if broadcast.state is not State.SENDING or broadcast.cursor is None:
            return False
        people = (
            await session.scalars(
                select(Person.id)
                .where(
                    Person.id > broadcast.cursor,
                    audience.members(broadcast.audience, broadcast.kind, staff, today),
                )
                .order_by(Person.id)
                .limit(GATHERED_AT_ONCE)
            )
        ).all()
        if people:
            new = {"broadcast_id": broadcast_id, "state": RecipientState.WAITING, "version": 0}
            rows = [{**new, "person_id": person_id} for person_id in people]
            await session.execute(Recipient.__table__.insert(), rows)  # type: ignore[attr-defined]
        broadcast.cursor = people[-1] if len(people) == GATHERED_AT_ONCE else None
        return broadcast.cursor is not None


async def feed(
    database: Database, broadcast_id: int, voices: Mapping[Tongue, Voice], policy: Policy,
    now: datetime, most: int,
) -> int:  # fmt: skip
    """Put the next messages into the outbox, at most `most`; return how many rows moved on."""
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        if (
            broadcast.state is not State.SENDING
            or most <= 0
            or await switches.relay_is_off(session)
        ):
            return 0
        off = exists().where(Mute.person_id == Recipient.person_id, Mute.kind == broadcast.kind)
        rows = await session.execute(
            select(
                Recipient.person_id,
                Person.language,
                Person.reach,
                off,
                audience.has_left(broadcast.audience, policy.today(now)),
            )
            .join(Person, Person.id == Recipient.person_id)
            .where(
                Recipient.broadcast_id == broadcast_id,
                Recipient.state == RecipientState.WAITING,
            )
            .order_by(Recipient.person_id)
            .limit(min(most, STAGED_AT_ONCE))
        )
        silent = policy.is_silent(broadcast.kind, now)
        written = {t: sending(v, broadcast, silent=silent) for t, v in voices.items()}
        changes = []
        messages: list[tuple[Outgoing, int, str]] = []
        for person_id, language, reach, muted, left in rows:
            tongue = _known(language, voices)
            change = _change(broadcast_id, person_id, language=tongue)
            if reach is not Reachability.REACHABLE:
                change |= {"state": RecipientState(reach), "at_utc": now}
            elif left or (muted and broadcast.kind in OPTIONAL):
                change |= {"state": RecipientState.UNSENT, "failure": "switched off"}
                change["at_utc"] = now
            else:
                change |= {"state": RecipientState.STAGED, "version": broadcast.version}
                key = _key(broadcast_id, person_id, broadcast.version)
                messages.append((written[tongue], person_id, key))
            changes.append(change)
        await outbox.stage_many(session, messages, Lane.ANNOUNCEMENT, now)
        await _apply(session, changes, ("language", "state", "version", "failure", "at_utc"))
        return len(changes)


async def drop_rest(database: Database, broadcast_id: int, now: datetime) -> None:
    """Let those who still wait go without, after a cancellation or withdrawal.

    So does what has been staged and is not on its way: it may lie there for long.
    """
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        if broadcast.state not in STOPPED:
            return
        await session.execute(
            update(Recipient)
            .where(
                Recipient.broadcast_id == broadcast_id,
                Recipient.state == RecipientState.WAITING,
            )
            .values(state=RecipientState.UNSENT, failure=broadcast.state.value, at_utc=now)
        )
        await outbox.expire(session, _keys(broadcast_id), Lane.ANNOUNCEMENT, now)


async def fold(database: Database, broadcast_id: int, now: datetime) -> int:
    """Read back from the outbox how messages ended; return how many had."""
    name = literal(_keys(broadcast_id)) + cast(Recipient.person_id, String)
    name = name + ":" + cast(Recipient.version, String)
    ended = (
        select(
            Recipient.person_id, Recipient.state, OutboxMessage.state, OutboxMessage.message_id,
            OutboxMessage.failure, OutboxMessage.finished_at_utc,
        )
        .outerjoin(OutboxMessage, OutboxMessage.key == name)
        .where(
            Recipient.broadcast_id == broadcast_id,
            or_(Recipient.state == RecipientState.STAGED, Recipient.mend == Mend.STAGED),
            or_(OutboxMessage.id.is_(None), OutboxMessage.state != OutboxState.WAITING),
        )
        .limit(FOLDED_AT_ONCE)
    )  # fmt: skip
    async with database.read() as session:
        rows = (await session.execute(ended)).all()
        broadcast = await session.get_one(Broadcast, broadcast_id)
        stopped = broadcast.state if broadcast.state in STOPPED else None
    sent, mended = [], []
    for person_id, state, outcome, message_id, failure, at in rows:
        if state is RecipientState.STAGED:
            sent.append(
                _change(broadcast_id, person_id, **_end(outcome, failure, stopped),
                        message_id=message_id,
                        at_utc=at or now)
            )  # fmt: skip
        else:
            done = outcome is OutboxState.SENT
            mended.append(_change(broadcast_id, person_id, mend=Mend.DONE if done else Mend.FAILED,
                                  failure=None if done else failure))  # fmt: skip
    if rows:
        async with database.write() as session:
            await _apply(session, sent, ("state", "failure", "message_id", "at_utc"))
            await _apply(session, mended, ("mend", "failure"))
    return len(rows)


def _end(
    outcome: OutboxState | None, failure: str | None, stopped: State | None
) -> dict[str, Any]:
    if outcome is OutboxState.SENT:
        return {"state": RecipientState.DELIVERED, "failure": None}
    if failure in (RecipientState.BLOCKED, RecipientState.DEACTIVATED):
        return {"state": RecipientState(failure), "failure": None}
    if stopped is not None and failure == outbox.EXPIRED:
        return {"state": RecipientState.UNSENT, "failure": stopped.value}
    # A receipt that is gone was kept for a month: the bot was off, and nobody can know.
    return {"state": RecipientState.FAILED, "failure": failure or "unknown"}


async def mend(
    database: Database, broadcast_id: int, voices: Mapping[Tongue, Voice], now: datetime, most: int
) -> int:
    """Stage the next corrections or withdrawals of delivered messages; return how many."""
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, broadcast_id)
        withdrawn = broadcast.state is State.WITHDRAWN
        if most <= 0 or not (withdrawn or broadcast.state in MENDABLE):
            return 0
        if not withdrawn and await switches.relay_is_off(session):
            return 0
        rows = (
            await session.execute(
                select(Recipient.person_id, Recipient.language, Recipient.message_id,
                       Recipient.at_utc)
                .where(
                    Recipient.broadcast_id == broadcast_id,
                    Recipient.state == RecipientState.DELIVERED,
                    Recipient.version < broadcast.version,
                    or_(Recipient.mend.is_(None), Recipient.mend != Mend.STAGED),
                )
                .order_by(Recipient.person_id)
                .limit(min(most, STAGED_AT_ONCE))
            )
        ).all()  # fmt: skip
        messages: list[tuple[Outgoing, int, str]] = []
        for person_id, language, message_id, at in rows:
            voice = voices[_known(language, voices)]
            change = (
                withdrawing(voice, broadcast, message_id or 0, now - (at or now))
                if withdrawn
                else correcting(voice, broadcast, message_id or 0)
            )
            key = _key(broadcast_id, person_id, broadcast.version)
            messages.append((change, person_id, key))
        # What takes words away is not kept waiting with what brings them.
        lane = Lane.REMINDER if withdrawn else Lane.ANNOUNCEMENT
        await outbox.stage_many(session, messages, lane, now)
        changes = [
            _change(broadcast_id, row[0], mend=Mend.STAGED, version=broadcast.version)
            for row in rows
        ]
        await _apply(session, changes, ("mend", "version"))
        return len(rows)


async def on_the_way(session: AsyncSession, broadcast_id: int) -> int:
    """Return how many messages of an announcement lie in the outbox and may leave it."""
    query = select(func.count()).where(
        Recipient.broadcast_id == broadcast_id,
        Recipient.person_id.not_in(phones.away()),
        or_(Recipient.state == RecipientState.STAGED, Recipient.mend == Mend.STAGED),
    )
    return await count(session, query)


@dataclass(frozen=True)
class Standing:
    """How an announcement stands, with its recipients counted in the same transaction."""

    announcement: Announcement
    counts: Progress
    # whether nothing may leave now
    is_off: bool = False

    @property
    def rests(self) -> bool:
        """Whether nothing is left to do for it as it stands."""
        mends, state = self.counts.mends, self.announcement.state
        if self.counts.states[RecipientState.STAGED] or mends[Mend.STAGED]:
            return False
        if self.counts.mends_to_do:
            return False
        if state is State.PAUSED:
            return True
        gathered = self.announcement.cursor is None or state in STOPPED
        return state in STARTED and gathered and not self.counts.left


async def standing(session: AsyncSession, broadcast_id: int) -> Standing:
    """Return how an announcement stands."""
    broadcast = await session.get_one(Broadcast, broadcast_id)
    return Standing(
        broadcast, await tally(session, broadcast), await switches.relay_is_off(session)
    )


async def conclude(session: AsyncSession, broadcast_id: int, now: datetime) -> Standing:
    """Look at an announcement, and move it on when its work is done.

    The counts are of this transaction, or a correction made meanwhile would be missed.
    """
    found = await standing(session, broadcast_id)
    broadcast = found.announcement
    broadcast.board_edits += 1
    if found.is_off:
        # What stands still says nothing of how fast it will go on.
        broadcast.measured_from_utc = None
    elif broadcast.measured_from_utc is None:
        broadcast.measured_from_utc, broadcast.measured_from = now, found.counts.ended
    if found.rests:
        if broadcast.state is State.SENDING:
            move(broadcast, "finish")
        if broadcast.state is not State.PAUSED:
            broadcast.finished_at_utc = broadcast.finished_at_utc or now
        broadcast.busy = False
    return found


def _known(language: str | None, voices: Mapping[Tongue, Voice]) -> Tongue:
    return language if language is not None and language in voices else BASE_TONGUE


def _key(broadcast_id: int, person_id: int, version: int) -> str:
    return f"{_keys(broadcast_id)}{person_id}:{version}"


def _keys(broadcast_id: int) -> str:
    """Return what the keys of an announcement's messages begin with."""
    return f"broadcast:{broadcast_id}:"


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
