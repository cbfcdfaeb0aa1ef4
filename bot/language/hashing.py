"""The features of many texts as numbers: their strings would be most of an index's memory.

N-grams are hashed for all texts at once and without ever being cut out, so that the library is
read in seconds; other features (words, pairs, concepts) by their names.
"""

from array import array
from collections.abc import Callable, Iterable, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.language.features import Featuriser, cluster_pairs, respelled, spaced
from bot.language.romanised import skeleton

Hashes = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
# Texts -> the features of all of them, and of which text each is, by its place.
View = Callable[[Sequence[str]], tuple[Hashes, Ints]]

# Odd multipliers of 32 bits: the first two of MurmurHash3 (Appleby, public domain).
_NEXT, _MIX = 0xCC9E2D51, 0x1B873593
_SHIFT, _ALL = 15, 0xFFFFFFFF


def names(features: Iterable[str], seed: int = 0) -> list[int]:
    """Return the hash of each feature by its name."""
    return [crc32(feature.encode("utf-8", "surrogatepass"), seed) for feature in features]


def by_name(featurise: Featuriser) -> View:
    """Return the view whose features are named one by one."""

    def view(texts: Sequence[str]) -> tuple[Hashes, Ints]:
        met, sizes = array("I"), []
        for text in texts:
            found = names(featurise(text))
            met.extend(found)
            sizes.append(len(found))
        return np.array(met, np.uint32), np.repeat(np.arange(len(texts)), sizes)

    return view


def by_letters(key: Callable[[str], str], low: int, high: int) -> View:
    """Return the view of all n-grams of `low` to `high` letters of the key of a text."""

    def view(texts: Sequence[str]) -> tuple[Hashes, Ints]:
        keys = [key(text) for text in texts]
        lengths = np.array([len(one) for one in keys], np.int64)
        letters = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), np.uint32)
        owner = np.repeat(np.arange(len(keys)), lengths)
        # how many letters its text has from each letter on
        left = np.repeat(np.cumsum(lengths), lengths) - np.arange(len(letters))
        met, owners, rolled = [], [], letters
        for size in range(1, high + 1):
            if size > 1:
                rolled = rolled[:-1] * np.uint32(_NEXT) + letters[size - 1 :]
            if size >= low:
                inside = np.flatnonzero(left[: len(rolled)] >= size)
                met.append(_mixed(rolled[inside], size))
                owners.append(owner[inside])
        return np.concatenate(met), np.concatenate(owners)

    return view


def _mixed(rolled: Hashes, size: int) -> Hashes:
    """Spread the hashes of n-grams of one size over all 32 bits."""
    spread = (rolled ^ (rolled >> _SHIFT)) * np.uint32(_MIX) + np.uint32(size * _NEXT & _ALL)
    return (spread ^ (spread >> _SHIFT)).astype(np.uint32)


# Character n-grams of the folded text survive typos and missing spaces.
GRAMS = by_letters(spaced, 2, 4)
# N-grams of the consonant skeleton are the same for both scripts.
BONES = by_letters(skeleton, 2, 5)
CLUSTERS, RESPELLED = by_name(cluster_pairs), by_name(respelled)
