"""What is kept of which announcements reached a person, and of what she wants to hear.

Her rows go, the counts stay: an announcement must add up when its recipients are forgotten.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.recipients import ERASED, ON_THE_WAY, SEPARATOR
from bot.announcements.states import RecipientState
from bot.announcements.tables import Broadcast, Interest, Mute, Recipient
from bot.database import deleted
from bot.settings import Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return what a person wants to hear, and how each announcement to her ended."""
    mutes = await session.scalars(select(Mute.kind).where(Mute.person_id == person_id))
    interests = await session.scalars(select(Interest).where(Interest.person_id == person_id))
    rows = await session.scalars(select(Recipient).where(Recipient.person_id == person_id))
    return {
        "messages_switched_off": sorted(mutes),
        "interests": sorted(interest.value for interest in interests),
        "announcements": [
            {"announcement": row.broadcast_id, "state": row.state,
             "at": row.at_utc.isoformat() if row.at_utc else None}
            for row in rows
        ],
    }  # fmt: skip


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Take a person out of all announcements and keep the counts right."""
    rows = (await session.scalars(select(Recipient).where(Recipient.person_id == person_id))).all()
    for row in rows:
        broadcast = await session.get_one(Broadcast, row.broadcast_id)
        lost = row.state in ON_THE_WAY
        state, why = (RecipientState.UNSENT, ERASED) if lost else (row.state, row.failure)
        _keep(broadcast, state, why, 1)
        await session.delete(row)
    await session.flush()
    for table in (Mute, Interest):
        await session.execute(delete(table).where(table.person_id == person_id))


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete the rows of announcements that ended long ago, and keep their counts."""
    before = now - timedelta(days=settings.announce_days)
    ended = await session.scalars(
        select(Broadcast).where(Broadcast.finished_at_utc < before, ~Broadcast.busy)
    )
    forgotten = 0
    for broadcast in ended:
        groups = await session.execute(
            select(Recipient.state, Recipient.failure, func.count())
            .where(Recipient.broadcast_id == broadcast.id)
            .group_by(Recipient.state, Recipient.failure)
        )
        for state, failure, number in groups.all():
            delivered = state is RecipientState.DELIVERED
            _keep(broadcast, state, None if delivered else failure, number)
        forgotten += await deleted(
            session, delete(Recipient).where(Recipient.broadcast_id == broadcast.id)
        )
    return {"announcements": forgotten}


def _keep(broadcast: Broadcast, state: RecipientState, failure: str | None, number: int) -> None:
    name = f"{state}{SEPARATOR}{failure}" if failure else state
    broadcast.kept = {**broadcast.kept, name: broadcast.kept.get(name, 0) + number}
