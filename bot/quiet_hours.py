"""The hours of the night, in which no telephone makes a sound: one night for every feature."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QuietHours:
    """Times of the day, in the zone, between which it is night; equal times mean no night."""

    begins: time = time(21)
    ends: time = time(6)

    def holds(self, at: datetime, zone: ZoneInfo) -> bool:
        """Return whether `at` lies in the quiet hours."""
        return self.covers(at.astimezone(zone).time())

    def covers(self, clock: time) -> bool:
        """Return whether a time of the day lies in the quiet hours."""
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def began(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return when the quiet hours that hold `at` began."""
        local = at.astimezone(zone)
        start = _shown(local, self.begins)
        held = local.time() >= self.begins
        return (start if held else start - timedelta(days=1)).astimezone(UTC)

    def over(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the quiet hours that hold `at` are over; None outside of them."""
        return self.next(self.ends, at, zone) if self.holds(at, zone) else None

    def next(self, clock: time, after: datetime, zone: ZoneInfo) -> datetime:
        """Return the next time after `after` at which the clocks of the zone show `clock`."""
        struck = _shown(after.astimezone(zone), clock)
        while struck.astimezone(UTC) <= after:
            struck += timedelta(days=1)
        return struck.astimezone(UTC)


def _shown(local: datetime, clock: time) -> datetime:
    """Return the time of the same day at which the clocks first show `clock`."""
    return datetime.combine(local.date(), clock, local.tzinfo)
