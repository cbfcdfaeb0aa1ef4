"""A coordinator who has a case and does not write: she is reminded, then the others are called.

A girl waits from the moment her case was taken, or from the first line that was not answered.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.safety import calling, on_call
from bot.safety.states import Silence
from bot.safety.tables import Case, CaseMessage


@dataclass(frozen=True)
class Wait:
    """What is to be done about a case whose coordinator is silent."""

    case_id: int
    person_id: int
    tongue: str | None
    kind: str
    holder_id: int
    done: Silence
    since: datetime
    # the others who can be reached and may take it
    others: tuple[int, ...]
    # whether she erased herself: she hears nothing, for another may hold her phone
    erased: bool

    @property
    def mark(self) -> str:
        """What makes the telling unique: since when she waits."""
        return f"case:{self.case_id}:silent:{int(self.since.timestamp())}"


async def anybody(session: AsyncSession, now: datetime, patience: timedelta) -> bool:
    """Return whether something is to be done about a coordinator who is silent."""
    return any([await _due(session, case, now, patience) for case in await _taken(session)])


async def look_after(
    session: AsyncSession,
    far_from: Callable[[int], Awaitable[Sequence[int]]],
    now: datetime,
    patience: timedelta,
) -> list[Wait]:
    """Return what is to be done now about coordinators who are silent; it counts as done.

    `far_from` gives the coordinators who may hear of a person's trouble: it may be about one.
    """
    waits = []
    for case in await _taken(session):
        due = await _due(session, case, now, patience)
        staff = await far_from(case.person_id)
        holder = await on_call.holder(session, case, staff)
        if due is None or holder is None:
            continue
        done, since = due
        others = [one for one in staff if one not in (holder, case.person_id)]
        found = await calling.reach(session, others)
        case.silence = done
        waits.append(
            Wait(
                case.id, case.person_id, case.tongue, case.kind, holder, done, since,
                found.reachable, case.erased_at_utc is not None,
            )
        )  # fmt: skip
    await session.flush()
    return waits


async def _taken(session: AsyncSession) -> list[Case]:
    query = select(Case).where(
        Case.closed_at_utc.is_(None),
        Case.acknowledged_by.is_not(None),
        Case.silence.is_distinct_from(Silence.CALLED),
    )
    return list(await session.scalars(query.order_by(Case.id)))


async def _due(
    session: AsyncSession, case: Case, now: datetime, patience: timedelta
) -> tuple[Silence, datetime] | None:
    """Return what is to be done about a case, and since when she waits."""
    since = await _since(session, case)
    if since is None or now - since < patience:
        return None
    if now - since >= 2 * patience:
        return Silence.CALLED, since
    return None if case.silence is Silence.REMINDED else (Silence.REMINDED, since)


async def _since(session: AsyncSession, case: Case) -> datetime | None:
    """Return since when she waits for a word of who has her case; None where it is her turn."""
    of_case = CaseMessage.case_id == case.id
    said = await session.scalar(
        select(func.max(CaseMessage.id)).where(
            of_case, CaseMessage.by_staff, CaseMessage.author_id == case.acknowledged_by,
            CaseMessage.at_utc >= case.acknowledged_at_utc,
        )
    )  # fmt: skip
    if said is None:
        taken, erased = case.acknowledged_at_utc, case.erased_at_utc
        # What was answered before she erased herself is gone with the rest.
        return max(taken, erased) if taken is not None and erased is not None else taken
    return await session.scalar(
        select(CaseMessage.at_utc)
        .where(of_case, ~CaseMessage.by_staff, CaseMessage.id > said)
        .order_by(CaseMessage.id)
        .limit(1)
    )
