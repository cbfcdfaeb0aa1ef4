"""Everything that may answer a question, as targets of one ranking.

A target is an FAQ entry; a career, a place to study or an opportunity, each found by its name; a
list or another page of the bot; a piece of small talk; or something outside, which teaches the
ranking what to leave alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from bot.content import Content

Kind = Literal[
    "faq", "career", "institution", "opportunity", "list", "feature", "smalltalk", "outside"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
# Found by their names; what is asked about them is one of their aspects.
NAMED: tuple[Kind, ...] = ("career", "institution", "opportunity")
# What is said beside a question, and what is none for this bot.
NO_QUESTION: tuple[Kind, ...] = ("smalltalk", "outside")


@dataclass(frozen=True)
class Target:
    """Something that a question may be meant for."""

    kind: Kind
    id: str
    # ways of asking for it, or its names
    lines: tuple[str, ...]
    # what is said about it
    text: str = ""

    @property
    def key(self) -> str:
        """Return what tells it from all others, of whatever kind."""
        return f"{self.kind}:{self.id}"


def remembered(key: str, aspect: str | None) -> str:
    """Return how a target that was shown, and the aspect of it, are kept for what follows."""
    return f"{key}/{aspect}" if aspect else key


def recalled(kept: str) -> tuple[Kind | None, str, str | None]:
    """Return the kind, if there still is one, the id and the aspect of what was `remembered`."""
    key, _, aspect = kept.partition("/")
    kind, _, name = key.partition(":")
    return next((known for known in KINDS if known == kind), None), name, aspect or None


def targets_of(content: Content) -> list[Target]:
    """Return everything a question may be meant for."""
    return [*_asked_for(content), *_named(content)]


def _asked_for(content: Content) -> Iterator[Target]:
    for e in content.entries.values():
        lines = (*e.question.all(), *e.asks.all())
        yield Target("faq", e.id, lines, " ".join(e.answer.all()))
    for page in content.pages:
        more = content.more_asks_for(page.kind, page.id)
        yield Target(page.kind, page.id, page.asks.and_(more).all())
    for talk in content.smalltalk:
        more = content.more_asks_for("smalltalk", talk.id)
        yield Target("smalltalk", talk.id, talk.asks.and_(more).all())
    for decoy in content.decoys:
        more = content.more_asks_for("outside", decoy.id)
        yield Target("outside", decoy.id, decoy.asks.and_(more).all())


def _named(content: Content) -> Iterator[Target]:
    for career in content.careers.values():
        names = (*career.name.all(), *career.also_called.all())
        yield Target("career", career.id, names, " ".join(career.what.all()))
    for place in content.institutions:
        names = (place.short, *place.name.all(), *place.also_called.all())
        yield Target("institution", place.id, names, " ".join(place.about.all()))
    for chance in content.opportunities:
        names = (*chance.name.all(), *chance.also_called.all())
        yield Target("opportunity", chance.id, names, " ".join(chance.about.all()))
