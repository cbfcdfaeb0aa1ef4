"""What must be done about cases when nobody writes: the next coordinator is alerted in time."""

from datetime import timedelta

from bot.database import Database
from bot.people.staff import coordinators_of
from bot.safety import cases
from bot.timekeeper import Wake
from bot.turn import Services
from handlers.feature import Duty
from handlers.safety import alerts


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
            await alerts.send(services, session, alert, now)
    wake()


DUTIES = (Duty("escalate cases", timedelta(seconds=15), escalate_cases),)
