"""The tree as it ships: every path, walked; and a walk whose content changes under it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.careers.pathway import FIRST, MOST_STEPS, Place, Step, Tree
from bot.content import Content, load_content
from bot.content.pathway import UNSURE, Node
from bot.settings import CONTENT


@pytest.fixture(scope="module")
def tree(content: Content) -> Tree:
    return Tree(content.nodes)


def every_path(tree: Tree) -> Iterator[tuple[Step, ...]]:
    """Yield the steps of every walk from the first question to an outcome."""

    def down(node: Node, steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        for option_id, way in tree.ways(node):
            taken = (*steps, Step(node.id, option_id))
            if way.next is None:
                yield taken
            else:
                yield from down(tree.nodes[way.next], taken)

    yield from down(tree.nodes[FIRST], ())


def test_every_path_ends_in_careers_that_fit_a_phone_and_a_purse(
    tree: Tree, content: Content
) -> None:
    reached: set[str] = set()
    shown: set[str] = set()
    for steps in every_path(tree):
        place = tree.replay(steps)
        assert place.node is None
        assert len(steps) <= MOST_STEPS
        assert 2 <= len(set(place.outcome)) <= 3
        assert any(not content.careers[c].needs_university for c in place.outcome), steps
        reached.update(place.outcome)
        shown.update(step.node for step in steps)
    assert reached == set(content.careers)
    assert shown == set(tree.nodes)
    assert len(shown) >= 60


def test_why_is_told_from_her_own_answers(tree: Tree, content: Content) -> None:
    for number, steps in enumerate(every_path(tree)):
        if number % 50:
            continue
        chosen = tree.chosen(steps)
        spoke = [option for option in chosen if option.reason]
        careers = [content.careers[career] for career in tree.replay(steps).outcome]
        for reasons in tree.reasons(steps, careers):
            assert all(option in spoke for option in reasons)


def test_no_reason_is_made_up(tree: Tree, content: Content) -> None:
    """What she said of herself is named only for a career that it speaks for."""
    for number, steps in enumerate(every_path(tree)):
        if number % 50:
            continue
        careers = [content.careers[career] for career in tree.replay(steps).outcome]
        for career, reasons in zip(careers, tree.reasons(steps, careers), strict=True):
            assert all(set(option.tags) & set(career.tags) for option in reasons), (steps, career)


def test_who_was_mostly_unsure_is_told_so(tree: Tree) -> None:
    steps = [Step("start", "lower"), Step("lower", "words")]
    assert not tree.is_unsure(tuple(steps))
    while (place := tree.replay(tuple(steps))).node is not None:
        steps.append(Step(place.node.id, UNSURE))
    assert tree.is_unsure(tuple(steps))


def test_each_career_of_an_outcome_has_a_reason_of_its_own(tree: Tree, content: Content) -> None:
    """Where she gave answers enough that speak for them, no two are named for the same ones."""
    for number, steps in enumerate(every_path(tree)):
        if number % 50:
            continue
        careers = [content.careers[career] for career in tree.replay(steps).outcome]
        spoke = [option for option in tree.chosen(steps) if option.reason]
        for_all = [o for o in spoke if all(set(o.tags) & set(c.tags) for c in careers)]
        if len(for_all) >= len(careers):
            reasons = tree.reasons(steps, careers)
            assert all(reasons.count(named) == 1 for named in reasons), (steps, reasons)


def test_who_has_told_her_grade_is_not_asked_it_again(tree: Tree) -> None:
    first = {grade: tree.told_by(grade) for grade in (None, "9", "10", "11", "12", "after")}
    ends = {grade: place.node.id for grade, place in first.items() if place.node}
    assert ends == {
        None: FIRST, "9": "lower", "10": "lower", "11": "upper", "12": "upper", "after": FIRST,
    }  # fmt: skip


def test_who_is_never_sure_still_arrives(tree: Tree) -> None:
    place = Place((), tree.nodes[FIRST])
    while place.node is not None:
        place = tree.replay((*place.steps, Step(place.node.id, UNSURE)))
    assert len(place.outcome) >= 2
    assert tree.chosen(place.steps) == []


# What weighs on her, and the answers by which she says so.
HARDSHIPS = {
    "money": (("start", "lower"), ("lower", "numbers"), ("worry", "money"), ("money", "fees")),
    "near home": (
        ("start", "lower"), ("lower", "numbers"), ("worry", "near"), ("near-home", "family"),
    ),
    "no university now": (
        ("start", "upper"), ("upper", "science"), ("worry", "not-now"), ("not-now", "marks"),
    ),
    "failed the Bac II": (("start", "finished"), ("finished", "failed"), ("retake", "skill")),
    "left after Grade 9": (("start", "left"), ("left", "by-nine"), ("left-nine", "course")),
}  # fmt: skip


@pytest.mark.parametrize("hardship", HARDSHIPS)
def test_no_hardship_closes_the_way(tree: Tree, hardship: str) -> None:
    steps = tuple(Step(*answer) for answer in HARDSHIPS[hardship])
    assert tree.replay(steps).node is not None
    rest = [walk for walk in every_path(tree) if walk[: len(steps)] == steps]
    careers = {c for walk in rest for c in tree.replay(walk).outcome}
    assert tree.needs(steps)
    # All four families of work stay open, with most of the careers in them.
    assert len(careers) >= 40
    assert max(len(walk) for walk in rest) >= 6


@given(st.data())
def test_progress_counts_up_and_never_promises_too_little(data: st.DataObject) -> None:
    tree = Tree(load_content_once().nodes)
    place, promised = Place((), tree.nodes[FIRST]), 0
    while place.node is not None:
        here, about = tree.progress(place)
        assert here == len(place.steps) + 1
        assert here <= about <= MOST_STEPS
        assert about >= promised, "the count does not wander"
        promised = about
        option = data.draw(st.sampled_from([o for o, _ in tree.ways(place.node)]))
        place = tree.replay((*place.steps, Step(place.node.id, option)))


@given(st.data())
def test_a_walk_resumes_at_its_nearest_question_after_any_edit(data: st.DataObject) -> None:
    content = load_content_once()
    tree = Tree(content.nodes)
    place = Place((), tree.nodes[FIRST])
    for _ in range(data.draw(st.integers(1, 6))):
        if place.node is None:
            break
        option = data.draw(st.sampled_from([o for o, _ in tree.ways(place.node)]))
        place = tree.replay((*place.steps, Step(place.node.id, option)))
    gone = data.draw(st.sampled_from([n for n in tree.nodes if n != FIRST]))
    edited = Tree(tuple(node for node in content.nodes if node.id != gone))
    after = edited.replay(place.steps)
    assert after.steps == place.steps[: len(after.steps)]
    assert after.node is None or after.node.id in edited.nodes
    lost = [*(step.node for step in place.steps), place.node.id if place.node else ""]
    if gone in lost:
        # She stands at the question before the one that is gone, and every answer until then holds.
        assert len(after.steps) == lost.index(gone) - 1
        assert after.node is not None
        assert after.node.id == lost[lost.index(gone) - 1]
    else:
        assert after == place


def test_an_answer_that_is_gone_is_asked_again(tree: Tree, content: Content) -> None:
    node = tree.nodes["lower"]
    fewer = node.model_copy(update={"options": node.options[1:]})
    edited = Tree(tuple(fewer if n.id == "lower" else n for n in content.nodes))
    steps = (Step("start", "lower"), Step("lower", node.options[0].id), Step("worry", "none"))
    after = edited.replay(steps)
    assert after.node == fewer
    assert after.steps == steps[:1]


_loaded: list[Content] = []


def load_content_once() -> Content:
    """The content for property tests, which cannot take a fixture of a narrower scope."""
    if not _loaded:
        _loaded.append(load_content(CONTENT))
    return _loaded[0]
