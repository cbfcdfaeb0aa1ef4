"""What must be done about mentoring when its time has come, whether or not anybody writes."""

from datetime import timedelta
from functools import partial

from bot.database import Database
from bot.mentoring import due, relay
from bot.mentoring.policy import Policy
from bot.people.staff import coordinators_of
from bot.timekeeper import Chore, Wake
from bot.turn import Services, tell, voice_of
from handlers.mentoring.notices import tell_news
from handlers.mentoring.relay import deliver, outcome_screen


def chores(services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
    """Return the chores of mentoring."""
    round_ = partial(go_round, services, database, wake)
    return (Chore("go the mentors' round", timedelta(seconds=30), round_),)


async def go_round(services: Services, database: Database, wake: Wake) -> None:
    """Remind, pass on, expire, end; deliver what waited for the morning; tell the news."""
    now, policy = services.clock(), Policy.of(services.settings)
    async with database.write() as session:
        staff = await coordinators_of(session, services.settings.coordinator_ids)
        await due.go_round(session, staff, policy, now)
        for outcome in await relay.deliver_due(session, staff, policy, now):
            to = outcome.to_id if outcome.kind == "sent" else outcome.sender_id
            voice = await voice_of(session, services, to)
            if outcome.kind == "sent":
                await deliver(session, services, outcome, voice)
            elif outcome.kind == "closed":
                key = f"refused:{outcome.message_id}"
                await tell(session, to, outcome_screen(voice, outcome), key, now)
        await tell_news(session, services, staff, now)
    wake()
