"""Khmer written in Latin letters, which has no standard spelling.

Two keys make spellings comparable: `respell` folds the commonest variants of one sound, and
`skeleton` keeps only consonant classes, for Khmer script and Latin alike, so that a question
in Latin letters can meet a text in Khmer script that nobody romanised by hand.
"""

import re
from functools import lru_cache

from bot.language.khmer import COENG, clusters, fold

# Khmer consonants by the Latin letter that people type for them (KHMER.md section 5).
_CLASSES = {
    "k": "កខគឃ", "N": "ង", "c": "ចឆជឈ", "n": "ញណន", "t": "ដឋឌឍតថទធ",
    "p": "បផពភ", "m": "ម", "y": "យ", "r": "រ", "l": "លឡ", "v": "វ", "s": "សឝឞ", "h": "ហ",
}  # fmt: skip
_KHMER_CLASS = {letter: cls for cls, letters in _CLASSES.items() for letter in letters}
_SILENCED = re.compile(f"[\u1780-\u17b3](?:{COENG}[\u1780-\u17b3])?[\u17b6-\u17c8]*\u17cd")
_LATIN = (
    (re.compile("ng"), "N"),
    (re.compile("nh|gn"), "n"),
    (re.compile("ch|j|tj"), "c"),
    (re.compile("kh|g|q|x"), "k"),
    (re.compile("ph|b|f"), "p"),
    (re.compile("th|d"), "t"),
    (re.compile("w"), "v"),
    (re.compile("z"), "s"),
    (re.compile("r(?![aeiou])"), ""),
    (re.compile("[aeiouh]"), ""),
)
_DOUBLE = re.compile(r"(.)\1+")


def spoken(word: str) -> str:
    """Return a Khmer word without the letters that toandakhiat (៍) silences."""
    return _SILENCED.sub("", word)


def _khmer_word(folded: str) -> str:
    out = []
    for cluster in clusters(spoken(folded)):
        for letter in cluster:
            if letter in _KHMER_CLASS:
                out.append(_KHMER_CLASS[letter])
            elif letter == "\u17c6":
                out.append("m")
    return "".join(out)


@lru_cache(maxsize=16384)
def skeleton(text: str) -> str:
    """Return the consonant classes of `text` in order, with no vowels and no spaces.

    Final r and s are dropped, as Khmer drops them in speech. Lossy: a fallback signal for
    questions in Latin letters only.
    """
    return "".join(map(_bones, fold(text).split()))


# People write the same words again and again, so each is taken apart once.
@lru_cache(maxsize=16384)
def _bones(word: str) -> str:
    if "\u1780" <= word[0] <= "\u17b3":
        key = _khmer_word(word)
    else:
        key = word
        for pattern, replacement in _LATIN:
            key = pattern.sub(replacement, key)
        key = re.sub("[^a-zN]", "", key)
    key = _DOUBLE.sub(r"\1", key).replace("h", "")
    return key.rstrip("rs") or key


_SPELLINGS = (
    (re.compile("kn?h?(?:y|n)h?(?:um|om|oum)\\b"), "knom"),
    (re.compile("\\bn?y?[ou]+m\\b"), "knom"),
    (re.compile("ph"), "p"),
    (re.compile("th"), "t"),
    (re.compile("kh"), "k"),
    (re.compile("ch|tj|j"), "c"),
    (re.compile("nh|gn"), "n"),
    (re.compile("ea|ie|ia"), "e"),
    (re.compile("oe|eu|ue|er\\b|ur\\b"), "e"),
    (re.compile("ou|oo|au|ov|ow|av"), "o"),
    (re.compile("ai|ay|ei|ey"), "y"),
    (re.compile("h\\b|r\\b"), ""),
    (re.compile("b"), "p"),
    (re.compile("d"), "t"),
    (re.compile("g"), "k"),
    (re.compile("w"), "v"),
    (re.compile("z"), "s"),
    (re.compile("u"), "o"),
    (re.compile("i"), "e"),
)


def respell(text: str) -> str:
    """Return Latin-script `text` with the commonest spelling variants of Khmer sounds folded."""
    return " ".join(filter(None, map(respelled_word, fold(text).split())))


@lru_cache(maxsize=16384)
def respelled_word(word: str) -> str:
    """Return one word of folded Latin-script text with its spelling variants folded."""
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return _DOUBLE.sub(r"\1", word)
