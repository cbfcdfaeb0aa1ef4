"""How many tries to pass contact details or to come near are kept back, and how many innocent are.

`make bench-contacts` reads the folders of `benchmarks/contacts/`; any other folder of such files
may be named instead. With `wrong` every line that went wrong is printed.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contacts import FOLDER, Line, read
from bot.mentoring.contact.look import Finding, look


@dataclass(frozen=True)
class Read:
    """A line and what became of it."""

    line: Line
    finding: Finding | None


def stopped(messages: tuple[str, ...]) -> Finding | None:
    """Return the finding that keeps one of the messages of a talk from passing, if any."""
    for place, message in enumerate(messages):
        finding = look(message, messages[:place])
        if finding.kept_back:
            return finding
    return None


def measure(lines: list[Line]) -> list[Read]:
    """Return what becomes of every line: a try by itself, innocent lines in the order of a talk."""
    found = []
    talk: list[str] = []
    file = ""
    for line in lines:
        if not line.innocent:
            found.append(Read(line, stopped(line.messages)))
            continue
        if line.file != file:
            talk, file = [], line.file
        for message in line.messages:
            finding = look(message, talk)
            found.append(Read(line, finding if finding.kept_back else None))
            talk.append(message)
    return found


def main() -> None:
    """Print both rates of each folder."""
    named = [Path(name) for name in sys.argv[1:] if name != "wrong"]
    for folder in named or [FOLDER / name for name in ("fit", "tune", "known")]:
        found = measure(read(folder))
        for innocent, title in ((False, "tries kept back"), (True, "innocent kept back")):
            rows = [one for one in found if one.line.innocent is innocent]
            if not rows:
                continue
            print(f"{folder.name}: {len(rows)} lines, {title} {_share(rows)}")
            for kind, count in Counter(one.line.kind for one in rows).items():
                print(f"  {kind:18} {count:4}  {_share([r for r in rows if r.line.kind == kind])}")
            if "wrong" in sys.argv[1:]:
                for one in rows:
                    if (one.finding is None) is not innocent:
                        print("   wrong:", one.line.kind, one.line.messages, one.finding or "")


def _share(rows: list[Read]) -> str:
    weighed = Counter(one.finding.verdict for one in rows if one.finding)
    held = ", ".join(f"{count} {verdict}" for verdict, count in weighed.most_common())
    return f"{100 * sum(weighed.values()) / len(rows):5.1f} % ({held})"


if __name__ == "__main__":
    main()
