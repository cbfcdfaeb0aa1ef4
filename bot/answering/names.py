"""Finds the careers, schools and programmes that a text names, in every way of writing.

Khmer names are found wherever they stand, for Khmer is written without spaces; Latin ones word by
word, and with a typo or another spelling of a Khmer sound where the name is long enough to be
known in spite of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.language.features import spaced
from bot.language.khmer import fold
from bot.language.romanised import respell

# Names of one thing may be this many words; a shorter one is known by its letters alone.
_MOST_WORDS = 6
_SHORTEST_KHMER, _SHORTEST_LATIN = 3, 3
# A name of so many letters is known with a typo, when it is at least so like (RapidFuzz ratio).
_LONG, _ALIKE = 7, 88
# A shorter one, spelled by its sound, is soon another word.
_SPOKEN = 6
# The letters by which names are put in drawers: a typo in the very first is not forgiven.
_FIRST = 1
_INSIDE = range(0x17B6, 0x17D4)
_ONE_WHO = "អ្នក"


@dataclass(frozen=True)
class Named:
    """A thing that a text names: its key, how surely, and which letters of `spaced(text)`."""

    key: str
    likeness: float
    start: int
    end: int


class NameFinder:
    """Knows the names of things; built once, then only read."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        """Take the names of each thing by its key. Of equal names each thing counts."""
        self._khmer: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._latin: dict[str, list[str]] = defaultdict(list)
        self._drawers: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key, said in names.items():
            for name in dict.fromkeys(spelt for one in said for spelt in _spellings(one)):
                self._add(name, key)

    def _add(self, name: str, key: str) -> None:
        if not name.isascii():
            if len(name) >= _SHORTEST_KHMER:
                self._khmer[name[:2]][name].append(key)
            return
        if len(name) < _SHORTEST_LATIN:
            return
        self._latin[name].append(key)
        if len(name) >= _SPOKEN:
            self._latin[f"~{respell(name)}"].append(key)
        if len(name) >= _LONG:
            self._drawers[name[:_FIRST]][name].append(key)

    def find(self, text: str) -> tuple[Named, ...]:
        """Return what `text` names, the longest names first; a name inside another is left out."""
        line = spaced(text)
        found = [*self._in_khmer(line), *self._in_latin(line)]
        found.sort(key=lambda named: (-named.likeness * (named.end - named.start), named.start))
        kept: list[Named] = []
        for named in found:
            same = [k for k in kept if named.start < k.end and k.start < named.end]
            # The same words may name two things; words inside a longer name do not count.
            only = all((k.start, k.end) == (named.start, named.end) for k in same)
            if only and not any(k.key == named.key for k in kept):
                kept.append(named)
        return tuple(kept)

    def _in_khmer(self, line: str) -> Iterable[Named]:
        for start in range(len(line)):
            for name, keys in self._khmer.get(line[start : start + 2], {}).items():
                end = start + len(name)
                if line.startswith(name, start) and not _goes_on(line, end):
                    yield from (Named(key, 1.0, start, end) for key in keys)

    def _in_latin(self, line: str) -> Iterable[Named]:
        words = _words(line)
        for first in range(len(words)):
            for last in range(first, min(first + _MOST_WORDS, len(words))):
                start, end = words[first][0], words[last][1]
                said = line[start:end]
                if not said.isascii():
                    break
                for key, likeness in self._like(said):
                    yield Named(key, likeness, start, end)

    def _like(self, said: str) -> list[tuple[str, float]]:
        for spelt in (said, said.removesuffix("s")):
            if keys := self._latin.get(spelt):
                return [(key, 1.0) for key in keys]
        if len(said) >= _SPOKEN and (keys := self._latin.get(f"~{respell(said)}")):
            return [(key, 0.95) for key in keys]
        if len(said) < _LONG:
            return []
        drawer = self._drawers.get(said[:_FIRST], {})
        near = process.extractOne(said, drawer.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return [(key, near[1] / 100) for key in drawer[near[0]]] if near else []


def _spellings(said: str) -> tuple[str, ...]:
    """Return a name as it is sought, and without the “one who” that speech leaves out."""
    name = spaced(said).strip()
    short = name.removeprefix(_ONE_WHO)
    return (name, short) if short != name and len(short) > len(_ONE_WHO) else (name,)


def _goes_on(line: str, end: int) -> bool:
    """Return whether the syllable in which a Khmer name would end goes on after it."""
    return end < len(line) and ord(line[end]) in _INSIDE


def _words(line: str) -> list[tuple[int, int]]:
    places, start = [], 0
    for word in line.split(" "):
        if word:
            places.append((start, start + len(word)))
        start += len(word) + 1
    return places


def without(text: str, named: Iterable[Named]) -> str:
    """Return `text` folded, with the names that it names left out."""
    line = spaced(text)
    for one in sorted(named, key=lambda named: -named.start):
        line = f"{line[: one.start]} {line[one.end :]}"
    return fold(line)
