"""Khmer words by khmer-nltk: for cutting long text, reading level and one ranking signal.

khmer-nltk loads its model at the first call (about a second, 100 MB), logs to stderr and is
linear in the input, so it is warmed up in a thread, kept quiet and given capped input.
"""

import asyncio
import logging
import threading
from functools import lru_cache

from bot.language.khmer import fold

MOST_CHARACTERS = 4096
_lock = threading.Lock()


def _tokenise(text: str) -> list[str]:
    with _lock:
        import khmernltk  # noqa: PLC0415 - scikit-learn behind it takes a second to import

        logging.getLogger("khmer-nltk").setLevel(logging.ERROR)
        logging.getLogger("khmernltk").setLevel(logging.ERROR)
        return list(khmernltk.word_tokenize(text[:MOST_CHARACTERS]))


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`, spaces and punctuation left out."""
    return tuple(key for token in _tokenise(text) if (key := fold(token)))


def pieces(text: str) -> list[str]:
    """Return the tokens of `text`, spaces included."""
    return _tokenise(text) if text.strip() else [text]


async def warm_up() -> None:
    """Load the word model in a thread, so that no first question waits for it."""
    await asyncio.to_thread(words, "សួស្ដីបងស្រី")


def cut(text: str, limit: int) -> list[str]:
    """Cut `text` into parts of at most `limit` UTF-16 units, never inside a word or cluster.

    Lines are kept whole where they fit, words where they do not; a single word longer than
    the limit is cut between code points as a last resort.
    """
    parts: list[str] = []
    part = ""
    for line in text.splitlines(keepends=True):
        for chunk in [line] if utf16_length(line) <= limit else pieces(line):
            rest = chunk
            if utf16_length(part) + utf16_length(rest) > limit:
                parts.append(part)
                part = ""
            while utf16_length(rest) > limit:
                parts.append(rest[: limit // 2])
                rest = rest[limit // 2 :]
            part += rest
    return [p.strip() for p in [*parts, part] if p.strip()]


def shorten(text: str, limit: int) -> str:
    """Return `text` on one line in at most `limit` UTF-16 units, with … where it was cut."""
    line = " ".join(text.split())
    if utf16_length(line) <= limit:
        return line
    return cut(line, limit - 1)[0] + "…"


def utf16_length(text: str) -> int:
    """Return the length of `text` as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)
