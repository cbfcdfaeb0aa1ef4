"""Messages to try the relay's reading on, by how they came about, and how they are read in.

`fit/` and `tune/` were composed by writers who had seen no rule, but for `*-attack-*` of `fit/`, by
attackers who saw the verdicts and adapted; from 08 on one writer played seven people, a file each, and
two readers who did not know what was meant agreed with 418 of 420 lines of `judge/` (22, 23) and all
but one of `tune/` (21); `known/` by people who knew the
filter of their day, so it says whether something was lost, not how good the filter is. All are
made up; none was ever sent.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
INNOCENT = "innocent"


@dataclass(frozen=True)
class Line:
    """Messages that follow each other, what kind of try they are, and whose file they are in."""

    kind: str
    messages: tuple[str, ...]
    file: str
    innocent: bool


def read(folder: Path) -> list[Line]:
    """Return the lines of every file of a folder; `innocent*` holds what should pass."""
    return [line for path in sorted(folder.glob("*.tsv")) for line in read_file(path)]


def read_file(path: Path) -> list[Line]:
    """Return the lines of one file: kind<TAB>message, or a message alone."""
    lines = []
    innocent = path.name.startswith(INNOCENT)
    for row in path.read_text(encoding="utf-8").splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        kind, _, text = row.rpartition("\t")
        kind = kind or (INNOCENT if innocent else "try")
        lines.append(Line(kind, tuple(text.split(" || ")), path.name, innocent))
    return lines
