"""The parts of the bot that must not end before the process does.

A process that still takes updates and never answers looks well to whoever supervises it. So when
one part ends by itself the whole process ends, and its supervisor starts it anew: nothing is lost
by that, for everything under way is in the database.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.database.together import Together
from bot.failures import named
from bot.telegram.intake import TokenRefusedError

log = logging.getLogger(__name__)


class PartEndedError(Exception):
    """A part of the bot ended by itself; the log says which, and why."""


async def watch(parts: Mapping[str, "asyncio.Task[None]"]) -> None:
    """Wait until a part ends, then raise PartEndedError; TokenRefusedError is raised as it is."""
    await asyncio.wait(parts.values(), return_when=asyncio.FIRST_COMPLETED)
    ended = {name: task for name, task in parts.items() if task.done()}
    for name, task in ended.items():
        error = None if task.cancelled() else task.exception()
        if isinstance(error, TokenRefusedError):
            raise error
        log.critical("the %s ended by itself (%s); so does the process", name,
                     named(error) if error else "nothing failed")  # fmt: skip
    # From nothing: what failed is in the log by its place, its text must not be printed.
    raise PartEndedError(", ".join(ended)) from None


async def wait_for_end(stop: asyncio.Event, failed: "asyncio.Task[None]") -> None:
    """Wait for `stop`; raises what `failed` raises when that is sooner."""
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, failed], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if failed.done():
        failed.result()


class OneAtATime:
    """A part that only one of several processes on a database has at a time: this one in its turn.

    The only process has it from the start. `begin` is called anew for each turn.
    """

    def __init__(
        self, together: Together, duty: str, begin: Callable[[], Awaitable[None]]
    ) -> None:
        self._together = together
        self._duty = duty
        self._begin = begin
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Do not wait for a turn any more; a part that runs is stopped by itself."""
        self._stopping.set()

    async def run(self) -> None:
        """Run the part whenever it is this process's turn, until it ends by itself or `stop`."""
        while not self._stopping.is_set():
            if not self._together.has(self._duty):
                await _first(self._together.gained(self._duty), self._stopping.wait())
                continue
            part = asyncio.ensure_future(self._begin())
            lost = asyncio.ensure_future(self._together.lost(self._duty))
            try:
                await asyncio.wait([part, lost], return_when=asyncio.FIRST_COMPLETED)
                if part.done():
                    part.result()
                    return
            finally:
                lost.cancel()
                part.cancel()
                await asyncio.wait([part, lost])


async def _first(*waits: Awaitable[object]) -> None:
    """Wait until the first of several is over."""
    tasks = [asyncio.ensure_future(one) for one in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
