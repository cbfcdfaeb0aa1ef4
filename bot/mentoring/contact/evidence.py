"""What was found in a message, or in a part of it: what the opinion weighs (`opinion.py`)."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.relay import Verdict
from bot.mentoring.contact import codes, numbers, patterns
from bot.mentoring.contact.model import Likeness, model
from bot.mentoring.contact.normalise import Readings, readings
from bot.mentoring.contact.patterns import RANK, Found, Hit


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


def read_as(text: str) -> tuple[Readings, Found]:
    """Return a text as it can be read, without what it names as examples, and what is found."""
    read = patterns.without_examples(readings(text))
    return read, patterns.found(read)


def shapes(read: Readings) -> set[Hit]:
    """Return what the numbers and the codes of a message are taken for."""
    number = numbers.judge(patterns.without_allowed(read.plain))
    found = {Hit(number, "number"), Hit(codes.judge(read), "code")}
    return {hit for hit in found if hit.verdict != "pass"}


def of(text: str, read: Readings, found: Found, likeness: Likeness | None = None) -> Evidence:
    """Return the evidence of a text, as if a mentor had written it."""
    sure = patterns.hits(patterns.sure(found), by_mentor=True)
    doubt = patterns.hits(patterns.doubtful(found), by_mentor=True)
    return Evidence(
        text,
        likeness or model().look(read, patterns.notions(read, found)),
        shape=_strongest(shapes(read)),
        sure=_strongest(sure),
        doubt=_strongest(doubt),
        kinds_sure=len({hit.reason for hit in sure}),
        kinds_in_doubt=len({hit.reason for hit in doubt}),
        letters=letters(read),
    )


def letters(read: Readings) -> int:
    """Return how many letters a message has: digits are judged as numbers, signs as codes."""
    return sum(char.isalpha() for char in read.plain)


def _strongest(hits: Iterable[Hit]) -> Verdict:
    return max((hit.verdict for hit in hits), key=RANK.__getitem__, default="pass")
