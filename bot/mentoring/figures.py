"""What is counted of mentoring: where introductions stand, and how long girls wait. No names."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.database import Session, count
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction

# In these a girl waits for somebody: a coordinator, or the mentor who was asked.
_WAITING = (State.REQUESTED, State.APPROVED, State.OFFERED)
SLOW_MENTOR = timedelta(days=3)


async def introductions_by_state(session: Session) -> list[tuple[str, int]]:
    """Return how many introductions stand in each state, most first."""
    n = func.count()
    rows = await session.execute(
        select(Introduction.state, n).group_by(Introduction.state).order_by(n.desc())
    )
    return [(str(state), int(many)) for state, many in rows]


async def waits(session: Session, now: datetime) -> list[tuple[str, int]]:
    """Return how many girls have waited how long for the next step of an introduction."""
    rows = await session.scalars(
        select(Introduction.since_utc).where(Introduction.state.in_(_WAITING))
    )
    days = Counter((now - since).days for since in rows)
    bounds = (("day", 0, 1), ("three_days", 1, 3), ("week", 3, 7), ("longer", 7, 10**6))
    return [(key, sum(n for d, n in days.items() if low <= d < high)) for key, low, high in bounds]


async def slow_mentors(session: Session, now: datetime) -> int:
    """Return how many introductions a mentor has left without an answer for days."""
    query = select(func.count()).where(
        Introduction.state == State.OFFERED, Introduction.since_utc <= now - SLOW_MENTOR
    )
    return await count(session, query)
