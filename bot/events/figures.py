"""What is counted of events: how many people go to each. No names."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Text
from bot.events.states import Answer
from bot.events.tables import Event, EventDate, EventSignup


async def signups(session: AsyncSession) -> list[tuple[Text, int]]:
    """Return how many people go to each event, the latest first."""
    rows = await session.execute(
        select(Event.title, func.count())
        .select_from(EventSignup)
        .join(EventDate, EventDate.id == EventSignup.date_id)
        .join(Event, Event.id == EventDate.event_id)
        .where(EventSignup.state == Answer.GOING)
        .group_by(Event.id)
        .order_by(func.max(EventDate.starts_at_utc).desc())
    )
    return [(Text(title), int(n)) for title, n in rows]
