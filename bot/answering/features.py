"""The views of a text that the ranking compares: one list of features for each.

No view is right alone (KHMER.md section 3): character n-grams survive typos and missing
spaces, clusters respect Khmer orthography, concepts carry meaning across languages and
scripts, respelling and skeletons meet Khmer typed in Latin letters.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.content_models import Concept
from bot.language.khmer import clusters, fold
from bot.language.romanised import respell, skeleton

Featuriser = Callable[[str], list[str]]
_KHMER_GAP = re.compile("(?<=[\u1780-\u17dd]) (?=[\u1780-\u17dd])")
_SHORTEST_KHMER_FORM = 2
# A form that ends before one of these ends inside a syllable, so it is another word.
_INSIDE = re.compile("[\u17b6-\u17d3]")


def ngrams(text: str, low: int, high: int) -> list[str]:
    """Return all substrings of `low` to `high` characters."""
    return [text[i : i + n] for n in range(low, high + 1) for i in range(len(text) - n + 1)]


@lru_cache(maxsize=16384)
def spaced(text: str) -> str:
    """Fold `text`, with no spaces inside Khmer, where people put them at will."""
    return f" {_KHMER_GAP.sub('', fold(text))} "


def grams(text: str) -> list[str]:
    """Return character 2- to 4-grams of the folded text."""
    return ngrams(spaced(text), 2, 4)


def cluster_pairs(text: str) -> list[str]:
    """Return orthographic clusters and pairs of neighbours; words in Latin script."""
    units = clusters(fold(text))
    return units + [f"{a}|{b}" for a, b in zip(units, units[1:], strict=False)]


def respelled(text: str) -> list[str]:
    """Return words and 3-grams of Latin text under one spelling; nothing for Khmer script."""
    key = respell(" ".join(w for w in fold(text).split() if w.isascii()))
    return [f"={word}" for word in key.split()] + ngrams(f" {key} ", 3, 3) if key else []


def bones(text: str) -> list[str]:
    """Return 2- to 5-grams of the consonant skeleton, the same for both scripts."""
    return ngrams(skeleton(text), 2, 5)


def forget() -> None:
    """Empty what is kept of texts that were looked at."""
    for kept in (spaced, fold, skeleton, respell):
        kept.cache_clear()


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
