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
from bot.people.audit import note
from bot.people.staff import Actor, require_coordinator
from bot.people.tables import DeskNote, Person, Reachability
from bot.refusals import NotAllowedError
from bot.safety.tables import Case

LONGEST_KEPT = 1000


class NobodyYetError(Exception):
    """The girl's case is open and nobody has it now; the next coordinator is being alerted."""


@dataclass(frozen=True)
class Alert:
    """A coordinator to be told of a case; `round` makes the telling unique."""

    case_id: int
    coordinator_id: int
    round: int


async def open_case(
    actor: Actor, kind: str, words: str | None, interval: timedelta
) -> tuple[Case, Alert | None]:
    """Open a case, or return her open one; the alert is for the first coordinator, if any."""
    case = await open_case_of(actor.session, actor.id)
    if case is not None:
        return case, None
    case = Case(
        person_id=actor.id,
        kind=kind,
        words=words[:LONGEST_KEPT] if words else None,
        opened_at_utc=actor.now,
        alerted=[],
    )
    actor.session.add(case)
    await actor.session.flush()
    return case, await _alert_next(actor.session, case, actor.staff, actor.now, interval)


async def open_case_of(session: AsyncSession, person_id: int) -> Case | None:
    """Return the case of a person that is not closed."""
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


async def open_cases(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...]
) -> list[Case]:
    """Return all cases that are not closed, oldest first. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    return list(
        await session.scalars(select(Case).where(Case.closed_at_utc.is_(None)).order_by(Case.id))
    )


async def read(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    case_id: int,
    now: datetime,
) -> Case | None:
    """Return an open case; the look is recorded. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    case = await session.get(Case, case_id)
    if case is None or case.closed_at_utc is not None:
        return None
    await note(session, actor_id, "looked at", f"case {case_id}", now)
    return case


async def acknowledge(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    case_id: int,
    now: datetime,
) -> Case | None:
    """Take a case: alerts stop. Returns None when it is closed or another has it."""
    case = await read(session, actor_id, coordinators, case_id, now)
    if case is None or case.acknowledged_by not in (None, actor_id):
        return None
    case.acknowledged_by, case.acknowledged_at_utc = actor_id, now
    case.next_alert_at_utc = None
    await note(session, actor_id, "acknowledged", f"case {case_id}", now)
    return case


async def close(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    case_id: int,
    now: datetime,
) -> Case | None:
    """Close a case that the actor took; its words and the notes about it are erased at once."""
    case = await read(session, actor_id, coordinators, case_id, now)
    if case is None or case.acknowledged_by != actor_id:
        return None
    case.closed_at_utc, case.words = now, None
    await session.execute(
        delete(DeskNote).where(DeskNote.about == "case", DeskNote.about_id == case_id)
    )
    await note(session, actor_id, "closed", f"case {case_id}", now)
    return case


async def correspondent(session: AsyncSession, actor_id: int, case_id: int) -> tuple[int, bool]:
    """Return whom a message in a case goes to, and whether that is the girl.

    Raises NotAllowedError for anyone but the two who talk in this case, or when it is closed,
    and NobodyYetError for the girl while no coordinator has it.
    """
    case = await session.get(Case, case_id)
    if case is None or case.closed_at_utc is not None:
        raise NotAllowedError
    if case.acknowledged_by is None and actor_id == case.person_id:
        raise NobodyYetError
    if actor_id == case.acknowledged_by:
        return case.person_id, True
    if actor_id == case.person_id and case.acknowledged_by is not None:
        return case.acknowledged_by, False
    raise NotAllowedError


async def hand_over(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    case_id: int,
    to_id: int,
    now: datetime,
) -> Case | None:
    """Give a case that the actor took to another coordinator; None when it is not hers."""
    case = await read(session, actor_id, coordinators, case_id, now)
    if case is None or case.acknowledged_by != actor_id:
        return None
    if to_id not in coordinators or to_id == actor_id:
        return None
    case.acknowledged_by, case.acknowledged_at_utc = to_id, now
    await note(session, actor_id, "handed over", f"case {case_id}", now)
    return case


async def release(session: AsyncSession, coordinator_id: int, now: datetime) -> None:
    """Alert the others of the open cases of a coordinator who leaves the desk."""
    await session.execute(
        update(Case)
        .where(Case.acknowledged_by == coordinator_id, Case.closed_at_utc.is_(None))
        .values(acknowledged_by=None, acknowledged_at_utc=None, next_alert_at_utc=now)
    )


async def add_note(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    case_id: int,
    text: str,
    now: datetime,
) -> bool:
    """Add a note about a case; return whether it is still open. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    case = await session.get(Case, case_id)
    if case is None or case.closed_at_utc is not None:
        return False
    await notes.add(session, actor_id, coordinators, "case", case_id, text, now)
    return True


async def sweep(session: AsyncSession) -> None:
    """Delete the notes about cases that are gone."""
    await notes.sweep(session, "case", select(Case.id))
