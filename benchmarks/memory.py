"""What a process holds in memory, as the kernel tells it."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Memory:
    """What a process holds, in MB."""

    resident: float
    file: float

    @classmethod
    def of(cls, process_id: int) -> "Memory":
        """Read it from the kernel. Raises OSError or KeyError for one that is gone or going."""
        lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
        told = {name: rest.split() for name, _, rest in (line.partition(":") for line in lines)}
        return cls(*(round(int(told[name][0]) / 1024, 1) for name in ("VmRSS", "RssFile")))


def growth(seen: Mapping[int, float]) -> float | None:
    """Return by how many MB memory grows each thousand updates; None where it was seen once."""
    if len(seen) < 2:
        return None
    return statistics.linear_regression([done / 1_000 for done in seen], list(seen.values())).slope
