"""What the processes on one database tell each other, and which of them has what only one may do.

On a SQLite file there is one process (`one_instance.py` sees to that), so it has every duty and
tells nobody. On a server there may be many: see `line.py`.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

# What one process does at a time: to send, to run the chores, and to ask Telegram for updates.
COURIER, CLOCK, INTAKE = "courier", "clock", "intake"
DUTIES = (COURIER, CLOCK, INTAKE)
# What is told: that an update was stored, and that a message was staged.
STORED, STAGED = "stored", "staged"


class Together(Protocol):
    """A process among those on its database."""

    @property
    def troubles(self) -> tuple[str, ...]:
        """What it cannot do now, in words."""

    def on(self, what: str, do: Callable[[], None]) -> None:
        """Do something whenever another process tells of it."""

    def tell(self, what: str) -> None:
        """Tell the others of something; each looks for itself, so once too often is no harm."""

    def has(self, duty: str) -> bool:
        """Return whether this process has a duty now."""

    async def gained(self, duty: str) -> None:
        """Wait until this process has a duty."""

    async def lost(self, duty: str) -> None:
        """Wait until this process has a duty no more."""

    async def run(self) -> None:
        """Keep in touch until cancelled."""


class Alone:
    """The only process."""

    troubles: tuple[str, ...] = ()

    def on(self, what: str, do: Callable[[], None]) -> None:
        """Nobody tells of anything."""

    def tell(self, what: str) -> None:
        """There is nobody to tell."""

    def has(self, duty: str) -> bool:
        """Every duty is its own."""
        return True

    async def gained(self, duty: str) -> None:
        """It was its own from the start."""

    async def lost(self, duty: str) -> None:
        """It is never lost."""
        await self.run()

    async def run(self) -> None:
        """There is nobody to keep in touch with."""
        await asyncio.Event().wait()
