"""Feeds: calendars of others that the bot follows, and how each fares.

What is read of them is in `feed_reading`, what waits for a coordinator's eyes in `offers`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.addresses import tidy_address
from bot.events.details import KINDS
from bot.events.ical.problems import CalendarProblemError
from bot.events.ical.reading import LeftOut
from bot.events.states import EventState
from bot.events.tables import Event, EventFeed
from bot.people.staff import Actor
from bot.refusals import GoneError

MOST_FEEDS = 20


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
    actor.require_staff()
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
    actor.require_staff()
    rows = await actor.session.scalars(select(EventFeed).order_by(EventFeed.id))
    return [_feed(row) for row in rows]


async def find(actor: Actor, feed_id: int) -> Feed:
    """Return one feed. Coordinators only. Raises RefusedError when it is not followed."""
    return _feed(await _followed(actor, feed_id))


async def _followed(actor: Actor, feed_id: int) -> EventFeed:
    actor.require_staff()
    feed = await actor.session.get(EventFeed, feed_id)
    if feed is None:
        raise GoneError("feeds.gone")
    return feed


async def due(session: AsyncSession, now: datetime) -> list[Feed]:
    """Return the feeds that are to be read now."""
    rows = await session.scalars(select(EventFeed).where(EventFeed.next_read_at_utc <= now))
    return [_feed(row) for row in rows]
