"""How likely a message is a try, with all that was found in it and what it means.

Patterns alone held one innocent line in ten, and let every fourth try pass that was written by
people who had not seen them. So a logistic regression weighs them with the likeness to tries
(`model.py`) and, where the sentence encoder is there, with the meaning
(`bot/language/meaning.py`). `benchmarks/fit/contact_opinion.py` writes `opinion.json` and
`meaning.npz`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.language.encoder import load_encoder
from bot.language.meaning import Encode, Meaning, log_odds
from bot.mentoring.contact.evidence import Evidence

WEIGHTS = Path(__file__).with_name("opinion.json")
MEANING = Path(__file__).with_name("meaning.npz")
SIGNALS = (
    "like", "shape held", "shape stopped", "sure held", "sure stopped", "sure alert",
    "doubt held", "doubt stopped", "doubt alert", "kinds sure", "kinds in doubt", "length",
)  # fmt: skip
MEANT = "meaning"
# So many kinds of things found say no more than one less.
_KINDS = 3
# Tries that were learnt from are short: a longer message is no likelier to be one.
_LONG = 100
_MOST_PARTS = 8


@dataclass(frozen=True)
class Weights:
    """How much each signal weighs, and from which log-odds on a message is held or alerts.

    A part of a message counts for less by `part_costs`, as log-odds: it is one of several.
    """

    weights: npt.NDArray[np.float64]
    bias: float
    hold_from: float
    alert_from: float
    part_costs: float

    def of(self, signals: Sequence[float]) -> float:
        """Return the log-odds that what has these signals is a try."""
        return float(self.weights @ np.array(signals, np.float64)) + self.bias


class Opinion:
    """The fitted weights: with what is meant, or by words alone where there is no encoder."""

    def __init__(self, encode: Encode | None, path: Path = WEIGHTS) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        self._meaning = None if encode is None else Meaning(encode, MEANING)
        self._by_words = _weights(raw["by_words"], SIGNALS)
        self.bands = self._by_words
        if encode is not None:
            self.bands = _weights(raw["with_meaning"], (*SIGNALS, MEANT))

    def by_words(self, found: Evidence) -> float:
        """Return the log-odds that it is a try by what is written alone."""
        return self._by_words.of(signals(found))

    def odds(self, found: Evidence) -> float:
        """Return the log-odds that it is a try."""
        if self._meaning is None:
            return self.by_words(found)
        return self.bands.of([*signals(found), self._meaning.odds(found.text)])

    def likeliest(self, whole: Evidence, parts: Sequence[Evidence]) -> tuple[float, Evidence]:
        """Return the log-odds that a message is a try, and the part of it that says so, or all.

        Of very many parts only those are asked for their meaning that by words are likeliest.
        """
        some = sorted(parts, key=self.by_words, reverse=True)[:_MOST_PARTS]
        odds = [(self.odds(part) - self.bands.part_costs, part) for part in some]
        return max([(self.odds(whole), whole), *odds], key=lambda one: one[0])


def signals(found: Evidence) -> list[float]:
    """Return what is weighed, one number for each of `SIGNALS`."""
    return [
        log_odds(found.likeness.score),
        found.shape == "hold",
        found.shape in ("stop", "alert"),
        found.sure == "hold",
        found.sure == "stop",
        found.sure == "alert",
        found.doubt == "hold",
        found.doubt == "stop",
        found.doubt == "alert",
        min(found.kinds_sure, _KINDS),
        min(found.kinds_in_doubt, _KINDS),
        math.log1p(min(found.letters, _LONG)),
    ]


def _weights(raw: dict[str, Any], names: tuple[str, ...]) -> Weights:
    return Weights(**{**raw, "weights": np.array([raw["weights"][name] for name in names])})


@cache
def opinion() -> Opinion:
    """Return the opinion, loaded once: with the encoder where there is one."""
    encoder = load_encoder()
    return Opinion(None if encoder is None else encoder.encode)
