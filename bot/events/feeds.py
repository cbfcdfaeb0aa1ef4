"""Feeds: calendars of others, read again and again; their words wait for a coordinator's eyes.

New events and new words are shown to nobody until a coordinator has looked at them, because
every sentence the bot says was read by a person. New times and cancellations are facts: they
hold at once, and those who hold a place are told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import calendar, dates, reminder_plan
from bot.events.details import KINDS
from bot.events.fetch import Fetched, tidy_address
from bot.events.ical import CalendarProblemError, Item
from bot.events.notices import Notice
from bot.events.tables import Event, EventDate, EventFeed
from bot.people.audit import note
from bot.people.staff import require_coordinator

EVERY = timedelta(hours=2)
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=15), timedelta(hours=24)
MOST_FEEDS = 20


async def subscribe(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], address: str, kind: str,
    now: datetime, *, once: bool, anywhere: bool,
) -> EventFeed:  # fmt: skip
    """Begin to read a feed. Coordinators only. Raises CalendarProblemError."""
    require_coordinator(actor_id, coordinators)
    url = tidy_address(address, anywhere=anywhere)
    if kind not in KINDS:
        raise ValueError(kind)
    known = list(await session.scalars(select(EventFeed)))
    feed = next((f for f in known if f.url == url), None)
    if feed is None:
        if len(known) >= MOST_FEEDS:
            raise CalendarProblemError("too_many")
        feed = EventFeed(url=url, added_by=actor_id, kind=kind, once=once, failures=0)
        session.add(feed)
    feed.kind, feed.once, feed.added_by, feed.failures = kind, once, actor_id, 0
    feed.etag = feed.modified = feed.failure = None
    feed.next_read_at_utc = now
    await session.flush()
    await note(session, actor_id, "subscribed", f"feed {feed.id}", now)
    return feed


async def unsubscribe(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], feed_id: int,
    now: datetime,
) -> bool:  # fmt: skip
    """Stop reading a feed; what is in the calendar stays, what waits goes. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    feed = await session.get(EventFeed, feed_id)
    if feed is None:
        return False
    await session.execute(
        delete(Event).where(Event.feed_id == feed_id, Event.state.in_(("waiting", "rejected")))
    )
    await session.delete(feed)
    await note(session, actor_id, "unsubscribed", f"feed {feed_id}", now)
    return True


