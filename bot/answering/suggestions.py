"""What else may be meant: what is offered beside an answer, and what is found while she types."""

from collections.abc import Sequence

from bot.answering.concepts import ConceptFinder
from bot.answering.ranking import Candidate, Ranking
from bot.answering.targets import NAMED, NO_QUESTION, Target
from bot.careers.directory import kind_of, search, wish_in
from bot.content import Content
from bot.language.khmer import fold

OFFERED = 3
# What is less likely is not offered beside the likeliest.
_PLAUSIBLE = 0.03
# What a search from another chat may find; a name is looked for from so many letters on, and so
# much of a list of the directory is named.
_THINGS = ("faq", *NAMED)
_FEWEST_TYPED = 3
_MOST_LOOKED_FOR = 4


def offered(ranking: Ranking) -> tuple[Candidate, ...]:
    """Return what may be offered as “did you mean”."""
    asked = [c for c in ranking.candidates if c.kind not in NO_QUESTION]
    return tuple(c for c in asked[:OFFERED] if c is asked[0] or c.score >= _PLAUSIBLE)


class Suggestions:
    """The things that a text may be about, though it may be half typed."""

    def __init__(self, content: Content, finder: ConceptFinder, targets: Sequence[Target]) -> None:
        self._content = content
        self._finder = finder
        # The names by which things are searched for while they are typed.
        self._names = [
            (target, [f" {fold(name)}" for name in target.lines])
            for target in targets
            if target.kind in NAMED
        ]

    def of(self, text: str, ranking: Ranking, answer: Candidate | None) -> tuple[Candidate, ...]:
        """Return what a text with this ranking may be about, best first.

        The sure `answer` comes first, if there is one, then what the directory holds of what is
        looked for, what is named so far, and the rest that is likely.
        """
        if answer is not None and answer.kind == "outside":
            return ()
        ranked = [c for c in ranking.candidates if c.kind in _THINGS and c.score >= _PLAUSIBLE]
        first = [c for c in ranked if c is answer]
        found: dict[str, Candidate] = {}
        for candidate in (*first, *self._looked_for(text), *self._begun(text), *ranked):
            found.setdefault(candidate.key, candidate)
        return tuple(found.values())

    def _looked_for(self, text: str) -> list[Candidate]:
        """Return what the directory holds of what is looked for."""
        wish = wish_in(text, self._finder.find(text), self._content)
        items = search(self._content, wish)[:_MOST_LOOKED_FOR] if wish else []
        return [Candidate(item.id, kind_of(item), _PLAUSIBLE) for item in items]

    def _begun(self, text: str) -> list[Candidate]:
        """Return the things of which a word of a name begins with what was typed so far."""
        begins = fold(text)
        if len(begins) < _FEWEST_TYPED:
            return []
        return [
            Candidate(target.id, target.kind, _PLAUSIBLE)
            for target, names in self._names
            if any(f" {begins}" in name for name in names)
        ]
