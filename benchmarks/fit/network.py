"""Fit the small network of the classifiers (`learned.py`): letters and meaning, all classes at once.

Adam on the cross entropy with smoothed labels, in plain numpy: some minutes. So that it does not
learn by heart, cells of its layer, n-grams and the meaning as a whole are left out by chance. It is
several networks, fitted apart and set side by side, whose scores are the mean of theirs: of 624
questions whose writers they had not seen one found 70 in 100 first, two together 72 (86 and 88
among three); linear support vectors on the letters, which stood here before, 63.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from bot.answering.tfidf import Floats

NETWORKS, WIDTH, EPOCHS, BATCH, RATE = 2, 192, 9, 256, 4e-3
SMOOTHED = 0.1
# How often a cell of the layer, an n-gram, and the meaning as a whole are left out.
CELL_OUT, GRAM_OUT, MEANING_OUT = 0.3, 0.25, 0.25
_WARM = 0.3  # the share of the steps in which the rate rises
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8
_SEED = 11


def descend(
    letters: csr_array, vectors: Floats, labels: np.ndarray, weights: Floats, classes: int
) -> list[Floats]:
    """Return the layers for letters and for meaning, the one for classes, and its bias.

    Letters and vectors are rows of unit length, a text each; a vector of zeros is a meaning that
    nobody knows. `labels` are numbers of classes.
    """
    every = [
        _one(letters, vectors, labels, weights, classes, _SEED + place)
        for place in range(NETWORKS)
    ]
    first, meaning, out, bias = zip(*every, strict=True)
    return [
        np.concatenate(first, axis=1),
        np.concatenate(meaning, axis=1),
        np.concatenate(out) / NETWORKS,
        np.mean(bias, axis=0),
    ]


def _one(
    letters: csr_array,
    vectors: Floats,
    labels: np.ndarray,
    weights: Floats,
    classes: int,
    seed: int,
) -> list[Floats]:
    """Return the layers of one network."""
    chance = np.random.default_rng(seed)
    shapes = [(letters.shape[1], WIDTH), (vectors.shape[1], WIDTH), (WIDTH, classes)]
    spread = (0.1, 0.1, 1 / np.sqrt(WIDTH))
    layers = [
        chance.normal(0, s, shape).astype(np.float32)
        for s, shape in zip(spread, shapes, strict=True)
    ]
    layers.append(np.zeros(classes, np.float32))
    means = [np.zeros_like(layer) for layer in layers]
    squares = [np.zeros_like(layer) for layer in layers]
    rooms = [np.zeros_like(layer) for layer in layers]
    batches = -(-letters.shape[0] // BATCH)
    for step in range(EPOCHS * batches):
        if step % batches == 0:
            order = chance.permutation(letters.shape[0])
        rows = order[step % batches * BATCH :][:BATCH]
        slopes = _slopes(
            layers, letters[rows], vectors[rows], labels[rows], weights[rows] / len(rows), chance
        )
        done = (step + 1) / (EPOCHS * batches)
        rate = RATE * min(done / _WARM, 0.5 * (1 + np.cos(np.pi * (done - _WARM) / (1 - _WARM))))
        for layer, slope, mean, square, room in zip(
            layers, slopes, means, squares, rooms, strict=True
        ):
            _adam(layer, slope, mean, square, room, rate, step + 1)
    return layers


def _adam(
    layer: Floats,
    slope: Floats,
    mean: Floats,
    square: Floats,
    room: Floats,
    rate: float,
    step: int,
) -> None:
    """Take one step of Adam in place; `room` is to work in, for new room costs most of the time."""
    np.subtract(slope, mean, out=room)
    room *= 1 - _FIRST
    mean += room
    slope *= slope
    slope -= square
    slope *= 1 - _SECOND
    square += slope
    np.sqrt(square, out=room)
    room *= 1 / np.sqrt(1 - _SECOND**step)
    room += _TINY
    np.divide(mean, room, out=room)
    room *= rate / (1 - _FIRST**step)
    layer -= room


def _slopes(
    layers: Sequence[Floats],
    letters: csr_array,
    vectors: Floats,
    labels: np.ndarray,
    weights: Floats,
    chance: np.random.Generator,
) -> list[Floats]:
    """Return the slope of the loss of one batch for each layer."""
    first, meaning, out, bias = layers
    here = chance.random(len(letters.data), np.float32) >= GRAM_OUT
    seen = csr_array(
        (letters.data * here / np.float32(1 - GRAM_OUT), letters.indices, letters.indptr),
        shape=letters.shape,
    )
    meant = vectors * (chance.random((len(labels), 1), np.float32) >= MEANING_OUT)
    taken_in = seen @ first + meant @ meaning
    on = (taken_in > 0) & (chance.random(taken_in.shape, np.float32) >= CELL_OUT)
    gate = on.astype(np.float32) / np.float32(1 - CELL_OUT)
    cells = taken_in * gate
    scores = cells @ out + bias
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    wanted = np.full_like(shares, SMOOTHED / shares.shape[1])
    wanted[np.arange(len(labels)), labels] += 1 - SMOOTHED
    wrong = (shares - wanted) * weights[:, None]
    back = (wrong @ out.T) * gate
    return [seen.T @ back, meant.T @ back, cells.T @ wrong, wrong.sum(axis=0)]
