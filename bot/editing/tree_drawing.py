"""Draws the pathway for people who edit it: Mermaid text for a pull request, and an SVG.

Both are made from the content alone and in its order, so that a change of the tree is a small
change of the drawing.
"""

from html import escape

from bot.careers.pathway import FIRST, Tree
from bot.content import Content
from bot.content.base import Text
from bot.content.pathway import UNSURE, Branch, Node, Option
from bot.language.words import shorten

_BOX_WIDTH, _BOX_HEIGHT, _LINE = 330, 58, 15
_ACROSS, _DOWN = 430, 14
_MARGIN = 30
_LONGEST_WORDS = 60


def mermaid(content: Content) -> str:
    """Return the tree as a Mermaid flowchart."""
    lines = ["%% Made by `bongsrey content tree` from content/pathways/. Do not edit.",
             "flowchart LR"]  # fmt: skip
    tree = Tree(content.nodes)
    for node_id in _reading_order(tree):
        node = tree.nodes[node_id]
        words = "<br/>".join(_quoted(node.question.get(tongue)) for tongue in ("en", "km"))
        lines.append(f'    {_name(node_id)}["{words}"]')
        for option_id, way in tree.ways(node):
            target = _name(way.next) if way.next else _outcome(content, node, option_id, way)
            arrow = "-.->" if option_id == UNSURE else "-->"
            label = _quoted(_label(node, option_id))
            lines.append(f'    {_name(node_id)} {arrow}|"{label}"| {target}')
    return "\n".join(lines) + "\n"


def _name(node_id: str) -> str:
    """Return a name that Mermaid cannot take for an arrow."""
    return node_id.replace("-", "_")


def _outcome(content: Content, node: Node, option_id: str, way: Branch) -> str:
    names = [content.careers[c].name.get("en") for c in way.outcome if c in content.careers]
    return f'{_name(f"{node.id}__{option_id}")}(["{_quoted(", ".join(names))}"])'


def _label(node: Node, option_id: str) -> str:
    option: Option | None = node.option(option_id)
    return option.label.get("en") if option else "not sure"


def _quoted(words: str) -> str:
    return words.replace('"', "#quot;").replace("“", "#quot;").replace("”", "#quot;")


def svg(content: Content) -> str:
    """Return the tree as an SVG: a column for each step, each question beside what it leads to.

    A question that several answers lead to stands once, in the column of its longest way there.
    """
    tree = Tree(content.nodes)
    order = _reading_order(tree)
    places = _places(tree, order)
    edges = [part for i in order for part in _edges(tree, tree.nodes[i], places)]
    boxes = [part for i in order for part in _box(content, tree, tree.nodes[i], places[i])]
    wide = max(x for x, _ in places.values()) + _BOX_WIDTH + _MARGIN
    high = max(y + _height(tree.nodes[i]) for i, (_, y) in places.items()) + _MARGIN
    style = (
        "text{font:12px 'Noto Sans','Noto Sans Khmer',sans-serif;fill:#3d2a24}"
        ".q{font-weight:bold}.o{fill:#7a5c50;font-size:11px}.c{fill:#b23a48;font-size:11px}"
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
            f'viewBox="0 0 {wide} {high}">',
            f"<style>{style}</style>",
            f'<rect width="{wide}" height="{high}" fill="#fffaf3"/>',
            *edges,
            *boxes,
            "</svg>",
            "",
        ]
    )


def _places(tree: Tree, order: list[str]) -> dict[str, tuple[int, int]]:
    """Return where each box stands: in its column, at the middle of what it leads to."""
    column = _columns(tree)
    places: dict[str, tuple[int, int]] = {}
    for x in range(max(column.values()), -1, -1):
        wished = []
        for number, node_id in enumerate(i for i in order if column[i] == x):
            ways = [way.next for _, way in tree.ways(tree.nodes[node_id]) if way.next]
            below = [places[i][1] for i in ways if column[i] == x + 1]
            wished.append((sum(below) // len(below) if below else 0, number, node_id))
        lowest = _MARGIN
        for y, _, node_id in sorted(wished):
            places[node_id] = (_MARGIN + x * _ACROSS, max(y, lowest))
            lowest = max(y, lowest) + _height(tree.nodes[node_id]) + _DOWN
    return places


def _columns(tree: Tree) -> dict[str, int]:
    """Return the longest way from the first question to each."""
    column = {FIRST: 0}
    waiting = [FIRST]
    while waiting:
        node_id = waiting.pop()
        for _, way in tree.ways(tree.nodes[node_id]):
            if way.next and column.get(way.next, -1) <= column[node_id]:
                column[way.next] = column[node_id] + 1
                waiting.append(way.next)
    return column


def _reading_order(tree: Tree) -> list[str]:
    """Return the questions that can be reached, as one would read down the branches."""
    order: list[str] = []

    def visit(node_id: str) -> None:
        if node_id not in order:
            order.append(node_id)
            for _, way in tree.ways(tree.nodes[node_id]):
                if way.next:
                    visit(way.next)

    visit(FIRST)
    return order


def _rows(node: Node) -> dict[str, int]:
    """Return how far down in its box each answer stands; one that ends takes two lines."""
    rows, y = {}, _BOX_HEIGHT
    for option in node.options:
        rows[option.id] = y
        y += _LINE * (2 if option.outcome else 1)
    return rows | {UNSURE: y}


def _height(node: Node) -> int:
    return _rows(node)[UNSURE] + _LINE * (2 if node.unsure.outcome else 1)


def _edges(tree: Tree, node: Node, places: dict[str, tuple[int, int]]) -> list[str]:
    x, y = places[node.id]
    parts = []
    for option_id, way in tree.ways(node):
        if not way.next:
            continue
        from_x, from_y = x + _BOX_WIDTH, y + _rows(node)[option_id] - 4
        to_x, to_y = places[way.next][0], places[way.next][1] + 20
        bend = (to_x - from_x) / 2
        dashes = ' stroke-dasharray="4 4"' if option_id == UNSURE else ""
        parts.append(
            f'<path d="M{from_x},{from_y} C{from_x + bend:.0f},{from_y} {to_x - bend:.0f},{to_y} '
            f'{to_x},{to_y}" fill="none" stroke="#e8973a" opacity="0.7"{dashes}/>'
        )
    return parts


def _box(content: Content, tree: Tree, node: Node, place: tuple[int, int]) -> list[str]:
    x, y = place
    parts = [
        f'<rect x="{x}" y="{y}" width="{_BOX_WIDTH}" height="{_height(node)}" rx="10" '
        'fill="#ffffff" stroke="#efcdb2"/>',
        _text(x + 10, y + 18, "q", node.question.get("en")),
        _text(x + 10, y + 36, "", node.question.get("km")),
    ]
    for option_id, way in tree.ways(node):
        option = node.option(option_id)
        label = option.label if option else Text(km="មិនប្រាកដ", en="not sure")
        row = y + _rows(node)[option_id]
        parts.append(_text(x + 14, row, "o", f"{label.get('en')} · {label.get('km')}"))
        names = [content.careers[c].name.get("en") for c in way.outcome if c in content.careers]
        if names:
            parts.append(_text(x + 26, row + _LINE, "c", "→ " + ", ".join(names)))
    return parts


def _text(x: int, y: int, kind: str, words: str) -> str:
    kind = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{kind}>{escape(shorten(words, _LONGEST_WORDS))}</text>'
