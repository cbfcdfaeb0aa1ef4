"""Which opportunities tell of a round that is over: no mistake, but what to look for again."""

from collections.abc import Iterator
from datetime import date

from bot.careers.known import is_over
from bot.content import Content


def over(content: Content, day: date) -> Iterator[str]:
    """Yield a line about the opportunities whose newest round has passed, if there are."""
    past = [chance.id for chance in content.opportunities if is_over(chance, day)]
    if past:
        yield (
            f"{len(past)} of {len(content.opportunities)} opportunities tell of a round that is "
            f"over, and say so to girls. Look for a newer one of: {', '.join(past)}."
        )
