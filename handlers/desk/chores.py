"""The weekly digest, sent to each coordinator on Monday morning and once."""

from datetime import timedelta
from functools import partial

from bot.database import Database
from bot.desk import digest
from bot.people.staff import coordinators_of
from bot.timekeeper import Chore, Wake
from bot.turn import Services, tell, voice_of
from handlers.desk.digest import digest_screen


def chores(services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
    """Return the chores of the desk."""
    send = partial(weekly_digest, services, database, wake)
    return (Chore("weekly digest", timedelta(minutes=1), send),)


async def weekly_digest(services: Services, database: Database, wake: Wake) -> None:
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
            voice = await voice_of(session, services, person_id)
            screen = digest_screen(voice, services.content, news, now)
            await tell(session, person_id, screen, f"digest:{week}:{person_id}", now)
    wake()
