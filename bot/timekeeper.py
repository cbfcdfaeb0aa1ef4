"""The clock: APScheduler wakes what is due and keeps nothing of its own.

Everything is planned from the tables at start and after each turn that may have changed it,
so the database stays the only truth and a restart loses no alert.
"""

from datetime import datetime, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot import cases, inbox, outbox, questions
from bot.clock import Clock
from bot.database import Database
from bot.settings import Settings

_HOUSEKEEPING_HOURS = 6
_LOOK_EVERY_SECONDS = 15


class AlertSender(Protocol):
    """Puts an alert into the outbox."""

    async def stage(self, session: AsyncSession, alert: cases.Alert, now: datetime) -> None:
        """Stage the alert in the transaction of `session`."""

    def staged(self) -> None:
        """Say that something was staged."""


class Timekeeper:
    """Escalates cases that nobody has taken, and forgets what is old."""

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, alert: AlertSender
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._alert = alert
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True}
        )

    def start(self) -> None:
        """Begin to keep time."""
        self._scheduler.add_job(
            self.escalate, "interval", seconds=_LOOK_EVERY_SECONDS, next_run_time=self._clock()
        )
        self._scheduler.add_job(
            self.forget, "interval", hours=_HOUSEKEEPING_HOURS, next_run_time=self._clock()
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop keeping time."""
        self._scheduler.shutdown(wait=False)

    async def escalate(self) -> None:
        """Alert the next coordinator of every case that nobody has taken in time."""
        async with self._database.read() as session:
            due = await cases.next_alert_at(session)
        now = self._clock()
        if due is None or due > now:
            return
        interval = timedelta(minutes=self._settings.case_alert_minutes)
        async with self._database.write() as session:
            alerts = await cases.alerts_due(session, self._settings.coordinator_ids, now, interval)
            for alert in alerts:
                await self._alert.stage(session, alert, now)
        self._alert.staged()

    async def forget(self) -> None:
        """Delete what has been kept as long as the settings allow."""
        now = self._clock()
        async with self._database.write() as session:
            await inbox.forget_done(session, now)
            await outbox.forget_receipts(session, now)
            await questions.forget_old(session, now, self._settings.question_days)
            await cases.forget_old(session, now, self._settings.case_days)
