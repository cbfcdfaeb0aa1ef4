"""Order the documents for a question, and say how sure the order is.

A document is an FAQ entry, a piece of small talk or a decoy. The signals of every view
(`features.py`) are weighed by two small linear models fitted on labelled questions
(`benchmarks/fit/ranking.py` writes `ranking.json`): one orders, the other turns the winner's
lead into a probability. Two sets of weights, for text in Khmer script and in Latin letters.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from bot.answering import concepts, prepared
from bot.answering.similarity import Views
from bot.answering.tfidf import Arrays, Floats, Index, Ints, Query, built
from bot.content import Content
from bot.language import features
from bot.language.khmer import fold, khmer_share

Kind = Literal["faq", "smalltalk", "decoy"]
CANDIDATES = 24
WEIGHTS = Path(__file__).with_name("ranking.json")

SIGNALS = (
    "grams whole", "grams line", "grams second", "grams covered",
    "clusters whole", "clusters line",
    "concepts whole", "concepts line", "concepts second", "concepts covered",
    "respelled whole", "respelled line",
    "bones whole", "bones line",
    "answer grams", "answer concepts",
    "is smalltalk", "is decoy", "smalltalk by length",
)  # fmt: skip
CERTAINTY = (
    "score", "lead", "share", "best grams", "best concepts", "known grams", "known concepts",
    "length", "is decoy", "agreement",
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """Something a question may be matched to."""

    id: str
    kind: Kind
    lines: tuple[str, ...]
    answer: str


@dataclass(frozen=True)
class Candidate:
    """A document with the probability that it is what was asked."""

    id: str
    kind: Kind
    score: float


@dataclass(frozen=True)
class Ranking:
    """Candidates, best first, and the probability that the first is right."""

    candidates: tuple[Candidate, ...]
    sure: float


def documents_of(content: Content) -> list[Document]:
    """Return everything a question may be matched to."""
    return [
        *(
            Document(
                e.id,
                "faq",
                (*e.question.all(), *e.asks.all()),
                " ".join(e.answer.all()),
            )
            for e in content.entries.values()
        ),
        *(Document(s.id, "smalltalk", s.asks.all(), "") for s in content.smalltalk),
        *(Document(d.id, "decoy", d.asks.all(), "") for d in content.decoys),
    ]


class Ranker:
    """Ranks documents for a text; built once, then only read."""

    def __init__(
        self, documents: Sequence[Document], finder: concepts.ConceptFinder, weights: "Weights"
    ) -> None:
        self.documents = tuple(documents)
        self._weights = weights
        lines = [document.lines for document in documents]
        answers = [(document.answer,) for document in documents]
        spaces: dict[str, tuple[features.Featuriser, Sequence[Sequence[str]]]] = {
            "grams": (features.grams, lines),
            "clusters": (features.cluster_pairs, lines),
            "concepts": (finder.features, lines),
            "respelled": (features.respelled, lines),
            "bones": (features.bones, lines),
            "answer grams": (features.grams, answers),
            "answer concepts": (finder.features, answers),
        }

        def build() -> dict[str, Arrays]:
            made = {name: built(*space) for name, space in spaces.items()}
            # Lines of the index are not asked again: what was kept for them may go.
            features.forget()
            finder.find.cache_clear()
            return made

        made = prepared.arrays((self.documents, finder.forms), build)
        index = {name: Index(space[0], made[name]) for name, space in spaces.items()}
        self._grams, self._clusters = index["grams"], index["clusters"]
        self._concepts, self._respelled = index["concepts"], index["respelled"]
        self._bones = index["bones"]
        self._answer_grams, self._answer_concepts = index["answer grams"], index["answer concepts"]
        self._smalltalk = np.array([d.kind == "smalltalk" for d in documents], np.float32)
        self._decoy = np.array([d.kind == "decoy" for d in documents], np.float32)

    def rank(self, text: str, boosts: dict[str, float] | None = None) -> Ranking:
        """Rank for `text`; `boosts` adds to the score of documents, by id, for context."""
        seen = self.signals(text)
        if seen is None:
            return Ranking((), 0.0)
        chosen, matrix, queries = seen
        model = self._weights.of(text)
        scores = matrix @ model.order
        if boosts:
            scores = scores + [boosts.get(self.documents[d].id, 0.0) for d in chosen]
        order = np.argsort(-scores, kind="stable")
        sure = model.certainty(certainty_signals(text, chosen, matrix, scores, order, queries))
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        candidates = tuple(
            Candidate(
                self.documents[chosen[i]].id,
                self.documents[chosen[i]].kind,
                sure if place == 0 else min(sure, float(shares[i])),
            )
            for place, i in enumerate(order[:10])
        )
        return Ranking(candidates, sure)

    def look(self, text: str) -> Views:
        """Return `text` in the views by which two questions are compared."""
        return Views(
            self._grams.vector(text), self._concepts.vector(text), self._bones.vector(text)
        )

    def signals(self, text: str) -> tuple[Ints, Floats, "tuple[Query, Query]"] | None:
        """Return the documents worth a look, their signals, and two of the queries.

        None when nothing in `text` is known.
        """
        grams, concepts = self._grams.query(text), self._concepts.query(text)
        latin = khmer_share(text) == 0
        bones = self._bones.query(text if latin else "")
        rough = grams.documents + concepts.documents + 0.7 * bones.documents
        if not rough.any():
            return None
        count = min(CANDIDATES, len(rough))
        chosen = np.argpartition(-rough, count - 1)[:count].astype(np.int64)
        chosen = chosen[np.argsort(-rough[chosen], kind="stable")]
        clusters = self._clusters.query(text)
        respelled = self._respelled.query(text)
        grams_best, grams_second = grams.best_lines(chosen)
        concepts_best, concepts_second = concepts.best_lines(chosen)
        smalltalk = self._smalltalk[chosen]
        columns: list[Floats] = [
            grams.documents[chosen], grams_best, grams_second, grams.covered[chosen],
            clusters.documents[chosen], clusters.best_lines(chosen)[0],
            concepts.documents[chosen], concepts_best, concepts_second, concepts.covered[chosen],
            respelled.documents[chosen], respelled.best_lines(chosen)[0],
            bones.documents[chosen], bones.best_lines(chosen)[0],
            self._answer_grams.query(text).documents[chosen],
            self._answer_concepts.query(text).documents[chosen],
            smalltalk, self._decoy[chosen], smalltalk * np.float32(math.log1p(len(text)) / 4),
        ]  # fmt: skip
        return chosen, np.stack(columns, axis=1), (grams, concepts)


def certainty_signals(
    text: str,
    chosen: Ints,
    matrix: Floats,
    scores: Floats,
    order: Ints,
    queries: tuple[Query, Query],
) -> Floats:
    """Return what the certainty of the winner is judged by, in the order of CERTAINTY."""
    top = order[0]
    share = 1 / float(np.exp(scores - scores[top]).sum())
    lead = float(scores[top] - scores[order[1]]) if len(order) > 1 else 5.0
    at = {name: place for place, name in enumerate(SIGNALS)}
    leaders = [int(np.argmax(matrix[:, at[n]])) for n in ("grams line", "clusters line",
               "concepts line", "grams whole", "concepts whole")]  # fmt: skip
    agreement = sum(leader == top for leader in leaders) / len(leaders)
    grams, concepts = queries
    return np.array(
        [
            float(scores[top]), min(lead, 5.0), share,
            matrix[top, at["grams line"]], matrix[top, at["concepts line"]],
            grams.known, concepts.known, math.log1p(len(fold(text))) / 4,
            matrix[top, at["is decoy"]], agreement,
        ],
        np.float32,
    )  # fmt: skip


@dataclass(frozen=True)
class Model:
    """The fitted weights for one script."""

    order: Floats
    sure: Floats
    bias: float

    def certainty(self, signals: Floats) -> float:
        """Return the probability that the winner is right."""
        return 1 / (1 + math.exp(-float(signals @ self.sure) - self.bias))


@dataclass(frozen=True)
class Weights:
    """The fitted models, and the bands in which the bot answers or asks back."""

    khmer: Model
    latin: Model
    answer_from: float
    clarify_from: float

    def of(self, text: str) -> Model:
        """Return the model for the script of `text`."""
        return self.khmer if khmer_share(text) > 0 else self.latin


def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights that `benchmarks/fit/ranking.py` wrote."""
    raw = json.loads(path.read_text(encoding="utf-8"))

    def model(name: str) -> Model:
        part = raw[name]
        return Model(
            np.array([part["order"][signal] for signal in SIGNALS], np.float32),
            np.array([part["sure"][signal] for signal in CERTAINTY], np.float32),
            part["bias"],
        )

    return Weights(model("khmer"), model("latin"), raw["answer_from"], raw["clarify_from"])
