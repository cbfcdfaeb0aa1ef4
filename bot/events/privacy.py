"""What is kept of a person's events: her answers, her reminders, her drafts at the desk."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import drafts, signups
from bot.events.tables import (
    Event,
    EventDate,
    EventDraft,
    EventFeed,
    EventSignup,
    Reminder,
    ReminderChoice,
)
from bot.people.people import FORGOTTEN, traces
from bot.settings import Settings

# What a coordinator did.
_AT_THE_DESK = (
    ("event_drafts", EventDraft.id, EventDraft.author_id),
    ("events_added", Event.id, Event.created_by),
    ("feeds_added", EventFeed.url, EventFeed.added_by),
)


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
    planned = await session.scalars(
        select(Reminder.due_at_utc).where(Reminder.person_id == person_id)
    )
    kept: dict[str, Any] = {
        "events": [
            {
                "title": event.title,
                "starts": date.starts_at_utc.isoformat(),
                "answer": signup.state,
                "answered": signup.answered_at_utc.isoformat(),
                "came": signup.came_at_utc and signup.came_at_utc.isoformat(),
            }
            for signup, date, event in (await session.execute(query))
        ],
        "reminders": choice
        and {
            "before": choice.offsets,
            "quiet": [choice.quiet_from, choice.quiet_until],
            "deadlines": choice.deadlines,
        },
        "reminded": [due.isoformat() for due in planned],
    }
    return kept | await traces(session, person_id, _AT_THE_DESK)


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Forget a person's sign-ups, reminders and drafts; events and feeds stay without her."""
    for table in (EventSignup, Reminder, ReminderChoice):
        await session.execute(delete(table).where(table.person_id == person_id))
    for query in (
        delete(EventDraft).where(EventDraft.author_id == person_id),
        update(Event).where(Event.created_by == person_id).values(created_by=FORGOTTEN),
        update(EventFeed).where(EventFeed.added_by == person_id).values(added_by=FORGOTTEN),
    ):
        await session.execute(query)


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete drafts that were left, and the names of who went to what is long over."""
    await drafts.forget_old(session, now)
    before = now - timedelta(days=settings.event_days)
    return {"events": await signups.forget_old(session, before)}