async def feeds(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...]
) -> list[EventFeed]:
    """Return every feed. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    return list(await session.scalars(select(EventFeed).order_by(EventFeed.id)))


async def due(session: AsyncSession, now: datetime) -> list[EventFeed]:
    """Return the feeds that are to be read now."""
    return list(await session.scalars(select(EventFeed).where(EventFeed.next_read_at_utc <= now)))


@dataclass(frozen=True)
class Reading:
    """What a reading did; `new` is how many events and changed words wait for a look."""

    feed_id: int
    added_by: int
    first: bool
    new: int = 0
    problem: str | None = None
    notices: tuple[Notice, ...] = ()


async def failed(
    session: AsyncSession, feed_id: int, problem: str, now: datetime
) -> Reading | None:
    """Record that a feed could not be read; it is tried again later and later."""
    feed = await session.get(EventFeed, feed_id)
    if feed is None:
        return None
    first = feed.failure != problem
    feed.failure = problem
    feed.next_read_at_utc = now + min(FIRST_RETRY * 2 ** min(feed.failures, 10), LONGEST_RETRY)
    feed.failures += 1
    return Reading(feed_id, feed.added_by, first, problem=problem)


async def read(
    session: AsyncSession, feed_id: int, fetched: Fetched, items: list[Item],
    provinces: Mapping[str, tuple[str, ...]], now: datetime, zone: ZoneInfo,
) -> Reading | None:  # fmt: skip
    """Bring the calendar up to what a feed says, by the UID of each event.

    `provinces` has the names of each province, to find it in what the feed calls the place.
    """
    feed = await session.get(EventFeed, feed_id)
    if feed is None:
        return None
    first = feed.read_at_utc is None
    feed.read_at_utc, feed.failure, feed.failures = now, None, 0
    feed.next_read_at_utc = None if feed.once else now + EVERY
    if fetched.data is None:
        return Reading(feed_id, feed.added_by, first=False)
    feed.etag, feed.modified = fetched.etag, fetched.modified
    query = select(Event).where(Event.feed_id == feed_id, Event.uid.is_not(None))
    known = {event.uid: event for event in await session.scalars(query)}
    notices: list[Notice] = []
    new = 0
    for item in items:
        event = known.pop(item.uid, None)
        if event is None:
            new += await _add(session, feed, item, provinces, now, zone)
        elif event.state != "cancelled":  # what a coordinator cancelled stays so
            new += _offer(event, item)
            notices += await _follow(session, event, item, now, zone)
    for event in known.values():
        notices += await _gone(session, event, now, zone)
    await session.flush()
    return Reading(feed_id, feed.added_by, first, new, notices=tuple(notices))


async def _add(
    session: AsyncSession, feed: EventFeed, item: Item, provinces: Mapping[str, tuple[str, ...]],
    now: datetime, zone: ZoneInfo,
) -> int:  # fmt: skip
    if not item.slots:
        return 0
    place = item.place
    event = Event(
        kind=feed.kind, title_km=item.title, title_en=item.title, text_km=item.text,
        text_en=item.text, online="://" in place, province=_province(place, provinces),
        place=place, fields=[], grades=[], all_day=item.all_day, places=None, offsets=None,
        first_at_utc=item.slots[0].starts, lasts_minutes=None, repeat=None, repeat_until=None,
        state="waiting", created_by=feed.added_by, created_at_utc=now, feed_id=feed.id,
        uid=item.uid, offered=_words(item, looked=False),
    )  # fmt: skip
    session.add(event)
    await session.flush()
    for slot in item.slots:
        session.add(dates.new_date(event, slot.name, slot.starts, slot.ends, zone))
    return 1


def _words(item: Item, *, looked: bool) -> dict[str, str | bool]:
    return {"title": item.title, "text": item.text, "place": item.place, "looked": looked}


def _province(place: str, provinces: Mapping[str, tuple[str, ...]]) -> str | None:
    lower = place.lower()
    return next((p for p, names in provinces.items() if any(n.lower() in lower for n in names)),
                None)  # fmt: skip


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
    return int(event.state != "rejected")


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
        date for date in rows
        if date.slot not in wanted and date.over_at_utc > now and date.cancelled_at_utc is None
    ]  # fmt: skip
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
    if event.state != "published":
        await session.delete(event)
        return ()
    event.state, event.uid = "cancelled", None
    return await calendar.call_off(session, event, ahead, now, zone)


@dataclass(frozen=True)
class Offer:
    """Something of a feed that waits for a look: a new event, or new words for one."""

    event_id: int
    new: bool
    kind: str
    title: str
    text: str
    place: str
    starts: datetime
    all_day: bool


async def offers(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], now: datetime
) -> list[Offer]:
    """Return what waits for a look, soonest first. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    query = select(Event).where(
        Event.state.in_(("waiting", "published")), Event.offered.is_not(None)
    )
    found = []
    for event in await session.scalars(query):
        words = event.offered or {}
        ahead = await dates.coming(session, event.id, now)
        if words.get("looked") or not ahead:
            continue
        found.append(
            Offer(
                event.id,
                event.state == "waiting",
                event.kind,
                words["title"],
                words["text"],
                words["place"],
                ahead[0].starts_at_utc,
                event.all_day,
            )  # fmt: skip
        )
    return sorted(found, key=lambda offer: offer.starts)


async def accept(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], event_id: int,
    now: datetime, zone: ZoneInfo,
) -> tuple[Notice, ...] | None:  # fmt: skip
    """Publish an event of a feed, or take over its new words. Coordinators only.

    Words that a coordinator has rewritten or translated since are not overwritten.
    """
    event = await _offered(session, actor_id, coordinators, event_id)
    if event is None or event.offered is None:
        return None
    words, was_waiting = event.offered, event.state == "waiting"
    before = event.accepted or {}
    for column, key in (("title_km", "title"), ("title_en", "title"), ("text_km", "text"),
                        ("text_en", "text"), ("place", "place")):  # fmt: skip
        if was_waiting or getattr(event, column) == before.get(key):
            setattr(event, column, words[key])
    event.state = "published"
    event.accepted = event.offered = {**words, "looked": True}
    await note(session, actor_id, "accepted", f"event {event_id}", now)
    if was_waiting:
        return ()
    event.version += 1
    ahead = await dates.coming(session, event_id, now)
    return await dates.tell_holders(session, "changed", event, ahead, now, zone)


async def reject(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], event_id: int,
    now: datetime,
) -> bool:  # fmt: skip
    """Leave out an event of a feed, or keep the words that it has. Coordinators only."""
    event = await _offered(session, actor_id, coordinators, event_id)
    if event is None or event.offered is None:
        return False
    event.offered = {**event.offered, "looked": True}
    if event.state == "waiting":
        event.state = "rejected"
    await note(session, actor_id, "rejected", f"event {event_id}", now)
    return True


async def _offered(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], event_id: int
) -> Event | None:
    require_coordinator(actor_id, coordinators)
    event = await session.get(Event, event_id)
    if event is None or event.state not in ("waiting", "published"):
        return None
    return event if event.offered and not event.offered["looked"] else None
