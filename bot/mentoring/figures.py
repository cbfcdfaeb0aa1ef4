"""What is counted of mentoring: where introductions stand, and since when girls wait. No names."""

from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from bot.database import Session, count
from bot.mentoring.states import State, Who
from bot.mentoring.tables import Introduction, IntroductionMove

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


async def waiting_since(session: Session) -> list[datetime]:
    """Return since when each girl waits for the next step of an introduction."""
    rows = await session.scalars(
        select(func.min(Introduction.since_utc))
        .where(Introduction.state.in_(_WAITING))
        .group_by(Introduction.student_id)
    )
    return [since for since in rows if since is not None]


async def slow_mentors(session: Session, now: datetime) -> int:
    """Return how many introductions a mentor has left without an answer for days."""
    query = select(func.count()).where(
        Introduction.state == State.OFFERED, Introduction.since_utc <= now - SLOW_MENTOR
    )
    return await count(session, query)


async def reports_against_mentors(session: Session, since: datetime, until: datetime) -> int:
    """Return in how many talks the mentor was reported, and it was not said to be a mistake.

    By the girl, by her guardian, or by what the bot saw; what a mentor reports is of the girl.
    """
    later = aliased(IntroductionMove)
    taken_back = exists().where(
        later.introduction_id == IntroductionMove.introduction_id,
        later.move == "take_back",
        later.id > IntroductionMove.id,
    )
    query = select(func.count(IntroductionMove.introduction_id.distinct())).where(
        IntroductionMove.move == "report",
        IntroductionMove.who != Who.MENTOR,
        IntroductionMove.at_utc >= since,
        IntroductionMove.at_utc < until,
        ~taken_back,
    )
    return await count(session, query)
