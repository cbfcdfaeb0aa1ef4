"""One view of all documents as weighted sparse vectors, compared by cosine.

Built once for a content and kept on disk (`prepared.py`). Rows are the lines of documents (a way
of asking each) and whole documents; a query meets whole documents through postings first, and
lines only of the few documents that are left, so the time hardly grows with the content.
"""

import math
import zlib
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

from bot.language.features import Featuriser

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


# What an index is made of, by name.
Arrays = Mapping[str, npt.NDArray[Any]]


class Index:
    """TF-IDF over one kind of feature, for documents made of lines."""

    def __init__(self, featurise: Featuriser, arrays: Arrays) -> None:
        """Take up what `built` laid out."""
        self._featurise = featurise
        self.first_line: Ints = arrays["first_line"]
        self._hashes: npt.NDArray[np.uint32] = arrays["hashes"]
        self._columns: Ints = arrays["columns"]
        self._idf: Floats = arrays["idf"]
        self._lines = _matrix(arrays, "lines")
        # by feature: the documents that have it
        self._postings = _matrix(arrays, "whole").T.tocsr()
        self._unknown_idf = math.log(len(self.first_line) / 0.5)

    def columns_of(self, features: Sequence[str]) -> Ints:
        """Return the column of each feature, -1 for one that no line has."""
        asked = np.array([_hash(feature) for feature in features], np.uint32)
        if not len(self._hashes):
            return np.full(len(asked), -1, np.int64)
        place = np.minimum(np.searchsorted(self._hashes, asked), len(self._hashes) - 1)
        return np.where(self._hashes[place] == asked, self._columns[place], -1)

    def vector(self, text: str) -> dict[str, float]:
        """Return `text` as a unit vector by feature, those no document has included."""
        counts = Counter(self._featurise(text))
        columns = self.columns_of(list(counts))
        weighed = {
            feature: (1 + math.log(n))
            * (self._unknown_idf if column < 0 else float(self._idf[column]))
            for (feature, n), column in zip(counts.items(), columns, strict=True)
        }
        norm = math.sqrt(sum(weight**2 for weight in weighed.values())) or 1
        return {feature: weight / norm for feature, weight in weighed.items()}

    def query(self, text: str) -> "Query":
        """Return `text` as a unit vector in this space."""
        return Query(self, Counter(self._featurise(text)))


def built(featurise: Featuriser, documents: Sequence[Sequence[str]]) -> Arrays:
    """Return the arrays of an index over the lines of documents."""
    cells, sizes = array("I"), array("i")
    for document in documents:
        for line in document:
            before = len(cells)
            cells.extend(map(_hash, featurise(line)))
            sizes.append(len(cells) - before)
    lines = [len(document) for document in documents]
    line_of = np.repeat(np.arange(len(sizes)), sizes)
    document_of = np.repeat(np.arange(len(documents)), lines)[line_of]
    hashes, number, columns = _numbered(cells)

    def counted(rows: Ints, height: int) -> csr_array:
        ones = np.ones(len(rows), np.float32)
        # Cells that stand twice are added.
        return coo_array((ones, (rows, columns)), shape=(height, len(hashes))).tocsr()

    whole = counted(document_of, len(documents))
    frequency = np.bincount(whole.indices, minlength=len(hashes))
    idf: Floats = np.log((len(documents) + 1) / (frequency + 0.5)).astype(np.float32)
    made: dict[str, npt.NDArray[Any]] = {
        "first_line": np.concatenate([[0], np.cumsum(lines)]).astype(np.int64),
        "hashes": hashes,
        "columns": number,
        "idf": idf,
    }
    for name, counts in (("lines", counted(line_of, len(sizes))), ("whole", whole)):
        values = (1 + np.log(counts.data)) * idf[counts.indices]
        owner = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        norms = np.sqrt(np.bincount(owner, values**2, counts.shape[0]))
        made[f"{name}.values"] = (values / norms[owner]).astype(np.float32)
        made[f"{name}.columns"] = counts.indices.astype(np.int32)
        made[f"{name}.starts"] = counts.indptr.astype(np.int32)
    return made


def _matrix(arrays: Arrays, name: str) -> csr_array:
    """Return sparse rows of unit length."""
    parts = tuple(arrays[f"{name}.{part}"] for part in ("values", "columns", "starts"))
    return csr_array(parts, shape=(len(parts[2]) - 1, len(arrays["hashes"])))


def _hash(feature: str) -> int:
    """Return the name of a feature: the strings would be most of the memory of an index."""
    return zlib.crc32(feature.encode("utf-8", "surrogatepass"))


def _numbered(cells: "array[int]") -> tuple[npt.NDArray[np.uint32], Ints, Ints]:
    """Number the features in the order in which they were met.

    Returns their hashes in ascending order, the number of each, and the numbers of the cells.
    The order makes sums, and so answers, the same in every process.
    """
    met = np.frombuffer(cells, np.uint32) if cells else np.zeros(0, np.uint32)
    hashes, first, place = np.unique(met, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(first))
    return hashes, number, number[place]


class Query:
    """A text seen through one space."""

    def __init__(self, space: Index, counts: Counter[str]) -> None:
        self._space = space
        found = space.columns_of(list(counts))
        tf = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))).astype(np.float32)
        known = found >= 0
        self.columns = found[known]
        weights = tf[known] * space._idf[self.columns]
        unknown = float((tf[~known] ** 2).sum()) * space._unknown_idf**2
        norm = math.sqrt(float((weights**2).sum()) + unknown)
        self.weights: Floats = (weights / norm if norm else weights).astype(np.float32)
        self.known = float((self.weights**2).sum())

    @cached_property
    def _met(self) -> csr_array:
        """The documents that have the features of the query, a row a feature."""
        return self._space._postings[self.columns]

    @cached_property
    def documents(self) -> Floats:
        """The cosine of the query with every document."""
        found: Floats = self.weights @ self._met
        return found

    def best_lines(self, documents: Ints) -> tuple[Floats, Floats]:
        """Return, for each of `documents`, the cosine of its best line, and of its second."""
        first = self._space.first_line
        sizes = first[documents + 1] - first[documents]
        owner = np.repeat(np.arange(len(documents)), sizes)
        rows = np.concatenate([np.arange(first[d], first[d + 1]) for d in documents])
        dense = np.zeros(len(self._space._idf), np.float32)
        dense[self.columns] = self.weights
        cosines = np.append(self._space._lines[rows] @ dense, np.float32(0))
        # Each document's lines side by side, the best last; the zero stands for a missing one.
        order = np.append(np.lexsort((cosines[:-1], owner)), len(rows))
        last = np.cumsum(sizes) - 1
        best = order[np.where(sizes > 0, last, -1)]
        second = order[np.where(sizes > 1, last - 1, -1)]
        return cosines[best], cosines[second]

    @cached_property
    def covered(self) -> Floats:
        """The share of the query's weight whose features every document has."""
        met = self._met
        has = csr_array((np.ones_like(met.data), met.indices, met.indptr), met.shape)
        shares: Floats = self.weights**2 @ has
        return shares
