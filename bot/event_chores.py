"""What events need when nobody writes: reminders in time, places moved up, feeds read again."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.content_models import Tongue
from bot.database import Database
from bot.database.events_tables import EventFeed
from bot.database.tables import Person
from bot.events import dates, drafts, feeds, plan, signups
from bot.events.fetch import fetch
from bot.events.happening import Happening
from bot.events.ical import CalendarProblemError, read_calendar
from bot.events.notices import Notice
from bot.outbox import Lane
from bot.people import tongue_of
from bot.screen import Screen
from bot.timekeeper import Chore
from bot.turn import World, tell
from handlers.event_feeds import reading_screen
from handlers.event_notes import notice_screen
from handlers.event_screens import reminder_screen

log = logging.getLogger(__name__)


def event_chores(
    world: World, database: Database, staged: Callable[[], None]
) -> tuple[Chore, ...]:
    """Return the chores of the calendar; `staged` wakes the courier."""
    zone = world.settings.zone

    async def send_reminders() -> datetime | None:
        """Stage every reminder whose time has come; return when the next is due."""
        async with database.read() as session:
            idle = not await plan.anything_to_do(session, world.clock())
        if not idle:
            async with database.write() as session:
                await plan.take_back(session, world.clock())
            # In small transactions, so that nobody's question waits for a thousand reminders.
            while await _stage_some(world, database):
                staged()
        async with database.read() as session:
            return await plan.next_look(session)

    async def look_after_places() -> None:
        """Move up where a place came free by itself."""
        async with database.read() as session:
            idle = not await signups.may_move_up(session, world.clock())
        if not idle:
            async with database.write() as session:
                notices = await signups.move_all_up(session, world.clock(), zone)
                await _announce(world, session, notices)
            staged()

    async def keep_the_calendar() -> None:
        """Plan from the tables, add dates to what repeats, forget what is long over."""
        now = world.clock()
        async with database.write() as session:
            await dates.extend_all(session, now, zone)
            await plan.replan_all(session, now, zone)
            await drafts.forget_old(session, now)
            await signups.forget_old(session, now - timedelta(days=world.settings.event_days))

    async def read_feeds() -> None:
        """Read every feed that is due; what one does wrong does not stop the others."""
        async with database.read() as session:
            due = await feeds.due(session, world.clock())
        for feed in due:
            try:
                await _read_feed(world, database, feed)
            except Exception:
                log.exception("feed %s could not be taken over", feed.id)
                async with database.write() as session:
                    await feeds.failed(session, feed.id, "not_a_calendar", world.clock())
        if due:
            staged()

    return (
        Chore("keep the calendar", timedelta(hours=1), keep_the_calendar),
        Chore("send reminders", timedelta(minutes=1), send_reminders),
        Chore("look after places", timedelta(minutes=1), look_after_places),
        Chore("read feeds", timedelta(seconds=15), read_feeds),
    )


async def _stage_some(world: World, database: Database) -> bool:
    """Stage a batch of reminders; return whether there may be more."""
    now, zone = world.clock(), world.settings.zone
    screens: dict[tuple[Happening, Tongue, bool], Screen] = {}  # most are told the same
    async with database.write() as session:
        for one in await plan.take_ready(session, now, zone):
            kind = (one.of, one.tongue, one.late)
            if kind not in screens:
                voice = world.voice(one.tongue)
                screens[kind] = reminder_screen(
                    voice, world.content, one.of, now, zone, late=one.late
                )
            await tell(
                session, one.person_id, screens[kind], one.key, now, Lane.REMINDER,
                expires=one.until,
            )  # fmt: skip
        due = await plan.next_look(session)
        return due is not None and due <= now


async def _announce(world: World, session: AsyncSession, notices: Iterable[Notice]) -> None:
    for notice in notices:
        screen = notice_screen(
            world.voice(notice.tongue), world.content, notice, world.settings.zone
        )
        await tell(
            session, notice.person_id, screen, notice.key, world.clock(), silent=notice.quiet
        )


async def _read_feed(world: World, database: Database, feed: EventFeed) -> None:
    """Fetch and parse outside of any transaction, then take over in one."""
    zone, now = world.settings.zone, world.clock()
    provinces = {p.id: (p.label.km, p.label.en) for p in world.content.provinces}
    problem = ""
    try:
        fetched = await fetch(
            feed.url, feed.etag, feed.modified, anywhere=world.settings.feeds_anywhere
        )
        data = fetched.data
        items = [] if data is None else await asyncio.to_thread(read_calendar, data, now, zone)
    except CalendarProblemError as error:
        problem = str(error)
    async with database.write() as session:
        if problem:
            reading = await feeds.failed(session, feed.id, problem, now)
        else:
            reading = await feeds.read(session, feed.id, fetched, items, provinces, now, zone)
        if reading is None:
            return
        await _announce(world, session, reading.notices)
        if not (reading.first or reading.new):
            return
        person = await session.get(Person, reading.added_by)
        voice = world.voice(tongue_of(person) if person else "km")
        key = f"feed:{feed.id}:{now.isoformat()}"
        await tell(session, reading.added_by, reading_screen(voice, feed.url, reading), key, now)
