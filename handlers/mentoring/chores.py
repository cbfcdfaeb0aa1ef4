"""What must be done about mentoring when its time has come, whether or not anybody writes."""

from datetime import timedelta

from bot.database import Database
from bot.mentoring import due, held, moves, relay
from bot.mentoring.relay import End
from bot.people.staff import Actor, coordinators_of
from bot.timekeeper import Wake
from bot.turn import Services, tell, voice_of
from handlers.feature import Duty
from handlers.mentoring.notices import tell_news
from handlers.mentoring.oversight_screens import reminder_screen
from handlers.mentoring.relay import changed_screen, deliver, outcome_screen
from handlers.mentoring.waiting import tell_found


async def go_round(services: Services, database: Database, wake: Wake) -> None:
    """Remind, pass on, expire, end; deliver what waited for the morning; tell the news.

    Nothing that is held waits unseen.
    """
    now, policy = services.clock(), services.policy
    async with database.write() as session:
        staff = await coordinators_of(session, services.settings.coordinator_ids)
        bot = moves.bot(session, staff, now)
        await due.go_round(bot, policy)
        for outcome in await relay.deliver_due(bot, policy):
            if outcome.end is End.SENT:
                await deliver(session, services, outcome, now)
            elif outcome.end is End.CLOSED:
                voice = await voice_of(session, services, outcome.sender_id)
                screen, key = outcome_screen(voice, outcome), f"refused:{outcome.message_id}"
                await tell(session, outcome.sender_id, screen, key, now)
        await _remind(services, bot)
        await tell_found(services, bot)
        await tell_news(services, bot)
    wake()


async def _remind(services: Services, bot: Actor) -> None:
    """Remind coordinators of what waits for hours, and tell who wrote it after a day."""
    session, now, policy = bot.session, bot.now, services.policy
    for waits in await held.reminders(bot, policy):
        voice = await voice_of(session, services, waits.coordinator_id)
        key = f"waits:{now.timestamp():.0f}:{waits.coordinator_id}"
        await tell(session, waits.coordinator_id, reminder_screen(voice, waits, now), key, now)
    for message in await held.waiting_long(bot, policy):
        voice = await voice_of(session, services, message.sender_id)
        screen = changed_screen(voice, "talk.still_waiting", message.introduction_id)
        await tell(session, message.sender_id, screen, f"waiting:{message.id}", now)


DUTIES = (Duty("go the mentors' round", timedelta(seconds=30), go_round),)
