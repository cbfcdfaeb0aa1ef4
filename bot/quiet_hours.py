"""The hours of the night, in which no telephone makes a sound."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

# A full hour, or any time of the day.
TimeOfDay = int | time


@dataclass(frozen=True)
class QuietHours:
    """Hours of the day, in the zone, in which nobody is reminded; equal hours mean none."""

    begins: TimeOfDay = 21
    ends: TimeOfDay = 6

    def holds(self, at: datetime, zone: ZoneInfo) -> bool:
        """Return whether `at` lies in the quiet hours."""
        begins, ends, struck = _time(self.begins), _time(self.ends), at.astimezone(zone).time()
        if begins <= ends:
            return begins <= struck < ends
        return struck >= begins or struck < ends

    def began(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return when the quiet hours that hold `at` began."""
        local = at.astimezone(zone)
        start = _strikes(self.begins, local)
        return (start if local >= start else start - timedelta(days=1)).astimezone(UTC)

    def over(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the quiet hours that hold `at` are over; None outside of them."""
        return self.next(self.ends, at, zone) if self.holds(at, zone) else None

    def next(self, hour: TimeOfDay, after: datetime, zone: ZoneInfo) -> datetime:
        """Return the next time after `after` at which the clock of the zone strikes `hour`."""
        struck = _strikes(hour, after.astimezone(zone))
        while struck.astimezone(UTC) <= after:
            struck += timedelta(days=1)
        return struck.astimezone(UTC)


def _time(hour: TimeOfDay) -> time:
    return hour if isinstance(hour, time) else time(hour)


def _strikes(hour: TimeOfDay, day: datetime) -> datetime:
    at = _time(hour)
    return day.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0, fold=0)
