"""Classifiers over the library: a small network of letters and meaning, and one of meaning alone.

Both know a class for each target that is asked for in words, and one class for each kind of thing
that is asked for by name. In the network all classes share what is learnt of words, so that one
of few examples profits by the others: a layer takes in the letters and, where the encoder was
asked, the meaning; another says how likely each class is. The classifier of meaning alone is
linear and tells each class from all others by itself. `benchmarks/fit/learned.py` writes
`learned.npz`; a target that came later has no class, and gets what the classifiers give to one
they know nothing of.
"""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.answering import kept
from bot.answering.targets import NAMED, Target
from bot.answering.tfidf import Floats
from bot.language import features, hashing

WEIGHTS = Path(__file__).with_name("learned.npz")
BITS = 15
# No target is further behind the best than this, as a score.
FURTHEST = 4.0

# The views of a text, each with its weight; features of one view never meet those of another.
VIEWS: tuple[tuple[str, features.Featuriser, float], ...] = (
    ("g", lambda text: features.ngrams(features.spaced(text), 2, 5), 1.0),
    ("c", features.cluster_pairs, 0.7),
    ("r", features.respelled, 0.7),
    ("b", features.bones, 0.5),
)


def class_of(target: Target) -> str:
    """Return the class of a target: its kind where it is asked for by name, else its own."""
    return target.kind if target.kind in NAMED else target.key


def hashed(text: str) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the buckets of a text and the weight in each, as a unit vector without the idf."""
    places, values = [], []
    for name, view, weight in VIEWS:
        counts = Counter(view(text))
        places += hashing.names(counts, zlib.crc32(name.encode()))
        values.append(weight * (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))))
    buckets, which = np.unique(np.array(places, np.int64) & ((1 << BITS) - 1), return_inverse=True)
    return buckets, np.bincount(which, np.concatenate(values)).astype(np.float32)


class Grams(NamedTuple):
    """The hashed n-grams of a text: their buckets, and their weights as a unit vector."""

    places: npt.NDArray[np.int64]
    weights: Floats


class Classifiers:
    """Says how likely each class is for a text; built once, then only read."""

    def __init__(self, fitted: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take the arrays that were fitted, as `load_classifiers` reads them."""
        self._stored = fitted
        self._whole: dict[str, Floats] = {}
        self.classes: tuple[str, ...] = tuple(map(str, fitted["classes"]))

    def grams(self, text: str) -> Grams:
        """Return the n-grams of `text` as the classifiers weigh them."""
        places, values = hashed(text)
        weights = values * self._stored["idf"][places]
        return Grams(places, weights / (float(np.linalg.norm(weights)) or 1.0))

    def meaning(self, vector: Floats) -> Floats:
        """Return the score of every class by the vector of a text, in the order of `classes`."""
        bias: Floats = self._stored["meaning_bias"]
        scores: Floats = self._centred(vector) @ self._unpacked("meaning") + bias
        return scores

    def network(self, grams: Grams, vector: Floats | None = None) -> Floats:
        """Return the score of every class by the letters of a text, and by its vector if given.

        Differences of scores are of the logarithm of how likely a class is.
        """
        taken_in = grams.weights @ self._rows("network_letters", grams)
        if vector is not None:
            taken_in += self._centred(vector) @ self._unpacked("network_meaning")
        bias: Floats = self._stored["network_bias"]
        scores: Floats = np.maximum(taken_in, 0) @ self._unpacked("network_out") + bias
        return scores

    def likely(self, text: str) -> Floats:
        """Return how likely each class is for `text` by its letters alone; they add up to 1."""
        scores = self.network(self.grams(text))
        shares: Floats = np.exp(scores - scores.max())
        shares /= shares.sum()
        return shares

    def _rows(self, name: str, grams: Grams) -> Floats:
        # Only the rows of the text are unpacked: as a whole they would take four times the memory.
        rows: Floats = self._stored[name][grams.places].astype(np.float32)
        rows *= self._stored[f"{name}_scale"]
        return rows

    def _unpacked(self, name: str) -> Floats:
        if name not in self._whole:
            self._whole[name] = self._stored[name].astype(np.float32)
        return self._whole[name]

    def _centred(self, vector: Floats) -> Floats:
        return centred(vector, self._stored["centre"])

    def column(self, targets: Sequence[Target]) -> npt.NDArray[np.int64]:
        """Return the class of each target as a column of the scores; -1 for one without."""
        place = {name: column for column, name in enumerate(self.classes)}
        return np.array([place.get(class_of(target), -1) for target in targets], np.int64)


@lru_cache(maxsize=1)
def load_classifiers(path: Path = WEIGHTS) -> Classifiers:
    """Read the classifiers that were fitted."""
    return Classifiers(kept.unpacked(path))


def centred(vector: Floats, centre: Floats) -> Floats:
    """Return a vector without what all texts have in common, as a unit vector."""
    moved = vector - centre
    unit: Floats = moved / (np.linalg.norm(moved, axis=-1, keepdims=True) + 1e-9)
    return unit


def behind(scores: Floats, columns: npt.NDArray[np.int64]) -> Floats:
    """Return how far each target is behind the best class, from 0 down to -FURTHEST."""
    known = scores[np.maximum(columns, 0)] - scores.max()
    # Nothing is known of a target that came later: neither for it nor against it.
    unknown = np.float32(-FURTHEST / 2)
    lag: Floats = np.maximum(np.where(columns < 0, unknown, known), -FURTHEST)
    return lag
