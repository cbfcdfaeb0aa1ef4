"""Which of the four ways of writing a message uses.

Khmer script is seen from its code points. English and Khmer in Latin letters share an
alphabet, so they are told apart by character n-grams learnt from the ways of asking in the
content itself: naive Bayes, which needs no model file and follows the content as it grows.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from bot.language.khmer import fold, khmer_share

Language = Literal["km", "en", "rom", "mix"]
_LATIN_WORD = re.compile("[a-z]{2,}")
# The language of the menus that answers each way of writing.
ANSWERED_IN: dict[Language, str] = {"km": "km", "rom": "km", "mix": "km", "en": "en"}
# Addresses of pages and people: whoever sends one says nothing in its language.
ADDRESS = re.compile(
    r"(?:https?://|www\.|@)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|edu|gov|info|io|kh|me|net|org)\b\S*",
    re.IGNORECASE,
)
# What is nearer to even odds is a name or a cry that stands in both languages: “AI”, “ok”.
_UNDECIDED = 3.5
# So much tells even where no word is known, for Khmer in Latin letters is spelt in many ways.
_SURE = 20.0
# Letters that people write inside Khmer without leaving Khmer: grade letters and the like.
_MIX_LETTERS = 2


def tongue_for(language: Language, hers: str) -> str:
    """Return the language to answer in: that of her writing, unless her menus speak a third."""
    return ANSWERED_IN[language] if hers in ANSWERED_IN.values() else hers


def written_in(tongue: str) -> Language:
    """Return how one writes whose menus speak a language, as far as it is told apart here."""
    return "km" if tongue == "km" else "en"


def _ngrams(text: str) -> list[str]:
    grams = []
    for word in _LATIN_WORD.findall(text):
        padded = f" {word} "
        grams += [padded[i : i + n] for n in (2, 3, 4) for i in range(len(padded) - n + 1)]
        grams.append(f"={word}")
    return grams


def fitted(english: Iterable[str], romanised: Iterable[str]) -> dict[str, float]:
    """Return the log odds of each n-gram for Khmer in Latin letters, from labelled examples."""
    counts = [Counter[str](), Counter[str]()]
    for counter, texts in zip(counts, (english, romanised), strict=True):
        for text in texts:
            counter.update(set(_ngrams(fold(text))))
    totals = [sum(counter.values()) + 1 for counter in counts]
    return {
        gram: math.log((counts[1][gram] + 0.3) / totals[1])
        - math.log((counts[0][gram] + 0.3) / totals[0])
        for gram in sorted(counts[0].keys() | counts[1].keys())
    }


class LanguageDetector:
    """Tells km, en, rom and mix apart."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take what was `fitted`."""
        self._weight = weights

    def detect(self, text: str, otherwise: Language = "en") -> Language:
        """Return how `text` is written; `otherwise` where it does not tell.

        Digits, signs, addresses, single letters, another script and what is no word do not.
        """
        folded = fold(ADDRESS.sub(" ", text))
        words = _LATIN_WORD.findall(folded)
        if khmer_share(folded) > 0:
            return "mix" if sum(map(len, words)) >= _MIX_LETTERS else "km"
        odds = self.romanised_odds(folded)
        known = [self._weight.get(f"={word}", 0.0) for word in words]
        if odds >= _UNDECIDED and (odds >= _SURE or any(weight > 0 for weight in known)):
            return "rom"
        if odds <= -_UNDECIDED and any(weight < 0 for weight in known):
            return "en"
        return otherwise

    def romanised_odds(self, folded: str) -> float:
        """Return the log odds that Latin-script text is Khmer rather than English."""
        return sum(self._weight.get(gram, 0.0) for gram in _ngrams(folded))
