"""What must be done about mentoring when its time has come, whether or not anybody writes."""

from datetime import timedelta

from bot.courier import Courier
from bot.database import Database
from bot.database.tables import Person
from bot.mentoring import forgetting, relay, rounds
from bot.mentoring.policy import Policy
from bot.people import coordinators_of, tongue_of
from bot.timekeeper import Chore
from bot.turn import World, tell
from handlers.news import tell_news
from handlers.relay import deliver, outcome_screen


def mentoring_chores(world: World, database: Database, courier: Courier) -> tuple[Chore, ...]:
    """Return the chores of mentoring."""
    policy = Policy.of(world.settings)

    async def go_round() -> None:
        """Remind, pass on, expire, end; deliver what waited for the morning; tell the news."""
        now = world.clock()
        async with database.write() as session:
            staff = await coordinators_of(session, world.settings.coordinator_ids)
            await rounds.go_round(session, staff, policy, now)
            for outcome in await relay.deliver_due(session, staff, policy, now):
                to = outcome.to_id if outcome.kind == "sent" else outcome.sender_id
                person = await session.get(Person, to)
                voice = world.voice(tongue_of(person) if person else "km")
                if outcome.kind == "sent":
                    await deliver(session, world, outcome, voice)
                elif outcome.kind == "closed":
                    key = f"refused:{outcome.message_id}"
                    await tell(session, to, outcome_screen(voice, outcome), key, now)
            await tell_news(session, world, staff, now)
        courier.wake()

    async def forget() -> None:
        """Erase transcripts and closed introductions past their retention time."""
        async with database.write() as session:
            await forgetting.forget_old(session, policy, world.clock())

    return (
        Chore("go the mentors' round", timedelta(seconds=30), go_round),
        Chore("forget old talks", timedelta(hours=6), forget),
    )
