"""Finds what is said of danger in other languages than the girls' own two."""

import unicodedata
from collections.abc import Iterable, Mapping

import re2

# The accents of Latin letters; the signs of other scripts are letters.
_ACCENTS = {code: None for code in range(0x300, 0x370)}
_ALIKE = str.maketrans({"’": "'", "‘": "'", "`": "'", "đ": "d"})
# A shorter phrase means something else without its accents.
_LONG_ENOUGH = 8


class Abroad:
    """The phrases of other languages by kind of danger, compiled once."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._kinds = [(kind, re2.compile(_any(said))) for kind, said in phrases.items()]

    def kind(self, text: str) -> str | None:
        """Return the first kind of danger that is spoken of in a text."""
        plain = _plain(text)
        bare = _bare(plain)
        for kind, phrases in self._kinds:
            if phrases.search(plain) or (bare != plain and phrases.search(bare)):
                return kind
        return None


def _plain(text: str) -> str:
    """Return a text of any script as its phrases are looked for."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())


def _bare(plain: str) -> str:
    return unicodedata.normalize("NFD", plain.translate(_ALIKE)).translate(_ACCENTS)


def _any(phrases: Iterable[str]) -> str:
    whole, anywhere = set[str](), set[str]()
    for phrase in map(_plain, phrases):
        if not _is_latin(phrase):
            anywhere.add(phrase)
            continue
        whole.add(phrase)
        if len(phrase) >= _LONG_ENOUGH:
            whole.add(_bare(phrase))
    words = "|".join(re2.escape(phrase) for phrase in sorted(whole))
    found = [rf"(?:^|[^\pL])(?:{words})(?:$|[^\pL])"] if words else []
    return "|".join([*found, *(re2.escape(phrase) for phrase in sorted(anywhere))])


def _is_latin(phrase: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x2000 for letter in _bare(phrase))
