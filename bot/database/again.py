"""Doing again what met the work of another worker: that was kept, this has changed nothing."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.database.trouble import is_conflict

T = TypeVar("T")

# Among a few workers the second try is kept nearly always.
_TRIES, _PAUSE_SECONDS = 10, 0.05


async def until_kept(do: Callable[[], Awaitable[T]]) -> T:
    """Do something, and again where it only met the work of another; raise whatever else fails."""
    for tried in range(1, _TRIES):
        try:
            return await do()
        except Exception as error:
            if not is_conflict(error):
                raise
        await pause(tried)
    return await do()


async def pause(tried: int) -> None:
    """Wait a moment, each a different one, so that the same two do not meet again."""
    await asyncio.sleep(random.uniform(0, _PAUSE_SECONDS * tried))  # noqa: S311
