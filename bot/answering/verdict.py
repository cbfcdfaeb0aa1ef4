"""What is to be done with a message, and what is shown for it."""

from dataclasses import dataclass
from typing import Literal

from bot.answering.ranking import Candidate, Ranking
from bot.answering.suggestions import offered
from bot.answering.targets import NO_QUESTION, remembered
from bot.answering.weights import Bands
from bot.careers.directory import Wish
from bot.language.detect import Language
from bot.safety.danger import Danger

Decision = Literal["answer", "clarify", "handoff", "safety", "smalltalk"]
# An answer that is less sure has others offered below it.
SURE_ENOUGH = 0.8
# A worry is told with words of love, food or shopping: from so likely on what may be asked is
# offered although the message seems off topic (of 23 such questions of the street 10 are met so,
# and 12 of 69 messages that were off topic are asked back).
_BESIDE_OUTSIDE = 0.05


@dataclass(frozen=True)
class Verdict:
    """What to do with a message."""

    text: str
    language: Language
    decision: Decision
    # what is shown, each for one of her questions; for small talk the reply
    shown: tuple[Candidate, ...]
    # what may be meant, best first
    candidates: tuple[Candidate, ...]
    score: float
    danger: Danger | None = None
    # surely nothing that this bot answers
    outside: bool = False
    # what in the directory she may be looking for
    wish: Wish | None = None
    # the field of the woman she wants to talk with, or "any"
    field: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the entries of the FAQ that are shown."""
        return tuple(c.id for c in self.shown if c.kind == "faq")

    @property
    def target(self) -> Candidate | None:
        """Return the first of what is shown."""
        return self.shown[0] if self.shown else None

    @property
    def doubtful(self) -> bool:
        """Return whether others are to be offered below what is shown."""
        return self.decision == "answer" and self.score < SURE_ENOUGH

    @property
    def context(self) -> str | None:
        """Return what a follow-up would be about: the key of a target, and its aspect."""
        if self.decision != "answer" or not self.shown:
            return None
        last = self.shown[-1]
        return remembered(last.key, last.aspect)


def decide(ranking: Ranking, bands: Bands) -> Decision:
    """Return what to do with a message that is no sign of danger."""
    if not ranking.candidates:
        return "handoff"
    top = ranking.candidates[0]
    if top.kind == "smalltalk" and ranking.sure >= bands.smalltalk_from:
        return "smalltalk"
    if top.kind not in NO_QUESTION and bands.answers(ranking.sure, ranking.stray):
        return "answer"
    meant = offered(ranking)
    if not meant:
        return "handoff"
    if top.kind == "outside" and meant[0].score >= _BESIDE_OUTSIDE:
        return "clarify"
    off_topic = top.kind == "outside" and ranking.sure >= bands.surely_from
    return "clarify" if ranking.near >= bands.clarify_from and not off_topic else "handoff"
