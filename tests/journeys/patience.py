"""Waiting for what a busy machine does slowly: as long as it goes on, it is not lost."""

import asyncio
import time
from collections.abc import Callable

_STANDS_STILL_SECONDS = 90.0


async def until(is_so: Callable[[], bool], moves: Callable[[], object]) -> None:
    """Wait until something is so, or until nothing has moved for long; the test says which."""
    last, since = moves(), time.monotonic()
    while not is_so() and time.monotonic() - since < _STANDS_STILL_SECONDS:
        await asyncio.sleep(0.1)
        if (now := moves()) != last:
            last, since = now, time.monotonic()
