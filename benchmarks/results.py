"""What a benchmark measured, one JSON line a run: so a figure in the docs leads to its run."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.version import VERSION

FILE = Path(__file__).with_name("results.jsonl")


def append(benchmark: str, figures: dict[str, Any]) -> None:
    """Write down the figures of a run, with when, what and on which kind of machine it was."""
    line = {
        "benchmark": benchmark,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": VERSION,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        "figures": figures,
    }
    with FILE.open("a", encoding="utf-8") as results:
        results.write(json.dumps(line, ensure_ascii=False) + "\n")
