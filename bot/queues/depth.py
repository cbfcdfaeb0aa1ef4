"""How much waits in the two queues, and since when: what an operator looks at first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import count
from bot.queues.outbox import Lane, is_due, is_switched_off, waits_for_her
from bot.queues.tables import InboxState, InboxUpdate, OutboxMessage, OutboxState


@dataclass(frozen=True)
class Depth:
    """How many wait, and since when the first of them does; None where nothing waits."""

    waiting: int = 0
    since: datetime | None = None

    def seconds(self, now: datetime) -> float:
        """Return how long the first has waited."""
        return max(0.0, (now - self.since).total_seconds()) if self.since else 0.0


async def of_inbox(session: AsyncSession) -> Depth:
    """Return how many updates are not done yet."""
    number, since = (
        await session.execute(
            select(func.count(), func.min(InboxUpdate.received_at_utc)).where(
                InboxUpdate.state == InboxState.WAITING
            )
        )
    ).one()
    return Depth(number, since)


async def of_outbox(session: AsyncSession, now: datetime) -> dict[Lane, Depth]:
    """Return how many messages of each lane should have left by now, and since when.

    What waits for one who is not here, on a phone that several use, or is switched off, is where
    it should be. Every
    try that failed puts the next one off, so what was tried waits since it was staged.
    """
    tried = OutboxMessage.attempts > 0
    since = case((tried, OutboxMessage.created_at_utc), else_=OutboxMessage.due_at_utc)
    rows = await session.execute(
        select(OutboxMessage.lane, func.count(), func.min(since))
        .where(
            OutboxMessage.state == OutboxState.WAITING,
            or_(tried, is_due(now)),
            ~waits_for_her(),
            ~is_switched_off(now),
        )
        .group_by(OutboxMessage.lane)
    )
    found = {Lane(lane): Depth(number, since) for lane, number, since in rows}
    return {lane: found.get(lane, Depth()) for lane in Lane}


async def failed(session: AsyncSession) -> int:
    """Return how many updates were given up, of those that are remembered (`inbox.KEEP_DONE`)."""
    query = select(func.count()).where(InboxUpdate.state == InboxState.FAILED)
    return await count(session, query)
