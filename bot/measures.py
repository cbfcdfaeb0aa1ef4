"""How the bot does, counted while it runs and forgotten when it ends: no ids, no words.

Kept in plain numbers, which cost next to nothing; `bot/operations/metrics.py` shows them to
Prometheus, where somebody wants to look. What coordinators read is counted elsewhere, in the
database and for good (`bot/desk/counters.py`).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

# Seconds. A turn takes milliseconds, a delivery some tenths of a second, and minutes in a flood.
_BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
# What is shown of all that is counted in a turn: few kinds, each with a few keys of our own.
_DECISIONS = ("question", "care")


class Spread:
    """How long something took: how often it was within each bound, and all of it together."""

    def __init__(self) -> None:
        self._within = [0] * (len(_BOUNDS) + 1)
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        """Count one more."""
        self._within[bisect_left(_BOUNDS, seconds)] += 1
        self.seconds += seconds

    def up_to(self) -> list[tuple[str, int]]:
        """Return how many took no longer than each bound, as Prometheus writes them."""
        said, total = [], 0
        for bound, n in zip((*map(str, _BOUNDS), "+Inf"), self._within, strict=True):
            total += n
            said.append((bound, total))
        return said


class Measures:
    """The numbers of one running bot."""

    def __init__(self) -> None:
        # how a turn ended: done, failed, or to be done again where it met another worker's
        self.turns: Counter[str] = Counter()
        self.turn_seconds = Spread()
        # (kind, key), such as (question, answered)
        self.decisions: Counter[tuple[str, str]] = Counter()
        # (lane, how it ended): sent, flood, retry, blocked, …
        self.deliveries: Counter[tuple[str, str]] = Counter()
        # lane -> from when a message was staged to when it was sent
        self.delivery_seconds: dict[str, Spread] = {}

    def turn(self, seconds: float, counted: Iterable[tuple[str, str]]) -> None:
        """Count a turn that is kept, with what was counted in it."""
        self.turns["done"] += 1
        self.turn_seconds.add(seconds)
        self.decisions.update(one for one in counted if one[0] in _DECISIONS)

    def delivery(self, lane: str, outcome: str, seconds: float | None) -> None:
        """Count a try to deliver that is written down; `seconds` for one that was sent."""
        self.deliveries[lane, outcome] += 1
        if seconds is not None:
            self.delivery_seconds.setdefault(lane, Spread()).add(seconds)
