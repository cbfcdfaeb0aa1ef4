"""Fit the likeness to a try: `make fit` writes `bot/mentoring/contact/model.json`.

Tries and innocent messages are those of `benchmarks/contacts/fit/` and `known/`, and the examples
of `content/safety/relay/`; the questions that girls ask the bot are innocent too, and weigh less.
The patterns were written on the first writers' lines (`FITTED`), where they look better than they
are: the later ones weigh more. What the likeness is good for, beside all else, is weighed in
`contact_opinion.py`.
"""

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.contacts import FOLDER, Line, read
from bot.content import Content, load_content
from bot.editing.labelled import read as read_questions
from bot.mentoring.contact import evidence
from bot.mentoring.contact.knowledge import relay
from bot.mentoring.contact.model import BITS, SAFE, WEIGHTS, features
from bot.mentoring.contact.patterns import notions
from bot.settings import CONTENT

# There are thousands of questions, each in many wordings: some of them say enough.
ORDINARY_STEP = 16
STRENGTH = 30.0  # inverse of the ridge
ORDINARY_WEIGHT, KNOWN_WEIGHT, EXAMPLE_WEIGHT, LATER_WEIGHT = 0.3, 0.6, 0.8, 2.0
FITTED = 5  # files of each kind on which the patterns were written
# What the kinds of `known/` are called among the reasons.
KINDS = {
    "meeting": "meeting", "money": "money", "photo": "photo", "secrecy": "secrecy", "link": "link",
    "e-mail": "link", "username": "account", "latin digits": "number", "khmer digits": "number",
    "khmer words": "number", "english words": "number", "mixed words": "number",
    "romanised words": "number", "split": "number", "mixed": "app", "english": "app",
    "khmer": "app", "romanised": "app",
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A message, its kind of try or SAFE, how much it weighs, and whose it is.

    `hand` is the number of its writer where the patterns were not written on his lines; of all
    others it is 0.
    """

    text: str
    kind: str
    weight: float
    hand: int = 0


def examples(content: Content) -> list[Example]:
    """Return all that is learnt from."""
    found = []
    for folder, weight in (("fit", 1.0), ("known", KNOWN_WEIGHT)):
        for line in read(FOLDER / folder):
            hand = _hand(line.file) if folder == "fit" else 0
            if kind := _kind(line):
                of_it = LATER_WEIGHT if hand else weight
                found.append(Example(" ".join(line.messages), kind, of_it, hand))
    for theme in relay().themes.values():
        found += [Example(text, theme.reason, EXAMPLE_WEIGHT) for text in theme.finds]
        found += [Example(text, SAFE, EXAMPLE_WEIGHT) for text in theme.passes]
    ordinary = {
        text
        for entry in content.entries.values()
        for text in (*entry.question.all(), *entry.asks.all())
    }
    ordinary |= {question.text for question in read_questions("fit.tsv")}
    # Long texts are no likelier to be a try: what the bot answers is innocent as well.
    ordinary |= {text for entry in content.entries.values() for text in entry.answer.all()}
    some = sorted(ordinary)[::ORDINARY_STEP]
    return found + [Example(text, SAFE, ORDINARY_WEIGHT) for text in some]


def _hand(file: str) -> int:
    """Return the number of a file's writer where the patterns were not written on it, or 0.

    On an attacker's they were, whose file has no number.
    """
    number = re.search(r"-(\d+)", file)
    return int(number[1]) if number and int(number[1]) > FITTED else 0


def _kind(line: Line) -> str | None:
    if line.innocent:
        return SAFE
    return KINDS.get(line.kind, None if line.kind.startswith("held out") else line.kind)


# Every text is read by several parts.
see_once = cache(evidence.see)


def matrix(texts: list[str]) -> csr_matrix:
    """Return one row of weighted features a text."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        seen = see_once(text)
        hashed, weights = features(seen.read, notions(seen.read, seen.found))
        rows += [row] * len(hashed)
        columns += hashed.tolist()
        values += weights.tolist()
    return csr_matrix((values, (rows, columns)), shape=(len(texts), 1 << BITS))


def fit(rows: csr_matrix, kinds: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    """Return the fitted model."""
    return LogisticRegression(C=STRENGTH, max_iter=80).fit(rows, kinds, sample_weight=weights)


def main() -> None:
    """Fit and write the model."""
    lines = examples(load_content(CONTENT))
    kinds = np.array([one.kind for one in lines])
    weights = np.array([one.weight for one in lines])
    model = fit(matrix([one.text for one in lines]), kinds, weights)
    scale = float(np.abs(model.coef_).max() / 127)
    raw = {
        "kinds": list(model.classes_),
        "scale": scale,
        "bias": [round(float(b), 5) for b in model.intercept_],
        "weights": b64encode(np.round(model.coef_ / scale).astype(np.int8).tobytes()).decode(),
    }
    WEIGHTS.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    print(f"{len(lines)} messages, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
