"""Reads YAML as an editor means it: what the format lets pass in silence is a slip, with its line.

Of a name that stands twice YAML keeps the second, a day that there is not ends the program, and a
list may hold itself. None of that is ever meant.
"""

from collections.abc import Iterator
from typing import Any

import yaml

_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LONGEST_SHOWN = 40
_MERGE = "tag:yaml.org,2002:merge"
_KINDS = {
    "timestamp": "is no day that there is: write one as 2026-11-30, or put quotes around it",
    "int": "is no number: mend it, or put quotes around it",
    "float": "is no number: mend it, or put quotes around it",
    "bool": "is neither true nor false: mend it, or put quotes around it",
}


class SlipError(yaml.MarkedYAMLError):
    """What is well-formed and cannot be meant; `problem` says it with the mend."""

    def __init__(self, problem: str, node: yaml.Node | None = None) -> None:
        super().__init__(problem=problem, problem_mark=node.start_mark if node else None)


def read(text: str) -> Any:
    """Return what a text says. Raises yaml.YAMLError, with the line where it is known."""
    try:
        return yaml.load(text, Loader=_Strict)  # noqa: S506 - a safe loader
    except RecursionError:
        raise SlipError("one thing lies in another too many times") from None


class _Strict(_SAFE):  # type: ignore[misc]
    """The safe loader, which looks at all that is written before it makes anything of it."""

    def get_single_node(self) -> Any:
        node = super().get_single_node()
        if node is not None:
            _look(node, set(), set())
        return node

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, LookupError, AttributeError, TypeError, OverflowError):
            said = str(node.value)
            shown = said if len(said) <= _LONGEST_SHOWN else f"{said:.{_LONGEST_SHOWN}}…"
            kind = node.tag.rpartition(":")[2]
            words = _KINDS.get(kind, "cannot be read: put quotes around it")
            raise SlipError(f"“{shown}” {words}", node) from None


def _look(node: yaml.Node, within: set[int], done: set[int]) -> None:
    """See that nothing holds itself, and that no name stands twice."""
    if id(node) in within:
        raise SlipError("this holds itself: write out what is meant in place of the *name", node)
    if id(node) in done:
        return
    if isinstance(node, yaml.MappingNode):
        _see_names(node)
    within.add(id(node))
    for one in _parts(node):
        _look(one, within, done)
    within.remove(id(node))
    done.add(id(node))


def _parts(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value
    elif isinstance(node, yaml.MappingNode):
        for pair in node.value:
            yield from pair


def _see_names(node: yaml.MappingNode) -> None:
    first: dict[tuple[str, str], yaml.Node] = {}
    for name, _ in node.value:
        if not isinstance(name, yaml.ScalarNode) or name.tag == _MERGE:
            continue
        before = first.setdefault((name.tag, name.value), name)
        if before is not name:
            line = before.start_mark.line + 1
            raise SlipError(f"“{name.value}” is there twice, on line {line} too: only the second "
                            "would be read. Take one away, or mend its name", name)  # fmt: skip
