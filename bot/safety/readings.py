"""The ways in which a message may be meant to be read: as it stands, unmasked, and in parts."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

# No message of Telegram's is longer; what is read of any text.
LONGEST = 4096
# What people put for a letter so that no machine reads it: "k1ll mys3lf".
_MASKED = str.maketrans("01345@$!|7", "oieasasiit")
_MASKS = re.compile(r"(?<=[a-z])[01345@$!|7]|[01345@$!|7](?=[a-z])")
_APART = r"[ .\-_*]{1,3}"
_SPACED_OUT = re.compile(
    rf"(?<![a-z0-9])(?:[a-z01345@$!|7]{_APART}){{2,}}[a-z01345@$!|7](?![a-z0-9])"
)
_SENTENCE = re.compile("[^.?!។៕;\n]+")
# So much is one thought, read as it stands; what is longer is read in parts only.
_THOUGHT = 320
# Most that is typed has no full stop: so much of it is taken for a sentence.
_STRETCH = 80
# A sentence of fewer letters says nothing alone: "a. b. c."; in a text of very many sentences,
# which nobody writes, those go together that are still short.
_FEWEST, _SHORT = 4, 16
_MANY = 150
_TOGETHER = 2
# A clause has so many letters at least where spaces part them; so many words where nothing does.
_CLAUSE_LETTERS, _CLAUSE_WORDS = 6, 8
_KHMER = re.compile("[\u1780-\u17b3]")
# Pieces of one thought are short: "i want", "to", "die".
_PIECE = 80
_PIECES = 6


def whole(text: str) -> tuple[str, ...]:
    """Return a text as it stands and, where letters are masked or spaced out, unmasked."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST])
    lower = plain.casefold()
    bare = _MASKS.sub(lambda mask: mask[0].translate(_MASKED), lower)
    bare = _SPACED_OUT.sub(_put_together, bare)
    return (plain,) if bare == lower else (plain, bare)


def _put_together(run: re.Match[str]) -> str:
    """Return letters that stood apart as one word; a row of numbers stays one."""
    said = re.sub(_APART, "", run[0])
    letters = sum(map(str.isalpha, said))
    return said.translate(_MASKED) if 2 * letters >= len(said) else run[0]


def pieces(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, and two by two, for one may hide among many.

    No piece is longer than a thought, and all together not longer than a few times the text.
    """
    found: list[str] = []
    sentences = list(_sentences(text, _FEWEST))
    if len(sentences) > _MANY:
        sentences = list(_sentences(text, _SHORT))
    for together in range(1, _TOGETHER + 1):
        for place in range(len(sentences) - together + 1):
            (start, _), (_, end) = sentences[place], sentences[place + together - 1]
            if end - start <= _THOUGHT:
                found.append(text[start:end])
            else:
                found += _stretches(text, start, end)
    return tuple(dict.fromkeys(piece.strip() for piece in found))


def clauses(piece: str) -> tuple[str, ...]:
    """Return the parts of a piece in which something may be said beside all the rest.

    Who writes Khmer puts a space where a clause ends, and seldom a full stop; in Latin letters
    nothing tells, so there they are some words in a row.
    """
    words = piece.split()
    if any(map(_KHMER.search, words)):
        long_enough = [word for word in words if sum(map(str.isalpha, word)) >= _CLAUSE_LETTERS]
        found = [*long_enough, *map(" ".join, zip(words, words[1:], strict=False))]
    else:
        found = [
            " ".join(words[place : place + _CLAUSE_WORDS])
            for place in range(0, len(words), _CLAUSE_WORDS // 2)
        ]
    return tuple(dict.fromkeys(clause for clause in found if clause != piece))


def is_thought(text: str) -> bool:
    """Return whether a text is short enough to be read as one, however many sentences it has."""
    return len(text) <= _THOUGHT


def _sentences(text: str, fewest: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a text stand; what is hardly one goes with the next.

    Several that are short go together, but not with one that is not: it says something alone.
    """
    start, so_far = None, 0
    for found in _SENTENCE.finditer(text):
        letters = sum(map(str.isalnum, found[0]))
        if start is not None and letters >= fewest and so_far >= _FEWEST:
            yield start, found.start()
            start, so_far = None, 0
        start = found.start() if start is None else start
        so_far += letters
        if so_far >= fewest:
            yield start, found.end()
            start, so_far = None, 0
    if start is not None:
        yield start, len(text)


def _stretches(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what has no full stop in stretches that overlap, cut between words if possible."""
    cuts = [start]
    while end - cuts[-1] > _STRETCH:
        space = text.rfind(" ", cuts[-1] + _STRETCH // 2, cuts[-1] + _STRETCH)
        cuts.append(space if space > 0 else cuts[-1] + _STRETCH)
    cuts.append(end)
    for together in range(1, _TOGETHER + 1):
        for place in range(len(cuts) - together):
            yield text[cuts[place] : cuts[place + together]]


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
