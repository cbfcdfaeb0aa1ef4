"""The parts of the bot that must not end before the process does.

A process that still takes updates and never answers looks well to whoever supervises it. So when
one part ends by itself the whole process ends, and its supervisor starts it anew: nothing is lost
by that, for everything under way is in the database.
"""

import asyncio
import logging
from collections.abc import Mapping

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
