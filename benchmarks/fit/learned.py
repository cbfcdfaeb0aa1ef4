"""Fit the classifiers over the library: `make fit` writes `bot/answering/learned.npz`.

Every way of asking is an example of its target; the patterns of aspects, with names of things put
in, are examples of the kind of thing that they ask about; the labelled messages of the street (its
fit part) are examples of everything that would meet them. A small network takes in hashed n-grams
weighed by their idf and the encoder's vectors (`network.py`); linear support vectors, one class
against the rest, the vectors alone. The letters also learn from each Khmer line as it might be typed
in Latin letters: of 114 romanised questions of the street 68 in 100 found theirs among the first
three then, 65 without (the idf is that of the lines alone). What stands on the classifiers is fitted
on examples that these were not.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array, vstack
from sklearn.preprocessing import normalize

from benchmarks.fit import network
from benchmarks.fit.misspelt import KHMER_LETTER
from benchmarks.fit.romanised import romanised
from bot.answering.learned import BITS, WEIGHTS, centred, class_of, hashed
from bot.answering.targets import NAMED, targets_of
from bot.answering.tfidf import Floats
from bot.content import Content, load_content
from bot.content.aspects import PLACE
from bot.editing.street import street
from bot.language.encoder import Encoder, load_encoder
from bot.settings import CONTENT

MEANING_C = 2.0
# Names put into each pattern of an aspect.
NAMES_A_PATTERN = 4
# How much a line counts as it might be typed in Latin letters.
LATIN_WEIGHT = 0.5
# How much a message of the street counts for the network, to one of the library's own lines.
NETWORK_STREET = 4.0
_SEED = 11


@dataclass(frozen=True)
class Line:
    """A text, the class that it is an example of, and the target that it asks for."""

    text: str
    label: str
    key: str
    # who wrote it, where it is a message of the street
    writer: str = ""


# How many of the targets that meet a message it is an example of, the best first.
_TARGETS_A_MESSAGE = 3


def street_lines(content: Content) -> list[Line]:
    """Return the messages of the street that may be fitted on, as examples of what meets them."""
    targets = {target.key: target for target in targets_of(content)}
    return [
        Line(asked.text, class_of(targets[key]), key, asked.writer)
        for asked in street("fit")
        if asked.kind != "danger"
        for key in asked.full[:_TARGETS_A_MESSAGE]
        if key in targets
    ]


def lines_of(content: Content) -> list[Line]:
    """Return every example of the library's own, in an order that is always the same."""
    targets = targets_of(content)
    found = [Line(x, class_of(t), t.key) for t in targets if t.kind not in NAMED for x in t.lines]
    chance = random.Random(_SEED)
    for of in content.aspects:
        names = [(name, t.key) for t in targets if t.kind == of.kind for name in t.lines]
        khmer = [(name, key) for name, key in names if not name.isascii()]
        latin = [(name, key) for name, key in names if name.isascii()]
        for aspect in of.aspects:
            for way, pool in (
                ("km", khmer + latin[::4]), ("en", latin), ("rom", latin), ("mix", latin + khmer)
            ):  # fmt: skip
                for pattern in getattr(aspect.asks, way):
                    for name, key in chance.sample(pool, NAMES_A_PATTERN):
                        found.append(Line(pattern.replace(PLACE, name), of.kind, key))
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Examples:
    """All examples, as both classifiers see them.

    `latin` are those with Khmer in them as they might be typed in Latin letters, for the letters
    alone; `latin_of` says of which line each is.
    """

    lines: Sequence[Line]
    grams: csr_array
    vectors: Floats
    latin: csr_array
    latin_of: np.ndarray


def seen(lines: Sequence[Line], encoder: Encoder) -> Examples:
    """Return the examples as hashed n-grams and as vectors."""
    chance = random.Random(_SEED)
    khmer = [row for row, line in enumerate(lines) if KHMER_LETTER.search(line.text)]
    return Examples(
        lines,
        _grams([line.text for line in lines]),
        np.stack([encoder.encode(line.text) for line in lines]),
        _grams([romanised(lines[row].text, chance) for row in khmer]),
        np.array(khmer, np.int64),
    )


def _grams(texts: Sequence[str]) -> csr_array:
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        places, weights = hashed(text)
        rows.append(np.full(len(places), row))
        columns.append(places)
        values.append(weights)
    cells = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    grams = csr_array(cells, shape=(len(texts), 1 << BITS))
    # What scikit-learn takes.
    grams.indices, grams.indptr = grams.indices.astype(np.int32), grams.indptr.astype(np.int32)
    return grams


