"""What a feed says is brought into the calendar: new times at once, new words for a look.

New times and cancellations are facts: they hold at once, and those who hold a place are told.
New events and new words are shown to nobody before a coordinator has looked (`offers`).
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Tongue
from bot.events import calendar, dates, reminder_plan
from bot.events.fetch import Fetched
from bot.events.ical.reading import Calendar, Item, LeftOut
from bot.events.notices import Notice
from bot.events.states import EventState
from bot.events.tables import Event, EventDate, EventFeed

EVERY = timedelta(hours=2)
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=15), timedelta(hours=24)
TOO_LARGE = "too_large"


@dataclass(frozen=True)
class Reading:
    """What a reading did: how many events and changed words newly wait for a look, and which
    events are now left out that were not before."""

    feed_id: int
    added_by: int
    first: bool
    new: int = 0
    problem: str | None = None
    notices: tuple[Notice, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


async def begin(session: AsyncSession, feed_id: int, now: datetime) -> None:
    """Count a reading as failed until it has ended: a feed whose reading ends the process is
    not read again at once when the process starts anew, but later and later."""
    feed = await session.get(EventFeed, feed_id)
    if feed is not None:
        feed.next_read_at_utc = now + min(FIRST_RETRY * 2 ** min(feed.failures, 10), LONGEST_RETRY)
        feed.failures += 1


async def failed(
    session: AsyncSession, feed_id: int, problem: str, now: datetime
) -> Reading | None:
    """Record that a feed could not be read; one that is too large is left alone the longest."""
    feed = await session.get(EventFeed, feed_id)
    if feed is None:
        return None
    first = feed.failure != problem
    feed.failure = problem
    if problem == TOO_LARGE:
        feed.next_read_at_utc = now + LONGEST_RETRY
    return Reading(feed_id, feed.added_by, first, problem=problem)


async def read(
    session: AsyncSession,
    feed_id: int,
    fetched: Fetched,
    said: Calendar | None,
    provinces: Mapping[str, tuple[str, ...]],
    tongues: Collection[Tongue],
    now: datetime,
    zone: ZoneInfo,
) -> Reading | None:
    """Bring the calendar up to what a feed has `said`, by the UID of each event.

    It says nothing when it is as it was. What could not be read of it stays as it is.
    `provinces` has the names of each province, to find it in what the feed calls the place.
    Its words stand in all the `tongues` until a coordinator translates them.
    """
    feed = await session.get(EventFeed, feed_id)
    if feed is None:
        return None
    first = feed.read_at_utc is None
    feed.read_at_utc, feed.failure, feed.failures = now, None, 0
    feed.next_read_at_utc = None if feed.once else now + EVERY
    if said is None:
        return Reading(feed_id, feed.added_by, first=False)
    feed.etag, feed.modified = fetched.etag, fetched.modified
    query = select(Event).where(Event.feed_id == feed_id, Event.uid.is_not(None))
    known = {event.uid: event for event in await session.scalars(query)}
    notices: list[Notice] = []
    new = 0
    for item in said.items:
        event = known.pop(item.uid, None)
        if event is None:
            new += await _add(session, feed, item, provinces, tongues, now, zone)
        elif event.state is not EventState.CANCELLED:  # what a coordinator cancelled stays so
            new += _offer(event, item)
            notices += await _follow(session, event, item, now, zone)
    for left in said.left_out:
        known.pop(left.uid, None)
    for event in known.values():
        notices += await _gone(session, event, now, zone)
    before = {one["uid"] for one in feed.left_out or ()}
    feed.left_out = [asdict(left) for left in said.left_out] or None
    await session.flush()
    left_out = tuple(left for left in said.left_out if left.uid not in before)
    return Reading(feed_id, feed.added_by, first, new, None, tuple(notices), left_out)


async def _add(
    session: AsyncSession,
    feed: EventFeed,
    item: Item,
    provinces: Mapping[str, tuple[str, ...]],
    tongues: Collection[Tongue],
    now: datetime,
    zone: ZoneInfo,
) -> int:
    if not item.slots:
        return 0
    place = item.place
    event = Event(
        kind=feed.kind,
        title=dict.fromkeys(tongues, item.title),
        text=dict.fromkeys(tongues, item.text) if item.text else {},
        online="://" in place,
        province=_province(place, provinces),
        place=place,
        fields=[],
        grades=[],
        all_day=item.all_day,
        places=None,
        offsets=None,
        first_at_utc=item.slots[0].starts,
        lasts_minutes=None,
        repeat=None,
        repeat_until=None,
        state=EventState.WAITING,
        created_by=feed.added_by,
        created_at_utc=now,
        feed_id=feed.id,
        uid=item.uid,
        offered=_words(item, looked=False),
    )
    session.add(event)
    await session.flush()
    for slot in item.slots:
        session.add(dates.new_date(event, slot.name, slot.starts, slot.ends, zone))
    return 1


def _words(item: Item, *, looked: bool) -> dict[str, str | bool]:
    return {"title": item.title, "text": item.text, "place": item.place, "looked": looked}


def _province(place: str, provinces: Mapping[str, tuple[str, ...]]) -> str | None:
    lower = place.lower()
    return next(
        (p for p, names in provinces.items() if any(n.lower() in lower for n in names)), None
    )


def _offer(event: Event, item: Item) -> int:
    """Keep changed words for a coordinator's eyes; return how many look different."""
    old = event.offered or {}
    words = _words(item, looked=False)
    if all(old.get(key) == words[key] for key in ("title", "text", "place")):
        return 0
    event.offered = words
    if all((event.accepted or {}).get(key) == words[key] for key in ("title", "text", "place")):
        event.offered = {**words, "looked": True}
        return 0
    return int(event.state is not EventState.REJECTED)


