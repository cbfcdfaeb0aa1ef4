"""Which open questions are alike, across Khmer, English and romanised Khmer.

Two questions are compared in the views of the ranking: character n-grams, concepts, and the
skeleton that Khmer shares with Khmer in Latin letters. Questions that no entry answers are rare
in the library's words, so features that no document has count, and count most.

The weights and the bound were set on 350 labelled questions of 70 subjects (both files, so this
is no held-out figure): 93 to 97 of 100 questions lie in a group of their own subject. A question
in a wrong group costs a coordinator a tap, a question left alone costs her an answer more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALIKE_FROM = 0.17
_GRAMS, _CONCEPTS, _BONES = 0.22, 0.36, 0.42
# One common notion alone ("scholarship") says little.
_ONE_CONCEPT = 0.5
# A group is known by its latest questions.
_MOST_COMPARED = 8

Vector = Mapping[int, float]


@dataclass(frozen=True)
class Views:
    """A question in the views by which it is compared, each a unit vector."""

    grams: Vector
    concepts: Vector
    bones: Vector


def likeness(one: Views, other: Views) -> float:
    """Return how alike two questions are, from 0 to 1."""
    shared = len(one.concepts.keys() & other.concepts.keys())
    concepts = _cosine(one.concepts, other.concepts) * (1 if shared > 1 else _ONE_CONCEPT)
    return (
        _GRAMS * _cosine(one.grams, other.grams)
        + _CONCEPTS * concepts
        + _BONES * _cosine(one.bones, other.bones)
    )


def _cosine(one: Vector, other: Vector) -> float:
    few, many = (one, other) if len(one) < len(other) else (other, one)
    return sum(weight * many.get(feature, 0.0) for feature, weight in few.items())


def group(groups: Mapping[int, Sequence[Views]], fresh: Sequence[int]) -> dict[int, int]:
    """Return into which group each fresh one goes; one that is like no other is left out.

    `groups` holds all groups by id, `fresh` names those not compared yet. What is not fresh
    stays where it is.
    """
    settled = {number: list(looks) for number, looks in groups.items() if number not in set(fresh)}
    into: dict[int, int] = {}
    for number in fresh:
        looks = list(groups[number])
        near = {home: _mean(looks, others) for home, others in settled.items()}
        best = max(near, key=lambda home: (near[home], -home), default=None)
        if best is not None and near[best] >= ALIKE_FROM:
            into[number] = best
            settled[best] += looks
        else:
            settled[number] = looks
    return into


def _mean(looks: Sequence[Views], others: Sequence[Views]) -> float:
    pairs = [likeness(a, b) for a in looks for b in others[-_MOST_COMPARED:]]
    return sum(pairs) / len(pairs) if pairs else 0.0
