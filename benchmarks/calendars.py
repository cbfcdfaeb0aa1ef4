"""How calendars of others are read: public files, and whether a second reader finds the same dates.

    sh benchmarks/fetch_calendars.sh data/calendars
    python -m benchmarks.calendars data/calendars [reader/bin/python] [wrong]

What the second reader is and how to set it up stands in `second_calendar_reader.py`. Each file is
read as if today were the first of January of the years in which its events begin. Where no event
has a title all get one: whether the dates are right is asked, not whether they would be shown.
With `wrong` every file with other dates is printed, and what only one of the two has.
"""

import hashlib
import json
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.events.dates import HORIZON
from bot.events.ical.problems import CalendarProblemError
from bot.events.ical.reading import read_calendar
from bot.language.words import words

ZONE = ZoneInfo("Asia/Phnom_Penh")
READER = Path(__file__).with_name("second_calendar_reader.py")
MOST_MOMENTS = 4
# Fewer than are kept of one event, so that neither list is cut where the other is not.
MOST_COMPARED = 50
_YEAR = re.compile(rb"^DTSTART[^\r\n]*?:\s*(\d{4})\d{4}", re.MULTILINE)

Dates = set[tuple[str, str]]


@dataclass
class File:
    """A calendar file and how reading it fared."""

    path: Path
    data: bytes
    nows: list[datetime]
    seconds: float = 0.0
    dates: list[Dates | None] = field(default_factory=list)
    problem: str = ""
    left_out: Counter[str] = field(default_factory=Counter)


def files_in(folder: Path) -> list[File]:
    """Return the calendar files of a folder, of several that are the same only one."""
    found: dict[str, File] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".ics", ".ical") or not path.is_file():
            continue
        data = path.read_bytes()
        years = sorted({int(year) for year in _YEAR.findall(data) if 1970 <= int(year) <= 2100})
        few = years[:: max(1, -(-len(years) // MOST_MOMENTS))]
        nows = [datetime(year, 1, 1, tzinfo=UTC) for year in few or [2026]]
        found.setdefault(hashlib.sha256(data).hexdigest(), File(path, data, nows))
    return list(found.values())


def read(file: File) -> None:
    """Read a file at each of its moments."""
    data = file.data
    if b"SUMMARY" not in data:
        data = re.sub(rb"BEGIN:VEVENT(?=\r?\n)", b"BEGIN:VEVENT\r\nSUMMARY:Untitled", data)
    for now in file.nows:
        began = time.perf_counter()
        try:
            said = read_calendar(data, now, ZONE)
        except CalendarProblemError as error:
            file.problem = str(error)
            file.dates.append(None)
        else:
            file.left_out.update({left.uid: 1 for left in said.left_out})
            named = {item.uid: item.uid for item in said.items}
            named |= {uid: "" for uid in named if uid.startswith("without-uid-")}
            file.dates.append(
                _soonest(
                    [
                        (named[item.uid], slot.starts.isoformat())
                        for item in said.items
                        for slot in item.slots
                        if now <= slot.starts
                    ]
                )
            )
        file.seconds = max(file.seconds, time.perf_counter() - began)


def _soonest(found: list[tuple[str, str]]) -> Dates:
    """Return the soonest dates of each event."""
    counted: Counter[str] = Counter()
    kept = set()
    for uid, at in sorted(set(found), key=lambda one: one[1]):
        counted[uid] += 1
        if counted[uid] <= MOST_COMPARED:
            kept.add((uid, at))
    return kept


def read_again(files: list[File], python: str) -> dict[Path, list[Dates | None]]:
    """Return what the second reader finds at the same moments."""
    asked = [
        {
            "path": str(file.path),
            "nows": [now.isoformat() for now in file.nows],
            "days": HORIZON.days,
        }
        for file in files
    ]
    lines = "\n".join(map(json.dumps, asked))
    answer = subprocess.run(
        [python, str(READER)], input=lines, text=True, capture_output=True, check=True
    )
    found: dict[Path, list[Dates | None]] = {}
    for line in answer.stdout.splitlines():
        one = json.loads(line)
        found[Path(one["path"])] = [
            None if dates is None else _soonest([(uid, at) for uid, at in dates])
            for dates in one["dates"]
        ]
    return found


def main() -> None:
    """Print the table and one line of JSON."""
    names = [name for name in sys.argv[1:] if name != "wrong"]
    files = files_in(Path(names[0]))
    words("សួស្ដី")  # so that no file waits for the word model
    for file in files:
        read(file)
    unread = [file for file in files if file.problem]
    rows: dict[str, int | float] = {
        "files": len(files),
        "read": len(files) - len(unread),
        **{f"told: {problem}": n for problem, n in Counter(f.problem for f in unread).items()},
        "events left out and told": sum(len(file.left_out) for file in files),
        "median ms": round(1000 * statistics.median(file.seconds for file in files), 1),
        "slowest ms": round(1000 * max(file.seconds for file in files), 1),
    }
    if len(names) > 1:
        rows |= compare(files, read_again(files, names[1]), show="wrong" in sys.argv[1:])
    for name, number in rows.items():
        print(f"{name:40} {number:8}")
    print(json.dumps({"bench": "calendars", **rows}))


def compare(
    files: list[File], again: dict[Path, list[Dates | None]], *, show: bool
) -> dict[str, int]:
    """Return in how many files both readers find the same."""
    counted: Counter[str] = Counter()
    for file in files:
        pairs = list(zip(file.nows, file.dates, again[file.path], strict=True))
        both = [(now, a, b) for now, a, b in pairs if a is not None and b is not None]
        if not both:
            here = any(a is not None for _, a, _ in pairs)
            there = any(b for _, _, b in pairs)
            counted["only we read" if here else "only the second finds dates" if there
                    else "neither finds dates"] += 1  # fmt: skip
            if show and there and not here:
                print("unread", file.path, file.problem)
            continue
        other = [(now, a, b) for now, a, b in both if a != b]
        counted["other dates" if other else "same dates"] += 1
        if show and other:
            now, ours, theirs = other[0]
            left = f", left out {len(file.left_out)}" if file.left_out else ""
            print(f"other  {file.path} at {now:%Y}: {len(ours & theirs)} the same{left}")
            for uid, at in sorted(ours - theirs)[:3]:
                print(f"       only we    {at} {uid[:40]}")
            for uid, at in sorted(theirs - ours)[:3]:
                print(f"       only they  {at} {uid[:40]}")
    return dict(counted)


if __name__ == "__main__":
    main()
