"""What goes wrong while people write: the network, the disk, the clock, the process."""

import asyncio
import random
import resource
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from bot.demo.telegram_state import Fault, Telegram

_METHODS = (
    "sendMessage",
    "sendMessage",
    "editMessageText",
    "sendPhoto",
    "answerCallbackQuery",
    "getUpdates",
)
# Longer than the bot waits for an answer of Telegram's.
_TIMEOUT_SECONDS = 21.0
_SHORT = 7
# Longer than a write waits for a file that another program holds.
_LOCKED_SECONDS = 11.0


class Troubles:
    """Makes one trouble after the other; `may_repeat` is how many messages may come twice of it."""

    def __init__(
        self, chance: random.Random, telegram: Telegram, database: Path, clock: Path
    ) -> None:
        self._chance = chance
        self._telegram = telegram
        self._database = database
        self._clock = clock
        self.happened: Counter[str] = Counter()
        self.may_repeat = 0
        # The first are over in a moment.
        self.kinds: tuple[Callable[[int], Awaitable[None]], ...] = (
            self._flood, self._server_error, self._cut_before, self._cut_after, self._slow_disk,
            self._full_disk, self._clock_jumps,
            self._timeout_before, self._timeout_after, self._locked_file,
        )  # fmt: skip

    def keep_it_short(self) -> None:
        """Make none that takes longer than a few seconds."""
        self.kinds = self.kinds[:_SHORT]

    async def make(self, number: int, process: int) -> None:
        """Make the next trouble in turn, so that none is left to chance."""
        kind = self.kinds[number % len(self.kinds)]
        self.happened[kind.__name__.strip("_").replace("_", " ")] += 1
        await kind(process)

    def _orders(self, fault: Fault) -> None:
        self._telegram.faults[:] = [one for one in self._telegram.faults if one.times > 0]
        self._telegram.faults.append(fault)

    def _method(self) -> str:
        return self._chance.choice(_METHODS)

    async def _flood(self, _process: int) -> None:
        self._orders(Fault("sendMessage", 429, "Too Many Requests: retry after 1", 1, times=3))

    async def _server_error(self, _process: int) -> None:
        code, says = self._chance.choice(((500, "Internal Server Error"), (502, "Bad Gateway")))
        self._orders(Fault(self._method(), code, says, times=3))

    async def _cut_before(self, _process: int) -> None:
        self._orders(Fault(self._method(), 0, "", drop="before", times=2))

    async def _cut_after(self, _process: int) -> None:
        self.may_repeat += 2
        self._orders(Fault(self._method(), 0, "", drop="after", times=2))

    async def _timeout_before(self, _process: int) -> None:
        self._orders(Fault("sendMessage", 0, "", drop="before", delay=_TIMEOUT_SECONDS))

    async def _timeout_after(self, _process: int) -> None:
        self.may_repeat += 1
        self._orders(Fault("sendMessage", 0, "", drop="after", delay=_TIMEOUT_SECONDS))

    async def _slow_disk(self, _process: int) -> None:
        for _ in range(4):
            await self._hold(0.4)
            await asyncio.sleep(0.1)

    async def _locked_file(self, _process: int) -> None:
        await self._hold(_LOCKED_SECONDS)

    async def _hold(self, seconds: float) -> None:
        """Let nothing be written: to the bot a disk that takes its time, or another program."""
        opened = sqlite3.connect(
            self._database, timeout=30, isolation_level=None, check_same_thread=False
        )
        with closing(opened) as file:
            await asyncio.to_thread(file.execute, "BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            file.execute("ROLLBACK")

    async def _full_disk(self, process: int) -> None:
        """Let no file of the process grow beyond what it is."""
        before = resource.prlimit(process, resource.RLIMIT_FSIZE)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            await asyncio.sleep(2)
        finally:
            resource.prlimit(process, resource.RLIMIT_FSIZE, before)

    async def _clock_jumps(self, _process: int) -> None:
        """Set the clock forward by hours and back again, a little further or less far."""
        hours = self._chance.choice((-3, -1, 2, 5))
        self._clock.write_text(str(hours * 3600))
