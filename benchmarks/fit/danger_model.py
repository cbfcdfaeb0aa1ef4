"""Fit the likeness to danger: `make fit` writes `danger_model.json`.

Examples are those of `content/safety/examples/` and `benchmarks/questions/danger_fit.tsv`; the
FAQ's own ways of asking, `fit.tsv`, small talk and decoys are safe, those that speak of danger
left out. The two bands are set on answers of models that had not seen the message (five folds):
the alarm where few ordinary questions alarm, the calm where hardly any danger falls below.
"""

import json
from base64 import b64encode

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.answering.concepts import ConceptFinder
from bot.content import Content, load_content
from bot.editing.labelled import read
from bot.safety.danger_model import BITS, SAFE, WEIGHTS, features
from bot.safety.watch import DangerWatch
from bot.settings import CONTENT

FOLDS = 5
STRENGTH = 40.0  # inverse of the ridge
MARKER_SIZE = 0.3  # beside the letters, which have length one together
ORDINARY_WEIGHT = 0.5
ORDINARY_ALARMS, DANGER_CALMED = 0.02, 0.004


def examples(content: Content) -> tuple[list[str], list[str], list[float]]:
    """Return texts, labels and weights."""
    texts, labels, weights = [], [], []
    folder = CONTENT / "safety" / "examples"
    rows = [row for path in sorted(folder.glob("*.tsv")) for row in read(path.name, folder)]
    for row in rows + read("danger_fit.tsv"):
        texts.append(row.text)
        labels.append(row.label)
        weights.append(1.0)
    touchy = {care.entry for care in content.cares} | set(content.signs.spoken_of)
    ordinary = [
        line
        for entry in content.entries.values()
        if entry.id not in touchy
        for line in (*entry.question.all(), *entry.asks.all())
    ]
    ordinary += [q.text for q in read("fit.tsv") if q.label not in touchy]
    ordinary += [line for talk in content.smalltalk for line in talk.asks.all()]
    ordinary += [line for decoy in content.decoys for line in decoy.asks.all()]
    texts += ordinary
    labels += [SAFE] * len(ordinary)
    weights += [ORDINARY_WEIGHT] * len(ordinary)
    return texts, labels, weights


def matrix(texts: list[str], markers: list[list[str]], names: list[str]) -> csr_matrix:
    """Return one row a text: its features, of unit length together, and its markers."""
    found = [features(text) for text in texts]
    starts = np.concatenate([[0], np.cumsum([len(f) for f in found])])
    values = np.concatenate([np.full(len(f), 1 / np.sqrt(max(len(f), 1))) for f in found])
    words = csr_matrix((values, np.concatenate(found), starts), shape=(len(texts), 1 << BITS))
    known = [set(row) for row in markers]
    marks = csr_matrix([[MARKER_SIZE * (name in row) for name in names] for row in known])
    return hstack([words, marks]).tocsr()


def fit(rows: csr_matrix, labels: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    """Return the fitted model."""
    model = LogisticRegression(C=STRENGTH, max_iter=400)
    return model.fit(rows, labels, sample_weight=weights)


def main() -> None:
    """Fit, set the bands, write, and print what they cost."""
    content = load_content(CONTENT)
    texts, names, importance = examples(content)
    watch = DangerWatch(content.signs, ConceptFinder(content.concepts).find)
    seen = [watch.look(text) for text in texts]
    markers = [watch.markers(text, sign) for text, sign in zip(texts, seen, strict=True)]
    kinds = sorted({marker for row in markers for marker in row})
    rows = matrix(texts, markers, kinds)
    labels, weights = np.array(names), np.array(importance)
    unseen = np.zeros(len(texts))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(rows, labels):
        model = fit(rows[train], labels[train], weights[train])
        safe = list(model.classes_).index(SAFE)
        unseen[test] = 1 - model.predict_proba(rows[test])[:, safe]
    danger, ordinary = labels != SAFE, weights < 1
    alarm_from = float(np.quantile(unseen[ordinary], 1 - ORDINARY_ALARMS))
    signed = np.array([sign is not None for sign in seen])
    calm_below = float(np.quantile(unseen[danger & signed], DANGER_CALMED))
    alarms = (unseen >= alarm_from) | (signed & (unseen >= calm_below))
    near = ~danger & ~ordinary
    print(f"{danger.sum()} dangers, {near.sum()} near misses, {ordinary.sum()} ordinary lines")
    print(f"alarm from {alarm_from:.3f}, with a sign from {calm_below:.3f}: "
          f"recall {alarms[danger].mean():.3f}, near misses {alarms[near].mean():.3f}, "
          f"ordinary {alarms[ordinary].mean():.4f}")  # fmt: skip
    model = fit(rows, labels, weights)
    words, by_marker = model.coef_[:, : 1 << BITS], model.coef_[:, 1 << BITS :]
    scale = float(np.abs(words).max() / 127)
    small = np.round(words / scale).astype(np.int8)
    raw = {
        "kinds": list(model.classes_),
        "alarm_from": round(alarm_from, 4),
        "calm_below": round(calm_below, 4),
        "scale": scale,
        "markers": {
            kind: [round(MARKER_SIZE * float(w), 4) for w in by_marker[:, place]]
            for place, kind in enumerate(kinds)
        },
        "bias": [round(float(b), 5) for b in model.intercept_],
        "weights": b64encode(small.tobytes()).decode(),
    }
    WEIGHTS.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
