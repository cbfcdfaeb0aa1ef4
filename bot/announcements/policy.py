"""What the organisation may choose about announcements, taken from the settings in one place."""

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from zoneinfo import ZoneInfo

from bot.announcements.subscriptions import SAFETY
from bot.quiet_hours import QuietHours
from bot.settings import Settings

# Seconds of sending that may lie in the outbox: what still arrives after a pause.
_AHEAD_SECONDS = 3
_LEAST_AHEAD = 96


@dataclass(frozen=True)
class Policy:
    """The rules of one organisation."""

    # a second coordinator agrees to what reaches more people
    approve_above: int
    # how fast the courier sends
    per_second: float
    zone: ZoneInfo

    @staticmethod
    def of(settings: Settings) -> "Policy":
        """Return the policy that the settings choose."""
        return Policy(
            settings.announce_approval_above, settings.messages_per_second, settings.zone
        )

    @property
    def ahead(self) -> int:
        """How many messages of an announcement may lie in the outbox."""
        return max(_LEAST_AHEAD, int(_AHEAD_SECONDS * self.per_second))

    def minutes_for(self, people: int) -> int:
        """Return how long sending to so many people takes."""
        return ceil(people / (self.per_second * 60))

    def today(self, now: datetime) -> date:
        """Return the day where the organisation is at home."""
        return now.astimezone(self.zone).date()

    def is_silent(self, kind: str, now: datetime) -> bool:
        """Return whether a message arrives without a sound: at night, a safety notice aside."""
        return kind != SAFETY and QuietHours().holds(now, self.zone)
