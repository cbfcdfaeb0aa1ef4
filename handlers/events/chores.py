"""What events need when nobody writes: reminders in time, places moved up, feeds read again."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.content.base import Tongue
from bot.database import Database, Session
from bot.database.trouble import is_out_of_order
from bot.events import dates, feed_reading, feeds, reminder_plan, signups
from bot.events.feed_reading import Reading
from bot.events.feeds import Feed
from bot.events.fetch import fetch
from bot.events.ical.problems import CalendarProblemError
from bot.events.ical.reading import read_calendar
from bot.failures import named
from bot.people.people import FORGOTTEN
from bot.queues.outbox import Lane
from bot.screens.screen import Screen
from bot.timekeeper import Wake
from bot.turn import Services, tell, voice_of, voice_to
from handlers.events import deadlines
from handlers.events.feeds import reading_screen
from handlers.events.form_screens import written_in
from handlers.events.notices import announce
from handlers.events.screens import reminder_screen
from handlers.feature import Duty

log = logging.getLogger(__name__)


async def send_reminders(services: Services, database: Database, wake: Wake) -> datetime | None:
    """Stage every reminder whose time has come; return when the next is due."""
    async with database.read() as session:
        idle = not await reminder_plan.anything_to_do(session, services.clock())
    if not idle:
        async with database.write() as session:
            await reminder_plan.take_back(session, services.clock())
        # In small transactions, so that nobody's question waits for a thousand reminders.
        while await _stage_some(services, database):
            wake()
    async with database.read() as session:
        return await reminder_plan.next_look(session)


async def look_after_places(services: Services, database: Database, wake: Wake) -> None:
    """Move up where a place came free by itself."""
    async with database.read() as session:
        idle = not await signups.may_move_up(session, services.clock())
    if not idle:
        async with database.write() as session:
            zone = services.settings.zone
            notices = await signups.move_all_up(session, services.clock(), zone)
            await announce(session, services, notices, services.clock())
        wake()


async def keep_the_calendar(services: Services, database: Database, _wake: Wake) -> None:
    """Plan from the tables, add dates to what repeats."""
    now, zone = services.clock(), services.settings.zone
    async with database.write() as session:
        await dates.extend_all(session, now, zone)
        await reminder_plan.replan_all(session, now, zone)


async def read_feeds(services: Services, database: Database, wake: Wake) -> None:
    """Read every feed that is due; what one does wrong does not stop the others."""
    async with database.read() as session:
        due = await feeds.due(session, services.clock())
    for feed in due:
        try:
            await _read_feed(services, database, feed)
        except Exception as error:
            if is_out_of_order(error):
                # No fault of the calendar: it is read at the next turn.
                raise
            log.error("feed %s could not be taken over: %s", feed.id, named(error))
            now = services.clock()
            async with database.write() as session:
                reading = await feed_reading.failed(session, feed.id, "not_a_calendar", now)
                if reading is not None and reading.first:
                    await _tell(session, services, feed, reading, now)
    if due:
        wake()


async def _stage_some(services: Services, database: Database) -> bool:
    """Stage a batch of reminders; return whether there may be more."""
    now, zone = services.clock(), services.settings.zone
    screens: dict[tuple[int, Tongue, bool, bool], Screen] = {}  # most are told the same
    async with database.write() as session:
        for one in await reminder_plan.take_ready(session, now, zone):
            voice = await voice_to(session, services, one.person_id, one.tongue)
            kind = (one.happening.date_id, one.tongue, one.late, voice.adult)
            if kind not in screens:
                screens[kind] = reminder_screen(
                    voice, services.content, one.happening, now, zone, late=one.late
                )
            await tell(
                session,
                one.person_id,
                screens[kind],
                one.key,
                now,
                Lane.REMINDER,
                expires=one.until,
            )
        due = await reminder_plan.next_look(session)
        return due is not None and due <= now


async def _read_feed(services: Services, database: Database, feed: Feed) -> None:
    """Fetch and parse outside of any transaction, then take over in one."""
    zone, now = services.settings.zone, services.clock()
    provinces = {p.id: p.label.all() for p in services.content.provinces}
    problem = ""
    async with database.write() as session:
        await feed_reading.begin(session, feed.id, now)
    try:
        fetched = await fetch(
            feed.url, feed.etag, feed.modified, anywhere=services.settings.feeds_anywhere
        )
        data = fetched.data
        said = None if data is None else await asyncio.to_thread(read_calendar, data, now, zone)
    except CalendarProblemError as error:
        problem = str(error)
    async with database.write() as session:
        if problem:
            reading = await feed_reading.failed(session, feed.id, problem, now)
        else:
            reading = await feed_reading.read(
                session,
                feed.id,
                fetched,
                said,
                provinces,
                written_in(services.content),
                now,
                zone,
            )
        if reading is None:
            return
        await announce(session, services, reading.notices, now)
        if reading.first or reading.new or reading.left_out:
            await _tell(session, services, feed, reading, now)


async def _tell(
    session: Session, services: Services, feed: Feed, reading: Reading, now: datetime
) -> None:
    """Tell whoever added a feed what became of reading it."""
    if reading.added_by == FORGOTTEN:
        return
    voice = await voice_of(session, services, reading.added_by)
    key = f"feed:{feed.id}:{now.isoformat()}"
    await tell(session, reading.added_by, reading_screen(voice, feed.url, reading), key, now)


DUTIES = (
    Duty("keep the calendar", timedelta(hours=1), keep_the_calendar),
    Duty("send reminders", timedelta(minutes=1), send_reminders),
    Duty("remind of last days", timedelta(minutes=5), deadlines.remind),
    Duty("look after places", timedelta(minutes=1), look_after_places),
    Duty("read feeds", timedelta(seconds=15), read_feeds),
)
