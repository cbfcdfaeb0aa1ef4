"""What must be done when its time has come, whether or not anybody writes."""

import asyncio
from datetime import timedelta

from bot import cases, digest, inbox, outbox, questions, recipients, sorting, walks
from bot.announcing import Announcer
from bot.courier import Courier
from bot.database import Database
from bot.database.tables import Person
from bot.event_chores import event_chores
from bot.learning import Learner
from bot.mentoring_chores import mentoring_chores
from bot.people import coordinators_of, tongue_of
from bot.timekeeper import Chore
from bot.turn import World, tell
from handlers.cases import alert_screen
from handlers.desk_digest import digest_screen


def chores(world: World, database: Database, courier: Courier) -> tuple[Chore, ...]:
    """Return every chore of the bot."""

    async def escalate_cases() -> None:
        """Alert the next coordinator of every case that nobody has taken in time."""
        now = world.clock()
        async with database.read() as session:
            due = await cases.next_alert_at(session)
        if due is None or due > now:
            return
        async with database.write() as session:
            staff = await coordinators_of(session, world.settings.coordinator_ids)
            for alert in await cases.alerts_due(session, staff, now, world.case_interval):
                person = await session.get(Person, alert.coordinator_id)
                voice = world.voice(tongue_of(person) if person else "km")
                key = f"case:{alert.case_id}:{alert.round}"
                screen = alert_screen(voice, alert.case_id)
                await tell(session, alert.coordinator_id, screen, key, now)
        courier.wake()

    async def forget_what_is_old() -> None:
        """Delete what has been kept as long as the settings allow."""
        now, settings = world.clock(), world.settings
        async with database.write() as session:
            await inbox.forget_done(session, now)
            await outbox.forget_receipts(session, now)
            await questions.forget_old(session, now, settings.question_days)
            await cases.forget_old(session, now, settings.case_days)
            await recipients.forget_old(session, now, settings.announce_days)
            await walks.forget_old(session, now, settings.walk_days)

    async def sort_questions() -> None:
        """Put newly asked questions beside those they are like."""
        async with database.read() as session:
            if not await sorting.anything_new(session):
                return
        async with database.write() as session:
            await sorting.take_in(session, world.clock())
        async with database.read() as session:
            found, fresh = await sorting.texts(session)
        into = await asyncio.to_thread(sorting.sort, found, fresh, world.answerer.look)
        async with database.write() as session:
            await sorting.settle(session, fresh, into)

    async def weekly_digest() -> None:
        """Send each coordinator the news of the week, on Monday morning and once."""
        now, zone = world.clock(), world.settings.zone
        week, at = digest.due(now, zone)
        async with database.read() as session:
            if await digest.handled(session, week):
                return
        async with database.write() as session:
            if not await digest.begin(session, week, at, now):
                return
            last = at.date() - timedelta(days=1)
            news = await digest.gather(session, world.content, now, zone, last)
            for person_id in await coordinators_of(session, world.settings.coordinator_ids):
                person = await session.get(Person, person_id)
                voice = world.voice(tongue_of(person) if person else "km")
                screen = digest_screen(voice, world.content, news, now)
                await tell(session, person_id, screen, f"digest:{week}:{person_id}", now)
        courier.wake()

    return (
        Announcer(world, database, courier).chore(),
        Chore("learn", timedelta(seconds=2), Learner(world, database).look),
        Chore("sort questions", timedelta(seconds=5), sort_questions),
        Chore("weekly digest", timedelta(minutes=1), weekly_digest),
        Chore("escalate cases", timedelta(seconds=15), escalate_cases),
        Chore("forget what is old", timedelta(hours=6), forget_what_is_old),
        *mentoring_chores(world, database, courier),
        *event_chores(world, database, courier.wake),
    )
