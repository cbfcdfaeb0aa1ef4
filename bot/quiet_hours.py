"""The hours of the night, in which no telephone makes a sound."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QuietHours:
    """Hours of the day, in the zone, in which nobody is reminded; equal hours mean none."""

    begins: int = 21
    ends: int = 6

    def holds(self, at: datetime, zone: ZoneInfo) -> bool:
        """Return whether `at` lies in the quiet hours."""
        hour = at.astimezone(zone).hour
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends

    def began(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return when the quiet hours that hold `at` began."""
        local = at.astimezone(zone)
        start = local.replace(hour=self.begins, minute=0, second=0, microsecond=0, fold=0)
        return (start if local.hour >= self.begins else start - timedelta(days=1)).astimezone(UTC)

    def next(self, hour: int, after: datetime, zone: ZoneInfo) -> datetime:
        """Return the next time after `after` at which the clock of the zone strikes `hour`."""
        local = after.astimezone(zone)
        struck = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
        while struck.astimezone(UTC) <= after:
            struck += timedelta(days=1)
        return struck.astimezone(UTC)
