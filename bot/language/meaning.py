"""What a message means, as a likelihood: small networks over the vector of the sentence encoder.

Letters and words know what is dangerous as somebody wrote it before. What is said in other words,
or only hinted at, is near it in meaning: so networks of one hidden layer learn from the same
messages by their vectors (`benchmarks/fit/meaning.py`). They never decide alone: whoever asks
weighs them with all else that was found.
"""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.language.recalled import Recalled

Floats = npt.NDArray[np.float32]
# The vector of a text, a unit vector of the encoder's dimensions.
Encode = Callable[[str], Floats]

# Surer than this, as log-odds either way, the networks are not taken to be.
LIMIT = 5.0
_MOST_KNOWN = 1024


class Meaning:
    """The fitted networks of a file; how likely a thing is meant is the mean of what they say."""

    def __init__(self, encode: Encode, path: Path) -> None:
        self._encode = encode
        self._known: Recalled[float] = Recalled(_MOST_KNOWN)
        with np.load(path) as stored:
            self._centre = stored["centre"].astype(np.float32)
            self._inwards = stored["inwards"].astype(np.float32) * stored["inwards_scale"]
            self._inward_bias = stored["inward_bias"]
            self._outwards, self._outward_bias = stored["outwards"], stored["outward_bias"]

    def odds(self, text: str) -> float:
        """Return the log-odds that it is meant, between -LIMIT and LIMIT."""
        return self._known.of(text, self._odds)

    def _odds(self, text: str) -> float:
        vector = self._encode(text) - self._centre
        vector /= np.linalg.norm(vector) + 1e-9
        # networks × hidden, then a number for each network
        hidden = np.maximum(vector @ self._inwards + self._inward_bias, 0)
        says = (hidden * self._outwards).sum(axis=1) + self._outward_bias
        return limited(float(np.mean(1 / (1 + np.exp(-says)))))


def limited(likely: float) -> float:
    """Return a likelihood as log-odds, no surer than LIMIT."""
    return log_odds(likely, 1 / (1 + math.exp(LIMIT)))


def log_odds(likely: float, least: float = 1e-4) -> float:
    """Return a likelihood as log-odds; nearer to certainty than `least` it counts no more."""
    inside = min(max(likely, least), 1 - least)
    return math.log(inside / (1 - inside))
