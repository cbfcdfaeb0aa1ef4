"""Counts over the tables of other features, where this bot has them; None where it does not."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import column, func, inspect, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Text
from bot.database.base import UtcDateTime

_WALKS = table("walks", column("id"), column("finished_at_utc"), column("resumed"))
_SAVED = table("saved_careers", column("person_id"), column("career_id"))
_INTRODUCTIONS = table(
    "introductions", column("id"), column("state"), column("since_utc", UtcDateTime())
)
_SIGNUPS = table("event_signups", column("date_id"), column("state"))
_DATES = table("event_dates", column("id"), column("event_id"), column("starts_at_utc"))
_EVENTS = table("events", column("id"), column("title_km"), column("title_en"))
# In these a girl waits for somebody: a coordinator, or the mentor who was asked.
_WAITING = ("requested", "approved", "offered")
SLOW_MENTOR = timedelta(days=3)


async def tables(session: AsyncSession) -> set[str]:
    """Return the names of the tables that there are."""
    connection = await session.connection()
    return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def walks(session: AsyncSession) -> list[tuple[str, int]] | None:
    """Return how many walks through the pathways were begun, taken up again and finished."""
    if "walks" not in await tables(session):
        return None
    row = _WALKS.c
    query = select(
        func.count(), func.count().filter(row.resumed > 0), func.count(row.finished_at_utc)
    ).select_from(_WALKS)
    begun, resumed, finished = (await session.execute(query)).one()
    return [("begun", int(begun)), ("resumed", int(resumed)), ("finished", int(finished))]


async def saved_by_field(
    session: AsyncSession, field_of: Mapping[str, str]
) -> list[tuple[str, int]] | None:
    """Return how many people keep a career of each field, most first."""
    if "saved_careers" not in await tables(session):
        return None
    rows = await session.execute(select(_SAVED.c.person_id, _SAVED.c.career_id))
    pairs = {(person, field_of[career]) for person, career in rows if career in field_of}
    return Counter(field for _, field in pairs).most_common()


async def introductions_by_state(session: AsyncSession) -> list[tuple[str, int]] | None:
    """Return how many introductions stand in each state, most first."""
    if "introductions" not in await tables(session):
        return None
    n = func.count()
    rows = await session.execute(
        select(_INTRODUCTIONS.c.state, n).group_by(_INTRODUCTIONS.c.state).order_by(n.desc())
    )
    return [(str(state), int(count)) for state, count in rows]


async def waits(session: AsyncSession, now: datetime) -> list[tuple[str, int]] | None:
    """Return how many girls have waited how long for the next step of an introduction."""
    if "introductions" not in await tables(session):
        return None
    rows = await session.execute(
        select(_INTRODUCTIONS.c.since_utc).where(_INTRODUCTIONS.c.state.in_(_WAITING))
    )
    days = Counter((now - since).days for (since,) in rows)
    bounds = (("day", 0, 1), ("three_days", 1, 3), ("week", 3, 7), ("longer", 7, 10**6))
    return [(key, sum(n for d, n in days.items() if low <= d < high)) for key, low, high in bounds]


async def slow_mentors(session: AsyncSession, now: datetime) -> int | None:
    """Return how many introductions a mentor has left without an answer for days."""
    if "introductions" not in await tables(session):
        return None
    row = _INTRODUCTIONS.c
    query = select(func.count()).where(row.state == "offered", row.since_utc <= now - SLOW_MENTOR)
    return int(await session.scalar(query) or 0)


async def signups(session: AsyncSession) -> list[tuple[Text, int]] | None:
    """Return how many people go to each event, the latest first."""
    if "event_signups" not in await tables(session):
        return None
    rows = await session.execute(
        select(_EVENTS.c.title_km, _EVENTS.c.title_en, func.count())
        .select_from(
            _SIGNUPS.join(_DATES, _DATES.c.id == _SIGNUPS.c.date_id).join(
                _EVENTS, _EVENTS.c.id == _DATES.c.event_id
            )
        )
        .where(_SIGNUPS.c.state == "going")
        .group_by(_EVENTS.c.id)
        .order_by(func.max(_DATES.c.starts_at_utc).desc())
    )
    return [(Text(km=km, en=en), int(n)) for km, en, n in rows]
