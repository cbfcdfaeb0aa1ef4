"""An answerer that is told its verdicts: what is shown is tested apart from what is understood."""

from dataclasses import replace

import numpy as np

from bot.answering.answerer import Answerer
from bot.answering.concepts import ConceptFinder
from bot.answering.learned import Classifiers
from bot.answering.ranking import Candidate
from bot.answering.targets import KINDS
from bot.answering.verdict import Decision, Verdict
from bot.answering.weights import Bands, Weights
from bot.content import Content
from bot.safety.danger_model import DangerModel
from bot.safety.watch import DangerWatch


def target(key: str, score: float = 0.9) -> Candidate:
    """Return a candidate by its key and, after a stroke, its aspect: “career:pilot/pay”."""
    name, _, aspect = key.partition("/")
    kind, _, known_as = name.partition(":")
    (known,) = (k for k in KINDS if k == kind)
    return Candidate(known_as, known, score, aspect or None)


def verdict(*shown: str, decision: Decision = "answer", **more: object) -> Verdict:
    """Return a verdict that shows these targets."""
    found = tuple(map(target, shown))
    plain = Verdict("", "en", decision, found, found, 0.9)
    return replace(plain, **more)  # type: ignore[arg-type]


def unsure(*candidates: str, **more: object) -> Verdict:
    """Return a verdict that offers these targets."""
    return verdict(decision="clarify", candidates=tuple(map(target, candidates)), **more)


class Told(Answerer):
    """Decides about each text as the test has said; nothing is ranked."""

    def __init__(self, content: Content) -> None:
        super().__init__(
            content,
            ConceptFinder(content.concepts),
            DangerWatch(content.signs, DangerModel()),
            DangerWatch(content.wishes),
            Classifiers({"classes": np.array([], str)}),
            None,
            Weights({}, Bands(1.0, 1.0, 0.0, 1.0, 1.0)),
        )
        self.verdicts: dict[str, Verdict] = {}
        # what it was told that a text may follow up
        self.before: str | None = None

    def consider(self, text: str, last: str | None = None, *, safe: bool = False) -> Verdict:
        """Return what the test has said of `text`."""
        self.before = last
        return replace(self.verdicts[text], text=text)
