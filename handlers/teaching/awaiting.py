"""What is asked for to teach."""

from dataclasses import dataclass

from bot.screens.awaited import Awaited


@dataclass(frozen=True)
class AnotherWay(Awaited, name="way"):
    """Another way of asking the question of an entry."""

    entry: str
