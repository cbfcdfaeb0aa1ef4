"""A second look at what is only like danger: what does the library know of it?

The likeness (`bot/safety/danger_model.py`) knows danger and its look-alikes, and nothing of the
hundreds of things that girls ask. The ranking knows those: who asks how to fall asleep before an
exam is answered, with the gentle line beside, and not met by a hotline; who asks about an offer
that an answer calls a trap is met with care. Where a sign says it, or where it is very like
what is grave, the ranking is not asked.

Of the messages of the street that met care by their likeness alone (tune part, whose writers
neither was fitted on) 5 of the 20 without danger are met gently so, and 1 of the 46 with it. Of
the 69 that were met gently 7 of the 14 with danger are met with care, and none of the others.
"""

from dataclasses import replace

from bot.answering.ranking import Ranking
from bot.content.safety import Signs
from bot.safety.watch import LIKENESS, Danger, Level

# How sure the ranking is of what it found, and how little it gives to what speaks of danger.
_SURE, _OF_DANGER = 0.75, 0.02
# What is so like danger of a grave kind is met with care, whatever the library knows of it.
_GRAVE = 0.7
# How much the ranking gives to what is danger itself.
_IS_DANGER = 0.4


def by_likeness_alone(danger: Danger) -> bool:
    """Return whether what was seen rests on nothing but likeness to the examples."""
    return danger.sign == LIKENESS


def seen_again(
    danger: Danger, ranking: Ranking, of_danger: frozenset[str], signs: Signs
) -> Danger:
    """Return a danger that was seen by likeness at the level that the ranking leaves it.

    `of_danger` are the entries that speak of danger themselves.
    """
    if not ranking.candidates:
        return danger
    if danger.level is Level.CARE:
        if danger.grave >= _GRAVE:
            return danger
        ordinary = ranking.sure >= _SURE and _share(ranking, of_danger) < _OF_DANGER
        return replace(danger, level=Level.GENTLE) if ordinary else danger
    first, grave = ranking.candidates[0], frozenset(signs.met_with_care)
    is_danger = first.kind == "faq" and first.id in grave and _share(ranking, grave) >= _IS_DANGER
    return replace(danger, level=Level.CARE) if is_danger else danger


def _share(ranking: Ranking, entries: frozenset[str]) -> float:
    """Return the share of what is likely that some entries have."""
    every = sum(c.score for c in ranking.candidates)
    return sum(c.score for c in ranking.candidates if c.kind == "faq" and c.id in entries) / every
