"""Whom to call next, and whether a call arrived: one way, for a case and for a drill.

A call counts when it was delivered: the outbox says so. Who cannot be reached is passed over;
those are called first who were called least.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.tables import Person, Reachability
from bot.queues import outbox
from bot.safety.tables import Case, Drill

# For what coordinators are called, one after the other.
Called = Case | Drill


def key(calls: str, called_id: int, number: int) -> str:
    """Return the key in the outbox of a call, by which is known whether it arrived."""
    return f"{calls}:{called_id}:{number}"


@dataclass(frozen=True)
class Reach:
    """Of some coordinators: who can be reached, and who has never written to the bot.

    Telegram lets a bot write to nobody first; only a message that is refused tells it for sure.
    """

    reachable: tuple[int, ...]
    strangers: tuple[int, ...]


async def reach(session: AsyncSession, coordinators: Sequence[int]) -> Reach:
    """Return which of the coordinators can be reached, in their order."""
    rows = await session.execute(
        select(Person.id, Person.reach).where(Person.id.in_(coordinators))
    )
    known = {person_id: state for person_id, state in rows}
    return Reach(
        tuple(c for c in coordinators if known.get(c) is Reachability.REACHABLE),
        tuple(c for c in coordinators if c not in known),
    )


async def call_next(
    session: AsyncSession,
    called: Called,
    others: Sequence[int],
    now: datetime,
    interval: timedelta,
    *,
    at_once: bool = False,
) -> int | None:
    """Call whoever of the others was called least and can be reached; None where nobody can.

    `at_once` passes over whose last call did not arrive: she is tried again in her time.
    """
    found = await reach(session, others)
    # who was called -> whether her last call failed
    failed = {
        c: end is not None and end.failed
        for c, end in zip(called.alerted, await ended(session, called), strict=True)
    }
    calls = [
        c
        for c in others
        if c in found.reachable or (c in found.strangers and not failed.get(c))
        if not (at_once and failed.get(c))
    ]
    if not at_once or calls:
        called.next_alert_at_utc = now + interval
    if not calls:
        return None
    chosen = min(calls, key=lambda c: (called.alerted.count(c), c in found.strangers))
    called.alerted = [*called.alerted, chosen]
    return chosen


async def last_call(session: AsyncSession, called: Called) -> outbox.Outcome | None:
    """Return what became of the last call; None for none, or one whose record is gone."""
    if not called.alerted:
        return None
    return await outbox.outcome(session, key(called.CALLS, called.id, len(called.alerted) - 1))


async def ended(session: AsyncSession, called: Called) -> list[outbox.Outcome | None]:
    """Return what became of each call; None for one whose record is gone."""
    keys = [key(called.CALLS, called.id, number) for number in range(len(called.alerted))]
    known = await outbox.outcomes(session, keys)
    return [known.get(one) for one in keys]
