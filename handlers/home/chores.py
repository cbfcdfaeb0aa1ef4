"""What must be done when its time has come, whether or not anybody writes."""

import asyncio
from datetime import timedelta

from bot.announcements import privacy as announcements_privacy
from bot.careers import privacy as careers_privacy
from bot.database import Database
from bot.desk import digest
from bot.people.people import tongue_of
from bot.people.staff import coordinators_of
from bot.people.tables import Person
from bot.questions import grouping
from bot.questions import privacy as questions_privacy
from bot.queues import inbox, outbox
from bot.safety import cases, privacy
from bot.telegram.courier import Courier
from bot.timekeeper import Chore
from bot.turn import Services, tell
from handlers.announcements.chores import Announcer
from handlers.desk.digest import digest_screen
from handlers.events.chores import chores
from handlers.mentoring.chores import chores
from handlers.questions.chores import LibraryReloader
from handlers.safety.cases import alert_screen


def chores(services: Services, database: Database, courier: Courier) -> tuple[Chore, ...]:
    """Return every chore of the bot."""

    async def escalate_cases() -> None:
        """Alert the next coordinator of every case that nobody has taken in time."""
        now = services.clock()
        async with database.read() as session:
            due = await cases.next_alert_at(session)
        if due is None or due > now:
            return
        async with database.write() as session:
            staff = await coordinators_of(session, services.settings.coordinator_ids)
            for alert in await cases.alerts_due(session, staff, now, services.case_interval):
                person = await session.get(Person, alert.coordinator_id)
                voice = services.voice(tongue_of(person) if person else "km")
                key = f"case:{alert.case_id}:{alert.round}"
                screen = alert_screen(voice, alert.case_id)
                await tell(session, alert.coordinator_id, screen, key, now)
        courier.wake()

    async def forget_what_is_old() -> None:
        """Delete what has been kept as long as the settings allow."""
        now, settings = services.clock(), services.settings
        async with database.write() as session:
            await inbox.forget_done(session, now)
            await outbox.forget_receipts(session, now)
            await questions_privacy.forget_old(session, now, settings.question_days)
            await privacy.forget_old(session, now, settings.case_days)
            await announcements_privacy.forget_old(session, now, settings.announce_days)
            await careers_privacy.forget_old(session, now, settings.walk_days)

    async def sort_questions() -> None:
        """Put newly asked questions beside those they are like."""
        async with database.read() as session:
            if not await grouping.anything_new(session):
                return
        async with database.write() as session:
            await grouping.take_in(session, services.clock())
        async with database.read() as session:
            found, fresh = await grouping.texts(session)
        into = await asyncio.to_thread(grouping.sort, found, fresh, services.answerer.look)
        async with database.write() as session:
            await grouping.settle(session, fresh, into)

    async def weekly_digest() -> None:
        """Send each coordinator the news of the week, on Monday morning and once."""
        now, zone = services.clock(), services.settings.zone
        week, at = digest.due(now, zone)
        async with database.read() as session:
            if await digest.handled(session, week):
                return
        async with database.write() as session:
            if not await digest.begin(session, week, at, now):
                return
            last = at.date() - timedelta(days=1)
            news = await digest.gather(session, services.content, now, zone, last)
            for person_id in await coordinators_of(session, services.settings.coordinator_ids):
                person = await session.get(Person, person_id)
                voice = services.voice(tongue_of(person) if person else "km")
                screen = digest_screen(voice, services.content, news, now)
                await tell(session, person_id, screen, f"digest:{week}:{person_id}", now)
        courier.wake()

    return (
        Announcer(services, database, courier).chore(),
        Chore("learn", timedelta(seconds=2), LibraryReloader(services, database).look),
        Chore("sort questions", timedelta(seconds=5), sort_questions),
        Chore("weekly digest", timedelta(minutes=1), weekly_digest),
        Chore("escalate cases", timedelta(seconds=15), escalate_cases),
        Chore("forget what is old", timedelta(hours=6), forget_what_is_old),
        *chores(services, database, courier),
        *chores(services, database, courier.wake),
    )
