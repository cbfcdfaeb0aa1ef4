"""Repair Khmer encoding, and fold text to the key by which it is matched.

The same Khmer word is typed as many different code point sequences that look alike on a
phone; neither NFC nor NFKC makes them equal. `repair` restores the order of the Unicode
Standard's orthographic syllable and loses nothing a reader sees. `fold` goes further and is
only ever a search key: it merges spellings that people mix up and is never displayed.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

COENG = "\u17d2"
_INVISIBLE = re.compile("[\u00ad\u17b4\u17b5\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]")
_MARK = re.compile("\u17d2+[\u1780-\u17b3]?|[\u17b6-\u17d1\u17d3\u17dd]")
# A syllable that may be out of order: one with several marks, or with a coeng and nothing below.
_CLUSTER = re.compile(f"[\u1780-\u17b3](?:(?:{_MARK.pattern}){{2,}}|\u17d2(?![\u1780-\u17b3]))")

# Order of marks inside a syllable: robat, subscripts (coeng ro last), shifters, vowels by
# position, other signs, and last the visarga-like signs. KHMER.md section 4.
_ROBAT, _COENG_RO = "\u17cc", "\u17d2\u179a"
_SHIFTERS = "\u17c9\u17ca"
_PRE_VOWELS = "\u17c1\u17c2\u17c3\u17be\u17bf\u17c0\u17c4\u17c5"
_BELOW_VOWELS = "\u17bb\u17bc\u17bd"
_ABOVE_VOWELS = "\u17b7\u17b8\u17b9\u17ba"
_AA = "\u17b6"
_FINAL_SIGNS = "\u17c7\u17c8"

_SPLIT_VOWELS = {"\u17c1\u17b8": "\u17be", "\u17c1\u17b6": "\u17c4"}
_DEPRECATED = {"\u17a3": "\u17a2", "\u17a4": "\u17a2\u17b6", "\u17b2": "\u17b1"}


def _rank(mark: str) -> int:
    if mark == _ROBAT:
        return 0
    if mark[0] == COENG:
        return 2 if mark == _COENG_RO else 1
    for rank, group in enumerate(
        (_SHIFTERS, _PRE_VOWELS, _BELOW_VOWELS, _ABOVE_VOWELS, _AA), start=3
    ):
        if mark in group:
            return rank
    return 9 if mark in _FINAL_SIGNS else 8


# Some thousand syllables are most of what is written.
@lru_cache(maxsize=16384)
def _ordered(cluster: str) -> str:
    marks = [COENG + m[-1] if m[0] == COENG else m for m in _MARK.findall(cluster[1:])]
    kept: list[str] = []
    for mark in sorted((m for m in marks if m != COENG + COENG), key=_rank):
        if mark not in kept:
            kept.append(mark)
    ordered = "".join(kept)
    for split, whole in _SPLIT_VOWELS.items():
        ordered = ordered.replace(split, whole)
    written = cluster[0] + ordered
    # A vowel put together may now stand twice, or before its like: once more, until it rests.
    return written if written == cluster else _in_order(written)


def _in_order(text: str) -> str:
    return _CLUSTER.sub(lambda cluster: _ordered(cluster.group()), text)


def repair(text: str) -> str:
    """Return `text` with every Khmer syllable in canonical order and no invisible characters.

    Idempotent. Lone surrogates become U+FFFD, so the result can always be encoded.
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _in_order(_replaced(_INVISIBLE.sub("", text), _DEPRECATED))


def _replaced(text: str, letters: Mapping[str, str]) -> str:
    """Return `text` with some letters replaced; they are few and rare, so `translate` is slow."""
    for letter, other in letters.items():
        text = text.replace(letter, other)
    return text


_DIGITS = dict(zip("០១២៣៤៥៦៧៨៩", "0123456789", strict=True))


def latin_digits(text: str) -> str:
    """Return `text` with its Khmer digits as Latin ones."""
    return _replaced(text, _DIGITS)


# Spellings that even edited text mixes: coeng da and coeng ta, two look-alike signs above,
# two final signs; digits in either script; the four spellings of "give".
_FOLD_SIGNS = {COENG + "ដ": COENG + "ត", "\u17cf": "\u17cd", "\u17c7": "\u17c8"} | _DIGITS
_GIVE = re.compile("អោយ|ឲ្យ|ឱយ|ឲយ|អោយ្យ")
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_NOT_WORD = re.compile("[^a-z0-9\u1780-\u17d3\u17dd+#]+")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Return the search key of `text`: repaired, lower case, ASCII digits, words only.

    Punctuation, emoji and every other script become single spaces, a letter typed three or
    more times in a row counts once. Idempotent.
    """
    # Latin text, a good half of all that is read, has no signs to be put in order.
    if not text.isascii():
        text = _replaced(repair(text), _FOLD_SIGNS)
        # Once more: folding may have brought two equal signs together.
        text = _GIVE.sub("ឱ្យ", _in_order(text))
    text = text.lower()
    text = _RUN.sub(r"\1", _NOT_WORD.sub(" ", text))
    return " ".join(text.split())


_KCC = re.compile(
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b6-\u17d1\u17d3\u17dd])*|[a-z0-9+#]+"
)


def clusters(folded: str) -> list[str]:
    """Cut folded text into orthographic clusters (Khmer) and words (Latin, digits)."""
    return _KCC.findall(folded)


def khmer_share(text: str) -> float:
    """Return the share of Khmer letters among all letters of `text`, 0 when it has none."""
    khmer = sum("\u1780" <= char <= "\u17b3" for char in text)
    other = sum(char.isalpha() and not "\u1780" <= char <= "\u17ff" for char in text)
    return khmer / (khmer + other) if khmer + other else 0.0
