"""One VEVENT of a calendar as it stands there, and one date as the bot keeps it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.events.ical.lines import Component
from bot.events.ical.problems import LeftOutError
from bot.events.ical.times import Moment, length
from bot.events.ical.zones import Zones

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """One date of an item; `name` stays when the date moves."""

    name: str
    starts: datetime
    ends: datetime | None


@dataclass(frozen=True)
class Entry:
    """One VEVENT, and the calendar around it: its zones, and whether it only calls off."""

    component: Component
    zones: Zones
    calls_off: bool

    @property
    def cancelled(self) -> bool:
        """Whether it says that it does not take place."""
        return self.calls_off or self.component.value("STATUS").upper() == "CANCELLED"

    @property
    def sequence(self) -> int:
        """Which version of the event this is: the newest holds."""
        text = self.component.value("SEQUENCE")
        return int(text[:9]) if text.isascii() and text.isdigit() else 0

    @property
    def repeats(self) -> bool:
        """Whether it names more than one date by itself."""
        return any(
            line.value.strip()
            for name in ("RRULE", "RDATE")
            for line in self.component.lines.get(name, ())
        )

    def starts(self) -> Moment:
        """Return when it begins. Raises LeftOutError when that cannot be read."""
        line = self.component.line("DTSTART")
        if line is None:
            raise LeftOutError("time")
        return self.zones.moments(line)[0]

    def lasts(self) -> timedelta | None:
        """Return how long it takes, None where that tells nothing or cannot be read."""
        starts = self.starts()
        try:
            if (line := self.component.line("DTEND")) is not None:
                lasts = self.zones.moments(line, starts.zone)[0].utc() - starts.utc()
            else:
                lasts = length(self.component.value("DURATION"))
        except LeftOutError:
            return None
        # The end of a single whole day is the next midnight, which tells nothing.
        return lasts if lasts > (DAY if starts.all_day else timedelta()) else None
