"""What is seen in a message, or in a part of it, and what of that the opinion weighs.

A text is read and matched once (`see`); whoever judges it after that is handed what was seen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.content.relay import Verdict
from bot.mentoring.contact import codes, numbers, patterns
from bot.mentoring.contact.model import Likeness, model
from bot.mentoring.contact.normalise import Readings, readings
from bot.mentoring.contact.patterns import RANK, Found, Hit


@dataclass(frozen=True)
class Seen:
    """A text as it can be read, without what it names as examples, and what was found in it.

    `shapes` is what its numbers and codes are taken for.
    """

    text: str
    read: Readings
    found: Found
    shapes: frozenset[Hit]

    def hits(self, *, by_mentor: bool) -> set[Hit]:
        """Return all that was found, and what it weighs of a mentor or of a girl."""
        return {*self.shapes, *patterns.hits(self.found, by_mentor=by_mentor)}


@dataclass(frozen=True)
class Evidence:
    """The strongest verdict of its shapes, of sure patterns and of those in doubt.

    `kinds_sure` and `kinds_in_doubt` say how many kinds of things they found, `letters` how long
    the message is, `likeness` how much it is like what people wrote to try the relay.
    """

    text: str
    likeness: Likeness
    shape: Verdict
    sure: Verdict
    doubt: Verdict
    kinds_sure: int
    kinds_in_doubt: int
    letters: int


def see(text: str) -> Seen:
    """Return what is seen in a text."""
    read = patterns.without_examples(readings(text))
    return Seen(text, read, patterns.found(read), frozenset(_shapes(read)))


def _shapes(read: Readings) -> Iterator[Hit]:
    for verdict, reason in (
        (numbers.judge(patterns.without_allowed(read.plain)), "number"),
        (codes.judge(read), "code"),
    ):
        if verdict != "pass":
            yield Hit(verdict, reason)


def of(seen: Seen, likeness: Likeness | None = None) -> Evidence:
    """Return the evidence of what was seen, as if a mentor had written it."""
    sure = patterns.hits(patterns.sure(seen.found), by_mentor=True)
    doubt = patterns.hits(patterns.doubtful(seen.found), by_mentor=True)
    return Evidence(
        seen.text,
        likeness or model().look(seen.read, patterns.notions(seen.read, seen.found)),
        shape=_strongest(seen.shapes),
        sure=_strongest(sure),
        doubt=_strongest(doubt),
        kinds_sure=len({hit.reason for hit in sure}),
        kinds_in_doubt=len({hit.reason for hit in doubt}),
        letters=_letters(seen.read),
    )


def _letters(read: Readings) -> int:
    """Return how many letters a message has: digits are judged as numbers, signs as codes."""
    return sum(char.isalpha() for char in read.plain)


def _strongest(hits: Iterable[Hit]) -> Verdict:
    return max((hit.verdict for hit in hits), key=RANK.__getitem__, default="pass")
