"""Which updates a worker may take: alone all of them, among others those that it has claimed.

On a server any number of workers take updates side by side. A worker claims the oldest waiting
update of a chat, which nobody else can then have (FOR UPDATE SKIP LOCKED), and with it what waits
behind it in that chat: so a chat is with one worker at a time, and in order. A claim is for some
seconds only. A worker that dies has kept nothing of an update that it had not finished, and
another takes it when the claim is over; one that is only slow finds, when it wants to finish one
that another has claimed since, that it is not its own any more, and what it did is undone.
"""

import secrets
import time
from datetime import timedelta
from typing import cast

from sqlalchemy import and_, func, literal, null, or_, select, update
from sqlalchemy.orm import aliased

from bot.database import Database
from bot.queues import inbox
from bot.queues.tables import InboxState, InboxUpdate

LEASE = timedelta(seconds=10)
# So many chats are claimed at once, and so many updates: a claim must not run out on the way.
MOST_CHATS, MOST_UPDATES = 16, 32
# What another worker had is looked for so often, besides whenever it is told of.
_LOOK_SECONDS, _ALONE_SECONDS = 1.0, 30.0


class Claims:
    """What one worker takes from the inbox."""

    def __init__(self, database: Database, lease: timedelta = LEASE) -> None:
        self._database = database
        self._lease = lease
        # its own number among the workers; None where there are no others
        self.worker = secrets.randbits(31) if database.is_shared else None
        self.look_again_seconds = _LOOK_SECONDS if database.is_shared else _ALONE_SECONDS
        self._good_until = 0.0

    async def take(self) -> list[InboxUpdate]:
        """Return the updates that are this worker's to take, in their order."""
        if self.worker is None:
            return await inbox.waiting(self._database)
        self._good_until = time.monotonic() + self._lease.total_seconds() / 2
        return await self._claim(self.worker)

    @property
    def are_good(self) -> bool:
        """Whether there is time to begin another turn; else what is left is claimed anew."""
        return self.worker is None or time.monotonic() < self._good_until

    async def release(self) -> None:
        """Let others have what is left at once."""
        if self.worker is not None:
            async with self._database.write(short=True, by_key=True) as session:
                await session.execute(
                    update(InboxUpdate)
                    .where(InboxUpdate.claimed_by == self.worker)
                    .values(claimed_by=None, claimed_until_utc=None)
                    .execution_options(synchronize_session=False)
                )

    async def _claim(self, worker: int) -> list[InboxUpdate]:
        # The clock of the server, which is the same for all of them.
        now = func.timezone("utc", func.clock_timestamp())
        one, before = InboxUpdate, aliased(InboxUpdate)
        waits = one.state == InboxState.WAITING
        is_free = or_(
            one.claimed_until_utc.is_(None), one.claimed_until_utc <= now, one.claimed_by == worker
        )
        is_behind = (
            select(null())
            .where(
                before.chat_id == one.chat_id,
                before.state == InboxState.WAITING,
                or_(
                    before.update_id < one.update_id,
                    # one that came later than those behind it, while they are being taken
                    and_(before.claimed_until_utc > now, before.claimed_by != worker),
                ),
            )
            .exists()
        )
        heads = (
            select(one.update_id, one.chat_id)
            .where(waits, is_free, ~is_behind)
            .order_by(one.update_id)
            .limit(MOST_CHATS)
            .with_for_update(skip_locked=True)
            .cte("heads")
        )
        of_their_chats = or_(
            one.update_id.in_(select(heads.c.update_id)), one.chat_id.in_(select(heads.c.chat_id))
        )
        mine = (
            select(one.update_id)
            .where(waits, of_their_chats)
            .order_by(one.update_id)
            .limit(MOST_UPDATES)
        )
        claimed = (
            update(one)
            .where(one.update_id.in_(mine))
            .values(
                claimed_by=literal(worker, one.claimed_by.type),
                claimed_until_utc=now + self._lease,
            )
            .returning(one)
            .execution_options(synchronize_session=False)
        )
        async with self._database.write(short=True, by_key=True) as session:
            rows = cast(list[InboxUpdate], list(await session.scalars(claimed)))
        return sorted(rows, key=lambda row: row.update_id)
