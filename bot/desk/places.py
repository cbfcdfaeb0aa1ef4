"""A place on the coordinators' desk: a button, where it leads, and how much waits behind it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.people.staff import Actor
from bot.rights import May
from bot.screens.taps import Data


@dataclass(frozen=True)
class Place:
    """A button of the desk, by the key of its label; `waiting` counts what a coordinator sees.

    `within` names the part of the work where whoever may do that finds it already.
    """

    label: str
    leads_to: Data
    waiting: Callable[[Actor], Awaitable[int]] | None = None
    within: May | None = None

    async def count(self, actor: Actor) -> int:
        """Return how much waits there for whoever acts; nothing where nothing can wait."""
        return 0 if self.waiting is None else await self.waiting(actor)
