"""What is weighed to rank targets, and the weights that were fitted for it.

Two small linear models for text in Khmer script and two for Latin letters, each with the signals
of meaning and without, for the encoder is asked only where the rest is not sure. One part of a
model orders the targets, the others turn the winner's lead into probabilities.
`benchmarks/fit/ranking.py` writes `ranking.json`.
"""

import json
import math
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from bot.answering.targets import KINDS
from bot.answering.tfidf import Floats
from bot.language.khmer import khmer_share

WEIGHTS = Path(__file__).with_name("ranking.json")

LEXICAL = (
    "grams whole", "grams line", "grams second", "grams covered",
    "clusters whole", "clusters line",
    "concepts whole", "concepts line", "concepts second", "concepts covered",
    "respelled whole", "respelled line",
    "bones whole", "bones line",
    "text grams", "text concepts",
    "smalltalk by length",
    "named", "named share", "wished", "asked",
    "letters", "letters share",
)  # fmt: skip
MEANING = ("both", "both share", "meaning", "meaning share")
SIGNALS = (*LEXICAL, *(f"is {kind}" for kind in KINDS[1:]), *MEANING)
CERTAINTY = (
    "score", "lead", "share", "best grams", "best concepts", "known grams", "known concepts",
    "length", "is outside", "is named", "agreement",
    "letters lead", "letters agree", "both lead", "both agree",
    "letters share", "both share", "meaning lead", "meaning agree", "two agree", "outside share",
)  # fmt: skip


@dataclass(frozen=True)
class Odds:
    """A fitted logistic regression over the signals of CERTAINTY."""

    weights: Floats
    bias: float

    def of(self, signals: Floats) -> float:
        """Return the probability, from 0 to 1."""
        return 1 / (1 + math.exp(-float(signals @ self.weights) - self.bias))


@dataclass(frozen=True)
class Model:
    """What was fitted for one script, with or without the signals of meaning."""

    order: Floats
    # that the first is right, and that one of those that would be offered helps
    sure: Odds
    near: Odds


@dataclass(frozen=True)
class Bands:
    """From which certainty on the bot answers, asks back, or takes small talk for it."""

    answer_from: float
    # from here on it answers whatever else may be meant, and the words alone are enough
    surely_from: float
    # how likely it may be at most that a message is off topic, where the answer is less sure
    stray_below: float
    clarify_from: float
    smalltalk_from: float

    def answers(self, sure: float, stray: float) -> bool:
        """Return whether to answer: so `sure` is the first, so likely the message off topic."""
        return sure >= self.surely_from or (sure >= self.answer_from and stray < self.stray_below)


@dataclass(frozen=True)
class Weights:
    """The fitted models, and the bands in which the bot answers or asks back."""

    models: dict[str, Model]
    bands: Bands

    def of(self, text: str, *, meant: bool) -> Model:
        """Return the model for the script of a text, with or without the signals of meaning."""
        return self.models[model_of(text, meant=meant)]


def model_of(text: str, *, meant: bool) -> str:
    """Return the name of the model by which a text is ranked."""
    script = "khmer" if khmer_share(text) > 0 else "latin"
    return f"{script}, meaning" if meant else script


MODELS = ("khmer", "latin", "khmer, meaning", "latin, meaning")


def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights that `benchmarks/fit/ranking.py` wrote."""
    raw = json.loads(path.read_text(encoding="utf-8"))

    def model(name: str) -> Model:
        part = raw[name]
        order = np.array([part["order"][signal] for signal in SIGNALS], np.float32)
        return Model(order, odds(part["sure"]), odds(part["near"]))

    def odds(part: dict[str, float]) -> Odds:
        return Odds(np.array([part[name] for name in CERTAINTY], np.float32), part["bias"])

    models = {name: model(name) for name in MODELS}
    return Weights(models, Bands(**{band.name: raw[band.name] for band in fields(Bands)}))
