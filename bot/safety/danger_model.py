"""How much a message is like what girls in danger write: the examples' side of the watch.

The signs (`watch.py`) are strong evidence, but they cannot foresee every wording. So people
wrote and reviewed examples of danger and of near misses (`content/safety/examples/`), and a
linear model over the views of the ranking learnt to tell them apart
(`benchmarks/fit/danger_model.py` writes `danger_model.json`; multinomial logistic regression
over hashed features). It runs here without any library, is deterministic, and knows nothing but
those examples and the FAQ.
"""

import json
import zlib
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.features import cluster_pairs, ngrams, respelled, spaced
from bot.language.romanised import skeleton

WEIGHTS = Path(__file__).with_name("danger_model.json")
SAFE = "safe"
BITS = 15
LONGEST = 600


def features(text: str) -> npt.NDArray[np.int64]:
    """Return the hashed features of a message, each once, in ascending order."""
    short = text[:LONGEST]
    names = set(ngrams(spaced(short), 1, 5))
    names.update(f"c{pair}" for pair in cluster_pairs(short))
    names.update(f"r{word}" for word in respelled(short))
    if short.isascii():
        names.update(f"s{bone}" for bone in ngrams(skeleton(short), 3, 5))
    hashes = [zlib.crc32(name.encode()) % (1 << BITS) for name in names]
    return np.unique(np.array(hashes, np.int64))


@dataclass(frozen=True)
class Likeness:
    """How much a message is like danger, and like which kind most."""

    danger: float
    kind: str


class DangerModel:
    """The fitted model; only read after it was loaded."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        self.kinds: tuple[str, ...] = tuple(raw["kinds"])
        scale = np.float32(raw["scale"])
        flat = np.frombuffer(b64decode(raw["weights"]), np.int8).astype(np.float32) * scale
        self._weights = flat.reshape(len(self.kinds), 1 << BITS)
        self._bias = np.array(raw["bias"], np.float32)
        self._markers = {name: np.array(row, np.float32) for name, row in raw["markers"].items()}
        self._safe = self.kinds.index(SAFE)
        self.alarm_from = float(raw["alarm_from"])
        self.calm_below = float(raw["calm_below"])

    def look(self, text: str, markers: Iterable[str] = ()) -> Likeness:
        """Return the likeness of a message to danger, between 0 and 1.

        `markers` name what else is known of it: the sign that the reviewed list sees, the
        groups of words it holds, the notions it speaks of (`DangerWatch.markers`).
        """
        found = features(text)
        if not len(found):
            return Likeness(0.0, SAFE)
        scores = self._weights[:, found].sum(axis=1) / np.sqrt(np.float32(len(found)))
        scores = scores + self._bias
        for marker in markers:
            if marker in self._markers:
                scores = scores + self._markers[marker]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        safe = float(shares[self._safe])
        shares[self._safe] = 0
        return Likeness(1 - safe, self.kinds[int(shares.argmax())])
