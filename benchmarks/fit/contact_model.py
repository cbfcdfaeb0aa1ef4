"""Fit the likeness to a try: `make fit` writes `bot/mentoring/contact/model.json`.

Tries and innocent messages are those of `benchmarks/contacts/fit/` and `known/`; the questions
that girls ask the bot are innocent too, and weigh less. The bands are set on answers of models
that had not seen the message: those of a blind writer are judged by a model fitted without any
line of that writer, those of innocent talks by one fitted without that part of the talk.
"""

import json
from base64 import b64encode

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.contacts import FOLDER, Line, read
from bot.content import Content, load_content
from bot.editing.labelled import read as read_questions
from bot.mentoring.contact.look import look
from bot.mentoring.contact.model import BITS, SAFE, WEIGHTS, features
from bot.mentoring.contact.normalise import readings
from bot.mentoring.contact.patterns import found, notions
from bot.settings import CONTENT

# There are thousands of questions, each in many wordings: some of them say enough.
ORDINARY_STEP = 16
STRENGTH = 30.0  # inverse of the ridge
ORDINARY_WEIGHT, KNOWN_WEIGHT = 0.3, 0.6
# Of innocent messages that the patterns let pass, how many the model may hold, and alert.
HELD, ALERTED = 0.008, 0.0005
# Not below these, which were set on `benchmarks/contacts/tune/`.
LEAST_HOLD, LEAST_ALERT = 0.62, 0.85
# What the kinds of `known/` are called among the reasons.
KINDS = {
    "meeting": "meeting", "money": "money", "photo": "photo", "secrecy": "secrecy", "link": "link",
    "e-mail": "link", "username": "account", "latin digits": "number", "khmer digits": "number",
    "khmer words": "number", "english words": "number", "mixed words": "number",
    "romanised words": "number", "split": "number", "mixed": "app", "english": "app",
    "khmer": "app", "romanised": "app",
}  # fmt: skip
_TALK = 20  # lines of an innocent talk that are left out together


def examples(content: Content) -> list[tuple[str, str, float, str]]:
    """Return text, kind, weight and whose it is, which is left out together."""
    rows = []
    for folder, weight in (("fit", 1.0), ("known", KNOWN_WEIGHT)):
        for place, line in enumerate(read(FOLDER / folder)):
            whose = f"{line.file}:{place // _TALK}" if line.innocent else line.file
            if kind := _kind(line):
                rows.append((" ".join(line.messages), kind, weight, f"{folder}/{whose}"))
    ordinary = {
        text
        for entry in content.entries.values()
        for text in (*entry.question.all(), *entry.asks.all())
    }
    ordinary |= {question.text for question in read_questions("fit.tsv")}
    # Long texts are no likelier to be a try: what the bot answers is innocent as well.
    ordinary |= {text for entry in content.entries.values() for text in entry.answer.all()}
    rows += [
        (text, SAFE, ORDINARY_WEIGHT, f"asked:{place % 10}")
        for place, text in enumerate(sorted(ordinary)[::ORDINARY_STEP])
    ]
    return rows


def _kind(line: Line) -> str | None:
    if line.innocent:
        return SAFE
    return KINDS.get(line.kind, None if line.kind.startswith("held out") else line.kind)


def look_without_model(text: str) -> bool:
    """Return whether nothing but the model could keep a text back."""
    return not look(text, with_model=False).kept_back


def matrix(texts: list[str]) -> csr_matrix:
    """Return one row of weighted features a text."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        read_as = readings(text)
        hashed, weights = features(read_as, notions(read_as, found(read_as)))
        rows += [row] * len(hashed)
        columns += hashed.tolist()
        values += weights.tolist()
    return csr_matrix((values, (rows, columns)), shape=(len(texts), 1 << BITS))


def fit(rows: csr_matrix, kinds: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    """Return the fitted model."""
    return LogisticRegression(C=STRENGTH, max_iter=80).fit(rows, kinds, sample_weight=weights)


def unseen(
    rows: csr_matrix, kinds: np.ndarray, weights: np.ndarray, whose: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the score and likeliest kind of every text by a model that never saw its writer."""
    scores, likely = np.zeros(len(kinds)), kinds.copy()
    writers = sorted(set(whose))
    alone = [[w] for w in writers if w.startswith("fit/tries")]
    rest = [w for w in writers if not w.startswith("fit/tries")]
    for left_out in [*alone, *(rest[part::4] for part in range(4))]:
        out = np.isin(whose, left_out)
        model = fit(rows[~out], kinds[~out], weights[~out])
        shares = model.predict_proba(rows[out])
        safe = list(model.classes_).index(SAFE)
        scores[out] = 1 - shares[:, safe]
        shares[:, safe] = 0
        likely[out] = model.classes_[shares.argmax(axis=1)]
    return scores, likely


def main() -> None:
    """Fit, set the bands, write, and print what they cost on unseen writers."""
    lines = examples(load_content(CONTENT))
    texts = [text for text, *_ in lines]
    kinds, weights, whose = (np.array([row[i] for row in lines]) for i in (1, 2, 3))
    weights = weights.astype(float)
    rows = matrix(texts)
    scores, likely = unseen(rows, kinds, weights, whose)
    passed = np.array([weight < 0.5 or look_without_model(text) for text, _, weight, _ in lines])
    talk = np.char.startswith(whose, "fit/innocent")
    close = np.isin(likely, ("closeness", "meeting"))
    hold_from = max(LEAST_HOLD, float(np.quantile(scores[talk & passed], 1 - HELD)))
    safe = (kinds == SAFE) & (talk | np.char.startswith(whose, "known"))
    alert_from = max(
        hold_from, LEAST_ALERT, float(np.quantile((scores * close)[safe], 1 - ALERTED)) + 0.02
    )
    tries = np.char.startswith(whose, "fit/tries")
    print(f"{tries.sum()} tries, {talk.sum()} innocent, {(~tries & ~talk).sum()} others")
    kept = ~passed | (scores >= hold_from)
    print(f"hold from {hold_from:.3f}: tries kept back {kept[tries].mean():.3f}, "
          f"innocent {kept[talk].mean():.4f} (patterns alone {(~passed)[tries].mean():.3f}, "
          f"{(~passed)[talk].mean():.4f})")  # fmt: skip
    for kind in sorted(set(kinds[tries])):
        print(f"  {kind:10} {kept[tries & (kinds == kind)].mean():.3f}")
    alerts = close & (scores >= alert_from)
    approach = tries & np.isin(kinds, ("closeness", "meeting"))
    print(f"alert from {alert_from:.3f}: {alerts[approach].mean():.3f} of approaches by the model")
    model = fit(rows, kinds, weights)
    scale = float(np.abs(model.coef_).max() / 127)
    raw = {
        "kinds": list(model.classes_),
        "hold_from": round(hold_from, 4),
        "alert_from": round(alert_from, 4),
        "scale": scale,
        "bias": [round(float(b), 5) for b in model.intercept_],
        "weights": b64encode(np.round(model.coef_ / scale).astype(np.int8).tobytes()).decode(),
    }
    WEIGHTS.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
