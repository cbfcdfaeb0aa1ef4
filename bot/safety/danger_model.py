"""How much a message is like what girls in danger write: the examples' side of the watch.

The signs (`watch.py`) are strong evidence, but they cannot foresee every wording. So people wrote
examples of danger and of what only looks like it (`content/safety/examples/`), and two linear
models learnt from them (`benchmarks/fit/danger_model.py` writes `danger_model.json`; logistic
regression over hashed features): one tells danger from safety, one tells the kinds of danger
apart. They run here without any library, are deterministic, and know nothing but those examples
and the FAQ; what the message is about is weighed after them (`second_opinion.py`).
"""

import json
import zlib
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.features import cluster_pairs, ngrams, respelled, spaced
from bot.language.khmer import fold
from bot.language.romanised import skeleton

WEIGHTS = Path(__file__).with_name("danger_model.json")
SAFE = "safe"
# What is done to a girl through a screen is sexual violence too.
GRAVE = frozenset({"selfharm", "sexual", "abuse", "online"})
BITS, KIND_BITS = 18, 14
LONGEST = 600


def features(text: str) -> npt.NDArray[np.int64]:
    """Return the hashed features of a message, each once, in ascending order."""
    short = text[:LONGEST]
    words = fold(short).split()
    names = set(ngrams(spaced(short), 1, 5))
    names.update(f"c{pair}" for pair in cluster_pairs(short))
    names.update(f"r{word}" for word in respelled(short))
    names.update(f"w{word}" for word in words)
    names.update(f"w{one}_{two}" for one, two in zip(words, words[1:], strict=False))
    # consonants alone: the same for both scripts, and however the vowels were typed
    names.update(f"s{bone}" for bone in ngrams(skeleton(short), 3, 6))
    hashes = [zlib.crc32(name.encode()) % (1 << BITS) for name in names]
    return np.unique(np.array(hashes, np.int64))


@dataclass(frozen=True)
class Likeness:
    """How much a message is like danger, and like danger of a grave kind, each between 0 and 1.

    `kind` is the kind that it is like most.
    """

    danger: float
    grave: float
    kind: str


NOTHING_LIKE_IT = Likeness(0.0, 0.0, SAFE)


@dataclass(frozen=True)
class Bands:
    """From which likeness there is care, and from which a gentle line.

    There is care for what is very like any danger (`care`), and much earlier for what is like one
    of a grave kind (`care_when_grave`). Both levels come earlier beside a sign: least likeness is
    asked beside a phrase that says it, more where only words have met (`care_where_words_meet`).
    """

    care: float
    care_when_grave: float
    gentle: float
    care_with_sign: float
    care_where_words_meet: float
    gentle_with_sign: float


class DangerModel:
    """The fitted models; only read after they were loaded."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        raw = json.loads(path.read_text(encoding="utf-8"))
        self.kinds: tuple[str, ...] = tuple(raw["kinds"])
        self.bands = Bands(**raw["bands"])
        self._danger = _weights(raw["danger"], raw["danger_scale"])
        self._bias = float(raw["danger_bias"])
        flat = _weights(raw["by_kind"], raw["kind_scale"])
        self._by_kind = flat.reshape(len(self.kinds), 1 << KIND_BITS)
        self._kind_bias = np.array(raw["kind_bias"], np.float32)

    def look(self, text: str) -> Likeness:
        """Return the likeness of a message to danger."""
        found = features(text)
        if not len(found):
            return NOTHING_LIKE_IT
        length = np.sqrt(np.float32(len(found)))
        odds = float(self._danger[found].sum() / length) + self._bias
        danger = float(1 / (1 + np.exp(-odds)))
        kinds = self._by_kind[:, found % (1 << KIND_BITS)].sum(axis=1) / length + self._kind_bias
        shares = np.exp(kinds - kinds.max())
        grave = sum(s for s, kind in zip(shares, self.kinds, strict=True) if kind in GRAVE)
        grave_share = float(grave / shares.sum())
        return Likeness(danger, danger * grave_share, self.kinds[int(kinds.argmax())])


def _weights(packed: str, scale: float) -> npt.NDArray[np.float32]:
    return np.frombuffer(b64decode(packed), np.int8).astype(np.float32) * np.float32(scale)
