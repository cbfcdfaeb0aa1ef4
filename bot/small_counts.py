"""No number of people under five is shown: it could point at somebody."""

FEWEST_SHOWN = 5


def shown(n: int) -> int | None:
    """Return a count as it may be shown: None for one to four, which could point at somebody."""
    return n if n == 0 or n >= FEWEST_SHOWN else None


def shown_together(counts: list[int]) -> list[int | None]:
    """Return counts of people as they may be shown beside each other.

    One hidden count alone could be worked out from the total, so the smallest other goes too.
    """
    result = [shown(n) for n in counts]
    if result.count(None) == 1:
        rest = [(n, at) for at, n in enumerate(result) if n]
        if rest:
            result[min(rest)[1]] = None
    return result
