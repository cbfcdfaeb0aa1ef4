"""Fit the likeness to a try: `make fit` writes `bot/mentoring/contact/model.json`.

Tries and innocent messages are those of `benchmarks/contacts/fit/` and `known/`, and the examples
of `content/safety/relay/`; the questions that girls ask the bot are innocent too, and weigh less.
The patterns were written on the first writers' lines (`FITTED`), where they look better than they
are: the later ones weigh more, and so it is with what attackers wrote who saw the verdicts. The bands are set on what models said of those later lines that
were fitted without any line of the same hand.
"""

import json
from base64 import b64encode

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.contacts import FOLDER, Line, read
from bot.content import Content, load_content
from bot.editing.labelled import read as read_questions
from bot.mentoring.contact.codes import judge as judge_codes
from bot.mentoring.contact.knowledge import relay
from bot.mentoring.contact.look import look
from bot.mentoring.contact.model import BITS, SAFE, WEIGHTS, features
from bot.mentoring.contact.normalise import readings
from bot.mentoring.contact.numbers import judge as judge_numbers
from bot.mentoring.contact.patterns import found, hits, notions, sure
from bot.settings import CONTENT

# There are thousands of questions, each in many wordings: some of them say enough.
ORDINARY_STEP = 16
STRENGTH = 30.0  # inverse of the ridge
ORDINARY_WEIGHT, KNOWN_WEIGHT, EXAMPLE_WEIGHT, LATER_WEIGHT = 0.3, 0.6, 0.8, 2.0
FITTED = 5  # files of each kind on which the patterns were written
# Of innocent messages how many the model may hold by itself, and alert.
HELD, ALERTED = 0.015, 0.0005
# Of the tries that only doubtful patterns hold, how many it may take for innocent.
MISTAKEN = 0.1
# Below these too many everyday words about apps and libraries would be held.
LEAST_HOLD, LEAST_ALERT = 0.4, 0.93
# What the kinds of `known/` are called among the reasons.
KINDS = {
    "meeting": "meeting", "money": "money", "photo": "photo", "secrecy": "secrecy", "link": "link",
    "e-mail": "link", "username": "account", "latin digits": "number", "khmer digits": "number",
    "khmer words": "number", "english words": "number", "mixed words": "number",
    "romanised words": "number", "split": "number", "mixed": "app", "english": "app",
    "khmer": "app", "romanised": "app",
}  # fmt: skip
_HAND = 30  # lines of one talk, or of one writer
PARTS = 4


def examples(content: Content) -> list[tuple[str, str, float, str]]:
    """Return text, kind, weight and whose it is, which is left out together."""
    rows = []
    for folder, weight in (("fit", 1.0), ("known", KNOWN_WEIGHT)):
        for place, line in enumerate(read(FOLDER / folder)):
            later = folder == "fit" and _is_later(line.file)
            whose = f"{'later' if later else folder}/{line.file}:{place // _HAND}"
            if kind := _kind(line):
                of_it = LATER_WEIGHT if later else weight
                rows.append((" ".join(line.messages), kind, of_it, whose))
    for theme in relay().themes.values():
        rows += [(text, theme.reason, EXAMPLE_WEIGHT, "example") for text in theme.finds]
        rows += [(text, SAFE, EXAMPLE_WEIGHT, "example") for text in theme.passes]
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


def _is_later(file: str) -> bool:
    """Return whether patterns were not written on a file; on an attacker's they were."""
    number = file[-6:-4]
    return number.isdecimal() and int(number) > FITTED


def _kind(line: Line) -> str | None:
    if line.innocent:
        return SAFE
    return KINDS.get(line.kind, None if line.kind.startswith("held out") else line.kind)


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
    """Return the score and likeliest kind of every later text by a model that saw not its hand."""
    scores, likely = np.zeros(len(kinds)), kinds.copy()
    hands = sorted(hand for hand in set(whose) if hand.startswith("later"))
    for part in range(PARTS):
        out = np.isin(whose, hands[part::PARTS])
        model = fit(rows[~out], kinds[~out], weights[~out])
        shares = model.predict_proba(rows[out])
        safe = list(model.classes_).index(SAFE)
        scores[out] = 1 - shares[:, safe]
        shares[:, safe] = 0
        likely[out] = model.classes_[shares.argmax(axis=1)]
    return scores, likely


def by_rules(text: str) -> tuple[bool, bool]:
    """Return whether a text is kept back whatever the model says, and whether in doubt."""
    read_as = readings(text)
    said = found(read_as)
    kept = look(text, with_model=False).verdict
    lasting = bool(hits(sure(said), by_mentor=True)) or kept in ("stop", "alert")
    lasting = lasting or judge_numbers(read_as.plain) != "pass" or judge_codes(read_as) != "pass"
    return lasting, kept != "pass" and not lasting


def main() -> None:
    """Fit, set the bands, write, and print what they cost on unseen hands."""
    lines = examples(load_content(CONTENT))
    texts = [text for text, *_ in lines]
    kinds, weights, whose = (np.array([row[i] for row in lines]) for i in (1, 2, 3))
    weights = weights.astype(float)
    rows = matrix(texts)
    later = np.char.startswith(whose, "later")
    scores, likely = unseen(rows, kinds, weights, whose)
    lasting, doubtful = np.zeros(len(texts), bool), np.zeros(len(texts), bool)
    for place in np.flatnonzero(later):
        lasting[place], doubtful[place] = by_rules(texts[place])
    innocent, tries = later & (kinds == SAFE), later & (kinds != SAFE)
    high = float(np.quantile(scores[innocent & ~lasting & ~doubtful], 1 - HELD))
    hold_from = max(LEAST_HOLD, high)
    doubt_from = min(hold_from, float(np.quantile(scores[tries & doubtful], MISTAKEN)))
    close = np.isin(likely, ("closeness", "meeting"))
    alert_from = max(
        hold_from, LEAST_ALERT, float(np.quantile((scores * close)[innocent], 1 - ALERTED)) + 0.02
    )
    print(f"unseen hands: {tries.sum()} tries, {innocent.sum()} innocent; "
          f"rules alone {(lasting | doubtful)[tries].mean():.3f}, "
          f"{(lasting | doubtful)[innocent].mean():.4f}, "
          f"the lasting ones {lasting[tries].mean():.3f}, {lasting[innocent].mean():.4f}")  # fmt: skip
    for low in (doubt_from, 0.1, 0.2, 0.3, 0.4, 0.5):
        for high in (hold_from, 0.4, 0.5, 0.6, 0.7):
            kept = lasting | doubtful & (scores >= low) | (scores >= high)
            print(f"doubt from {low:.2f}, hold from {high:.2f}: tries kept back "
                  f"{kept[tries].mean():.3f}, innocent {kept[innocent].mean():.4f}")  # fmt: skip
    print(f"alert from {alert_from:.3f}")
    model = fit(rows, kinds, weights)
    scale = float(np.abs(model.coef_).max() / 127)
    raw = {
        "kinds": list(model.classes_),
        "doubt_from": round(doubt_from, 4),
        "hold_from": round(hold_from, 4),
        "alert_from": round(alert_from, 4),
        "scale": scale,
        "bias": [round(float(b), 5) for b in model.intercept_],
        "weights": b64encode(np.round(model.coef_ / scale).astype(np.int8).tobytes()).decode(),
    }
    WEIGHTS.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
