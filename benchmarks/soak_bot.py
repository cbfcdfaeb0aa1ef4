"""The bot as `bongsrey run` starts it, with a clock that the soak sets: seconds in a file."""

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import run
from bot.clock import utc_now
from bot.failures import log_discreetly
from bot.settings import load_settings

OFFSET = "SOAK_CLOCK"


def _now() -> datetime:
    return utc_now() + timedelta(seconds=float(Path(os.environ[OFFSET]).read_text() or 0))


if __name__ == "__main__":
    settings = load_settings()
    log_discreetly(settings.log_level, settings.log_format)
    asyncio.run(run(settings, _now))
