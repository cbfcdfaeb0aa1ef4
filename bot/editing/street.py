"""Questions of people who knew nothing of the library: the measure that is nearest to life.

`questions/street/` holds what they wrote of their own mind, labelled afterwards with every target
that would meet the need.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.editing.labelled import FOLDER, LANGUAGES

STREET = FOLDER / "street"
KINDS = ("question", "two", "smalltalk", "outside", "danger")


@dataclass(frozen=True)
class Street:
    """A message, and the targets of the library that would meet its need.

    A target is written by its kind and id: `faq:what-is-ai`, `career:nurse`, `list:scholarship`.
    """

    language: str
    # one of KINDS; `two` are two questions in one message
    kind: str
    # what would meet the need wholly, any of them, and what would meet a part of it
    full: tuple[str, ...]
    partial: tuple[str, ...]
    text: str
    writer: str


def street(part: str) -> list[Street]:
    """Return the messages of `fit`, `tune` or `judge`; raises ValueError naming a bad line."""
    found = []
    for path in sorted((STREET / part).glob("*.tsv")):
        for place, row in _rows(path, columns=5):
            language, kind, full, partial, text = row
            if language not in LANGUAGES or kind not in KINDS or not text:
                raise ValueError(f"{place}: a language, a kind and a text are needed")
            found.append(
                Street(
                    language, kind, tuple(full.split()), tuple(partial.split()), text, path.stem
                )
            )
    return found


def _rows(path: Path, columns: int) -> Iterator[tuple[str, list[str]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        row = line.split("\t")
        if len(row) != columns:
            raise ValueError(f"{path.name}:{number}: {columns} columns are needed: {line!r}")
        yield f"{path.name}:{number}", row
