"""Draws the card for the family: a portrait picture in warm colours, small for slow lines."""

from dataclasses import dataclass
from typing import Any

from bot.careers.card_shapes import (
    ACCENT,
    AMBER,
    FOOTER,
    MARGIN,
    PEACH,
    footer,
    header,
    heart,
    leading_of,
    sign,
)
from bot.careers.family_card import FamilyCard, Section, family_card
from bot.content import Content
from bot.screens.canvas import HEIGHT, WIDTH, Picture, Style, png, wrap

LARGEST_BYTES = 150_000
_PADDING = 44
_SIZES = range(40, 23, -1)


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
    top = header(picture, card.for_whom, card.name, card.what)
    room = HEIGHT - FOOTER - top
    blocks = _fitting(card, room)
    # What is left over becomes air between the blocks.
    air = min(28, (room - sum(block.height for block in blocks)) // (len(blocks) + 1))
    y = top + air
    for block in blocks:
        block.draw(picture, y)
        y += block.height + air
    footer(picture, HEIGHT, card.closing, card.signature)
    return png(picture.finished())


def _leading(card: FamilyCard) -> float:
    return leading_of("".join((card.promise, *(w for s in card.sections for w in s.lines))))


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
    x: int = MARGIN + _PADDING
    above: int = 0
    below: int = 0
    kind: str = ""

    @property
    def height(self) -> int:
        return self.above + len(self.lines) * self.style.line_height + self.below

    def draw(self, picture: Picture, y: float) -> None:
        inner = y + self.above
        if self.kind == "promise":
            picture.rectangle(MARGIN, y, WIDTH - MARGIN, y + self.height, PEACH, 32)
            heart(picture, MARGIN + 52, inner + self.style.line_height * 0.52, 20)
        elif self.kind in ACCENT:
            middle = inner + self.style.line_height * 0.55
            sign(picture, self.kind, MARGIN + 30, middle)
        elif self.kind == "bullet":
            middle = inner + self.style.line_height * 0.55
            picture.ellipse(self.x - 24, middle - 5, self.x - 14, middle + 5, AMBER)
        picture.write_lines(self.x, inner, self.lines, self.style)


def _promise(card: FamilyCard, size: int) -> list[_Block]:
    style = Style(size + 1, leading=_leading(card))
    x = MARGIN + 96
    lines = wrap(card.promise, style, WIDTH - MARGIN - 40 - x)
    return [_Block(tuple(lines), style, x, above=18, below=20, kind="promise")]


def _section(section: Section, size: int, leading: float) -> list[_Block]:
    heading = Style(size + 3, bold=True, colour=ACCENT[section.kind])
    body = Style(size, leading=leading)
    x = MARGIN + 72
    blocks = [_Block((section.heading,), heading, x, above=8, kind=section.kind)]
    bullets = len(section.lines) > 1
    for line in section.lines:
        indent = x + (26 if bullets else 0)
        lines = wrap(line, body, WIDTH - MARGIN - 8 - indent)
        blocks.append(_Block(tuple(lines), body, indent, kind="bullet" if bullets else ""))
    return blocks
