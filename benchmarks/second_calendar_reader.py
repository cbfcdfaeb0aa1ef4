"""A second reader of calendar files, `recurring-ical-events`, for `benchmarks.calendars`.

It needs another `python-dateutil` than the bot and is not bounded in time, so it runs in an
environment of its own, for each file in a process of its own:

    python3 -m venv reader && reader/bin/pip install recurring-ical-events==3.8.2

Reads a JSON line for each file, {"path", "nows", "days"}, and writes one, {"path", "dates"}: for
each of the moments the UID and the start of what begins in the days after it, null where it fails.
"""

import json
import os
import signal
import sys
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

ZONE = ZoneInfo("Asia/Phnom_Penh")
MOST_SECONDS = 20


def dates(path: str, now: datetime, days: int) -> list[tuple[str, str]]:
    """Return what begins in the days after a moment; without a zone it is in our own."""
    with open(path, "rb") as file:
        calendars = icalendar.Calendar.from_ical(file.read(), multiple=True)
    found = []
    for calendar in calendars:
        until = now + timedelta(days=days)
        for event in recurring_ical_events.of(calendar).between(now, until):
            start = event["DTSTART"].dt
            if not isinstance(start, datetime):
                start = datetime.combine(start, time(), ZONE)
            start = (start if start.tzinfo else start.replace(tzinfo=ZONE)).astimezone(UTC)
            if str(event.get("STATUS", "")).upper() != "CANCELLED" and now <= start < until:
                found.append((str(event.get("UID", "")), start.isoformat()))
    return found


def read(asked: dict) -> dict:
    """Return the dates of one file."""
    found: list[list[tuple[str, str]] | None] = []
    for now in asked["nows"]:
        try:
            found.append(dates(asked["path"], datetime.fromisoformat(now), asked["days"]))
        except Exception:
            found.append(None)
    return {"path": asked["path"], "dates": found}


def main() -> None:
    """Answer each line; a file that takes too long is answered by nothing."""
    for line in sys.stdin:
        asked = json.loads(line)
        source, target = os.pipe()
        child = os.fork()
        if not child:
            signal.alarm(MOST_SECONDS)
            with os.fdopen(target, "w") as file:
                file.write(json.dumps(read(asked)))
            os._exit(0)
        os.close(target)
        with os.fdopen(source) as file:
            answer = file.read()
        os.waitpid(child, 0)
        nothing = {"path": asked["path"], "dates": [None] * len(asked["nows"])}
        print(answer or json.dumps(nothing), flush=True)


if __name__ == "__main__":
    main()
