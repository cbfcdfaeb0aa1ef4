"""What the queues keep of a person: updates until they are done, messages until they are sent.

And for two days where her messages stand in her chat, so that she can have them taken away.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people import chats
from bot.queues import inbox, outbox, unheard
from bot.queues.tables import InboxUpdate, OutboxMessage
from bot.settings import Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return which messages to a person are on their way or arrived, and when she wrote.

    On a shared phone it is known only of the time since she said that she is here.
    """
    messages = await session.scalars(
        select(OutboxMessage).where(OutboxMessage.chat_id == person_id).order_by(OutboxMessage.id)
    )
    wrote = await session.scalars(
        select(InboxUpdate.received_at_utc)
        .where(InboxUpdate.chat_id == chats.chat_of(person_id))
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
    """Drop what was on its way to a person, and the receipts; forget where her messages stood.

    And what is known of messages to nobody in particular on a phone that she shared.
    """
    chat_id = chats.chat_of(person_id)
    await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.chat_id == chat_id)
        .values(chat_id=None, message_id=None)
    )
    hers = OutboxMessage.chat_id.in_((person_id, chats.door(chat_id)))
    await session.execute(delete(OutboxMessage).where(hers))


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete what was done and delivered a while ago, and what somebody never came to hear."""
    await unheard.forget_old(session, settings, now)
    return {
        "inbox": await inbox.forget_done(session, now),
        "outbox": await outbox.forget_receipts(session, now),
    }
