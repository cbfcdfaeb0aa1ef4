"""The checks prove the tree: each way of breaking it is named with its mend."""

from collections.abc import Callable

import pytest

from bot.careers.pathway import Tree
from bot.content import Content
from bot.content.base import Text
from bot.content.pathway import Branch, Node, NodeFile, Option
from bot.editing.check_pathways import find_loop, problems
from bot.editing.tree_drawing import mermaid, svg
from bot.settings import ROOT


def _edited(content: Content, node_id: str, **changes: object) -> Content:
    nodes = tuple(
        node.model_copy(update=changes) if node.id == node_id else node for node in content.nodes
    )
    return _with_nodes(content, nodes)


def _with_nodes(content: Content, nodes: tuple[Node, ...]) -> Content:
    # A fresh copy, for what a Content has worked out once it keeps.
    parts = {name: getattr(content, name) for name in type(content).model_fields}
    return Content.model_construct(**parts | {"pathway_files": (NodeFile(nodes=nodes),)})


def _option(
    content: Content, node_id: str, option_id: str, **changes: object
) -> dict[str, object]:
    node = next(node for node in content.nodes if node.id == node_id)
    return {
        "options": tuple(
            option.model_copy(update=changes) if option.id == option_id else option
            for option in node.options
        )
    }


def test_the_tree_that_ships_is_sound(content: Content) -> None:
    assert list(problems(content)) == []


CAREERS = ("lawyer", "nurse")
BROKEN = [
    ("tech-make", "site", {"next": "nowhere", "outcome": ()}, "dead end"),
    ("tech-make", "site", {"outcome": ("astronaut", "web-developer")}, "does not exist"),
    ("tech-make", "site", {"outcome": ("web-developer",)}, "two or three"),
    ("tech-make", "site", {"outcome": ("web-developer", "web-developer")}, "two or three"),
    ("tech-make", "site", {"outcome": CAREERS}, "every career needs a degree"),
    ("tech-make", "site", {"next": "love", "outcome": ()}, "circle"),
    ("tech-make", "site", {"reason": None}, "give `reason` and `tags` together"),
    ("worry", "near", {"needs": ("a-car",)}, "needs.yaml"),
    ("love", "tech", {"next": "tech-make"}, "offers far fewer careers"),
    ("worry", "money", {"next": None, "outcome": ("nurse", "electrician")}, "never reached"),
]


@pytest.mark.parametrize(("node", "option", "changes", "says"), BROKEN)
def test_what_is_broken_is_said_in_plain_words(
    content: Content, node: str, option: str, changes: dict[str, object], says: str
) -> None:
    edited = _edited(content, node, **_option(content, node, option, **changes))
    assert any(says in problem for problem in problems(edited)), list(problems(edited))


def test_a_label_over_thirty_characters_is_found(content: Content) -> None:
    node = next(node for node in content.nodes if node.id == "love")
    label = Text({**node.options[0].label.root, "km": "ក" * 31})
    edited = _edited(content, "love", **_option(content, "love", "tech", label=label))
    assert any("over 30" in problem for problem in problems(edited))


def test_a_career_that_no_walk_reaches_is_found(content: Content) -> None:
    nodes = tuple(
        node.model_copy(
            update={
                "options": tuple(_without(option, "pharmacist") for option in node.options),
                "unsure": _without(node.unsure, "pharmacist"),
            }
        )
        for node in content.nodes
    )
    assert any("“pharmacist” is in no outcome" in p for p in problems(_with_nodes(content, nodes)))


def _without(way: Branch | Option, career: str) -> Branch | Option:
    return way.model_copy(update={"outcome": tuple(c for c in way.outcome if c != career)})


def test_a_walk_of_nine_taps_is_too_long(content: Content) -> None:
    extra = content.nodes[0].model_copy(update={"id": "before", "unsure": Branch(next="lower")})
    nodes = tuple(
        node.model_copy(update={"unsure": Branch(next="before")}) if node.id == "start" else node
        for node in content.nodes
    )
    longer = _with_nodes(content, (*nodes, extra))
    assert any("takes 9 taps" in problem for problem in problems(longer))


def test_a_loop_is_named_from_node_to_node(content: Content) -> None:
    edited = _edited(content, "tech", unsure=Branch(next="love"))
    assert find_loop(Tree(edited.nodes)) == ["love", "tech", "love"]


@pytest.mark.parametrize(("name", "draw"), [("pathway.mmd", mermaid), ("pathway.svg", svg)])
def test_the_drawing_in_docs_is_of_this_tree(
    content: Content, name: str, draw: Callable[[Content], str]
) -> None:
    drawn = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert drawn == draw(content), "run: bongsrey content tree"


def test_the_drawing_shows_every_question_and_outcome(content: Content) -> None:
    drawn = mermaid(content)
    for node in content.nodes:
        assert node.question.get("km") in drawn
    for career in content.careers.values():
        assert career.name.get("en") in drawn
