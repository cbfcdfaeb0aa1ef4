"""The views of a text that the ranking compares: one list of features for each.

No view is right alone (KHMER.md section 3): character n-grams survive typos and missing
spaces, clusters respect Khmer orthography, concepts carry meaning across languages and
scripts, respelling and skeletons meet Khmer typed in Latin letters.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from bot.language.khmer import clusters, fold
from bot.language.romanised import respell, skeleton

Featuriser = Callable[[str], list[str]]
_KHMER_GAP = re.compile("(?<=[\u1780-\u17dd]) (?=[\u1780-\u17dd])")


def ngrams(text: str, low: int, high: int) -> list[str]:
    """Return all substrings of `low` to `high` characters."""
    return [text[i : i + n] for n in range(low, high + 1) for i in range(len(text) - n + 1)]


@lru_cache(maxsize=16384)
def spaced(text: str) -> str:
    """Fold `text`, with no spaces inside Khmer, where people put them at will."""
    return f" {_KHMER_GAP.sub('', fold(text))} "


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
    for kept in (spaced, fold, skeleton):
        kept.cache_clear()
