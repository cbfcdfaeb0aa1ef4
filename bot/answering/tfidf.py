"""One view of all documents as weighted sparse vectors, compared by cosine.

Built once at start. Rows are the lines of documents (a way of asking each) and whole
documents; a query meets whole documents through postings first, and lines only of the few
documents that are left, so the time hardly grows with the content.
"""

import math
from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.language.features import Featuriser

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class _Rows:
    """Sparse rows of unit length, side by side in three arrays."""

    def __init__(self, owner: Ints, columns: Ints, values: Floats, rows: int) -> None:
        """`owner` names the row of each cell and is in ascending order."""
        self.starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=rows))])
        self.columns = columns.astype(np.int32)
        norms = np.sqrt(np.bincount(owner, values**2, rows))
        norms[norms == 0] = 1
        self.values: Floats = (values / norms[owner]).astype(np.float32)

    def dot(self, rows: Ints, query: Floats) -> Floats:
        """Return the dot product of each of `rows` with the dense query."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        owner = np.repeat(np.arange(len(rows)), sizes)
        offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        cells = np.repeat(self.starts[rows], sizes) + offsets
        products = self.values[cells] * query[self.columns[cells]]
        return np.bincount(owner, products, len(rows)).astype(np.float32)


class Index:
    """TF-IDF over one kind of feature, for documents made of lines."""

    def __init__(self, featurise: Featuriser, documents: Sequence[Sequence[str]]) -> None:
        self._featurise = featurise
        self._documents = len(documents)
        cells, sizes = array("q"), array("i")
        for document in documents:
            for line in document:
                before = len(cells)
                cells.extend(hash(feature) for feature in featurise(line))
                sizes.append(len(cells) - before)
        lines = [len(document) for document in documents]
        self.first_line = np.concatenate([[0], np.cumsum(lines)]).astype(np.int64)
        line_of = np.repeat(np.arange(len(sizes)), sizes)
        document_of = np.repeat(np.arange(len(documents)), lines)[line_of]
        columns = self._number(cells)
        width = len(self._hashes)
        whole = _count(document_of, columns, width)
        frequency = np.bincount(whole[1], minlength=max(width, 1))
        count = len(documents) + 1
        self._idf: Floats = np.log(count / (frequency + 0.5)).astype(np.float32)
        self._unknown_idf = math.log(count / 0.5)
        self._lines = self._weighed(*_count(line_of, columns, width), len(sizes))
        self._whole = self._weighed(*whole, len(documents))
        self._build_postings()

    def _number(self, cells: "array[int]") -> Ints:
        """Number the features in the order in which they were met; return the number of each.

        Features are known by the hash of this process: their strings would be most of the
        memory of the index. The order makes sums, and so answers, the same in every process.
        """
        met = np.frombuffer(cells, np.int64) if cells else np.zeros(0, np.int64)
        self._hashes, first, place = np.unique(met, return_index=True, return_inverse=True)
        self._columns = np.empty(len(first), np.int64)
        self._columns[np.argsort(first, kind="stable")] = np.arange(len(first))
        return self._columns[place]

    def columns_of(self, features: Sequence[str]) -> Ints:
        """Return the column of each feature, -1 for one that no line has."""
        asked = np.array([hash(feature) for feature in features], np.int64)
        if not len(self._hashes):
            return np.full(len(asked), -1, np.int64)
        place = np.minimum(np.searchsorted(self._hashes, asked), len(self._hashes) - 1)
        return np.where(self._hashes[place] == asked, self._columns[place], -1)

    def _weighed(self, owner: Ints, columns: Ints, counts: Ints, rows: int) -> _Rows:
        values = ((1 + np.log(counts)) * self._idf[columns]).astype(np.float32)
        return _Rows(owner, columns, values, rows)

    def _build_postings(self) -> None:
        sizes = np.diff(self._whole.starts)
        owner = np.repeat(np.arange(self._documents), sizes)
        order = np.argsort(self._whole.columns, kind="stable")
        self._posting_documents = owner[order].astype(np.int32)
        self._posting_values = self._whole.values[order]
        counts = np.bincount(self._whole.columns, minlength=len(self._idf))
        self._posting_starts = np.concatenate([[0], np.cumsum(counts)])

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


def _count(owner: Ints, columns: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """Return each pair of row and column once, in order of rows, with how often it is there."""
    pairs, counts = np.unique(owner * max(width, 1) + columns, return_counts=True)
    return pairs // max(width, 1), pairs % max(width, 1), counts


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
        self._dense = np.zeros(len(space._idf), np.float32)
        self._dense[self.columns] = self.weights

    def documents(self) -> Floats:
        """Return the cosine of the query with every document."""
        space = self._space
        if not len(self.columns):
            return np.zeros(space._documents, np.float32)
        spans = [
            slice(space._posting_starts[c], space._posting_starts[c + 1]) for c in self.columns
        ]
        owners = np.concatenate([space._posting_documents[span] for span in spans])
        values = np.concatenate(
            [space._posting_values[span] * w for span, w in zip(spans, self.weights, strict=True)]
        )
        return np.bincount(owners, values, space._documents).astype(np.float32)

    def whole(self, documents: Ints) -> Floats:
        """Return the cosine with each of `documents`."""
        return self._space._whole.dot(documents, self._dense)

    def best_lines(self, documents: Ints) -> tuple[Floats, Floats]:
        """Return, for each of `documents`, the cosine of its best line, and of its second."""
        first = self._space.first_line
        best = np.zeros(len(documents), np.float32)
        second = np.zeros(len(documents), np.float32)
        rows = np.concatenate([np.arange(first[d], first[d + 1]) for d in documents])
        cosines = self._space._lines.dot(rows, self._dense)
        place = 0
        for at, document in enumerate(documents):
            size = int(first[document + 1] - first[document])
            own = np.sort(cosines[place : place + size])
            best[at] = own[-1] if size else 0
            second[at] = own[-2] if size > 1 else 0
            place += size
        return best, second

    def covered(self, documents: Ints) -> Floats:
        """Return the share of the query's weight whose features each of `documents` has."""
        rows, space = documents, self._space
        squares = self._dense**2
        sizes = space._whole.starts[rows + 1] - space._whole.starts[rows]
        owner = np.repeat(np.arange(len(rows)), sizes)
        offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        cells = np.repeat(space._whole.starts[rows], sizes) + offsets
        return np.bincount(owner, squares[space._whole.columns[cells]], len(rows)).astype(
            np.float32
        )
