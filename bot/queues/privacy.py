"""What the queues keep of a person: updates until they are done, messages until they are sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.queues import inbox, outbox
from bot.queues.tables import OutboxMessage
from bot.settings import Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return which messages to a person are on their way, or have just arrived."""
    messages = await session.scalars(
        select(OutboxMessage).where(OutboxMessage.chat_id == person_id).order_by(OutboxMessage.id)
    )
    return {
        "messages_to_me": [
            {"at": message.created_at_utc.isoformat(), "state": message.state}
            for message in messages
        ]
    }


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Drop what was on its way to a person, and the receipts."""
    await session.execute(delete(OutboxMessage).where(OutboxMessage.chat_id == person_id))


async def forget_old(session: AsyncSession, _settings: Settings, now: datetime) -> None:
    """Delete what was done and delivered a while ago."""
    await inbox.forget_done(session, now)
    await outbox.forget_receipts(session, now)
