"""Cases: somebody in distress asked for a person, and a coordinator must take it.

One coordinator is alerted at once, in the order of the settings; while nobody acknowledges,
the next is alerted each time the interval passes, round and round. Her words are kept only
while the case is, and only for coordinators.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people import notes
from bot.people.staff import Actor
from bot.people.tables import DeskNote, Person, Reachability
from bot.refusals import GoneError, NotAllowedError, RefusedError
from bot.safety.tables import Case

LONGEST_KEPT = 1000


@dataclass(frozen=True)
class Alert:
    """A coordinator to be told of a case; `round` makes the telling unique."""

    case_id: int
    coordinator_id: int
    round: int


@dataclass(frozen=True)
class CaseFile:
    """What is known of a case: whose it is, what she wrote, who has it."""

    id: int
    person_id: int
    kind: str
    words: str | None
    opened_at_utc: datetime
    acknowledged_by: int | None
    # whether anybody was told of it
    alerted: bool


def _file(case: Case) -> CaseFile:
    return CaseFile(
        case.id, case.person_id, case.kind, case.words, case.opened_at_utc,
        case.acknowledged_by, bool(case.alerted),
    )  # fmt: skip


async def open_case(
    actor: Actor, kind: str, words: str | None, interval: timedelta
) -> tuple[CaseFile, Alert | None]:
    """Open a case, or return her open one; the alert is for the first coordinator, if any."""
    case = await _open_case_of(actor.session, actor.id)
    if case is not None:
        return _file(case), None
    case = Case(
        person_id=actor.id,
        kind=kind,
        words=words[:LONGEST_KEPT] if words else None,
        opened_at_utc=actor.now,
        alerted=[],
    )
    actor.session.add(case)
    await actor.session.flush()
    alert = await _alert_next(actor.session, case, actor.staff, actor.now, interval)
    return _file(case), alert


async def _open_case_of(session: AsyncSession, person_id: int) -> Case | None:
    return (
        await session.scalars(
            select(Case).where(Case.person_id == person_id, Case.closed_at_utc.is_(None)).limit(1)
        )
    ).first()


async def _alert_next(
    session: AsyncSession,
    case: Case,
    coordinators: tuple[int, ...],
    now: datetime,
    interval: timedelta,
) -> Alert | None:
    lost = set(
        await session.scalars(
            select(Person.id).where(
                Person.id.in_(coordinators), Person.reach != Reachability.REACHABLE
            )
        )
    )
    reachable = [c for c in coordinators if c not in lost]
    if not reachable:
        case.next_alert_at_utc = now + interval if coordinators else None
        return None
    told = len(case.alerted)
    chosen = reachable[told % len(reachable)]
    case.alerted = [*case.alerted, chosen]
    case.next_alert_at_utc = now + interval
    return Alert(case.id, chosen, told)


async def alerts_due(
    session: AsyncSession, coordinators: tuple[int, ...], now: datetime, interval: timedelta
) -> list[Alert]:
    """Return the alerts that are due, and plan the next of each case."""
    cases = await session.scalars(
        select(Case).where(
            Case.acknowledged_at_utc.is_(None),
            Case.closed_at_utc.is_(None),
            Case.next_alert_at_utc <= now,
        )
    )
    alerts = [await _alert_next(session, case, coordinators, now, interval) for case in cases]
    return [alert for alert in alerts if alert is not None]


async def next_alert_at(session: AsyncSession) -> datetime | None:
    """Return when the next alert is due, if any case waits."""
    return await session.scalar(
        select(func.min(Case.next_alert_at_utc)).where(
            Case.acknowledged_at_utc.is_(None), Case.closed_at_utc.is_(None)
        )
    )


async def open_cases(actor: Actor) -> list[CaseFile]:
    """Return all cases that are not closed, oldest first. Coordinators only."""
    actor.require_staff()
    rows = await actor.session.scalars(
        select(Case).where(Case.closed_at_utc.is_(None)).order_by(Case.id)
    )
    return [_file(case) for case in rows]


async def _read(actor: Actor, case_id: int) -> Case:
    """Return an open case; the look is recorded. Coordinators only."""
    actor.require_staff()
    case = await actor.session.get(Case, case_id)
    if case is None or case.closed_at_utc is not None:
        raise GoneError("case.gone")
    await actor.note("looked at", "case", case_id)
    return case


async def _read_own(actor: Actor, case_id: int) -> Case:
    """Return an open case that the actor took."""
    case = await _read(actor, case_id)
    if case.acknowledged_by != actor.id:
        raise GoneError("case.gone")
    return case


async def acknowledge(actor: Actor, case_id: int) -> CaseFile:
    """Take a case that no other has: alerts stop. Coordinators only."""
    case = await _read(actor, case_id)
    if case.acknowledged_by not in (None, actor.id):
        raise GoneError("case.gone")
    case.acknowledged_by, case.acknowledged_at_utc = actor.id, actor.now
    case.next_alert_at_utc = None
    await actor.note("acknowledged", "case", case_id)
    return _file(case)


async def close(actor: Actor, case_id: int) -> CaseFile:
    """Close a case that the actor took; its words and the notes about it are erased at once."""
    case = await _read_own(actor, case_id)
    case.closed_at_utc, case.words = actor.now, None
    await actor.session.execute(
        delete(DeskNote).where(DeskNote.about == "case", DeskNote.about_id == case_id)
    )
    await actor.note("closed", "case", case_id)
    return _file(case)


async def correspondent(actor: Actor, case_id: int) -> tuple[int, bool]:
    """Return whom a message in a case goes to, and whether that is the girl.

    Nobody but the two who talk in this case may write, and only while it is open.
    """
    case = await actor.session.get(Case, case_id)
    if case is None or case.closed_at_utc is not None:
        raise NotAllowedError
    if actor.id == case.acknowledged_by:
        return case.person_id, True
    if actor.id != case.person_id:
        raise NotAllowedError
    if case.acknowledged_by is None:
        # The next coordinator is being alerted.
        raise RefusedError("case.nobody_yet", case=case_id)
    return case.acknowledged_by, False


async def hand_over(actor: Actor, case_id: int, to_id: int) -> CaseFile:
    """Give a case that the actor took to another coordinator."""
    case = await _read_own(actor, case_id)
    if to_id not in actor.others:
        raise GoneError("case.gone")
    case.acknowledged_by, case.acknowledged_at_utc = to_id, actor.now
    await actor.note("handed over", "case", case_id)
    return _file(case)


async def release(session: AsyncSession, coordinator_id: int, now: datetime) -> None:
    """Alert the others of the open cases of a coordinator who leaves the desk."""
    await session.execute(
        update(Case)
        .where(Case.acknowledged_by == coordinator_id, Case.closed_at_utc.is_(None))
        .values(acknowledged_by=None, acknowledged_at_utc=None, next_alert_at_utc=now)
    )


async def add_note(actor: Actor, case_id: int, text: str) -> None:
    """Add a note about an open case. Coordinators only."""
    actor.require_staff()
    case = await actor.session.get(Case, case_id)
    if case is None or case.closed_at_utc is not None:
        raise GoneError("case.gone")
    await notes.add(actor, "case", case_id, text)


async def sweep(session: AsyncSession) -> None:
    """Delete the notes about cases that are gone."""
    await notes.sweep(session, "case", select(Case.id))
