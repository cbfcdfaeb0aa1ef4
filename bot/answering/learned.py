"""Two linear classifiers over the library: one reads the letters, one reads the meaning.

Both know a class for each target that is asked for in words, and one class for each kind of thing
that is asked for by name. `benchmarks/fit/learned.py` writes `learned.npz`; a target that came
later has no class, and gets what the classifiers give to one they know nothing of.
"""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

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


class Classifiers:
    """Says how likely each class is for a text; built once, then only read."""

    def __init__(self, fitted: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take the arrays that were fitted, as `load_classifiers` reads them."""
        self._stored = fitted
        self.classes: tuple[str, ...] = tuple(map(str, fitted["classes"]))

    @cached_property
    def _meaning(self) -> Floats:
        weights: Floats = self._stored["meaning"].astype(np.float32)
        return weights

    def letters(self, text: str) -> Floats:
        """Return the score of every class by the letters of `text`, in the order of `classes`."""
        places, values = hashed(text)
        weights = values * self._stored["idf"][places]
        norm = float(np.linalg.norm(weights)) or 1.0
        bias: Floats = self._stored["letters_bias"]
        # Only the rows of the text are unpacked: as a whole they would take four times the memory.
        rows = self._stored["letters"][places].astype(np.float32) * self._stored["letters_scale"]
        scores: Floats = (weights / norm) @ rows + bias
        return scores

    def meaning(self, vector: Floats) -> Floats:
        """Return the score of every class by the vector of a text, in the order of `classes`."""
        meant = centred(vector, self._stored["centre"])
        bias: Floats = self._stored["meaning_bias"]
        scores: Floats = meant @ self._meaning + bias
        return scores

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
