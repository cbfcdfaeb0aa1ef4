"""What is kept of a person's events: her answers, her reminders, her drafts at the desk."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import drafts, signups
from bot.events.tables import Event, EventDate, EventSignup, Reminder, ReminderChoice
from bot.settings import Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return to what a person said yes or no, and how she is reminded."""
    query = (
        select(EventSignup, EventDate, Event)
        .join(EventDate, EventDate.id == EventSignup.date_id)
        .join(Event, Event.id == EventDate.event_id)
        .where(EventSignup.person_id == person_id)
        .order_by(EventDate.starts_at_utc)
    )
    choice = await session.get(ReminderChoice, person_id)
    return {
        "events": [
            {
                "title": event.title,
                "starts": date.starts_at_utc.isoformat(),
                "answer": signup.state,
                "answered": signup.answered_at_utc.isoformat(),
            }
            for signup, date, event in (await session.execute(query))
        ],
        "reminders": choice
        and {"before": choice.offsets, "quiet": [choice.quiet_from, choice.quiet_until]},
    }


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Forget a person's sign-ups and reminders."""
    for table in (EventSignup, Reminder, ReminderChoice):
        await session.execute(delete(table).where(table.person_id == person_id))


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> None:
    """Delete drafts that were left, and the names of who went to what is long over."""
    await drafts.forget_old(session, now)
    await signups.forget_old(session, now - timedelta(days=settings.event_days))
