"""Digits behind labels (scores, prices, angles, pages) that are a number when read in a row.

Homework is full of such rows. So they are held only where they begin with a zero, as a number to
call does and a score does not, where they are the key of a code, or where somebody asked for a
number shortly before.
"""

from collections.abc import Callable, Iterator, Sequence

import re2

from bot.content.relay import Verdict
from bot.mentoring.contact import numbers
from bot.mentoring.contact.evidence import Seen
from bot.mentoring.contact.normalise import plain
from bot.mentoring.contact.tokens import lexicon

# What is longer is a lesson; so many messages of one person are read together.
_LONGEST, _RUNNING = 240, 8
_FEWEST = 3
# Words to which one digit each is given.
_KEY = re2.compile(r"([a-z\x{1780}-\x{17d3}]{2,}) ?= ?(\d)\b")
_FEWEST_KEYS = 4


def told(
    running: Sequence[str], seen: Seen, asked: Callable[[], bool]
) -> Iterator[tuple[Verdict, str]]:
    """Yield `hold` where the digits of a message, or with those just before, are a number.

    `running` is what the same person wrote just before, without an answer between; `asked` tells
    whether a number was asked for, and is only called when it matters.
    """
    read = seen.read.plain
    if not any(char.isdigit() for char in read) or len(read) > _LONGEST:
        return
    if _key(read):
        yield "hold", "code"
    before = [one for one in map(plain, running[-_RUNNING:]) if len(one) <= _LONGEST]
    rows = [*map(numbers.labelled, before), numbers.labelled(read)]
    together = [part for row in rows for part in row]
    said = [*map(numbers.written, before), numbers.written(read)]
    if any(_zero_led(row, rows[-1]) for row in (rows[-1], together)) or _whole(said) and asked():
        yield "hold", "number"


def _key(text: str) -> bool:
    """Return whether words are given unlike digits, as in mon=1 tue=2; scores are none."""
    given = dict(_KEY.findall(text))
    return (
        len(given) >= _FEWEST_KEYS
        and len(set(given.values())) == len(given)
        and lexicon().ordered.isdisjoint(given)
    )


def _zero_led(row: Sequence[str], last: Sequence[str]) -> bool:
    """Return whether a row is a number from a zero on, of which `last` completes it.

    Over several messages a zero by itself is a score or a result of a sum.
    """
    for start, part in enumerate(row):
        digits = "".join(row[start:])
        begins = part[0] == "0" and digits[1:2] != "0" and (len(part) > 1 or row is last)
        if begins and len(row) - start >= _FEWEST and last and numbers.like_phone(digits):
            return True
    return False


def _whole(rows: Sequence[str]) -> bool:
    """Return whether the digits of the last messages, from one of them on, are a number."""
    return bool(rows[-1]) and any(
        numbers.like_phone("".join(rows[start:])) for start in range(len(rows))
    )
