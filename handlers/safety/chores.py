"""What must be done about cases when nobody writes: the next coordinator is alerted in time."""

from datetime import timedelta
from functools import partial

from bot.database import Database
from bot.people.staff import coordinators_of
from bot.safety import cases
from bot.timekeeper import Chore, Wake
from bot.turn import Services, tell, voice_of
from handlers.safety.cases import alert_screen


def chores(services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
    """Return the chores of safety."""
    escalate = partial(escalate_cases, services, database, wake)
    return (Chore("escalate cases", timedelta(seconds=15), escalate),)


async def escalate_cases(services: Services, database: Database, wake: Wake) -> None:
    """Alert the next coordinator of every case that nobody has taken in time."""
    now = services.clock()
    async with database.read() as session:
        due = await cases.next_alert_at(session)
    if due is None or due > now:
        return
    async with database.write() as session:
        staff = await coordinators_of(session, services.settings.coordinator_ids)
        for alert in await cases.alerts_due(session, staff, now, services.case_interval):
            voice = await voice_of(session, services, alert.coordinator_id)
            key = f"case:{alert.case_id}:{alert.round}"
            screen = alert_screen(voice, alert.case_id)
            await tell(session, alert.coordinator_id, screen, key, now)
    wake()
