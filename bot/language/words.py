"""Khmer words by khmer-nltk: for cutting long text and for the reading level.

khmer-nltk takes time in proportion to the input, so it is given capped input.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.language import word_model
from bot.language.khmer import fold

MOST_CHARACTERS = 4096
# How many characters around a cut are looked at for words: longer than any word is.
_LOOK_BACK = 200
# The sign that puts one Khmer consonant under another, and what joins two emoji.
_JOINERS = "\u17d2\u200d"


def _tokenise(text: str) -> list[str]:
    return word_model.tokens(text[:MOST_CHARACTERS])


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`, spaces and punctuation left out."""
    return tuple(key for token in _tokenise(text) if (key := fold(token)))


def pieces(text: str) -> list[str]:
    """Return the tokens of `text`, spaces included."""
    return _tokenise(text) if text.strip() else [text]


def cuts(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Yield where the parts of `text` begin and end, each at most `limit` UTF-16 units.

    Together they are the whole text. Lines are kept whole where they fit, words where they do
    not; a single word longer than the limit is cut between clusters as a last resort.
    """
    start = 0
    while start < len(text):
        end = _reach(text, start, limit)
        if end < len(text):
            end = _end_of_line(text, start, end, limit) or _end_of_word(text, start, end)
        yield start, end
        start = end


def _reach(text: str, start: int, limit: int) -> int:
    """Return how far the text from `start` fits; at least one character, whatever the limit."""
    end, units = start, 0
    while end < len(text) and (units := units + 1 + (text[end] > "\uffff")) <= limit:
        end += 1
    return max(end, start + 1)


def _end_of_line(text: str, start: int, end: int, limit: int) -> int | None:
    """Return where the last whole line ends, when the line after it fits into a part."""
    line = text.rfind("\n", start, end) + 1
    if not start < line:
        return None
    after = text.find("\n", line)
    return line if utf16_length(text[line : after if after >= 0 else None]) <= limit else None


def _end_of_word(text: str, start: int, end: int) -> int:
    """Return the last place up to `end` that is between two words, or else two clusters."""
    first = max(start, end - _LOOK_BACK)
    around = text[first : end + _LOOK_BACK]
    tokens = pieces(around)
    # Where the word model has changed the text, its words say nothing of places in it.
    if "".join(tokens) == around:
        place = first
        for token in tokens:
            if place + len(token) > end:
                break
            place += len(token)
        if place > start and place > first:
            return place
    if (space := max(text.rfind(gap, start, end) for gap in " \n")) > start:
        return space + 1
    whole = end
    while whole > start and _joined(text, whole):
        whole -= 1
    return whole if whole > start else end


def _joined(text: str, place: int) -> bool:
    """Return whether what stands before and after a place is one cluster."""
    joins = text[place - 1] in _JOINERS or text[place] in _JOINERS
    return joins or unicodedata.category(text[place]).startswith("M")


def shorten(text: str, limit: int) -> str:
    """Return `text` on one line in at most `limit` UTF-16 units, with … where it was cut."""
    line = " ".join(text.split())
    if utf16_length(line) <= limit:
        return line
    # The rest of a long text is cut for nobody.
    start, end = next(cuts(line, limit - 1))
    return line[start:end].strip() + "…"


def utf16_length(text: str) -> int:
    """Return the length of `text` as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)
