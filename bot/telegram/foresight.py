"""Looks at updates in their order, ahead of their turns, and lets other things go on meanwhile.

A turn holds the one connection that writes. What costs most of a turn, to understand what was
written, needs no database; so it is done before, for one update while another has its turn.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence

from bot.queues.tables import InboxUpdate


class Foresight:
    """What was looked at of some updates; `end` must be called."""

    def __init__(
        self, look: Callable[[InboxUpdate], Awaitable[None]], rows: Sequence[InboxUpdate]
    ) -> None:
        self._look = look
        self._seen = {row.update_id: asyncio.Event() for row in rows}
        self._task = asyncio.create_task(self._run(rows))

    async def _run(self, rows: Sequence[InboxUpdate]) -> None:
        for row in rows:
            # What fails here fails in its turn as well, which says so.
            with contextlib.suppress(Exception):
                await self._look(row)
            self._seen[row.update_id].set()
            await asyncio.sleep(0)

    def has(self, row: InboxUpdate) -> bool:
        """Return whether an update was looked at."""
        return self._seen[row.update_id].is_set()

    async def of(self, row: InboxUpdate) -> None:
        """Wait until an update was looked at."""
        await self._seen[row.update_id].wait()

    async def end(self) -> None:
        """Look at nothing more."""
        self._task.cancel()
        await asyncio.wait([self._task])
