"""The decision tree: where am I, what next, what came out. Pure: no state, no words of its own.

A walk is the list of steps taken, each a node and the answer chosen. Everything else follows
from the steps and the tree, so a walk survives a restart, another phone and edited content.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations

from bot.content.careers import Career
from bot.content.pathway import UNSURE, Branch, Node, Option

FIRST = "start"
MOST_STEPS = 8


@dataclass(frozen=True)
class Step:
    """An answer given at a node."""

    node: str
    option: str


@dataclass(frozen=True)
class Place:
    """Where a walk stands: at a question, or at its outcome."""

    steps: tuple[Step, ...]
    node: Node | None
    outcome: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name under which the place is counted: a node, or the answer that ended it."""
        if self.node is not None:
            return self.node.id
        last = self.steps[-1]
        return f"{last.node}.{last.option}"


class Tree:
    """The nodes by their ids; expects a tree that the checks have found sound."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self.nodes = {node.id: node for node in nodes}

    def ways(self, node: Node) -> list[tuple[str, Branch]]:
        """Return every answer of a node with where it leads, "I'm not sure" last."""
        return [*((option.id, option) for option in node.options), (UNSURE, node.unsure)]

    @cached_property
    def steps_left(self) -> dict[str, int]:
        """The longest way from each node to an outcome, in answers; loops are not followed."""
        found: dict[str, int] = {}

        def longest(node_id: str, seen: frozenset[str]) -> int:
            if node_id in found:
                return found[node_id]
            if node_id in seen or node_id not in self.nodes:
                return 0
            node = self.nodes[node_id]
            # Who is not sure walks one question more; progress counts the plain way.
            rest = [longest(way.next, seen | {node_id}) for way in node.options if way.next]
            found[node_id] = 1 + max(rest, default=0)
            return found[node_id]

        for node_id in self.nodes:
            longest(node_id, frozenset())
        return found

    def replay(self, steps: tuple[Step, ...]) -> Place:
        """Return where `steps` lead as far as they still exist.

        What the content no longer knows is left out: the walk stands at the last question that
        is still on the way.
        """
        node = self.nodes[FIRST]
        for number, step in enumerate(steps):
            way = node.way(step.option) if step.node == node.id else None
            if way is None:
                return Place(steps[:number], node)
            if way.outcome:
                return Place(steps[: number + 1], None, way.outcome)
            if way.next not in self.nodes:
                return Place(steps[:number], node)
            node = self.nodes[way.next]
        return Place(steps, node)

    def progress(self, place: Place) -> tuple[int, int]:
        """Return the number of the question and about how many there will be.

        What was promised is not taken back: the end comes sooner rather than the count wanders.
        """
        here = len(place.steps) + 1
        asked = [step.node for step in place.steps] + ([place.node.id] if place.node else [])
        promised = (at + self.steps_left.get(node, 0) for at, node in enumerate(asked))
        return here, max(here, *promised)

    def chosen(self, steps: tuple[Step, ...]) -> list[Option]:
        """Return the answers chosen, those of "I'm not sure" left out."""
        found = [node.option(step.option) for step in steps if (node := self.nodes.get(step.node))]
        return [option for option in found if option is not None]

    def needs(self, steps: tuple[Step, ...]) -> tuple[str, ...]:
        """Return what her situation asks of a plan, in the order in which she said it."""
        return tuple(dict.fromkeys(n for option in self.chosen(steps) for n in option.needs))

    def told_by(self, grade: str | None) -> Place:
        """Return where the answer leads that her grade gives to the first question, if any."""
        known = (option for option in self.nodes[FIRST].options if grade in option.grades)
        return self.replay(tuple(Step(FIRST, option.id) for option in known))

    def is_unsure(self, steps: tuple[Step, ...]) -> bool:
        """Return whether she was not sure more often than she told what she likes."""
        told = [option for option in self.chosen(steps) if option.reason]
        return sum(step.option == UNSURE for step in steps) > max(1, len(told))

    def reasons(self, steps: tuple[Step, ...], careers: Sequence[Career]) -> list[list[Option]]:
        """Return for each career the answers that speak for it, in the order she gave them.

        Each is led by an answer of its own, as far as there are enough: what speaks for one of
        them only tells more than what speaks for all. None is named for what does not fit it.
        """
        told = [option for option in self.chosen(steps) if option.reason]
        rare = Counter(tag for career in careers for tag in set(career.tags))
        fits = [[_fit(option, career, rare) for option in told] for career in careers]
        named: list[list[int]] = []
        for fit, lead in zip(fits, _leads(fits, len(told)), strict=True):
            named.append(_named(fit, lead, named))
        return [[told[place] for place in places] for places in named]


def _fit(option: Option, career: Career, rare: Counter[str]) -> float:
    """Return how much an answer speaks for this career rather than for the others."""
    return sum((1 / rare[tag] ** 2 for tag in set(option.tags) & set(career.tags)), 0.0)


def _leads(fits: list[list[float]], answers: int) -> list[int | None]:
    """Return the answer that leads for each career, no two the same; None where none is left."""
    places: list[int | None] = [*range(answers), *[None] * len(fits)]

    def worth(chosen: tuple[int | None, ...]) -> tuple[int, float]:
        led = [fit[at] for fit, at in zip(fits, chosen, strict=True) if at is not None]
        return sum(one > 0 for one in led), sum(led)

    best = max(permutations(places, len(fits)), key=worth)
    return [at if at is not None and fit[at] > 0 else None
            for fit, at in zip(fits, best, strict=True)]  # fmt: skip


def _named(fit: list[float], lead: int | None, taken: list[list[int]]) -> list[int]:
    """Return the answers that are named for a career, if it can be not those of another."""
    fitting = sorted((at for at, one in enumerate(fit) if one), key=lambda at: (-fit[at], -at))
    first = lead if lead is not None else next(iter(fitting), None)
    if first is None:
        return []
    pairs = [sorted((first, at)) for at in fitting if at != first]
    return next((named for named in (*pairs, [first]) if named not in taken), [first])
