"""What waits for one of several on a phone while another is there.

She who is there learns that something waits for somebody else: once, and not for whom nor what.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from bot.database import Session
from bot.people import chats, phones
from bot.people.tables import Phone
from bot.queues.outbox import NEW, Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.settings import Settings


def lasts(settings: Settings) -> timedelta:
    """Return how long it waits; words of others no longer than they are kept elsewhere."""
    kept = min(settings.case_days, settings.mentor_transcript_days)
    return min(phones.WAITS_FOR, timedelta(days=kept))


async def waits(session: Session, now: datetime) -> list[Phone]:
    """Return the phones where something waits for another, and where that was not yet said."""
    if not await phones.any_shared(session):
        return []
    for_another = exists().where(
        OutboxMessage.state == OutboxState.WAITING,
        OutboxMessage.due_at_utc <= now,
        OutboxMessage.method.in_(NEW),
        # What is sent to many she has as well.
        OutboxMessage.lane != int(Lane.ANNOUNCEMENT),
        chats.chat_in(OutboxMessage.chat_id) == Phone.chat_id,
        OutboxMessage.chat_id.in_(phones.away()),
    )
    query = select(Phone).where(Phone.in_use.is_not(None), ~Phone.told, for_another)
    return list(await session.scalars(query.order_by(Phone.chat_id)))
