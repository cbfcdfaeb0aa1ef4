"""Draws the card for the family: a portrait picture in warm colours, small for slow lines."""

from dataclasses import dataclass
from math import cos, pi, radians, sin
from typing import Any

from bot.careers.family_card import FamilyCard, Section, family_card
from bot.content import Content
from bot.language.khmer import khmer_share
from bot.screens.canvas import HEIGHT, WIDTH, Colour, Picture, Style, png, width_of, wrap

LARGEST_BYTES = 150_000
_MARGIN, _PADDING, _FOOTER = 56, 44, 150
_SIZES = range(40, 23, -1)
_SOFT, _RED, _AMBER, _PEACH = "#7a5c50", "#b23a48", "#e8973a", "#ffe3d3"
_CREAM, _LEAF, _SKY = "#fffaf3", "#4f7d5a", "#3f7c9b"
_ACCENT = {"way": _RED, "place": _SKY, "cost": _LEAF}
# Khmer stacks marks above and below the letters, so its lines stand further apart.
_KHMER_LEADING, _LATIN_LEADING = 1.56, 1.36


class Artist:
    """Draws what a recipe names; `draw` is what the courier calls in a thread."""

    def __init__(self, content: Content, username: str) -> None:
        self._content = content
        self._username = username

    def draw(self, recipe: dict[str, Any]) -> bytes:
        """Return a PNG; raises KeyError for a recipe or a career that there is not."""
        if recipe["draw"] != "career_card":
            raise KeyError(recipe["draw"])
        career = self._content.careers[recipe["career"]]
        return draw_card(family_card(self._content, career, recipe["tongue"], self._username))


