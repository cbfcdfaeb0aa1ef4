"""Fit the second opinion on danger: `make fit` writes `bot/safety/second_opinion.json`.

Examples are the messages of the street (its fit part), each heard by a likeness and seen by
classifiers that do not know its writer, and what was written for danger alone
(`benchmarks/danger/fit/`), which no classifier knows. For each class of the library it is counted
how often danger was told in what is about it; a logistic regression weighs that share with what was
heard. The share of a message is counted without its writer too. A second regression weighs what
comes out with what networks that do not know the writer say of the meaning (`danger_meaning.py`).

The bands are chosen on the tune parts of both sets by what a mistake costs: a danger missed is
worst, then care where there is none; a gentle line costs little.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.danger import lines
from benchmarks.fit import danger_meaning, danger_model
from benchmarks.fit.danger_meaning import Meanings
from benchmarks.fit.folds import FOLDS, unknowing
from bot.answering.learned import Classifiers, load_classifiers
from bot.content import Content, load_content
from bot.editing.street import street
from bot.language.encoder import load_encoder
from bot.language.meaning import Encode
from bot.safety.second_opinion import SIGNALS, WEIGHTS, Bands, Evidence, signals
from bot.safety.watch import DangerWatch
from bot.settings import CONTENT

# A class of which little was written is taken for as dangerous as all together: so many messages.
STRENGTH = 10.0
RIDGE_C = 0.3
PARTS, ROUNDS = 5, 6
# What was written for danger alone tells more of danger than girls do: it counts less.
HARD_WEIGHT = 0.3
BANDS = Bands(care=0.5, care_when_grave=0.25, raised_when_grave=0.4, gentle=0.09)
BANDS_WITH_MEANING = Bands(care=0.5, care_when_grave=0.27, raised_when_grave=0.4, gentle=0.085)


@dataclass(frozen=True)
class Example:
    """A message as it is heard and seen by what does not know its writer, and whether it is danger.

    `heard` is the evidence of its pieces; how likely each class of the library is for them is in
    the rows of `likely`, for all of it in `whole`; `meant` are the log-odds of danger by the meaning
    of each piece.
    """

    heard: Sequence[Evidence]
    likely: np.ndarray
    whole: np.ndarray
    meant: Sequence[float]
    danger: bool
    writer: str
    weight: float = 1.0


@dataclass(frozen=True)
class Ears:
    """What hears a message; none of it knows those writers that it is asked of."""

    watch: DangerWatch
    meanings: Meanings
    encode: Encode

    def hear(
        self, text: str, writer: str, seen: Classifiers, *, danger: bool, weight: float = 1.0
    ) -> Example:
        """Return a message as it is heard, and as the classifiers see it."""
        heard = self.watch.evidence(text)
        likely = np.array([seen.likely(piece.text) for piece in heard])
        meant = self.meanings.odds(np.array([self.encode(p.text) for p in heard]))
        return Example(heard, likely, seen.likely(text), meant, danger, writer, weight)


def examples(content: Content) -> list[Example]:
    """Return every example that is learnt from."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("The encoder is needed to fit; see the line above.")
    # Each part learns from most of the same messages.
    encode = cache(encoder.encode)
    known, messages, whole = danger_model.examples(content), street("fit"), load_classifiers()
    plain, also = danger_model.both(known)
    hard = lines("fit")
    writers = sorted({line.writer for line in hard})
    found = []
    for fold, (held, classifiers) in enumerate(unknowing(content, encoder)):
        others = held | {*writers[fold::FOLDS]}
        watch = DangerWatch(content.signs, danger_model.without(known, plain, also, others))
        meanings = danger_meaning.fit([e for e in known if e.writer not in others], encode)
        ears = Ears(watch, meanings, encode)
        found += [
            ears.hear(asked.text, asked.writer, classifiers, danger=asked.kind == "danger")
            for asked in messages
            if asked.writer in held
        ]
        found += [
            ears.hear(
                line.text, line.writer, whole, danger=line.level != "none", weight=HARD_WEIGHT
            )
            for line in hard
            if line.writer in others
        ]
    return found


def shares(found: Sequence[Example]) -> tuple[np.ndarray, float]:
    """Return the share of danger in what is about each class, and in all."""
    weights = np.array([e.weight for e in found])
    danger = weights * [e.danger for e in found]
    likely = np.array([e.whole for e in found])
    share = float(danger.sum() / weights.sum())
    return (likely.T @ danger + STRENGTH * share) / (likely.T @ weights + STRENGTH), share


def fit(found: Sequence[Example]) -> tuple[np.ndarray, float]:
    """Return the weights of `SIGNALS` and the bias.

    Which piece tells of the danger nobody has said: it is the one that the weights find likeliest,
    and the weights are fitted on it, some times over.
    """
    writers, every = np.array([e.writer for e in found]), [np.zeros(0)] * len(found)
    for others, own in GroupKFold(PARTS).split(writers, groups=writers):
        by_class, _ = shares([found[n] for n in others])
        for n in own:
            every[n] = rows_of(found[n], by_class)
    danger, weight = [e.danger for e in found], [e.weight for e in found]
    weights = np.ones(len(SIGNALS))
    for _ in range(ROUNDS):
        gravest = [rows[int((rows @ weights).argmax())] for rows in every]
        model = LogisticRegression(C=RIDGE_C, max_iter=3000)
        model.fit(gravest, danger, sample_weight=weight)
        weights = model.coef_[0]
    return weights, float(model.intercept_[0])


def fit_with_meaning(found: Sequence[Example]) -> dict[str, float]:
    """Return how the log-odds by words and by meaning are added up.

    The log-odds by words are those of weights that know no message of the writer.
    """
    writers, rows = np.array([e.writer for e in found]), np.zeros((len(found), 2))
    for others, own in GroupKFold(PARTS).split(writers, groups=writers):
        known = [found[n] for n in others]
        (weights, bias), (by_class, _) = fit(known), shares(known)
        for n in own:
            words = rows_of(found[n], by_class) @ weights + bias
            gravest = int((words + found[n].meant).argmax())
            rows[n] = words[gravest], found[n].meant[gravest]
    model = LogisticRegression(max_iter=3000)
    danger = [e.danger for e in found]
    model.fit(rows, danger, sample_weight=[e.weight for e in found])
    words, meaning = model.coef_[0]
    return {"words": words, "meaning": meaning, "bias": model.intercept_[0]}


def rows_of(example: Example, by_class: np.ndarray) -> np.ndarray:
    """Return the signals of each piece, in a row each."""
    about = example.likely @ by_class
    return np.array([signals(e, float(a)) for e, a in zip(example.heard, about, strict=True)])


def main() -> None:
    """Fit and write the weights, and print them."""
    found = examples(load_content(CONTENT))
    weights, bias = fit(found)
    by_class, share = shares(found)
    named = zip(load_classifiers().classes, by_class, strict=True)
    raw = {
        "bands": asdict(BANDS),
        "weights": {name: round(float(w), 4) for name, w in zip(SIGNALS, weights, strict=True)},
        "bias": round(bias, 4),
        "share": round(share, 4),
        "with_meaning": {
            **{name: round(float(w), 4) for name, w in fit_with_meaning(found).items()},
            "bands": asdict(BANDS_WITH_MEANING),
        },
        "shares": {name: round(float(of_it), 4) for name, of_it in named},
    }
    WEIGHTS.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    print(f"{len(found)} messages, {raw['weights']}, {raw['with_meaning']}")


if __name__ == "__main__":
    main()
