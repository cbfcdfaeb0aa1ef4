"""Fit the weights of the ranking and its certainty: `make fit` writes `ranking.json`.

Examples are `fit.tsv` and the content's own ways of asking, each ranked by an index built
without it (five folds), so that a line never finds itself. The order is fitted as a
conditional logit (the right document against its rivals), the certainty as a logistic
regression on whether the winner was right; out-of-scope questions have no right winner.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from bot.answering.concepts import ConceptFinder
from bot.answering.ranking import (
    CERTAINTY,
    SIGNALS,
    WEIGHTS,
    Document,
    Model,
    Ranker,
    Weights,
    certainty_signals,
    documents_of,
)
from bot.content import load_content
from bot.editing.labelled import FOLDER, read
from bot.language.khmer import khmer_share
from bot.settings import CONTENT

FOLDS = 5
ORDER_PENALTY, SURE_PENALTY = 0.02, 0.02
OWN_WEIGHT = 0.35  # a way of asking is easier than a girl's question, so it counts less
WRONG_ANSWERS, OUTSIDE_ANSWERED = 0.015, 0.02
ANSWERABLE_LOST = 0.02  # questions whose entry would be among the three offered


@dataclass
class Example:
    """What was seen for one question, and which candidate is right (-1 for none)."""

    text: str
    seen: tuple
    right: int
    weight: float
    outside: bool


def _zero() -> Weights:
    blank = Model(np.zeros(len(SIGNALS), np.float32), np.zeros(len(CERTAINTY), np.float32), 0.0)
    return Weights(blank, blank, 0.5, 0.2)


def examples() -> list[Example]:
    """Return every example with its signals."""
    content = load_content(CONTENT)
    documents = documents_of(content)
    finder = ConceptFinder(content.concepts)
    found: list[Example] = []
    whole = Ranker(documents, finder, _zero())
    smalltalk = {d.id for d in documents if d.kind == "smalltalk"}
    for q in read("fit.tsv") if (FOLDER / "fit.tsv").exists() else []:
        if q.label == "oos":
            found.append(_example(whole, q.text, set(), 1.0, outside=True))
        elif q.label == "smalltalk":
            found.append(_example(whole, q.text, smalltalk, 1.0))
        else:
            found.append(_example(whole, q.text, {q.label}, 1.0))
    for fold in range(FOLDS):
        kept, held = _split(documents, fold)
        ranker = Ranker(kept, finder, _zero())
        for document, line in held:
            outside = document.kind == "decoy"
            right = {document.id}
            found.append(_example(ranker, line, right, OWN_WEIGHT, outside=outside))
    return [e for e in found if e.seen is not None]


def _split(documents: list[Document], fold: int) -> tuple[list[Document], list]:
    kept, held = [], []
    for number, document in enumerate(documents):
        lines = []
        for place, line in enumerate(document.lines):
            if place > 1 and (place + number) % FOLDS == fold:
                held.append((document, line))
            else:
                lines.append(line)
        kept.append(replace(document, lines=tuple(lines)))
    return kept, held


def _example(
    ranker: Ranker, text: str, right: set[str], weight: float, *, outside: bool = False
) -> Example:
    seen = ranker.signals(text)
    place = -1
    if seen is not None:
        places = [i for i, d in enumerate(seen[0]) if ranker.documents[d].id in right]
        if outside and not places:
            places = [i for i, d in enumerate(seen[0]) if ranker.documents[d].kind == "decoy"][:1]
        place = places[0] if places else -1
    return Example(text, seen, place, weight, outside)


def fit_order(found: list[Example]) -> np.ndarray:
    """Return the weights that order candidates: conditional logit with a ridge."""
    usable = [e for e in found if e.right >= 0]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, gradient = 0.0, np.zeros_like(w)
        for e in usable:
            matrix = e.seen[1]
            scores = matrix @ w
            scores = scores - scores.max()
            p = np.exp(scores)
            p /= p.sum()
            total -= e.weight * float(np.log(p[e.right] + 1e-12))
            gradient -= e.weight * (matrix[e.right] - p @ matrix)
        n = sum(e.weight for e in usable)
        return total / n + ORDER_PENALTY * float(
            w @ w
        ) / 100, gradient / n + ORDER_PENALTY * w / 50

    start = np.full(len(SIGNALS), 2.0)
    return minimize(loss, start, jac=True, method="L-BFGS-B").x.astype(np.float32)


def fit_sure(found: list[Example], order: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weights and bias of the certainty: logistic regression with a ridge."""
    rows, labels, weights = [], [], []
    for e in found:
        scores = e.seen[1] @ order
        ranked = np.argsort(-scores, kind="stable")
        chosen, matrix, queries = e.seen
        rows.append(certainty_signals(e.text, chosen, matrix, scores, ranked, queries))
        labels.append(1.0 if ranked[0] == e.right else 0.0)
        weights.append(e.weight)
    x, y, sample = np.array(rows), np.array(labels), np.array(weights)
    spread = x.std(axis=0) + 1e-6
    x = x / spread

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w[:-1] + w[-1]
        p = 1 / (1 + np.exp(-z))
        total = -(sample * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        residual = sample * (p - y)
        gradient = np.append(x.T @ residual, residual.sum()) / sample.sum()
        gradient[:-1] += 2 * SURE_PENALTY * w[:-1] / 10
        return total / sample.sum() + SURE_PENALTY * float(w[:-1] @ w[:-1]) / 10, gradient

    w = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return (w[:-1] / spread).astype(np.float32), float(w[-1])


def fit_bands(found: list[Example], models: dict[bool, Model]) -> tuple[float, float]:
    """Return the lowest certainty to answer at, and to ask back at, on `fit.tsv` alone."""
    judged, offered = [], []
    for e in found:
        if e.weight < 1 and any(other.weight == 1 for other in found):
            continue
        model = models[khmer_share(e.text) > 0]
        chosen, matrix, queries = e.seen
        scores = matrix @ model.order
        ranked = np.argsort(-scores, kind="stable")
        sure = model.certainty(certainty_signals(e.text, chosen, matrix, scores, ranked, queries))
        decoy = matrix[ranked[0], SIGNALS.index("is decoy")] > 0
        right = ranked[0] == e.right
        judged.append((sure, right, e.outside, decoy))
        if not e.outside and not decoy:
            offered.append((sure, e.right in ranked[:3]))
    inside = sum(not outside for _, _, outside, _ in judged)
    outsiders = len(judged) - inside
    answer_from = 0.9
    for cut in np.arange(0.9, 0.3, -0.01):
        wrong = sum(s >= cut and not r and not o and not d for s, r, o, d in judged)
        let = sum(s >= cut and o and not d for s, r, o, d in judged)
        if wrong / inside > WRONG_ANSWERS or let / outsiders > OUTSIDE_ANSWERED:
            break
        answer_from = float(cut)
    near = sorted(s for s, good in offered if good)
    clarify_from = min(near[int(len(near) * ANSWERABLE_LOST)], answer_from - 0.1)
    return round(answer_from, 3), round(max(clarify_from, 0.12), 3)


def main() -> None:
    """Fit and write the weights, and print them."""
    found = examples()
    by_script: dict[bool, list[Example]] = defaultdict(list)
    for e in found:
        by_script[khmer_share(e.text) > 0].append(e)
    models = {}
    for khmer, part in by_script.items():
        order = fit_order(part)
        models[khmer] = Model(order, *fit_sure(part, order))
    answer_from, clarify_from = fit_bands(found, models)

    def plain(model: Model) -> dict:
        return {
            "order": _named(SIGNALS, model.order),
            "sure": _named(CERTAINTY, model.sure),
            "bias": round(model.bias, 4),
        }

    raw = {
        "answer_from": answer_from,
        "clarify_from": clarify_from,
        "khmer": plain(models[True]),
        "latin": plain(models[False]),
    }
    WEIGHTS.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(raw, indent=2))


def _named(names: Iterable[str], values: np.ndarray) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    main()
