"""A second look at what may be danger: what does the library know of it?

The likeness (`bot/safety/danger_model.py`) knows danger and its look-alikes, and nothing of the
hundreds of things that girls ask. Some of those are danger themselves: who asks about an offer
that an answer calls a trap, or about being married off, is met with care, and not only gently.

The whole ranking is asked, not only which class its letters look like (`second_opinion.py`). Of
the 92 messages with danger of the street (tune part, whose writers nothing was fitted on) it meets
2 more with care, and of the 328 others none.
"""

from dataclasses import replace

from bot.answering.ranking import Ranking
from bot.content.safety import Signs
from bot.safety.danger import Danger, Level
from bot.safety.watch import LIKENESS

# How much the ranking gives to what is danger itself.
_IS_DANGER = 0.4


def may_be_graver(danger: Danger) -> bool:
    """Return whether nothing but likeness speaks for danger, and it is met gently."""
    return danger.sign == LIKENESS and danger.level is Level.GENTLE


def seen_again(danger: Danger, ranking: Ranking, signs: Signs) -> Danger:
    """Return a danger that is met gently, with care where the library says that it is one."""
    first = next(iter(ranking.candidates), None)
    if first is None or first.kind != "faq" or first.id not in signs.met_with_care:
        return danger
    every = sum(c.score for c in ranking.candidates)
    of_danger = sum(
        c.score for c in ranking.candidates if c.kind == "faq" and c.id in signs.met_with_care
    )
    return replace(danger, level=Level.CARE) if of_danger >= _IS_DANGER * every else danger
