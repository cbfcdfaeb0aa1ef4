"""An announcement that comes again, every week or month, so many times.

Each time is an announcement of its own, with a report of its own: as one starts, the next is
planned as its copy, agreed to by whoever agreed to it. So what is planned can be looked at, taken
back (the series rests), changed (it is agreed to anew) or deleted (the series ends) as any other
can. While the bot was off nothing piles up: what was missed goes out once, late, and the next has
a time that is still to come.
"""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.lifecycle import Announcement, changed, draft, find
from bot.announcements.states import STARTED, State
from bot.announcements.tables import Broadcast
from bot.people.staff import Actor
from bot.refusals import StaleError

MOST_TIMES = 52


class Rhythm(StrEnum):
    """How often it comes."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


# What is offered: how often, and how many times in all.
OFFERED = {Rhythm.WEEKLY: (4, 8, 12), Rhythm.MONTHLY: (3, 6, 12)}


async def repeat(actor: Actor, broadcast_id: int, rhythm: Rhythm, times: int) -> Announcement:
    """Let a draft come so many times in all; once is no series. It must be looked at anew."""
    if not 1 <= times <= MOST_TIMES:
        raise StaleError
    broadcast = await draft(actor, broadcast_id)
    broadcast.repeats = rhythm if times > 1 else None
    broadcast.times_left = times - 1
    return changed(broadcast)


async def plan_next(
    session: AsyncSession, broadcast_id: int, now: datetime, zone: ZoneInfo
) -> None:
    """Plan the next of a series as one of it has started."""
    broadcast = await session.get_one(Broadcast, broadcast_id)
    if not _is_due(broadcast):
        return
    first = broadcast.repeats_from_utc or broadcast.start_at_utc or broadcast.started_at_utc or now
    following = Broadcast(
        kind=broadcast.kind, author_id=broadcast.author_id, words=dict(broadcast.words),
        picture=broadcast.picture, opens=broadcast.opens, audience=dict(broadcast.audience),
        approved_by=broadcast.approved_by, state=State.SCHEDULED, kept={}, created_at_utc=now,
        start_at_utc=next_time(first, broadcast.repeats or "", now, zone),
        repeats=broadcast.repeats, times_left=(broadcast.times_left or 1) - 1,
        repeats_from_utc=first, series_id=broadcast.series_id or broadcast.id,
    )  # fmt: skip
    session.add(following)
    await session.flush()
    broadcast.series_id, broadcast.followed_by = following.series_id, following.id


def _is_due(broadcast: Announcement) -> bool:
    again = broadcast.repeats is not None and (broadcast.times_left or 0) > 0
    return again and broadcast.followed_by is None and broadcast.state in STARTED


async def waits_for_next(session: AsyncSession, broadcast_id: int) -> bool:
    """Return whether the next of its series is still to be planned."""
    return _is_due(await session.get_one(Broadcast, broadcast_id))


def next_time(first: datetime, rhythm: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next time that is still to come, reckoned from the first one.

    On the same weekday or day of the month and at the same hour; on the last day of a month that
    is too short. From the first, for one who counted from a short month would stay there.
    """
    begins, times = first.astimezone(zone), 1
    step = relativedelta(weeks=1) if rhythm == Rhythm.WEEKLY else relativedelta(months=1)
    found: datetime = begins + step
    while found <= now:
        times += 1
        found = begins + step * times
    return found.astimezone(first.tzinfo)


async def of(actor: Actor, broadcast_id: int) -> list[Announcement]:
    """Return all of the series of an announcement, the newest first. Coordinators only."""
    broadcast = await find(actor, broadcast_id)
    if broadcast.series_id is None:
        return [broadcast]
    query = select(Broadcast).where(Broadcast.series_id == broadcast.series_id)
    return list(await actor.session.scalars(query.order_by(Broadcast.id.desc())))
