"""What must be done when its time has come, whether or not anybody writes."""

from datetime import timedelta

from bot import cases, inbox, outbox, questions, recipients, walks
from bot.announcing import Announcer
from bot.courier import Courier
from bot.database import Database
from bot.database.tables import Person
from bot.event_chores import event_chores
from bot.mentoring_chores import mentoring_chores
from bot.people import coordinators_of, tongue_of
from bot.timekeeper import Chore
from bot.turn import World, tell
from handlers.cases import alert_screen


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

    return (
        Announcer(world, database, courier).chore(),
        Chore("escalate cases", timedelta(seconds=15), escalate_cases),
        Chore("forget what is old", timedelta(hours=6), forget_what_is_old),
        *mentoring_chores(world, database, courier),
        *event_chores(world, database, courier.wake),
    )
