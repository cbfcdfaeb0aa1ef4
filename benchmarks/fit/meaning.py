"""Networks of what a message means, fitted over the vectors of the sentence encoder.

What they are fitted on, and how well they do, is told where that is done: `danger_meaning.py` and
`contact_opinion.py`.
"""

import numpy as np
from sklearn.neural_network import MLPClassifier

from bot.answering.learned import centred
from bot.answering.tfidf import Floats
from bot.language.meaning import limited

NETWORKS, WIDTH, EPOCHS, BATCH, RATE = 3, 96, 12, 256, 2e-3
# The networks learn from unit vectors drawn out so long: their numbers are small.
DRAWN_OUT = 8.0


class Meanings:
    """Networks over the vectors of texts, as they are fitted: whether something is meant or not."""

    def __init__(
        self, vectors: Floats, meant: np.ndarray, ridge: float, networks: int = NETWORKS
    ) -> None:
        self.centre = vectors.mean(axis=0)
        rows = self._rows(vectors)
        self.networks = [
            MLPClassifier(
                (WIDTH,), alpha=ridge, learning_rate_init=RATE, max_iter=EPOCHS,
                batch_size=BATCH, random_state=seed, n_iter_no_change=EPOCHS,
            ).fit(rows, meant)
            for seed in range(networks)
        ]  # fmt: skip

    def _rows(self, vectors: Floats) -> Floats:
        return centred(vectors, self.centre) * np.float32(DRAWN_OUT)

    def odds(self, vectors: Floats) -> list[float]:
        """Return the log-odds that it is meant for each vector, as the bot would."""
        rows = self._rows(vectors)
        says = np.mean([one.predict_proba(rows)[:, 1] for one in self.networks], axis=0)
        return [limited(float(likely)) for likely in says]

    def packed(self) -> dict[str, np.ndarray]:
        """Return the arrays that `bot/language/meaning.py` reads; the large one at eight bits."""
        inwards = np.stack([one.coefs_[0] for one in self.networks]) * DRAWN_OUT
        scale = np.abs(inwards).max() / 127
        return {
            "centre": self.centre.astype(np.float32),
            "inwards": np.round(inwards / scale).astype(np.int8),
            "inwards_scale": np.float32(scale),
            "inward_bias": np.stack([n.intercepts_[0] for n in self.networks]).astype(np.float32),
            "outwards": np.stack([n.coefs_[1][:, 0] for n in self.networks]).astype(np.float32),
            "outward_bias": np.array([n.intercepts_[1][0] for n in self.networks], np.float32),
        }
