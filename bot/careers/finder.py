"""Any career by name: "I want to be a data analyst", "ចង់ធ្វើពេទ្យ", "jong tver kru pet", "nurse".

A message names a career when, beside the name, it says no more than that she wants to be one.
Whatever else it says ("which track for a doctor") makes it a question, and questions belong to
the FAQ.
"""

import re
from collections.abc import Iterable

from bot.content.base import Names
from bot.content.careers import Career
from bot.language.khmer import fold, khmer_share
from bot.language.romanised import respell

LONGEST_WISH = 80
_SHORTEST_NAME = 2
_KHMER = re.compile("[\u1780-\u17ff]")


class CareerFinder:
    """Knows the names of the careers; built once from the content."""

    def __init__(self, careers: Iterable[Career], wishes: Names) -> None:
        careers = tuple(careers)
        self._names = _longest_first(
            (name, career.id)
            for career in careers
            for said in (*career.name.all(), *career.also_called.all())
            for name in _spellings(fold(said))
        )
        self._respelt = _longest_first(
            (respell(said), career.id)
            for career in careers
            for said in (*career.also_called.rom, *career.also_called.en, career.name.get("en"))
        )
        self._wish = _only([fold(word) for word in wishes.all()])
        self._respelt_wish = _only([respell(word) for word in (*wishes.en, *wishes.rom)])

    def find(self, text: str) -> str | None:
        """Return the id of the career that `text` wishes for or merely names, if any."""
        key = fold(text)
        if not key or len(key) > LONGEST_WISH:
            return None
        found = _find(key, self._names, self._wish)
        if found is None and not khmer_share(text):
            found = _find(respell(key), self._respelt, self._respelt_wish)
        return found


def _spellings(name: str) -> tuple[str, ...]:
    """Return a folded name, and without the "one who" that speech leaves out."""
    short = name.removeprefix("អ្នក")
    return (name, short) if short != name and len(short) > len("អ្នក") else (name,)


def _longest_first(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return names and careers, the longest name first; of equal names the first counts."""
    kept: dict[str, str] = {}
    for name, career_id in names:
        if len(name) >= _SHORTEST_NAME:
            kept.setdefault(name, career_id)
    return sorted(kept.items(), key=lambda item: -len(item[0]))


def _only(words: list[str]) -> re.Pattern[str]:
    """Return what matches text of nothing but `words`, of which Khmer ones may be joined.

    Word by word, so that "ជា" of a wish may also begin the name "ជាងភ្លើង".
    """
    khmer = [w for w in words if w and _KHMER.match(w)]
    latin = [w for w in words if w and not _KHMER.match(w)]
    parts = [re.escape(w) for w in sorted(set(khmer), key=len, reverse=True)]
    if latin:
        parts.append(
            rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, sorted(set(latin))))})(?![a-z0-9])"
        )
    return re.compile(rf"(?:\s|{'|'.join(parts)})*")


def _find(key: str, names: list[tuple[str, str]], wish: re.Pattern[str]) -> str | None:
    for name, career_id in names:
        start = key.find(name)
        while start >= 0:
            before, after = key[:start], key[start + len(name) :]
            # An English plural is still the name.
            after = after.removeprefix("s") if name[-1].isascii() else after
            alone = _ends_word(before, name[0]) and _ends_word(after[:1], name[-1])
            if alone and wish.fullmatch(before) and wish.fullmatch(after):
                return career_id
            start = key.find(name, start + 1)
    return None


def _ends_word(neighbour: str, letter: str) -> bool:
    """Latin names end where the letters do; Khmer ones where the wish's words say."""
    edge = neighbour[-1:] if neighbour else ""
    return not (letter.isascii() and edge.isascii() and edge.isalnum())
