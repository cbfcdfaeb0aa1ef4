"""The weekly digest and its poster, sent to each coordinator on Monday morning and once."""

from datetime import timedelta

from bot.database import Database
from bot.desk import digest, poster
from bot.mentoring import roster
from bot.people.staff import aliases, coordinators_of
from bot.queues import outbox
from bot.queues.outbox import Lane
from bot.timekeeper import Wake
from bot.turn import Services, tell, voice_of
from handlers.desk.digest import digest_screen
from handlers.desk.poster import poster_message
from handlers.desk.roster_screens import week_text
from handlers.doors import DESK
from handlers.feature import Duty


async def weekly_digest(services: Services, database: Database, wake: Wake) -> None:
    """Send each coordinator the news of the week, on Monday morning and once.

    The poster comes first, so that the buttons stay at the end of the chat.
    """
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
        of_week = await poster.gather(session, services.content, last)
        today = now.astimezone(zone).date()
        coordinators = await coordinators_of(session, services.settings.coordinator_ids)
        on_call, known = (
            await roster.read(session, coordinators, now, zone),
            await aliases(session),
        )
        for person_id in coordinators:
            voice = await voice_of(session, services, person_id)
            if not of_week.says_nothing:
                picture = poster_message(voice, of_week, now, today)
                await outbox.stage(
                    session, picture, to=person_id, key=f"digest:{week}:{person_id}:poster",
                    lane=Lane.NOTE, now=now,
                )  # fmt: skip
            on_roster = week_text(voice, on_call, known)
            screen = digest_screen(voice, services.content, news, on_roster, now, DESK())
            await tell(session, person_id, screen, f"digest:{week}:{person_id}", now)
    wake()


DUTIES = (Duty("weekly digest", timedelta(minutes=1), weekly_digest),)
