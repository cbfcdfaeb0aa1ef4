"""What is seen of a text: the targets worth a look, and how each of them meets it.

The signals are those of every view (`features.py`), of names (`names.py`) and of the classifiers
(`learned.py`); others tell how sure an order by them may be.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering import concepts, kept
from bot.answering.aspects import Aspect, AspectFinder
from bot.answering.learned import FURTHEST, Classifiers, Grams, behind
from bot.answering.names import Named, NameFinder, without
from bot.answering.similarity import Views
from bot.answering.targets import KINDS, NAMED, Kind, Target
from bot.answering.tfidf import Arrays, Floats, Index, Ints, Query, built
from bot.answering.weights import SIGNALS
from bot.content.aspects import Aspects
from bot.language import features
from bot.language.encoder import Encoder
from bot.language.hashing import BONES, CLUSTERS, GRAMS, RESPELLED, by_name
from bot.language.khmer import fold, khmer_share

CANDIDATES = 24
# So many more by each classifier.
_FEW = 8
# What has fewer letters is no word: a number, a mark, a slip of the finger.
_FEWEST_LETTERS = 2
# The aspects by which a thing is wished for or asked about as a whole.
_WISHES = ("wish", "about", "what")
# A career is all that she speaks of where its name and a wish for it make up so much of the text.
_ALL_SHE_SAYS = 0.6
# The place of each signal among the columns.
AT = {name: place for place, name in enumerate(SIGNALS)}
_LEADERS = ("grams line", "clusters line", "concepts line", "grams whole", "concepts whole")


@dataclass(frozen=True)
class Seen:
    """What was seen of one text: the targets worth a look (rows), and their signals (columns)."""

    text: str
    chosen: Ints
    matrix: Floats
    grams: Query
    concepts: Query
    aspects: dict[int, Aspect]
    # whether the encoder was asked
    meant: bool
    # the row of a career that she wishes for and says nothing else
    wished: int | None = None


# Of a thing that is named: the likeness of its name, the share of the text that the name is, how
# far the rest of the text wishes for the thing, and how far it asks for one aspect of it.
_Met = tuple[float, float, float, float]
_NOT_NAMED: _Met = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Read:
    """What the words of a text are; read once, and looked at with the encoder and without."""

    text: str
    grams: Query
    clusters: Query
    concepts: Query
    respelled: Query
    bones: Query
    text_grams: Floats
    text_concepts: Floats
    # how alike each target is, for a first choice
    rough: Floats
    # how far each target is behind the best by its letters alone
    letters: Floats
    # what the classifiers read
    written: Grams
    # what is named, by target, and what is asked of it
    named: dict[int, _Met]
    aspects: dict[int, Aspect]


class Reader:
    """Sees a text as the ranking needs it; built once, then only read."""

    def __init__(
        self,
        targets: Sequence[Target],
        finder: concepts.ConceptFinder,
        classifiers: Classifiers,
        aspects: Sequence[Aspects] = (),
    ) -> None:
        self.targets = tuple(targets)
        self._classifiers = classifiers
        self._columns = classifiers.column(self.targets)
        self._place = {target.key: place for place, target in enumerate(self.targets)}
        self._names = NameFinder({t.key: t.lines for t in targets if t.kind in NAMED})
        self._aspects: dict[str, AspectFinder] = {
            of.kind: AspectFinder(of, finder) for of in aspects
        }
        views = {
            "grams": GRAMS,
            "clusters": CLUSTERS,
            "concepts": by_name(finder.features),
            "respelled": RESPELLED,
            "bones": BONES,
        }
        of_texts = {f"text {name}": views[name] for name in ("grams", "concepts")}

        def build(before: Mapping[str, Arrays] | None) -> dict[str, Arrays]:
            made = built(views, [target.lines for target in targets], before)
            made |= built(of_texts, [(target.text,) for target in targets], before)
            # Lines of the index are not asked again: what was kept for them may go.
            features.forget()
            finder.find.cache_clear()
            return made

        made = kept.grown(self.targets, finder.forms, build)
        index = {name: Index(see, made[name]) for name, see in (views | of_texts).items()}
        self._grams, self._clusters = index["grams"], index["clusters"]
        self._concepts, self._respelled = index["concepts"], index["respelled"]
        self._bones = index["bones"]
        self._text_grams, self._text_concepts = index["text grams"], index["text concepts"]
        kinds = np.array([KINDS.index(target.kind) for target in targets])
        self._is_kind = np.eye(len(KINDS), dtype=np.float32)[kinds]

    def names(self, text: str) -> tuple[Named, ...]:
        """Return the things that `text` names."""
        return self._names.find(text)

    def aspect(self, kind: str, text: str) -> Aspect | None:
        """Return what `text`, which names nothing, would ask about a thing of some kind."""
        finder = self._aspects.get(kind)
        return finder.find(text) if finder is not None else None

    def look(self, text: str) -> Views:
        """Return `text` in the views by which two questions are compared."""
        return Views(
            self._grams.vector(text), self._concepts.vector(text), self._bones.vector(text)
        )

    def likeness(self, text: str) -> Floats:
        """Return how like `text` each line of the targets is, by its likest view, 0 to 1.

        The same concepts alone say half.
        """
        views = (self._grams, self._clusters, self._respelled, self._bones)
        likest = self._concepts.query(text).every_line[0] * np.float32(0.5)
        for view in views:
            likest = np.maximum(likest, view.query(text).every_line[0])
        return likest

    def holding(self, text: str) -> Floats:
        """Return how much of `text`, 0 to 1, stands in each line of the targets."""
        return self._grams.query(text).every_line[1]

    def signals(self, text: str, encoder: Encoder | None = None) -> Seen | None:
        """Return the targets worth a look, and their signals; None when nothing is known."""
        read = self.read(text)
        return None if read is None else self.seen(read, encoder)

    def read(self, text: str) -> Read | None:
        """Return what the words of a text are; None when nothing is known, or there are none."""
        if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
            return None
        grams, concepts = self._grams.query(text), self._concepts.query(text)
        latin = khmer_share(text) == 0
        bones = self._bones.query(text if latin else "")
        rough = grams.documents + concepts.documents + 0.7 * bones.documents
        if not rough.any():
            return None
        written = self._classifiers.grams(text)
        return Read(
            text,
            grams,
            self._clusters.query(text),
            concepts,
            self._respelled.query(text),
            bones,
            self._text_grams.query(text).documents,
            self._text_concepts.query(text).documents,
            rough,
            behind(self._classifiers.network(written), self._columns),
            written,
            *self._named(text),
        )

    def seen(self, read: Read, encoder: Encoder | None = None) -> Seen:
        """Return the targets worth a look, and their signals, with those of meaning or without."""
        letters, meant = read.letters, np.float32(encoder is not None)
        both = meaning = np.zeros_like(letters)
        if encoder is not None:
            vector = encoder.encode(read.text)
            both = behind(self._classifiers.network(read.written, vector), self._columns)
            meaning = behind(self._classifiers.meaning(vector), self._columns)
        chosen = _chosen(read.rough, (letters, meaning, both), read.named)
        grams, concepts, clusters = read.grams, read.concepts, read.clusters
        respelled, bones = read.respelled, read.bones
        grams_best, grams_second = grams.best_lines(chosen)
        concepts_best, concepts_second = concepts.best_lines(chosen)
        is_kind = self._is_kind[chosen]
        found = np.array([read.named.get(int(t), _NOT_NAMED) for t in chosen], np.float32)
        # A thing that is named answers for its name and for what is asked of things of its kind.
        met = found[:, 1] + (1 - found[:, 1]) * (found[:, 2] + found[:, 3])
        grams_best = np.maximum(grams_best, met)
        covered = np.maximum(grams.covered[chosen], met)
        columns: list[Floats] = [
            grams.documents[chosen], grams_best, grams_second, covered,
            clusters.documents[chosen], clusters.best_lines(chosen)[0],
            concepts.documents[chosen], concepts_best, concepts_second, concepts.covered[chosen],
            respelled.documents[chosen], respelled.best_lines(chosen)[0],
            bones.documents[chosen], bones.best_lines(chosen)[0],
            read.text_grams[chosen], read.text_concepts[chosen],
            is_kind[:, KINDS.index("smalltalk")] * np.float32(math.log1p(len(read.text)) / 4),
            *found.T,
            self._or_words(letters, chosen, grams_best), _shares(letters)[chosen],
            *is_kind[:, 1:].T,
            self._or_words(both, chosen, grams_best) * meant, _shares(both)[chosen] * meant,
            self._or_words(meaning, chosen, grams_best) * meant, _shares(meaning)[chosen] * meant,
        ]  # fmt: skip
        matrix = np.stack(columns, axis=1).astype(np.float32)
        wished = self._wished(chosen, met, read.aspects)
        return Seen(
            read.text, chosen, matrix, grams, concepts, read.aspects, encoder is not None, wished
        )

    def _wished(self, chosen: Ints, met: Floats, aspects: dict[int, Aspect]) -> int | None:
        """Return the row of a career that the text wishes for, and says nothing else."""
        for row in np.argsort(-met):
            if met[row] < _ALL_SHE_SAYS:
                break
            aspect = aspects.get(int(chosen[row]))
            of_career = self.targets[chosen[row]].kind == "career"
            if of_career and (aspect is None or aspect.id == "wish"):
                return int(row)
        return None

    def _or_words(self, behind: Floats, chosen: Ints, best_line: Floats) -> Floats:
        """Return what a classifier says of each target; of one that came later what words say."""
        by_words = (best_line - 1) * np.float32(FURTHEST)
        said: Floats = np.where(self._columns[chosen] < 0, by_words, behind[chosen])
        return said

    def _named(self, text: str) -> tuple[dict[int, _Met], dict[int, Aspect]]:
        """Return what `text` names, by target, and the aspects that it asks for."""
        found = self._names.find(text)
        rest = without(text, found)
        size = len(features.spaced(text).strip()) or 1
        of_kind = {kind: self.aspect(kind, rest) for kind in {self._kind(one) for one in found}}
        named: dict[int, _Met] = {}
        aspects: dict[int, Aspect] = {}
        for one in found:
            place = self._place[one.key]
            aspect = of_kind[self._kind(one)]
            if aspect is not None:
                aspects[place] = aspect
            share = (one.end - one.start) / size
            named[place] = (one.likeness, share, *_asked(rest, aspect))
        return named, aspects

    def _kind(self, named: Named) -> Kind:
        return self.targets[self._place[named.key]].kind


def _chosen(rough: Floats, said: Iterable[Floats], named: Iterable[int]) -> Ints:
    """Return the targets worth a look: the likest in words, by a classifier, and the named."""
    count = min(CANDIDATES, len(rough))
    likest = np.argpartition(-rough, count - 1)[:count]
    few = min(_FEW, len(rough))
    by_classifiers = [np.argpartition(-one, few - 1)[:few] for one in said if one.any()]
    every = np.concatenate([likest, *by_classifiers, np.array([*named], np.int64)])
    chosen = np.unique(every).astype(np.int64)
    return chosen[np.argsort(-rough[chosen], kind="stable")]


def _asked(rest: str, aspect: Aspect | None) -> tuple[float, float]:
    """Return how far a text without a name wishes for what it named, and asks one thing of it."""
    if not rest:
        return 1.0, 0.0
    if aspect is None:
        return 0.0, 0.0
    return (aspect.likeness, 0.0) if aspect.id in _WISHES else (0.0, aspect.likeness)


def _shares(behind: Floats) -> Floats:
    weights: Floats = np.exp(2 * behind)
    shares: Floats = weights / weights.sum()
    return shares


def certainty_signals(seen: Seen, scores: Floats, order: Ints) -> Floats:
    """Return what the certainty of the winner is judged by, in the order of CERTAINTY."""
    matrix, top = seen.matrix, order[0]
    odds = np.exp(scores - scores[top])
    share = 1 / float(odds.sum())
    lead = float(scores[top] - scores[order[1]]) if len(order) > 1 else 5.0
    agreement = sum(int(np.argmax(matrix[:, AT[name]])) == top for name in _LEADERS)
    letters, meaning = matrix[:, AT["letters"]], matrix[:, AT["meaning"]]
    both = matrix[:, AT["both"]]
    by_letters, by_meaning = letters[top] >= letters.max(), meaning[top] >= meaning.max()
    return np.array(
        [
            float(scores[top]), min(lead, 5.0), share,
            matrix[top, AT["grams line"]], matrix[top, AT["concepts line"]],
            seen.grams.known, seen.concepts.known, math.log1p(len(fold(seen.text))) / 4,
            matrix[top, AT["is outside"]], matrix[top, AT["named"]],
            agreement / len(_LEADERS),
            _lead(letters, top), float(by_letters),
            _lead(both, top) * seen.meant, float(both[top] >= both.max()) * seen.meant,
            matrix[top, AT["letters share"]], matrix[top, AT["both share"]],
            _lead(meaning, top) * seen.meant, float(by_meaning) * seen.meant,
            float(by_letters and by_meaning) * seen.meant,
            share * float(odds @ matrix[:, AT["is outside"]]),
        ],
        np.float32,
    )  # fmt: skip


def _lead(scores: Floats, top: int) -> float:
    """Return how far the winner is before the best of the others, or behind it."""
    others = np.delete(scores, top)
    return float(scores[top] - others.max()) if len(others) else 0.0
