"""The time, injected wherever it matters so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now, in UTC and aware of it."""
    return datetime.now(UTC)
