"""The labelled questions: `fit.tsv` teaches the scorer, `judge.tsv` and `danger*.tsv` judge it.

`judge.tsv` was written by somebody who had not seen the entries' wording, and no part of the
answering or of the danger watch is fitted on it.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT

FOLDER = ROOT / "benchmarks" / "questions"
LANGUAGES = ("km", "en", "rom", "mix")


@dataclass(frozen=True)
class Labelled:
    """A question with how it is written and what it asks for."""

    language: str
    label: str
    text: str


def read(name: str, folder: Path = FOLDER) -> list[Labelled]:
    """Return the questions of one file; raises ValueError naming a line that is malformed."""
    found = []
    for number, line in enumerate((folder / name).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 3 or parts[0] not in LANGUAGES:
            raise ValueError(f"{name}:{number}: three columns are needed: {line!r}")
        found.append(Labelled(*(part.strip() for part in parts)))
    return found