def draw_card(card: FamilyCard) -> bytes:
    """Return the card as a PNG, in the largest letters that fit; raises ValueError if none do."""
    picture = Picture()
    top = _header(picture, card)
    room = HEIGHT - _FOOTER - top
    blocks = _fitting(card, room)
    # What is left over becomes air between the blocks.
    air = min(28, (room - sum(block.height for block in blocks)) // (len(blocks) + 1))
    y = top + air
    for block in blocks:
        block.draw(picture, y)
        y += block.height + air
    _footer(picture, card)
    return png(picture.finished())


def _leading(card: FamilyCard) -> float:
    words = "".join((card.what, card.promise, *(w for s in card.sections for w in s.lines)))
    return _KHMER_LEADING if khmer_share(words) else _LATIN_LEADING


def _fitting(card: FamilyCard, room: int) -> list["_Block"]:
    leading = _leading(card)
    for size in _SIZES:
        blocks = [
            *_promise(card, size),
            *(b for s in card.sections for b in _section(s, size, leading)),
        ]
        if sum(block.height for block in blocks) <= room:
            return blocks
    raise ValueError(f"the card of “{card.name}” has too many words for one picture")


# Blocks


@dataclass(frozen=True)
class _Block:
    """Lines of text on the card, with what decorates them."""

    lines: tuple[str, ...]
    style: Style
    x: int = _MARGIN + _PADDING
    above: int = 0
    below: int = 0
    kind: str = ""

    @property
    def height(self) -> int:
        return self.above + len(self.lines) * self.style.line_height + self.below

    def draw(self, picture: Picture, y: float) -> None:
        inner = y + self.above
        if self.kind == "promise":
            picture.rectangle(_MARGIN, y, WIDTH - _MARGIN, y + self.height, _PEACH, 32)
            _heart(picture, _MARGIN + 52, inner + self.style.line_height * 0.52, 20)
        elif self.kind in _ACCENT:
            middle = inner + self.style.line_height * 0.55
            _sign(picture, self.kind, _MARGIN + 30, middle)
        elif self.kind == "bullet":
            middle = inner + self.style.line_height * 0.55
            picture.ellipse(self.x - 24, middle - 5, self.x - 14, middle + 5, _AMBER)
        for number, line in enumerate(self.lines):
            baseline = inner + (number + 0.74) * self.style.line_height
            picture.write(self.x, baseline, line, self.style)


def _promise(card: FamilyCard, size: int) -> list[_Block]:
    style = Style(size + 1, leading=_leading(card))
    x = _MARGIN + 96
    lines = wrap(card.promise, style, WIDTH - _MARGIN - 40 - x)
    return [_Block(tuple(lines), style, x, above=18, below=20, kind="promise")]


def _section(section: Section, size: int, leading: float) -> list[_Block]:
    heading = Style(size + 3, bold=True, colour=_ACCENT[section.kind])
    body = Style(size, leading=leading)
    x = _MARGIN + 72
    blocks = [_Block((section.heading,), heading, x, above=8, kind=section.kind)]
    bullets = len(section.lines) > 1
    for line in section.lines:
        indent = x + (26 if bullets else 0)
        lines = wrap(line, body, WIDTH - _MARGIN - 8 - indent)
        blocks.append(_Block(tuple(lines), body, indent, kind="bullet" if bullets else ""))
    return blocks


# Decoration


def _header(picture: Picture, card: FamilyCard) -> int:
    """Draw the warm band with the name of the work; return where the rest begins."""
    whom = Style(34, colour=_PEACH)
    sizes = [Style(size, bold=True, colour="#ffffff") for size in range(76, 43, -4)]
    room = WIDTH - 2 * _MARGIN
    name = next((style for style in sizes if width_of(card.name, style) <= room), sizes[-1])
    what = Style(33, colour="#fff7ef", leading=_leading(card))
    lines = wrap(card.what, what, room)
    height = 56 + whom.line_height + name.line_height + len(lines) * what.line_height + 26
    steps = 24
    for step in range(steps):
        share = step / (steps - 1)
        top, bottom = height * step / steps, height * (step + 1) / steps
        picture.rectangle(0, top, WIDTH, bottom, _mix("#96293f", "#d9663c", share))
    _lotus(picture, WIDTH - 122, 98, 1.0)
    baseline = 56 + whom.line_height * 0.74
    picture.write(_MARGIN, baseline, card.for_whom, whom)
    y = 56 + whom.line_height
    picture.write(_MARGIN, y + name.line_height * 0.72, card.name, name)
    y += name.line_height
    for number, line in enumerate(lines):
        picture.write(_MARGIN, y + (number + 0.74) * what.line_height, line, what)
    return _krama(picture, height) + 18


def _krama(picture: Picture, top: int) -> int:
    """Draw a strip of krama, the checked scarf; return its lower edge."""
    square = 18
    for row in range(2):
        for column in range(WIDTH // square):
            colour = (_CREAM, _AMBER, _AMBER, _RED)[(column % 2) * 2 + row % 2]
            left, upper = column * square, top + row * square
            picture.rectangle(left, upper, left + square - 0.5, upper + square - 0.5, colour)
    return top + 2 * square


def _footer(picture: Picture, card: FamilyCard) -> None:
    picture.rectangle(_MARGIN, HEIGHT - 134, WIDTH - _MARGIN, HEIGHT - 132, "#efcdb2")
    closing, signature = Style(30, colour=_SOFT), Style(30, bold=True, colour=_RED)
    left = (WIDTH - width_of(card.closing, closing)) / 2
    picture.write(left, HEIGHT - 84, card.closing, closing)
    left = (WIDTH - width_of(card.signature, signature) - 62) / 2
    _lotus(picture, left + 18, HEIGHT - 48, 0.36, on_paper=True)
    picture.write(left + 62, HEIGHT - 32, card.signature, signature)


def _lotus(picture: Picture, x: float, y: float, scale: float, *, on_paper: bool = False) -> None:
    """Draw a lotus of five petals."""
    outer, inner = ("#e8a0a0", "#d4626c") if on_paper else ("#f3b08a", "#ffd9c4")
    for angle, colour in ((-58, outer), (58, outer), (-30, inner), (30, inner), (0, "#fff1e8")):
        if on_paper and angle == 0:
            colour = "#f7c6c0"
        _petal(picture, x, y + 40 * scale, 84 * scale, 22 * scale, angle, colour)


def _petal(
    picture: Picture,
    x: float,
    y: float,
    length: float,
    half: float,
    degrees: float,
    colour: str,
) -> None:
    turn = radians(degrees)
    outline = []
    for step in range(33):
        along = step / 32 if step <= 16 else (32 - step) / 32
        along *= 2
        side = half * sin(pi * along) * (1 if step <= 16 else -1)
        up = length * along
        outline.append(
            (x + up * sin(turn) + side * cos(turn), y - up * cos(turn) + side * sin(turn))
        )
    picture.polygon(outline, colour)


def _heart(picture: Picture, x: float, y: float, size: float) -> None:
    picture.ellipse(x - size, y - size * 0.8, x, y + size * 0.2, _RED)
    picture.ellipse(x, y - size * 0.8, x + size, y + size * 0.2, _RED)
    sides = [(x - size * 0.94, y), (x, y - size * 0.4), (x + size * 0.94, y), (x, y + size * 1.05)]
    picture.polygon(sides, _RED)


def _sign(picture: Picture, kind: str, x: float, y: float) -> None:
    """Draw the small round sign of a section: a way, a house, a coin."""
    picture.ellipse(x - 25, y - 25, x + 25, y + 25, _ACCENT[kind])
    if kind == "way":
        picture.line(
            [(x - 11, y + 11), (x - 2, y - 1), (x + 2, y + 3), (x + 11, y - 10)], "#ffffff", 5
        )
        picture.polygon([(x + 14, y - 14), (x + 3, y - 11), (x + 12, y - 2)], "#ffffff")
    elif kind == "place":
        picture.polygon([(x - 14, y - 1), (x, y - 14), (x + 14, y - 1)], "#ffffff")
        picture.rectangle(x - 9, y, x + 9, y + 12, "#ffffff")
        picture.rectangle(x - 3, y + 4, x + 3, y + 12, _ACCENT[kind])
    else:
        picture.ellipse(x - 13, y - 13, x + 13, y + 13, "#ffffff")
        picture.ellipse(x - 9, y - 9, x + 9, y + 9, _ACCENT[kind])
        picture.rectangle(x - 2, y - 6, x + 2, y + 6, "#ffffff")


def _mix(one: str, other: str, share: float) -> Colour:
    """Return a colour between two."""
    pairs = zip(*(bytes.fromhex(colour[1:]) for colour in (one, other)), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)
