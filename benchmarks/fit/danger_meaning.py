"""Fit the networks of what a message means: `make fit` writes `bot/safety/danger_meaning.npz`.

The examples are what people wrote for danger alone, the messages of the street, and some of the
library's ordinary ways of asking, for there are very many. The older examples, written by people
who knew the kinds of danger, made it worse. Heard by parts that know no message of the writer
(three, 11,720 messages), where care meets one message in twenty that has no danger in it: by letters,
signs and what it is about danger is met with care in 70 of 100 of what was written for danger alone
and in 86 of the street, with the meaning in 77 and 88; at one in fifty 55 and 73, and 62 and 78.
A linear model of the vectors in place of the networks brought two thirds of that.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.neural_network import MLPClassifier

from benchmarks.fit import danger_model
from benchmarks.fit.danger_model import Example
from bot.answering.learned import centred
from bot.answering.tfidf import Floats
from bot.content import load_content
from bot.language.encoder import load_encoder
from bot.safety.danger_model import SAFE
from bot.safety.meaning import WEIGHTS, Encode, limited
from bot.settings import CONTENT

NETWORKS, WIDTH, EPOCHS, BATCH, RATE, RIDGE = 3, 96, 12, 256, 2e-3, 0.3
# The networks learn from unit vectors drawn out so long: their numbers are small.
DRAWN_OUT = 8.0
# One of so many of the library's own lines is learnt from.
OF_THE_LIBRARY = 8


class Meanings:
    """Networks over the vectors of texts, as they are fitted."""

    def __init__(self, vectors: Floats, danger: np.ndarray, networks: int = NETWORKS) -> None:
        self.centre = vectors.mean(axis=0)
        rows = self._rows(vectors)
        self.networks = [
            MLPClassifier(
                (WIDTH,), alpha=RIDGE, learning_rate_init=RATE, max_iter=EPOCHS,
                batch_size=BATCH, random_state=seed, n_iter_no_change=EPOCHS,
            ).fit(rows, danger)
            for seed in range(networks)
        ]  # fmt: skip

    def _rows(self, vectors: Floats) -> Floats:
        return centred(vectors, self.centre) * np.float32(DRAWN_OUT)

    def odds(self, vectors: Floats) -> list[float]:
        """Return the log-odds of danger for each vector, as the bot would."""
        rows = self._rows(vectors)
        says = np.mean([one.predict_proba(rows)[:, 1] for one in self.networks], axis=0)
        return [limited(float(likely)) for likely in says]

    def packed(self) -> dict[str, np.ndarray]:
        """Return the arrays that `bot/safety/meaning.py` reads; the large one at eight bits."""
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


def learnt_from(known: Sequence[Example]) -> list[Example]:
    """Return the examples that the networks learn from."""
    ordinary = [e for e in known if e.sort == "faq"]
    return [e for e in known if e.sort in ("street", "hard")] + ordinary[::OF_THE_LIBRARY]


def fit(known: Sequence[Example], encode: Encode) -> Meanings:
    """Return the networks that are fitted on these examples."""
    lot = learnt_from(known)
    danger = np.array([e.label != SAFE for e in lot])
    return Meanings(np.array([encode(e.text) for e in lot]), danger)


def main() -> None:
    """Fit and write the networks."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("The encoder is needed to fit; see the line above.")
    known = danger_model.examples(load_content(CONTENT))
    np.savez_compressed(WEIGHTS, allow_pickle=False, **fit(known, encoder.encode).packed())
    print(f"{len(learnt_from(known))} messages, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
