"""Feeds: calendars of others, read again and again; their words wait for a coordinator's eyes.

New events and new words are shown to nobody until a coordinator has looked at them, because
every sentence the bot says was read by a person. New times and cancellations are facts: they
hold at once, and those who hold a place are told.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Tongue
from bot.events import calendar, dates, reminder_plan
from bot.events.addresses import tidy_address
from bot.events.details import KINDS
from bot.events.fetch import Fetched
from bot.events.ical.problems import CalendarProblemError
from bot.events.ical.reading import Calendar, Item, LeftOut
from bot.events.notices import Notice
from bot.events.states import EventState
from bot.events.tables import Event, EventDate, EventFeed
from bot.people.staff import Actor
from bot.refusals import GoneError
from bot.rights import May

EVERY = timedelta(hours=2)
FIRST_RETRY, LONGEST_RETRY = timedelta(minutes=15), timedelta(hours=24)
MOST_FEEDS = 20
TOO_LARGE = "too_large"
_OFFERED = (EventState.WAITING, EventState.PUBLISHED)


@dataclass(frozen=True)
class Feed:
    """A calendar of others, and how reading it fares."""

    id: int
    url: str
    kind: str
    added_by: int
    etag: str | None
    modified: str | None
    read_at: datetime | None
    failure: str | None
    left_out: tuple[LeftOut, ...]


def _feed(row: EventFeed) -> Feed:
    return Feed(
        row.id,
        row.url,
        row.kind,
        row.added_by,
        row.etag,
        row.modified,
        row.read_at_utc,
        row.failure,
        tuple(LeftOut(**one) for one in row.left_out or ()),
    )


async def subscribe(
    actor: Actor,
    address: str,
    kind: str,
    *,
    once: bool,
    anywhere: bool,
    instead_of: int | None = None,
) -> int:
    """Begin to read a feed; return its id. Coordinators only. Raises CalendarProblemError.

    The one `instead_of` which it is, a mistyped one, is read no more, unless it could be read.
    """
    actor.require(May.EVENTS)
    url = tidy_address(address, anywhere=anywhere)
    if kind not in KINDS:
        raise ValueError(kind)
    known = list(await actor.session.scalars(select(EventFeed)))
    feed = next((f for f in known if f.url == url), None)
    if feed is None:
        if len(known) >= MOST_FEEDS:
            raise CalendarProblemError("too_many")
        feed = EventFeed(url=url, added_by=actor.id, kind=kind, once=once, failures=0)
        actor.session.add(feed)
    feed.kind, feed.once, feed.added_by, feed.failures = kind, once, actor.id, 0
    feed.etag = feed.modified = feed.failure = None
    feed.next_read_at_utc = actor.now
    await actor.session.flush()
    await actor.note("subscribed", "feed", feed.id)
    before = next((f for f in known if f.id == instead_of and f is not feed), None)
    if before is not None and before.read_at_utc is None:
        await unsubscribe(actor, before.id)
    return feed.id


async def unsubscribe(actor: Actor, feed_id: int) -> None:
    """Stop reading a feed; what is in the calendar stays, what waits goes. Coordinators only."""
    feed = await _followed(actor, feed_id)
    unseen = (EventState.WAITING, EventState.REJECTED)
    await actor.session.execute(
        delete(Event).where(Event.feed_id == feed_id, Event.state.in_(unseen))
    )
    await actor.session.delete(feed)
    await actor.note("unsubscribed", "feed", feed_id)


async def feeds(actor: Actor) -> list[Feed]:
    """Return every feed. Coordinators only."""
    actor.require(May.EVENTS)
    rows = await actor.session.scalars(select(EventFeed).order_by(EventFeed.id))
    return [_feed(row) for row in rows]


async def find(actor: Actor, feed_id: int) -> Feed:
    """Return one feed. Coordinators only. Raises RefusedError when it is not followed."""
    return _feed(await _followed(actor, feed_id))


async def _followed(actor: Actor, feed_id: int) -> EventFeed:
    actor.require(May.EVENTS)
    feed = await actor.session.get(EventFeed, feed_id)
    if feed is None:
        raise GoneError("feeds.gone")
    return feed


async def due(session: AsyncSession, now: datetime) -> list[Feed]:
    """Return the feeds that are to be read now."""
    rows = await session.scalars(select(EventFeed).where(EventFeed.next_read_at_utc <= now))
    return [_feed(row) for row in rows]


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
    ends: datetime | None
    all_day: bool


async def how_many(actor: Actor) -> int:
    """Return how many events of feeds wait for a look. Coordinators only."""
    return len(await offers(actor))


async def offers(actor: Actor) -> list[Offer]:
    """Return what waits for a look, soonest first. Coordinators only."""
    actor.require(May.EVENTS)
    query = select(Event).where(Event.state.in_(_OFFERED), Event.offered.is_not(None))
    found = []
    for event in await actor.session.scalars(query):
        words = event.offered or {}
        ahead = await dates.coming(actor.session, event.id, actor.now)
        if words.get("looked") or not ahead:
            continue
        found.append(
            Offer(
                event.id,
                event.state is EventState.WAITING,
                event.kind,
                words["title"],
                words["text"],
                words["place"],
                ahead[0].starts_at_utc,
                ahead[0].ends_at_utc,
                event.all_day,
            )
        )
    return sorted(found, key=lambda offer: offer.starts)


async def accept(actor: Actor, event_id: int, zone: ZoneInfo) -> tuple[Notice, ...] | None:
    """Publish an event of a feed, or take over its new words. Coordinators only.

    Words that a coordinator has rewritten or translated since are not overwritten. Returns None
    when it is offered no longer.
    """
    event = await _offered(actor, event_id)
    if event is None or event.offered is None:
        return None
    words, was_waiting = event.offered, event.state is EventState.WAITING
    before = None if was_waiting else event.accepted or {}
    tongues = tuple(event.title)
    event.title = _taken_over(event.title, "title", words, before, tongues)
    event.text = _taken_over(event.text, "text", words, before, tongues)
    if before is None or event.place == before.get("place"):
        event.place = words["place"]
    event.state = EventState.PUBLISHED
    event.accepted = event.offered = {**words, "looked": True}
    await actor.note("accepted", "event", event_id)
    if was_waiting:
        return ()
    event.version += 1
    ahead = await dates.coming(actor.session, event_id, actor.now)
    return await dates.tell_holders(actor.session, "changed", event, ahead, actor.now, zone)


def _taken_over(
    said: Mapping[Tongue, str],
    name: str,
    words: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    tongues: Collection[Tongue],
) -> dict[Tongue, str]:
    """Return what is said with the new words of the feed where its old ones stood."""
    now = dict(said)
    for tongue in tongues:
        if before is None or now.get(tongue, "") == before.get(name):
            now[tongue] = words[name]
    return {tongue: words for tongue, words in now.items() if words}


async def reject(actor: Actor, event_id: int) -> None:
    """Leave out an event of a feed, or keep the words that it has. Coordinators only."""
    event = await _offered(actor, event_id)
    if event is None or event.offered is None:
        return
    event.offered = {**event.offered, "looked": True}
    if event.state is EventState.WAITING:
        event.state = EventState.REJECTED
    await actor.note("rejected", "event", event_id)


async def _offered(actor: Actor, event_id: int) -> Event | None:
    actor.require(May.EVENTS)
    event = await actor.session.get(Event, event_id)
    if event is None or event.state not in _OFFERED:
        return None
    return event if event.offered and not event.offered["looked"] else None
