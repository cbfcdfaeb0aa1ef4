"""A day and a time as people type them: 18:00, 25/11 18:00, 2026-11-25 7:30, ២៥/១១ ៧:៣០."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_TIME = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_TIME}$",
        rf"^(?P<day>\d{{1,2}})[/-](?P<month>\d{{1,2}})(?:[/-](?P<year>\d{{4}}))?\s+{_TIME}$",
        rf"^(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})\s+{_TIME}$",
    )
)


def moment_meant(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the time that is meant, the next such one where parts are left out; None if none."""
    found = next((m for form in _FORMS if (m := form.match(" ".join(text.split())))), None)
    if found is None:
        return None
    here = now.astimezone(zone)
    # int() reads Khmer digits as it reads Latin ones.
    given: dict[str, Any] = {
        name: int(value) for name, value in found.groupdict().items() if value is not None
    }
    try:
        moment = here.replace(second=0, microsecond=0, **given)
        if moment <= here and "day" not in given:
            moment += timedelta(days=1)
        elif moment <= here and "year" not in given:
            moment = moment.replace(year=moment.year + 1)
    except ValueError:
        return None
    return moment


def next_times(now: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return times worth offering: this evening, tomorrow morning, tomorrow evening."""
    here = now.astimezone(zone)
    days = (here, here + timedelta(days=1))
    times = [
        day.replace(hour=h, minute=0, second=0, microsecond=0) for day in days for h in (7, 18)
    ]
    return [at for at in times if at > here + timedelta(minutes=10)]
