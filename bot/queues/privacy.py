"""What the queues keep of a person: updates until they are done, messages until they are sent.

And for two days where her messages stand in her chat, so that she can have them taken away.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.queues import inbox, outbox
from bot.queues.tables import InboxUpdate, OutboxMessage
from bot.settings import Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return which messages to a person are on their way or arrived, and when she wrote."""
    messages = await session.scalars(
        select(OutboxMessage).where(OutboxMessage.chat_id == person_id).order_by(OutboxMessage.id)
    )
    wrote = await session.scalars(
        select(InboxUpdate.received_at_utc)
        .where(InboxUpdate.chat_id == person_id)
        .order_by(InboxUpdate.update_id)
    )
    return {
        "messages_of_mine": [{"at": at.isoformat()} for at in wrote],
        "messages_to_me": [
            {"at": message.created_at_utc.isoformat(), "state": message.state}
            for message in messages
        ],
    }


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Drop what was on its way to a person, and the receipts; forget where her messages stood."""
    await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.chat_id == person_id)
        .values(chat_id=None, message_id=None)
    )
    await session.execute(delete(OutboxMessage).where(OutboxMessage.chat_id == person_id))


async def forget_old(session: AsyncSession, _settings: Settings, now: datetime) -> None:
    """Delete what was done and delivered a while ago."""
    await inbox.forget_done(session, now)
    await outbox.forget_receipts(session, now)
