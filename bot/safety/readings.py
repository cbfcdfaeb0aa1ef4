"""The ways in which a message may be meant to be read: as it stands, unmasked, and in parts."""

import re
import unicodedata
from collections.abc import Sequence

# What people put for a letter so that no machine reads it: "k1ll mys3lf".
_MASKED = str.maketrans("01345@$!|7", "oieasasiit")
_MASKS = re.compile(r"(?<=[a-z])[01345@$!|7]|[01345@$!|7](?=[a-z])")
_SPACED_OUT = re.compile(r"(?<![a-z])(?:[a-z][ .\-_*]+){2,}[a-z](?![a-z])")
_SENTENCE_END = re.compile("[.?!។៕;\n]+")
_LONG = 160
_TOGETHER = 2
_MOST_PARTS = 40
# Pieces of one thought are short: "i want", "to", "die".
_PIECE = 80
_PIECES = 6


def whole(text: str) -> tuple[str, ...]:
    """Return a text as it stands and, where letters are masked or spaced out, unmasked."""
    plain = unicodedata.normalize("NFKC", text)
    lower = plain.casefold()
    bare = _MASKS.sub(lambda mask: mask[0].translate(_MASKED), lower)
    bare = _SPACED_OUT.sub(lambda run: re.sub("[^a-z]", "", run[0]), bare)
    return (plain,) if bare == lower else (plain, bare)


def parts(text: str) -> tuple[str, ...]:
    """Return the sentences of a long text, two by two, for one may hide among many."""
    if len(text) <= _LONG:
        return ()
    sentences = [s.strip() for s in _SENTENCE_END.split(text) if s.strip()]
    pieces = [piece for sentence in sentences for piece in _cut(sentence)]
    return tuple(
        " ".join(pieces[place : place + _TOGETHER]) for place in range(max(len(pieces) - 1, 1))
    )[:_MOST_PARTS]


def _cut(sentence: str) -> list[str]:
    """Cut what has no full stop, as most that is typed has none."""
    return [sentence[place : place + _LONG] for place in range(0, len(sentence), _LONG)]


def with_before(text: str, before: Sequence[str]) -> tuple[str, str] | None:
    """Return the short pieces before a short text, without and with it; None where none are."""
    if len(text) > _PIECE:
        return None
    pieces: list[str] = []
    for one in reversed(before[-_PIECES:]):
        if len(one) > _PIECE:
            break
        pieces.insert(0, one)
    earlier = " ".join(pieces)
    return (earlier, f"{earlier} {text}") if earlier else None
