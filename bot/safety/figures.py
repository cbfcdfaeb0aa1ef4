"""What is told of cases and drills: since when girls wait for somebody, how drills ended."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.database import Session
from bot.safety import drills
from bot.safety.drills import Result
from bot.safety.states import DrillEnd
from bot.safety.tables import Case, Drill


async def waiting_since(session: Session) -> list[datetime]:
    """Return since when each open case waits that no coordinator has taken."""
    rows = await session.scalars(
        select(Case.opened_at_utc).where(
            Case.closed_at_utc.is_(None), Case.acknowledged_by.is_(None)
        )
    )
    return list(rows)


async def last_drill(session: Session) -> Result | None:
    """Return how the last drill went that tells something of those on call, if there was one."""
    tells = [end for end in DrillEnd if end.tells]
    query = select(Drill).where(Drill.outcome.in_(tells)).order_by(Drill.id.desc()).limit(1)
    drill = await session.scalar(query)
    return None if drill is None else drills.result(drill)


async def drill_in_time_at(session: Session) -> datetime | None:
    """Return when the last drill began in which somebody was there in time."""
    query = select(Drill.began_at_utc).where(Drill.outcome == DrillEnd.IN_TIME)
    return await session.scalar(query.order_by(Drill.id.desc()).limit(1))


async def drills_between(
    session: Session, first: date, last: date, zone: ZoneInfo, most: int
) -> list[Result]:
    """Return how the drills went that began on these days, the last first."""
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    rows = await session.scalars(
        select(Drill)
        .where(Drill.began_at_utc >= since, Drill.began_at_utc < until, Drill.outcome.is_not(None))
        .order_by(Drill.id.desc())
        .limit(most)
    )
    return [drills.result(drill) for drill in rows]
