"""One view of all documents as weighted sparse vectors, compared by cosine.

Built once for a content and kept on disk (`kept.py`). Rows are the lines of documents (a way of
asking each) and whole documents; a query meets whole documents through postings first, and lines
only of the few documents that are left, so the time hardly grows with the content. What is on
disk is mapped, not read: a process needs in memory only what its questions touch.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.language.hashing import Hashes, View

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


_READ_TOGETHER = 4096
# What an index is made of, by name.
Arrays = Mapping[str, npt.NDArray[Any]]

# A feature that stands more often in one line, or in one document, counts as if it stood there so
# often.
_MOST_COUNTED, _MOST_TIMES = 255, 4095
_TF: Floats = (1 + np.log(np.maximum(np.arange(_MOST_TIMES + 1), 1))).astype(np.float32)


class Index:
    """TF-IDF over one kind of feature, for documents made of lines."""

    def __init__(self, view: View, arrays: Arrays) -> None:
        """Take up what `built` laid out."""
        self._view = view
        self.first_line: Ints = arrays["first_line"]
        self.hashes: Hashes = arrays["hashes"]
        self.idf: Floats = arrays["idf"]
        # by feature, the documents that have it, and how often
        self.posted = arrays["posted.starts"], arrays["posted.documents"], arrays["posted.times"]
        self.document_norms: Floats = arrays["posted.norms"]
        # by feature and document, the lines that have it, and how often
        self.lines = arrays["lines.starts"], arrays["lines.numbers"], arrays["lines.counts"]
        self.norms: Floats = arrays["lines.norms"]
        self._unknown_idf = math.log(len(self.first_line) / 0.5)

    def vector(self, text: str) -> dict[int, float]:
        """Return `text` as a unit vector by feature, those no document has included."""
        met, counts = np.unique(self._view([text])[0], return_counts=True)
        places, known = self._places(met)
        idf = np.where(known, self.idf[places] if len(self.idf) else 0.0, self._unknown_idf)
        weights = (1 + np.log(counts)) * idf
        norm = float(np.linalg.norm(weights)) or 1.0
        return dict(zip(met.tolist(), (weights / norm).tolist(), strict=True))

    def query(self, text: str) -> "Query":
        """Return `text` as a unit vector in this space."""
        met, counts = np.unique(self._view([text])[0], return_counts=True)
        places, known = self._places(met)
        tf = _TF[np.minimum(counts, _MOST_COUNTED)]
        columns = places[known]
        weights = tf[known] * self.idf[columns]
        unknown = float((tf[~known] ** 2).sum()) * self._unknown_idf**2
        norm = math.sqrt(float((weights**2).sum()) + unknown)
        return Query(self, columns, (weights / norm if norm else weights).astype(np.float32))

    def _places(self, met: Hashes) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """Return where each feature stands, and whether it is there at all."""
        if not len(self.hashes):
            return np.zeros(len(met), np.int64), np.zeros(len(met), bool)
        places = np.minimum(np.searchsorted(self.hashes, met), len(self.hashes) - 1)
        return places, self.hashes[places] == met


def built(
    views: Mapping[str, View],
    documents: Sequence[Sequence[str]],
    before: Mapping[str, Arrays] | None = None,
) -> dict[str, Arrays]:
    """Return the arrays of an index over the lines of documents, by view.

    Of `before`, an index that was built with the same views, the documents that are here too are
    taken over, and only the others are read. What comes of it is the same.
    """
    told = np.array([_digest(document) for document in documents], np.uint64)
    heights = np.array([len(document) for document in documents], np.int64)
    if before is None or not all(_tells_all(before.get(name)) for name in views):
        before = None
    moved, fresh = _moved(None if before is None else before[next(iter(views))], told, heights)
    first_line = np.cumsum(heights) - heights
    numbers = _ranges(first_line[fresh], heights[fresh])
    lines = [line for place in fresh.tolist() for line in documents[place]]
    cells: dict[str, list[Cells]] = {name: [] for name in views}
    for first in range(0, len(lines), _READ_TOGETHER):
        # A part after the other, for views share what they read of a line.
        part = lines[first : first + _READ_TOGETHER]
        for name, view in views.items():
            met, owners = view(part)
            cells[name].append(_cells(met, numbers[owners + first]))
    if before is not None:
        for name in views:
            cells[name].append(_taken_over(before[name], moved))
    # Each is let go of when it is laid out, for together they are large.
    return {
        name: {**_laid_out(*_joined(cells.pop(name)), heights), "documents": told}
        for name in views
    }


# The features of lines, each with its line in the lower half, in order; and how often it is there.
Places = npt.NDArray[np.uint64]
Cells = tuple[Places, Ints]
_HALF, _LOWER = np.uint64(32), np.uint64(0xFFFFFFFF)


def _digest(document: Sequence[str]) -> int:
    """Return by what a document is known again: no two have the same by chance."""
    said = json.dumps(document).encode("ascii")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "little")


def _tells_all(arrays: Arrays | None) -> bool:
    """Return whether an index tells of every line how often it has a feature."""
    return arrays is not None and not bool((arrays["lines.counts"] == _MOST_COUNTED).any())


def _moved(
    before: Arrays | None, told: npt.NDArray[np.uint64], heights: Ints
) -> tuple[Ints, Ints]:
    """Return where each line of an older index stands here, -1 for nowhere, and what is new."""
    if before is None:
        return np.zeros(0, np.int64), np.arange(len(told))
    old_first = before["first_line"]
    old = {digest: place for place, digest in enumerate(before["documents"].tolist())}
    moved = np.full(old_first[-1], -1, np.int64)
    first_line = np.cumsum(heights) - heights
    fresh = []
    for place, digest in enumerate(told.tolist()):
        # Of two documents that say the same only one is taken over.
        known = old.pop(digest, None)
        if known is None:
            fresh.append(place)
        else:
            here = np.arange(first_line[place], first_line[place] + heights[place])
            moved[old_first[known] : old_first[known + 1]] = here
    return moved, np.array(fresh, np.int64)


def _cells(met: Hashes, line_of: Ints) -> Cells:
    return np.unique(_places(met, line_of), return_counts=True)


def _places(met: Hashes, line_of: Ints) -> Places:
    places: Places = met.astype(np.uint64) << _HALF | line_of.astype(np.uint64)
    return places


def _taken_over(before: Arrays, moved: Ints) -> Cells:
    """Return the cells of the lines of an older index that have a place here."""
    met = np.repeat(before["hashes"], np.diff(before["posted.starts"]))
    met = np.repeat(met, np.diff(before["lines.starts"]))
    lines = moved[before["lines.numbers"]]
    here = lines >= 0
    return _places(met[here], lines[here]), before["lines.counts"][here].astype(np.int64)


def _joined(parts: Sequence[Cells]) -> Cells:
    if not parts:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    places, counts = map(np.concatenate, zip(*parts, strict=True))
    # Each part is in order: a stable sort merges them.
    order = np.argsort(places, kind="stable")
    return places[order], counts[order]


def _laid_out(places: Places, counts: Ints, heights: Ints) -> Arrays:
    """Return the index of one view: of its cells, and how many lines each document has."""
    lines = (places & _LOWER).astype(np.int64)
    of_cell = (places >> _HALF).astype(np.uint32)
    height = int(heights.sum())
    document_of = np.repeat(np.arange(len(heights)), heights)
    # By feature first, for postings are looked up by it; the lines follow in the same order.
    begun = _begun(of_cell)
    hashes = of_cell[begun[:-1]]
    in_line = np.repeat(np.arange(len(hashes)), np.diff(begun))
    of_posted = _begun(in_line * len(heights) + document_of[lines])
    posted, documents = in_line[of_posted[:-1]], document_of[lines[of_posted[:-1]]]
    times = np.add.reduceat(counts, of_posted[:-1]) if len(counts) else counts
    frequency = np.bincount(posted, minlength=len(hashes))
    idf: Floats = np.log((len(heights) + 1) / (frequency + 0.5)).astype(np.float32)
    times, counts = np.minimum(times, _MOST_TIMES), np.minimum(counts, _MOST_COUNTED)
    whole = _TF[times] * idf[posted]
    weights = _TF[counts] * idf[in_line]
    return {
        "first_line": np.concatenate([[0], np.cumsum(heights)]).astype(np.int64),
        "hashes": hashes,
        "idf": idf,
        "posted.starts": _starts(posted, len(hashes)),
        "posted.documents": _narrow(documents, len(heights)),
        "posted.times": times.astype(np.uint16),
        "posted.norms": np.sqrt(np.bincount(documents, whole**2, len(heights))).astype(np.float32),
        "lines.starts": of_posted.astype(np.int32),
        "lines.numbers": _narrow(lines, height),
        "lines.counts": counts.astype(np.uint8),
        "lines.norms": np.sqrt(np.bincount(lines, weights**2, height)).astype(np.float32),
    }


def _narrow(numbers: Ints, height: int) -> npt.NDArray[np.uint16 | np.int32]:
    """Return numbers below `height` in as few bytes as hold them: they are most of an index."""
    return numbers.astype(np.uint16 if height <= np.iinfo(np.uint16).max else np.int32)


def _starts(rows: Ints, height: int) -> Ints:
    return np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=height))]).astype(np.int64)


def _begun(runs: Ints | Hashes) -> Ints:
    """Return where each run of equal values begins, and where the last one ends."""
    fresh: Ints = np.flatnonzero(np.diff(runs)) + 1
    return np.concatenate([[0], fresh, [len(runs)]]) if len(runs) else np.zeros(1, np.int64)


class Query:
    """A text seen through one space."""

    def __init__(self, space: Index, columns: Ints, weights: Floats) -> None:
        """Take the features of the text that the space knows, and the weight of each."""
        self._space = space
        self.columns, self.weights = columns, weights
        self.known = float((weights**2).sum())
        self._compared: dict[int, tuple[float, float]] = {}

    @cached_property
    def _met(self) -> tuple[Ints, Ints, Floats]:
        """The postings of the features of the query: which they are, their documents, and the
        weight of their feature in the query."""
        starts, documents, _ = self._space.posted
        first = starts[self.columns]
        sizes = starts[self.columns + 1] - first
        postings = _ranges(first, sizes)
        return postings, documents[postings], np.repeat(self.weights, sizes)

    @cached_property
    def documents(self) -> Floats:
        """The cosine of the query with every document."""
        postings, documents, asked = self._met
        weights = asked * self._idf * _TF[self._space.posted[2][postings]]
        return self._summed(documents, weights) / _some(self._space.document_norms)

    @cached_property
    def covered(self) -> Floats:
        """The share of the query's weight whose features every document has."""
        _, documents, asked = self._met
        return self._summed(documents, asked**2)

    def _summed(self, documents: Ints, weights: Floats) -> Floats:
        height = len(self._space.first_line) - 1
        return np.bincount(documents, weights, height).astype(np.float32)

    def best_lines(self, documents: Ints) -> tuple[Floats, Floats]:
        """Return, for each of `documents`, the cosine of its best line, and of its second."""
        wanted = documents.tolist()
        if fresh := [document for document in wanted if document not in self._compared]:
            best, second = self._best_of(np.array(fresh))
            pairs = zip(best.tolist(), second.tolist(), strict=True)
            self._compared |= dict(zip(fresh, pairs, strict=True))
        found = np.array([self._compared[document] for document in wanted], np.float32)
        return found[:, 0], found[:, 1]

    @property
    def every_line(self) -> tuple[Floats, Floats]:
        """The cosine of the query with every line, and the share of it whose features each has."""
        starts, numbers, counts = self._space.lines
        postings, _, asked = self._met
        sizes = starts[postings + 1] - starts[postings]
        cells = _ranges(starts[postings], sizes)
        lines, weights = numbers[cells], np.repeat(asked, sizes)
        norms = self._space.norms
        alike = weights * np.repeat(self._idf, sizes) * _TF[counts[cells]]
        like = np.bincount(lines, alike, len(norms))
        held = np.bincount(lines, weights**2, len(norms))
        return (like / _some(norms)).astype(np.float32), held.astype(np.float32)

    def _best_of(self, documents: Ints) -> tuple[Floats, Floats]:
        space = self._space
        starts, numbers, counts = space.lines
        first, heights = space.first_line[documents], np.diff(space.first_line)[documents]
        # What is taken from the number of a line to have its place among the lines looked at.
        shift = np.zeros(len(space.first_line), np.int64)
        shift[documents] = first - (np.cumsum(heights) - heights)
        wanted = np.zeros(len(space.first_line), bool)
        wanted[documents] = True
        postings, met, asked = self._met
        among = np.flatnonzero(wanted[met])
        begun = starts[postings[among]]
        sizes = starts[postings[among] + 1] - begun
        cells = _ranges(begun, sizes)
        places = numbers[cells].astype(np.int64) - np.repeat(shift[met[among]], sizes)
        weights = np.repeat(asked[among] * self._idf[among], sizes) * _TF[counts[cells]]
        lines = _ranges(first, heights)
        sums = np.bincount(places, weights, len(lines))
        return _best_two((sums / _some(space.norms[lines])).astype(np.float32), heights)

    @cached_property
    def _idf(self) -> Floats:
        """How rare the feature of each posting of the query is."""
        starts = self._space.posted[0]
        sizes = starts[self.columns + 1] - starts[self.columns]
        return np.repeat(self._space.idf[self.columns], sizes)


def _some(norms: Floats) -> Floats:
    """Return what is divided by: a line or document without features is like nothing."""
    return np.maximum(norms, np.finfo(np.float32).tiny)


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
