"""Checks of the pathway: every way leads to an outcome, in few taps, with no door closed.

A tree that passes has no dead end and no loop, reaches every career, ends every walk with two or
three careers of which one needs no paid degree, and gives each branch about as much as its
neighbours.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from bot.careers.pathway import FIRST, MOST_STEPS, Tree
from bot.content import Content
from bot.content.pathway import Branch, Node
from bot.language.words import utf16_length

LONGEST_LABEL = 30
LONGEST_QUESTION, LONGEST_WHY = 90, 110
FEWEST_NODES = 60
FEWEST_CAREERS, MOST_CAREERS = 2, 3
# Neighbouring branches may differ by so many questions, and one may reach so many times as many
# careers as another, before a branch counts as starved.
MOST_UNEVEN_STEPS, MOST_UNEVEN_CAREERS = 3, 2


def problems(content: Content) -> Iterator[str]:
    """Yield what is wrong with the tree, in plain words with a mend."""
    ids = Counter(node.id for node in content.nodes)
    yield from (f"pathway “{i}” is there {n} times: rename one." for i, n in ids.items() if n > 1)
    tree = Tree(content.nodes)
    if FIRST not in tree.nodes:
        yield f"pathways: there is no node “{FIRST}”: every walk begins there."
        return
    yield from _broken(content, tree)
    for node in content.nodes:
        yield from _words(content, node)
    loop = find_loop(tree)
    if loop:
        yield f"pathways: {' → '.join(loop)} goes in a circle: lead one of them elsewhere."
        return
    yield from _whole(content, tree)


def _broken(content: Content, tree: Tree) -> Iterator[str]:
    """Yield what is wrong with single answers."""
    for node in content.nodes:
        twice = Counter(option.id for option in node.options)
        for option_id, count in twice.items():
            if count > 1:
                yield f"pathway “{node.id}”: “{option_id}” is there {count} times: rename one."
        for option_id, way in tree.ways(node):
            yield from _way(content, tree, f"pathway “{node.id}”, answer “{option_id}”", way)


def _way(content: Content, tree: Tree, place: str, way: Branch) -> Iterator[str]:
    if way.next is not None:
        if way.next not in tree.nodes:
            yield f"{place} is a dead end: there is no node “{way.next}”."
        return
    for career in way.outcome:
        if career not in content.careers:
            yield f"{place}: the career “{career}” does not exist: correct its name."
    if not FEWEST_CAREERS <= len(set(way.outcome)) <= MOST_CAREERS:
        yield f"{place}: name two or three careers, each once."
    known = [content.careers[c] for c in way.outcome if c in content.careers]
    if known and all(career.needs_university for career in known):
        yield f"{place}: every career needs a degree: name one that does not."


def _words(content: Content, node: Node) -> Iterator[str]:
    place = f"pathway “{node.id}”"
    texts = [(node.question, LONGEST_QUESTION, "question"), (node.why, LONGEST_WHY, "why")]
    texts += [(option.label, LONGEST_LABEL, option.id) for option in node.options]
    for text, most, what in texts:
        for tongue, words in text.root.items():
            if utf16_length(words) > most:
                yield f"{place}: the {tongue} words of “{what}” are over {most} characters."
    for option in node.options:
        for need in option.needs:
            if need not in content.need:
                yield f"{place}: the need “{need}” is not in needs.yaml: correct its name."
        if bool(option.reason) != bool(option.tags):
            yield f"{place}, “{option.id}”: give `reason` and `tags` together, or neither."


def find_loop(tree: Tree) -> list[str]:
    """Return the nodes of a circle; empty when there is none."""
    done: set[str] = set()

    def look(node_id: str, above: list[str]) -> list[str]:
        if node_id in above:
            return [*above[above.index(node_id) :], node_id]
        if node_id in done or node_id not in tree.nodes:
            return []
        for _, way in tree.ways(tree.nodes[node_id]):
            if way.next and (found := look(way.next, [*above, node_id])):
                return found
        done.add(node_id)
        return []

    return next((found for node in tree.nodes if (found := look(node, []))), [])


def _whole(content: Content, tree: Tree) -> Iterator[str]:
    """Yield what is wrong with the tree as a whole; it has no loop."""

    @cache
    def reach(node_id: str) -> tuple[int, frozenset[str], frozenset[str]]:
        """Return the longest way down from a node, the nodes and the careers below it."""
        node = tree.nodes.get(node_id)
        if node is None:
            return 0, frozenset(), frozenset()
        ways = [way for _, way in tree.ways(node)]
        below = [reach(way.next) for way in ways if way.next]
        return (
            1 + max((steps for steps, _, _ in below), default=0),
            frozenset({node_id}).union(*(nodes for _, nodes, _ in below)),
            frozenset(c for way in ways for c in way.outcome).union(*(c for _, _, c in below)),
        )

    steps, nodes, careers = reach(FIRST)
    if steps > MOST_STEPS:
        yield f"pathways: the longest walk takes {steps} taps: shorten it to {MOST_STEPS}."
    if len(nodes) < FEWEST_NODES:
        yield f"pathways: only {len(nodes)} questions are reached: write {FEWEST_NODES} or more."
    for lost in sorted(set(tree.nodes) - nodes):
        yield f"pathway “{lost}” is never reached: lead an answer to it, or take it out."
    for career in sorted(set(content.careers) - careers):
        yield f"pathways: the career “{career}” is in no outcome: add it to one that fits."
    for node in content.nodes:
        branches = {o.id: reach(o.next) for o in node.options if o.next}
        if len(branches) < 2:
            continue
        long = {name: branch[0] for name, branch in branches.items()}
        wide = {name: len(branch[2]) for name, branch in branches.items()}
        if max(long.values()) - min(long.values()) > MOST_UNEVEN_STEPS:
            short = min(long, key=lambda name: long[name])
            yield f"pathway “{node.id}”: “{short}” ends much sooner than its neighbours."
        if max(wide.values()) > MOST_UNEVEN_CAREERS * min(wide.values()):
            poor = min(wide, key=lambda name: wide[name])
            yield f"pathway “{node.id}”: “{poor}” offers far fewer careers than its neighbours."
