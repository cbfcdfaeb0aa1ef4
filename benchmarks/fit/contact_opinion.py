"""Fit the opinion on a message: `make fit` writes `opinion.json` and `meaning.npz` of the relay.

Every line of a writer on whose lines no pattern was written is looked at by a likeness and by
networks of the meaning that know no line of the same writer. A logistic regression weighs what they
say with what was found, once with the meaning and once without. The bands are set there: so many
innocent lines may be kept back.
"""

import json
import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.fit import contact_model
from benchmarks.fit.contact_model import Example, examples, matrix, see_once
from benchmarks.fit.meaning import Meanings
from bot.answering.tfidf import Floats
from bot.content import load_content
from bot.language.encoder import load_encoder
from bot.language.meaning import Encode
from bot.mentoring.contact import evidence
from bot.mentoring.contact.look import APPROACHES, parts_of
from bot.mentoring.contact.model import SAFE, Likeness
from bot.mentoring.contact.opinion import MEANING, MEANT, SIGNALS, WEIGHTS, signals
from bot.settings import CONTENT

PARTS = 5
RIDGE = 1.0
# Of innocent messages how many may be kept back; how many more for a part of them alone; and how
# many may alert.
HELD, BY_A_PART, ALERTED = 0.05, 0.004, 0.001
# What is heavier than half of others is learnt from so much oftener by the networks.
_TIMES = 2


@dataclass(frozen=True)
class Seen:
    """What was found in a text, or in a part of one, and what those say that know not its writer."""

    signals: list[float]
    meant: float
    # the number of the text
    text: int
    shape: bool
    approach: bool


def meanings(known: list[Example], vectors: Floats) -> Meanings:
    """Return the networks of these examples; those that weigh more are learnt from oftener."""
    times = [max(1, round(_TIMES * one.weight)) for one in known]
    rows = np.repeat(np.arange(len(known)), times)
    return Meanings(vectors[rows], np.array([known[row].kind != SAFE for row in rows]), RIDGE)


def unseen(known: list[Example], encode: Encode) -> tuple[list[Seen], list[Seen]]:
    """Return what is seen in every text of a later hand, and in its parts."""
    rows = matrix([one.text for one in known])
    vectors = np.array([encode(one.text) for one in known], np.float32)
    kinds = np.array([one.kind for one in known])
    weights = np.array([one.weight for one in known])
    hands = np.array([one.hand for one in known])
    wholes: list[Seen] = []
    pieces: list[Seen] = []
    for part in range(PARTS):
        out = (hands > 0) & (hands % PARTS == part)
        model = contact_model.fit(rows[~out], kinds[~out], weights[~out])
        meant = meanings(
            [one for one, away in zip(known, out, strict=True) if not away], vectors[~out]
        )
        texts = [(int(n), known[n].text) for n in np.flatnonzero(out)]
        wholes += _seen(model, meant, texts, encode)
        pieces += _seen(
            model, meant, [(n, p) for n, text in texts for p in parts_of(text)], encode
        )
    return wholes, pieces


def _seen(
    model: object, meant: Meanings, texts: list[tuple[int, str]], encode: Encode
) -> list[Seen]:
    likely = model.predict_proba(matrix([text for _, text in texts]))
    kinds = list(model.classes_)
    safe = likely[:, kinds.index(SAFE)].copy()
    likely[:, kinds.index(SAFE)] = 0
    odds = meant.odds(np.array([encode(text) for _, text in texts], np.float32))
    found = []
    for row, (number, text) in enumerate(texts):
        kind = kinds[int(likely[row].argmax())]
        one = evidence.of(see_once(text), Likeness(float(1 - safe[row]), kind))
        found.append(
            Seen(signals(one), odds[row], number, one.shape != "pass", kind in APPROACHES)
        )
    return found


