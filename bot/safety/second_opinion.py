"""A second opinion on danger: how likely it is, with what the message is about.

Signs and likeness (`watch.py`, `danger_model.py`) know the words of danger and of what looks like
it, and little of the hundreds of things that girls ask: a tuition fee that papa pays rang the
alarm. The classifiers of the library know these. So it was counted how often danger was told in
what girls wrote about each of them, and a logistic regression weighs that share with all that was
heard (`benchmarks/fit/second_opinion.py` writes `second_opinion.json`). Where the sentence encoder
is there, a second regression weighs that with what the piece means (`bot/language/meaning.py`).
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.meaning import LIMIT, log_odds
from bot.language.recalled import Recalled
from bot.safety.danger import Level
from bot.safety.danger_model import Likeness

Floats = npt.NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("second_opinion.json")
MEANING = Path(__file__).with_name("danger_meaning.npz")
SIGNALS = (
    "like", "like a grave kind", "met gently", "met with care", "sign met gently",
    "sign met with care", "about",
)  # fmt: skip
# How likely each class of the library is for a text, in their order; they add up to 1.
Likely = Callable[[str], Floats]
# The log-odds that danger is meant in a text, between -LIMIT and LIMIT.
Meant = Callable[[str], float]
_GRAVER = (None, Level.GENTLE, Level.CARE)
# So many pieces are looked at only once.
_MOST_KNOWN = 1024


@dataclass(frozen=True)
class Evidence:
    """What was heard in a piece of a message, or in all of it read as one.

    `heard` is how it would be met by sign and likeness together, `by_sign` by the sign alone.
    """

    text: str
    likeness: Likeness
    heard: Level | None
    by_sign: Level | None

    @property
    def is_grave(self) -> bool:
        """Return whether it is more like a grave kind of danger than like the others."""
        return 2 * self.likeness.grave >= self.likeness.danger > 0


@dataclass(frozen=True)
class Bands:
    """From how likely on danger is met with care, and with a gentle line.

    What is more like a grave kind than not is met with care earlier: where it was heard so
    (`care_when_grave`), and where it was not (`raised_when_grave`).
    """

    care: float
    care_when_grave: float
    raised_when_grave: float
    gentle: float


@dataclass(frozen=True)
class WithMeaning:
    """How the log-odds by words and by meaning are added up, and the bands for what comes out."""

    words: float
    meaning: float
    bias: float
    bands: Bands

    def odds(self, by_words: float, text: str, meant: Meant) -> float:
        """Return both together; nobody is asked what is meant where it would change nothing."""
        known = self.words * by_words + self.bias
        at_most = known + self.meaning * LIMIT
        if at_most < log_odds(self.bands.gentle):
            return at_most
        return known + self.meaning * meant(text)


class SecondOpinion:
    """The fitted weights, and what was found with them in the pieces that were looked at last.

    Without `meant`, as where the encoder cannot be loaded, words decide alone.
    """

    def __init__(
        self,
        classes: Sequence[str],
        likely: Likely,
        meant: Meant | None = None,
        path: Path = WEIGHTS,
    ) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        self._meant, both = meant, raw["with_meaning"]
        self._both = WithMeaning(**{**both, "bands": Bands(**both["bands"])})
        self._bands = Bands(**raw["bands"])
        self._likely = likely
        self._known: Recalled[float] = Recalled(_MOST_KNOWN)
        self._weights = np.array([raw["weights"][name] for name in SIGNALS])
        self._bias = float(raw["bias"])
        # How often danger is told in what is about each class; what came later is as all together.
        self.shares: dict[str, float] = raw["shares"]
        known = (self.shares.get(name, raw["share"]) for name in classes)
        self._shares = np.fromiter(known, np.float32, len(classes))

    def level(self, piece: Evidence, *, by_words: bool = False) -> Level | None:
        """Return how a piece is to be met, `by_words` alone or with what it means too.

        None where nothing is to be done.
        """
        words = self.odds(piece)
        alone = _met(piece, words, self._bands)
        if self._meant is None or by_words:
            return alone
        both = _met(piece, self._both.odds(words, piece.text, self._meant), self._both.bands)
        # Misspelt or masked, a text means little to the encoder: it takes nothing away from what
        # people have named a sign.
        return max(alone, both, key=_GRAVER.index) if piece.by_sign is Level.CARE else both

    def odds(self, piece: Evidence) -> float:
        """Return the log-odds of danger by words, and by what they are about."""
        about = self._known.of(piece.text, self._about)
        return float(signals(piece, about) @ self._weights) + self._bias

    def _about(self, text: str) -> float:
        """Return the share of danger in what was written about the same things."""
        return float(self._likely(text) @ self._shares)


def _met(piece: Evidence, odds: float, bands: Bands) -> Level | None:
    danger = 1 / (1 + math.exp(-odds))
    of_grave = bands.care_when_grave if piece.heard is Level.CARE else bands.raised_when_grave
    if danger >= (of_grave if piece.is_grave else bands.care):
        return Level.CARE
    return Level.GENTLE if danger >= bands.gentle else None


def signals(piece: Evidence, about: float) -> npt.NDArray[np.float64]:
    """Return what is weighed, one number for each of `SIGNALS`.

    `about` is the share of danger in what was written about the same things.
    """
    return np.array(
        [
            log_odds(piece.likeness.danger),
            log_odds(piece.likeness.grave),
            piece.heard is Level.GENTLE,
            piece.heard is Level.CARE,
            piece.by_sign is Level.GENTLE,
            piece.by_sign is Level.CARE,
            log_odds(about),
        ],
        np.float64,
    )
