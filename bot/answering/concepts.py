"""Finds the notions that a text speaks of, in any way of writing."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from bot.content.faq import Concept
from bot.language.khmer import fold
from bot.language.romanised import respell

_SHORTEST_KHMER_FORM = 2
# A form that ends before one of these ends inside a syllable, so it is another word.
_INSIDE = re.compile("[\u17b6-\u17d3]")


class ConceptFinder:
    """Finds the concepts a text speaks of, in any way of writing, longest words first."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._khmer: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._latin: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for concept in concepts:
            for form in concept.km:
                key = fold(form).replace(" ", "")
                if len(key) >= _SHORTEST_KHMER_FORM:
                    self._khmer[key[:2]].append((key, concept.id))
            for form in concept.en:
                self._latin[tuple(_stem(word) for word in fold(form).split())].append(concept.id)
            for form in concept.rom:
                self._latin[tuple(f"~{word}" for word in respell(form).split())].append(concept.id)
        for forms in self._khmer.values():
            forms.sort(key=lambda pair: -len(pair[0]))
        self._longest = max((len(words) for words in self._latin), default=0)

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
        text, found, place = folded.replace(" ", ""), [], 0
        while place < len(text):
            for form, _ in self._khmer.get(text[place : place + 2], ()):
                if text.startswith(form, place) and not _INSIDE.match(text, place + len(form)):
                    found += [c for f, c in self._khmer[form[:2]] if f == form]
                    place += len(form) - 1
                    break
            place += 1
        return found

    def _in_latin(self, folded: str) -> list[str]:
        words = [word for word in folded.split() if word.isascii()]
        plain = [_stem(word) for word in words]
        heard = [f"~{respell(word)}" for word in words]
        found, place = [], 0
        while place < len(words):
            step = 1
            for size in range(self._longest, 0, -1):
                key = self._latin.get(tuple(plain[place : place + size])) or self._latin.get(
                    tuple(heard[place : place + size])
                )
                if key:
                    found += key
                    step = size
                    break
            place += step
        return found


_SUFFIX = re.compile("(?:ing|ed|es|s|ly)$")
_SHORTEST_STEM = 3


def _stem(word: str) -> str:
    stem = _SUFFIX.sub("", word)
    return stem if len(stem) >= _SHORTEST_STEM else word
