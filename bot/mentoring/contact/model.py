"""How much a message is like the tries that people wrote, and like which kind most.

A linear model over hashed pieces of the normalised text and the groups of words it holds; fitted
by `benchmarks/fit/contact_model.py` on `benchmarks/contacts/fit/`, written by people who had seen
no rule and by attackers. It runs without any library but numpy and is deterministic.
"""

import json
import zlib
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.features import ngrams
from bot.mentoring.contact.normalise import Readings

WEIGHTS = Path(__file__).with_name("model.json")
SAFE = "safe"
BITS = 15
LONGEST = 400
# Beside the letters, which have length one together.
NOTION_WEIGHT = 0.25
_NOTIONS = 12


@dataclass(frozen=True)
class Likeness:
    """How much a message is like a try (0 to 1), and its likeliest kind."""

    score: float
    kind: str


def features(
    read: Readings, notions: Sequence[str], start: int = 0
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return the hashed features of a message from a place on, and their weights."""
    end = start + LONGEST
    text, respelled = f" {read.forms[0][start:end]} ", f" {read.respelled[start:end]} "
    names = set(ngrams(text, 1, 5)) | {f"w{word}" for word in text.split()}
    if respelled.isascii():
        names.update(f"r{gram}" for gram in ngrams(respelled, 3, 5))
    named = [f"g{name}" for name in notions[:_NOTIONS]]
    named += [f"g{one}+{other}" for one, other in combinations(notions[:_NOTIONS], 2)]
    hashes = [zlib.crc32(name.encode()) % (1 << BITS) for name in (*sorted(names), *named)]
    weights = np.full(len(hashes), NOTION_WEIGHT, np.float32)
    weights[: len(names)] = 1 / np.sqrt(max(len(names), 1))
    return np.array(hashes, np.int64), weights


class ContactModel:
    """The fitted model; only read after it was loaded."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        self.kinds: tuple[str, ...] = tuple(raw["kinds"])
        flat = np.frombuffer(b64decode(raw["weights"]), np.int8).astype(np.float32)
        self._weights = flat.reshape(len(self.kinds), 1 << BITS) * np.float32(raw["scale"])
        self._bias = np.array(raw["bias"], np.float32)
        self._safe = self.kinds.index(SAFE)

    def look(self, read: Readings, notions: Sequence[str]) -> Likeness:
        """Return the likeness of a message to a try: of a long one, of the part that is likest."""
        longest = max(len(read.forms[0]), len(read.respelled))
        starts = range(0, max(longest - LONGEST // 4, 1), LONGEST * 3 // 4)
        parts = (self._part(read, notions, start) for start in starts)
        return max(parts, key=lambda part: part.score)

    def _part(self, read: Readings, notions: Sequence[str], start: int) -> Likeness:
        found, weights = features(read, notions, start)
        scores = self._weights[:, found] @ weights + self._bias
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        safe = float(shares[self._safe])
        shares[self._safe] = 0
        return Likeness(1 - safe, self.kinds[int(shares.argmax())])


@cache
def model() -> ContactModel:
    """Return the model, loaded once."""
    return ContactModel()