def fit(examples: Examples, kept: Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """Return the arrays of `learned.npz`, fitted on the examples `kept`, or on all."""
    rows = np.arange(len(examples.lines)) if kept is None else np.asarray(kept)
    labels = np.array([examples.lines[row].label for row in rows])
    grams, vectors = examples.grams[rows], examples.vectors[rows]
    idf = _rarity(grams)
    also = np.isin(examples.latin_of, rows)
    latin = examples.latin[np.flatnonzero(also)]
    every = vstack([_weighed(grams, idf), _weighed(latin, idf)], format="csr")
    latin_labels = [examples.lines[row].label for row in examples.latin_of[also]]
    names = np.concatenate([labels, latin_labels])
    lasting = np.full(len(latin_labels), LATIN_WEIGHT)
    classes = np.unique([line.label for line in examples.lines])
    centre = vectors.mean(axis=0).astype(np.float32)
    meant = centred(vectors, centre)
    meaning, bias = one_against_rest(meant, labels, classes)
    of_street = np.array([bool(examples.lines[row].writer) for row in rows])
    first, of_meaning, out, out_bias = network.descend(
        every.astype(np.float32),
        # The encoder knows nothing of a line as it might be typed in Latin letters.
        np.concatenate([meant, np.zeros((len(latin_labels), meant.shape[1]), np.float32)]),
        np.searchsorted(classes, names),
        np.concatenate([np.where(of_street, NETWORK_STREET, 1.0), lasting]).astype(np.float32),
        len(classes),
    )
    packed, scale = _packed(first)
    return {
        "classes": classes,
        "idf": idf.astype(np.float16),
        "centre": centre,
        "meaning": meaning.astype(np.float16),
        "meaning_bias": bias.astype(np.float32),
        "network_letters": packed,
        "network_letters_scale": scale,
        "network_meaning": of_meaning.astype(np.float16),
        "network_out": out.astype(np.float16),
        "network_bias": out_bias,
    }


def _packed(weights: Floats) -> tuple[np.ndarray, Floats]:
    """Return weights in whole numbers of a byte, and what one stands for in each column."""
    scale = np.abs(weights).max(axis=0) / 127
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def _rarity(grams: csr_array) -> Floats:
    """Return the idf of every bucket."""
    had = np.bincount(grams.indices, minlength=1 << BITS)
    idf: Floats = np.log((grams.shape[0] + 1) / (had + 0.5)).astype(np.float32)
    return idf


def _weighed(grams: csr_array, idf: Floats) -> csr_array:
    """Return texts of hashed n-grams, weighed by their idf, as unit vectors."""
    cells = (grams.data * idf[grams.indices], grams.indices, grams.indptr)
    return normalize(csr_array(cells, shape=grams.shape))


def one_against_rest(x: Floats, labels: np.ndarray, classes: np.ndarray) -> tuple[Floats, Floats]:
    """Return weights (features, classes) and biases of linear support vectors, squared hinge.

    All classes at once by L-BFGS: liblinear, which takes one after the other, needs twenty times
    as long for a few hundred classes of dense vectors, and is a point better.
    """
    y = np.where(labels[:, None] == classes[None, :], np.float32(1), np.float32(-1))
    shape = (x.shape[1] + 1, len(classes))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.astype(np.float32).reshape(shape)
        short = np.maximum(1 - y * (x @ w[:-1] + w[-1]), 0)
        pull = y * short
        down = w[:-1] - 2 * MEANING_C * (x.T @ pull)
        gradient = np.vstack([down, -2 * MEANING_C * pull.sum(axis=0)])
        total = 0.5 * float((w[:-1] ** 2).sum()) + MEANING_C * float((short**2).sum())
        return total, gradient.ravel().astype(np.float64)

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B",
                     options={"maxiter": 100})  # fmt: skip
    w = found.x.astype(np.float32).reshape(shape)
    return w[:-1], w[-1]


def main(write: Callable[..., None] = np.savez_compressed) -> None:
    """Fit on everything and write the file."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("The encoder is needed to fit; see the line above.")
    content = load_content(CONTENT)
    arrays = fit(seen(lines_of(content) + street_lines(content), encoder))
    write(WEIGHTS, **arrays)
    print(f"{len(arrays['classes'])} classes, {WEIGHTS.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
