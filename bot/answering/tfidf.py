"""One view of all documents as weighted sparse vectors, compared by cosine.

Built once for a content and kept on disk (`prepared.py`). Rows are the lines of documents (a way
of asking each) and whole documents; a query meets whole documents through postings first, and
lines only of the few documents that are left, so the time hardly grows with the content.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from zlib import crc32

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
        self._lengths = np.diff(self._lines.indptr)
        # by feature: the documents that have it
        self._postings = _matrix(arrays, "whole").T.tocsr()
        self._unknown_idf = math.log(len(self.first_line) / 0.5)

    def columns_of(self, features: Sequence[str]) -> Ints:
        """Return the column of each feature, -1 for one that no line has."""
        asked = np.array(hashes(features), np.uint32)
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


def built(
    views: Mapping[str, Featuriser], documents: Sequence[Sequence[str]]
) -> dict[str, Arrays]:
    """Return the arrays of an index over the lines of documents, by view."""
    cells = {name: array("I") for name in views}
    sizes = {name: array("i") for name in views}
    for document in documents:
        for line in document:
            # Line by line, not view by view: views share what they read of a line.
            for name, featurise in views.items():
                met = hashes(featurise(line))
                cells[name].extend(met)
                sizes[name].append(len(met))
    lines = [len(document) for document in documents]
    return {name: _laid_out(cells[name], sizes[name], lines) for name in views}


def _laid_out(cells: "array[int]", sizes: "array[int]", lines: Sequence[int]) -> Arrays:
    """Return the index of one view: of the features of all lines, how many each line has of them,
    and how many lines each document has."""
    line_of = np.repeat(np.arange(len(sizes)), sizes)
    document_of = np.repeat(np.arange(len(lines)), lines)[line_of]
    hashes, number, columns = _numbered(cells)

    def counted(rows: Ints, height: int) -> csr_array:
        ones = np.ones(len(rows), np.float32)
        # Cells that stand twice are added.
        return coo_array((ones, (rows, columns)), shape=(height, len(hashes))).tocsr()

    whole = counted(document_of, len(lines))
    frequency = np.bincount(whole.indices, minlength=len(hashes))
    idf: Floats = np.log((len(lines) + 1) / (frequency + 0.5)).astype(np.float32)
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


def hashes(features: Iterable[str], seed: int = 0) -> list[int]:
    """Return the names of features: the strings would be most of the memory of an index."""
    return [crc32(feature.encode("utf-8", "surrogatepass"), seed) for feature in features]


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
    def _met(self) -> tuple[Ints, Floats, Floats]:
        """The documents that have a feature of the query, its weight in each, and in the query."""
        postings = self._space._postings
        starts = postings.indptr[self.columns]
        sizes = postings.indptr[self.columns + 1] - starts
        cells = _ranges(starts, sizes)
        return postings.indices[cells], postings.data[cells], np.repeat(self.weights, sizes)

    @cached_property
    def documents(self) -> Floats:
        """The cosine of the query with every document."""
        documents, weights, asked = self._met
        return self._summed(documents, weights * asked)

    @cached_property
    def covered(self) -> Floats:
        """The share of the query's weight whose features every document has."""
        documents, _, asked = self._met
        return self._summed(documents, asked**2)

    def _summed(self, documents: Ints, weights: Floats) -> Floats:
        height = len(self._space.first_line) - 1
        return np.bincount(documents, weights, height).astype(np.float32)

    def best_lines(self, documents: Ints) -> tuple[Floats, Floats]:
        """Return, for each of `documents`, the cosine of its best line, and of its second."""
        first, lines = self._space.first_line, self._space._lines
        runs = [slice(first[d], first[d + 1]) for d in documents]
        cells = [slice(lines.indptr[run.start], lines.indptr[run.stop]) for run in runs]
        # Put together by hand: choosing rows of a matrix looks at each of them.
        lengths = np.concatenate([self._space._lengths[run] for run in runs])
        parts = (
            np.concatenate([lines.data[cell] for cell in cells]),
            np.concatenate([lines.indices[cell] for cell in cells]),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        )
        asked = np.zeros(len(self._space._idf), np.float32)
        asked[self.columns] = self.weights
        cosines = csr_array(parts, shape=(len(lengths), len(asked))) @ asked
        return _best_two(cosines, first[documents + 1] - first[documents])


def _ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return the numbers of several ranges, one range after the other."""
    ends = np.cumsum(sizes)
    found: Ints = np.repeat(starts - ends + sizes, sizes) + np.arange(ends[-1] if len(ends) else 0)
    return found


def _best_two(values: Floats, sizes: Ints) -> tuple[Floats, Floats]:
    """Return the largest and the second of each of several runs; 0 stands for a missing one."""
    best, second = np.zeros(len(sizes), np.float32), np.zeros(len(sizes), np.float32)
    some = sizes > 0
    if not some.any():
        return best, second
    starts = (np.cumsum(sizes) - sizes)[some]
    best[some] = np.maximum.reduceat(values, starts)
    # The first line of each run that is as good as its best is taken out.
    owner = np.repeat(np.arange(len(sizes)), sizes)
    winners = np.flatnonzero(values == best[owner])
    rest = values.copy()
    rest[winners[np.unique(owner[winners], return_index=True)[1]]] = 0
    second[some] = np.maximum.reduceat(rest, starts)
    return best, second
