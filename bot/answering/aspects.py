"""What is asked about a thing that was named: its pay, its fees, how to get in.

The patterns of `content/aspects/` are compared with the text from which the name was taken out;
the aspect of the likest pattern counts, by its letters and by the concepts that it speaks of.
"""

from dataclasses import dataclass

import numpy as np

from bot.answering.concepts import ConceptFinder
from bot.answering.tfidf import Index, built
from bot.content.aspects import PLACE, Aspects
from bot.language.hashing import GRAMS, by_name

# Below it the text asks for nothing in particular: the thing itself is shown.
_ALIKE = 0.3
# How much the same concepts say, beside the same letters: “fees” is like “how much is the fee”.
_BY_CONCEPTS = 0.8


@dataclass(frozen=True)
class Aspect:
    """An aspect and how like its patterns the text is, 0 to 1."""

    id: str
    likeness: float


class AspectFinder:
    """Knows what is asked of the things of one kind; built once, then only read."""

    def __init__(self, aspects: Aspects, finder: ConceptFinder) -> None:
        """Take the aspects of one kind, and what finds the concepts of a text."""
        self._ids = tuple(aspect.id for aspect in aspects.aspects)
        lines = tuple(
            tuple(line.replace(PLACE, " ") for line in aspect.asks.all())
            for aspect in aspects.aspects
        )
        # Some hundred short lines: built in a blink, so they are not kept on disk.
        concepts = by_name(finder.features)
        made = built({"grams": GRAMS, "concepts": concepts}, lines)
        self._grams = Index(GRAMS, made["grams"])
        self._concepts = Index(concepts, made["concepts"])

    def find(self, rest: str) -> Aspect | None:
        """Return what `rest`, a text without the name of the thing, asks about it."""
        if not rest.strip():
            return None
        every = np.arange(len(self._ids), dtype=np.int64)
        grams, concepts = self._grams.query(rest), self._concepts.query(rest)
        by_letters, by_concepts = grams.best_lines(every)[0], concepts.best_lines(every)[0]
        alike = np.maximum(by_letters, _BY_CONCEPTS * by_concepts)
        scores = alike + 0.5 * (by_letters + grams.documents + concepts.documents)
        best = int(np.argmax(scores))
        likeness = float(alike[best])
        return Aspect(self._ids[best], likeness) if likeness >= _ALIKE else None
