"""How many tries to pass contact details are stopped, and how many innocent messages are held.

`make bench-contacts` prints both rates by kind, and with `wrong` every line that went wrong.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.mentoring.contact_filter import Finding, look

TABLES = Path(__file__).resolve().parent.parent / "tests" / "mentoring"


@dataclass(frozen=True)
class Line:
    """Messages that follow each other, and what kind of line they are."""

    kind: str
    messages: tuple[str, ...]


def read(name: str) -> list[Line]:
    """Return the lines of one table."""
    rows = (TABLES / name).read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return [Line(kind, tuple(text.split(" || "))) for kind, text in pairs]


def stopped(line: Line) -> Finding | None:
    """Return the finding that keeps one of the messages from passing, if any.

    Like the relay, only what passed is read together with what follows.
    """
    for place, message in enumerate(line.messages):
        finding = look(message, line.messages[:place])
        if finding.verdict != "pass":
            return finding
    return None


def main() -> None:
    """Print both rates."""
    for name, title in (("evasions.tsv", "stopped"), ("innocent.tsv", "held back")):
        lines = read(name)
        caught = {line: stopped(line) for line in lines}
        print(f"{name}: {len(lines)} lines, {title} {_share(caught.values())}")
        for kind, count in Counter(line.kind for line in lines).items():
            found = [caught[line] for line in lines if line.kind == kind]
            print(f"  {kind:16} {count:4}  {_share(found)}")
        if "wrong" in sys.argv[1:]:
            for line, finding in caught.items():
                if (finding is None) == (name == "evasions.tsv"):
                    print("   wrong:", line.kind, line.messages, finding or "")


def _share(findings: object) -> str:
    found = list(findings)  # type: ignore[call-overload]
    hits = [finding for finding in found if finding is not None]
    outright = sum(finding.verdict == "stop" for finding in hits)
    return (
        f"{100 * len(hits) / len(found):5.1f} % ({outright} outright, {len(hits) - outright} held)"
    )


if __name__ == "__main__":
    main()