async def _follow(
    session: AsyncSession, event: Event, item: Item, now: datetime, zone: ZoneInfo
) -> tuple[Notice, ...]:
    """Take over the times of a feed: move, add and call off dates."""
    rows = list(await session.scalars(select(EventDate).where(EventDate.event_id == event.id)))
    known = {date.slot: date for date in rows}
    wanted = {slot.name: slot for slot in item.slots}
    other_shape = event.all_day != item.all_day
    event.all_day = item.all_day
    moved: dict[int, datetime] = {}
    for name, slot in wanted.items():
        date = known.get(name)
        if date is None:
            session.add(dates.new_date(event, name, slot.starts, slot.ends, zone))
        elif (date.starts_at_utc, date.ends_at_utc) != (slot.starts, slot.ends) or other_shape:
            moved[date.id] = date.starts_at_utc
            dates.set_time(event, date, slot.starts, slot.ends, zone)
    gone = [
        date
        for date in rows
        if date.slot not in wanted and date.over_at_utc > now and date.cancelled_at_utc is None
    ]
    if not moved and not gone:
        return ()
    for date in gone:  # the same slot, should it come back, is another date
        date.slot = f"gone:{date.id}"
    told = await calendar.call_off(session, event, gone, now, zone)
    await reminder_plan.replan(session, moved, now, zone)
    changed = [d for d in rows if d.id in moved and d.cancelled_at_utc is None]
    return (*told, *await dates.tell_holders(session, "moved", event, changed, now, zone, moved))


async def _gone(
    session: AsyncSession, event: Event, now: datetime, zone: ZoneInfo
) -> tuple[Notice, ...]:
    """Cancel an event that its feed no longer has, unless it is over anyway."""
    ahead = await dates.coming(session, event.id, now)
    if not ahead:
        return ()
    if event.state is not EventState.PUBLISHED:
        await session.delete(event)
        return ()
    event.state, event.uid = EventState.CANCELLED, None
    return await calendar.call_off(session, event, ahead, now, zone)
