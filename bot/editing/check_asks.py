"""Which answers have few ways of asking: no mistake, but the next thing to write."""

from collections.abc import Iterator

from bot.content import Content
from bot.content.base import Asks
from bot.editing.limits import PLENTY_OF_ASKS

_NAMED = 8


def thin(content: Content) -> Iterator[str]:
    """Yield a line about the answers with few ways of asking, the thinnest first, if there are."""
    short = {entry.id: _short(entry.asks) for entry in content.entries.values()}
    poor = sorted((i for i in short if short[i]), key=lambda i: (-short[i], i))
    if poor:
        some = ", ".join(f"{i} ({short[i]})" for i in poor[:_NAMED])
        yield (
            f"{len(poor)} of {len(short)} answers have few ways of asking; they would be found "
            f"more often with more. The thinnest, and how many each lacks: {some}."
        )


def _short(asks: Asks) -> int:
    """Return how many ways of asking are missing, over the ways of writing."""
    return sum(max(0, most - len(getattr(asks, way))) for way, most in PLENTY_OF_ASKS.items())
