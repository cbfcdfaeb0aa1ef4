"""Which translation belongs to which wording: a stamp of both sides of every text.

When one language is changed and the other is not, the check says so, until somebody has looked
at both and stamps them again (`bongsrey content stamp`). Stamps stand in `content/stamps.tsv`,
one line a text, so that two editors seldom touch the same line.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from bot.content import Content
from bot.content.base import Text
from bot.editing.texts import every_text
from bot.settings import SettingsError

FILE = "stamps.tsv"
_HEAD = "# Written by `bongsrey content stamp`: which Khmer and English were read together."
_LENGTH = 8
# The two that are read together; no other language is stamped.
_PAIR = ("km", "en")


def stamp(words: str) -> str:
    """Return a short digest of words, white space aside."""
    plain = " ".join(words.split())
    return hashlib.sha256(plain.encode()).hexdigest()[:_LENGTH]


def read_stamps(root: Path) -> dict[str, tuple[str, str]]:
    """Return the stamps by place; empty when none were ever set."""
    path = root / FILE
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}


def write_stamps(root: Path, content: Content, sure: str | None = None) -> int:
    """Stamp every text that is new or changed in both languages; return how many.

    One of which a single language changed keeps its old stamp, so that the check goes on saying
    so, unless its place contains `sure`: somebody has read both. Raises SettingsError where no
    text stands there.
    """
    old, new = read_stamps(root), {}
    if sure and not any(_names(place, sure) for place, _ in every_text(content)):
        raise SettingsError(
            f"No text stands at {sure}: name the place as bongsrey content check does, such as "
            "locales.home.more"
        )
    for place, text in every_text(content):
        fresh = _stamps(text)
        doubtful = place in old and _one_sided(old[place], text)
        new[place] = old[place] if doubtful and not _names(place, sure) else fresh
    lines = [f"{place}\t{km}\t{en}" for place, (km, en) in sorted(new.items())]
    (root / FILE).write_text("\n".join([_HEAD, *lines]) + "\n", encoding="utf-8")
    return sum(old.get(place) != mark for place, mark in new.items())


def stale(root: Path, content: Content) -> Iterator[str]:
    """Yield a plain sentence for every text of which one language changed alone."""
    stamps, behind = read_stamps(root), 0
    for place, text in every_text(content):
        if place not in stamps:
            behind += 1
        elif problem := _one_sided(stamps[place], text):
            yield (
                f"{place}: {problem}. Read both and mend; when both are right, run: "
                f"bongsrey content stamp {place}"
            )
        elif stamps[place] != _stamps(text):
            behind += 1
    if behind:
        what = "1 text is" if behind == 1 else f"{behind} texts are"
        yield f"{what} new or written anew: when done, run: bongsrey content stamp"


def _names(place: str, sure: str | None) -> bool:
    return sure is not None and f".{sure}." in f".{place}."


def _stamps(text: Text) -> tuple[str, str]:
    khmer, english = (stamp(text.get(tongue)) for tongue in _PAIR)
    return khmer, english


def _one_sided(stamps: tuple[str, str], text: Text) -> str:
    khmer, english = (old != new for old, new in zip(stamps, _stamps(text), strict=True))
    if khmer and not english:
        return "the Khmer was changed after the English was written"
    if english and not khmer:
        return "the English was changed after the Khmer was written"
    return ""