def weigh(
    wholes: list[Seen], pieces: list[Seen], known: list[Example], *, meant: bool
) -> dict[str, object]:
    """Return the weights and bands, and print what they cost."""
    names = (*SIGNALS, MEANT) if meant else SIGNALS
    rows, tries = _rows(wholes, meant=meant), _tries(wholes, known)
    hands = np.array([known[one.text].hand % PARTS for one in wholes])
    odds, of_parts = np.zeros(len(wholes)), np.zeros(len(pieces))
    part_rows = _rows(pieces, meant=meant)
    part_hands = np.array([known[one.text].hand % PARTS for one in pieces])
    for part in range(PARTS):
        fitted = _fitted(rows[hands != part], tries[hands != part])
        odds[hands == part] = fitted.decision_function(rows[hands == part])
        of_parts[part_hands == part] = fitted.decision_function(part_rows[part_hands == part])
    shape = np.array([one.shape for one in wholes])
    hold_from = _band(odds, shape, ~tries, HELD - BY_A_PART)
    place = {one.text: row for row, one in enumerate(wholes)}
    likeliest = np.full(len(wholes), -np.inf)
    np.maximum.at(likeliest, [place[one.text] for one in pieces], of_parts)
    kept = shape | (odds >= hold_from)
    part_from = max(hold_from, _band(likeliest, kept, ~tries, HELD))
    kept |= likeliest >= part_from
    approach = np.array([one.approach for one in wholes]) & ~tries
    alert_from = max(
        hold_from,
        float(np.quantile(odds[approach], 1 - ALERTED * (~tries).sum() / approach.sum())),
    )
    print(f"{'with the meaning' if meant else 'by words'}: {tries.sum()} tries kept back {kept[tries].mean():.3f}, "
          f"{(~tries).sum()} innocent {kept[~tries].mean():.4f}; shapes alone {shape[tries].mean():.3f}, "
          f"{shape[~tries].mean():.4f}; held from {_share(hold_from):.3f}, a part from {_share(part_from):.3f}, "
          f"alerts from {_share(alert_from):.3f}")  # fmt: skip
    fitted = _fitted(rows, tries)
    return {
        "weights": {
            name: round(float(w), 4) for name, w in zip(names, fitted.coef_[0], strict=True)
        },
        "bias": round(float(fitted.intercept_[0]), 4),
        "hold_from": round(hold_from, 4),
        "alert_from": round(alert_from, 4),
        "part_costs": round(part_from - hold_from, 4),
    }


def _rows(seen: list[Seen], *, meant: bool) -> np.ndarray:
    return np.array([[*one.signals, one.meant] if meant else one.signals for one in seen])


def _tries(seen: list[Seen], known: list[Example]) -> np.ndarray:
    return np.array([known[one.text].kind != SAFE for one in seen])


def _fitted(rows: np.ndarray, tries: np.ndarray) -> LogisticRegression:
    return LogisticRegression(max_iter=1000).fit(rows, tries)


def _band(odds: np.ndarray, kept: np.ndarray, innocent: np.ndarray, share: float) -> float:
    """Return from which log-odds on no more than a share of innocent lines is kept back."""
    free = innocent & ~kept
    left = max(share * innocent.sum() - (innocent & kept).sum(), 0) / free.sum()
    return float(np.quantile(odds[free], 1 - left))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def main() -> None:
    """Fit, set the bands, write, and print what they cost on unseen hands."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("The encoder is needed to fit; see the line above.")
    known = examples(load_content(CONTENT))
    encode = cache(encoder.encode)
    wholes, pieces = unseen(known, encode)
    raw = {
        "by_words": weigh(wholes, pieces, known, meant=False),
        "with_meaning": weigh(wholes, pieces, known, meant=True),
    }
    WEIGHTS.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    vectors = np.array([encode(one.text) for one in known], np.float32)
    np.savez_compressed(MEANING, allow_pickle=False, **meanings(known, vectors).packed())


if __name__ == "__main__":
    main()
