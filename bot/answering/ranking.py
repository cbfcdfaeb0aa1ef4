"""Order the targets for a question, and say how sure the order is.

What is seen of a question (`signals.py`) is weighed by what was fitted on labelled ones
(`weights.py`).
"""

import asyncio
from dataclasses import dataclass

import numpy as np

from bot.answering.signals import AT, Read, Reader, Seen, certainty_signals
from bot.answering.targets import NAMED, Kind
from bot.answering.tfidf import Floats
from bot.answering.weights import Model, Weights
from bot.language.encoder import Encoder
from bot.language.recalled import Recalled

# So many texts are ranked only once.
_MOST_KNOWN = 1024
_BEFORE_THEM, _SURELY = 1.0, 0.9
_WORD_FOR_WORD, _MORE_THAN_A_WORD = 0.999, 12


@dataclass(frozen=True)
class Candidate:
    """A target with the probability that it is what was asked."""

    id: str
    kind: Kind
    score: float
    # what is asked about it, where it is found by its name
    aspect: str | None = None

    @property
    def key(self) -> str:
        """Return the key of the target."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first, and three probabilities.

    `sure` is that the first is right, `near` that one of those that would be offered helps,
    `stray` that the message is off topic.
    """

    candidates: tuple[Candidate, ...]
    sure: float
    near: float
    stray: float = 0.0


def merged(first: Ranking, second: Ranking) -> Ranking:
    """Return the candidates of two rankings of one message, each at its best."""
    if first is second:
        return first
    best: dict[str, Candidate] = {}
    for candidate in (*first.candidates, *second.candidates):
        known = best.get(candidate.key)
        if known is None or known.score < candidate.score:
            best[candidate.key] = candidate
    ordered = sorted(best.values(), key=lambda candidate: -candidate.score)
    sure = ordered[0].score if ordered else 0.0
    near, stray = max(first.near, second.near), max(first.stray, second.stray)
    return Ranking(tuple(ordered), sure, near, stray)


class Ranker:
    """Ranks targets for a text; built once, then only read."""

    def __init__(self, reader: Reader, weights: Weights, encoder: Encoder | None = None) -> None:
        self.reader = reader
        self.targets = reader.targets
        self._weights = weights
        self._encoder = encoder
        self._known: Recalled[Ranking] = Recalled(_MOST_KNOWN)

    def rank(self, text: str, boosts: dict[str, float] | None = None) -> Ranking:
        """Rank for `text`; `boosts` adds to the score of targets, by key, for context.

        The encoder is asked only where the words alone are not sure enough to answer.
        """
        if boosts is None:
            return self._known.of(text, self._rank)
        return self._rank(text, boosts)

    def _rank(self, text: str, boosts: dict[str, float] | None = None) -> Ranking:
        read, by_words = self._by_words(text, boosts)
        if read is None or self._encoder is None:
            return by_words
        return self._ranked(self.reader.seen(read, self._encoder), boosts)

    def _by_words(
        self, text: str, boosts: dict[str, float] | None = None
    ) -> tuple[Read | None, Ranking]:
        """Return the ranking by words alone; with what was read where that is not sure enough."""
        read = self.reader.read(text)
        if read is None:
            return None, Ranking((), 0.0, 0.0)
        ranking = self._ranked(self.reader.seen(read), boosts)
        return (None if ranking.sure >= self._weights.bands.surely_from else read), ranking

    async def foresee(self, text: str) -> None:
        """Rank a text that will be ranked soon, while the encoder works in another thread."""
        if text in self._known:
            return
        read, ranking = self._by_words(text)
        if read is not None and self._encoder is not None:
            await asyncio.to_thread(self._encoder.encode, text)
            ranking = self._ranked(self.reader.seen(read, self._encoder), None)
        self._known.keep(text, ranking)

    def _ranked(self, seen: Seen, boosts: dict[str, float] | None) -> Ranking:
        model = self._weights.of(seen.text, meant=seen.meant)
        scores, known = self._scored(seen, model, boosts)
        order = np.argsort(-scores, kind="stable")
        signals = certainty_signals(seen, scores, order)
        sure, near = model.sure.of(signals), model.near.of(signals)
        if known:
            sure, near = max(sure, _SURELY), 1.0
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        candidates = tuple(
            self._candidate(seen, int(i), sure if place == 0 else min(sure, float(shares[i])))
            for place, i in enumerate(order[:10])
        )
        stray = float(shares @ seen.matrix[:, AT["is outside"]])
        return Ranking(candidates, sure, near, stray)

    def _scored(
        self, seen: Seen, model: Model, boosts: dict[str, float] | None
    ) -> tuple[Floats, bool]:
        """Return the score of each target worth a look, and whether one is known to be meant."""
        scores: Floats = seen.matrix @ model.order
        if boosts:
            liked = [boosts.get(self.targets[t].key, 0.0) for t in seen.chosen]
            scores = scores + np.array(liked, np.float32)
        # However many entries speak of it, a career that is wished for comes before them; a way
        # of asking that was learned since the classifiers were fitted is known at once.
        known = seen.wished if seen.wished is not None else self._said_word_for_word(seen)
        if known is not None:
            scores[known] = scores.max() + _BEFORE_THEM
        return scores, known is not None

    def in_order(self, text: str) -> list[tuple[str, float]]:
        """Return the targets worth a look by their words alone, best first: key and score.

        What comes before what is decided by these scores; they are no probabilities.
        """
        read = self.reader.read(text)
        if read is None:
            return []
        seen = self.reader.seen(read)
        scores, _ = self._scored(seen, self._weights.of(text, meant=False), None)
        order = np.argsort(-scores, kind="stable")
        return [(self.targets[seen.chosen[row]].key, float(scores[row])) for row in order]

    def _said_word_for_word(self, seen: Seen) -> int | None:
        """Return the row of the only target of which a text is a line, word for word, and no name.

        The classifiers make the certainty small of a line that came after they were fitted.
        """
        if len(seen.text) < _MORE_THAN_A_WORD:
            return None
        rows = np.flatnonzero(seen.matrix[:, AT["grams line"]] >= _WORD_FOR_WORD)
        said = [int(r) for r in rows if self.targets[seen.chosen[r]].kind not in NAMED]
        return said[0] if len(said) == 1 else None

    def _candidate(self, seen: Seen, row: int, score: float) -> Candidate:
        target = self.targets[seen.chosen[row]]
        aspect = seen.aspects.get(int(seen.chosen[row]))
        return Candidate(target.id, target.kind, score, aspect.id if aspect else None)
