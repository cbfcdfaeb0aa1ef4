"""Finds the notions that a text speaks of, in any way of writing."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from bot.content.faq import Concept
from bot.language.khmer import fold
from bot.language.romanised import respelled_word

_SHORTEST_KHMER_FORM = 2
# A form that ends before one of these ends inside a syllable, so it is another word.
_INSIDE = "[\u17b6-\u17d3]"


class ConceptFinder:
    """Finds the concepts a text speaks of, in any way of writing, longest words first."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._khmer: dict[str, list[str]] = defaultdict(list)
        self._latin: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for concept in concepts:
            for form in concept.km:
                key = fold(form).replace(" ", "")
                if len(key) >= _SHORTEST_KHMER_FORM:
                    self._khmer[key].append(concept.id)
            for form in concept.en:
                self._latin[tuple(_stem(word) for word in fold(form).split())].append(concept.id)
            for form in concept.rom:
                self._latin[tuple(_heard(word) for word in fold(form).split())].append(concept.id)
        self._khmer_forms = _any_of(self._khmer)
        # how many words the longest form has that begins with a word
        self._longest: dict[str, int] = defaultdict(int)
        for words in self._latin:
            if words:
                self._longest[words[0]] = max(self._longest[words[0]], len(words))

    @property
    def forms(self) -> tuple[object, object]:
        """Everything it looks for: two finders with the same find the same."""
        return dict(self._khmer), dict(self._latin)

    @lru_cache(maxsize=16384)  # noqa: B019 - one finder lives as long as the process
    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the concepts in `text`, in order, repeats included."""
        folded = fold(text)
        return (*self._in_khmer(folded), *self._in_latin(folded))

    def features(self, text: str) -> list[str]:
        """Return concepts and unordered pairs of neighbouring concepts."""
        found = [*dict.fromkeys(self.find(text))]
        pairs = ["+".join(sorted(pair)) for pair in zip(found, found[1:], strict=False)]
        return found + pairs

    def _in_khmer(self, folded: str) -> list[str]:
        text = folded.replace(" ", "")
        return [
            concept
            for found in self._khmer_forms.finditer(text)
            for concept in self._khmer[found.group()]
        ]

    def _in_latin(self, folded: str) -> list[str]:
        words = [word for word in folded.split() if word.isascii()]
        plain = [_stem(word) for word in words]
        heard = [_heard(word) for word in words]
        found, place = [], 0
        while place < len(words):
            step = 1
            longest = max(self._longest.get(start[place], 0) for start in (plain, heard))
            for size in range(longest, 0, -1):
                key = self._latin.get(tuple(plain[place : place + size])) or self._latin.get(
                    tuple(heard[place : place + size])
                )
                if key:
                    found += key
                    step = size
                    break
            place += step
        return found


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds any of the forms, the longest that ends with a syllable."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        by_first[form[0]].append(form)
    # One letter decides at most places that nothing begins there.
    groups = (
        f"{re.escape(first)}(?:{_longest_first(form[1:] for form in beginning)})"
        for first, beginning in sorted(by_first.items())
    )
    return re.compile(f"(?:{'|'.join(groups) or '(?!)'})(?!{_INSIDE})")


def _longest_first(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))


def _heard(word: str) -> str:
    return f"~{respelled_word(word)}"


_SUFFIX = re.compile("(?:ing|ed|es|s|ly)$")
_SHORTEST_STEM = 3


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    stem = _SUFFIX.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word
