"""What waits for one of several on a phone while another is there.

She who is there learns that something waits for somebody else: once, and not for whom nor what.
"""

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, or_, select

from bot.database import Session
from bot.people import chats, phones
from bot.people.tables import Phone
from bot.queues import outbox
from bot.queues.outbox import EXPIRED, NEW, Lane, is_due, waits_for_her
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
        is_due(now),
        OutboxMessage.method.in_(NEW),
        # What is sent to many she has as well.
        OutboxMessage.lane != int(Lane.ANNOUNCEMENT),
        chats.chat_in(OutboxMessage.chat_id) == Phone.chat_id,
        OutboxMessage.chat_id.in_(phones.away()),
    )
    query = select(Phone).where(Phone.in_use.is_not(None), ~Phone.told, for_another)
    return list(await session.scalars(query.order_by(Phone.chat_id)))


async def forget_old(session: Session, settings: Settings, now: datetime) -> None:
    """Let go what somebody did not come to hear for long.

    And before that what is of no more use to her: a reminder that has expired, a message to many.
    """
    old = OutboxMessage.created_at_utc < now - lasts(settings)
    announced = and_(
        OutboxMessage.lane == int(Lane.ANNOUNCEMENT),
        OutboxMessage.created_at_utc < now - phones.ANNOUNCED_WAITS_FOR,
    )
    of_no_use = or_(OutboxMessage.expires_at_utc <= now, announced, old)
    await outbox.drop_where(session, waits_for_her() & of_no_use, EXPIRED, now)
