"""What must be done about mentoring when its time has come, whether or not anybody writes."""

from datetime import timedelta

from bot.database import Database
from bot.mentoring import due, privacy, relay
from bot.mentoring.policy import Policy
from bot.people.people import tongue_of
from bot.people.staff import coordinators_of
from bot.people.tables import Person
from bot.telegram.courier import Courier
from bot.timekeeper import Chore
from bot.turn import Services, tell
from handlers.mentoring.notices import tell_news
from handlers.mentoring.relay import deliver, outcome_screen


def mentoring_chores(
    services: Services, database: Database, courier: Courier
) -> tuple[Chore, ...]:
    """Return the chores of mentoring."""
    policy = Policy.of(services.settings)

    async def go_round() -> None:
        """Remind, pass on, expire, end; deliver what waited for the morning; tell the news."""
        now = services.clock()
        async with database.write() as session:
            staff = await coordinators_of(session, services.settings.coordinator_ids)
            await due.go_round(session, staff, policy, now)
            for outcome in await relay.deliver_due(session, staff, policy, now):
                to = outcome.to_id if outcome.kind == "sent" else outcome.sender_id
                person = await session.get(Person, to)
                voice = services.voice(tongue_of(person) if person else "km")
                if outcome.kind == "sent":
                    await deliver(session, services, outcome, voice)
                elif outcome.kind == "closed":
                    key = f"refused:{outcome.message_id}"
                    await tell(session, to, outcome_screen(voice, outcome), key, now)
            await tell_news(session, services, staff, now)
        courier.wake()

    async def forget() -> None:
        """Erase transcripts and closed introductions past their retention time."""
        async with database.write() as session:
            await privacy.forget_old(session, policy, services.clock())

    return (
        Chore("go the mentors' round", timedelta(seconds=30), go_round),
        Chore("forget old talks", timedelta(hours=6), forget),
    )
