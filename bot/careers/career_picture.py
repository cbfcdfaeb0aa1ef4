"""Draws the picture of a career that a girl asks for: its name, three facts, of which year."""

from dataclasses import dataclass
from typing import Any

from bot.careers.card_shapes import ACCENT, FOOTER, MARGIN, footer, header, leading_of, sign
from bot.careers.family_card import signature
from bot.careers.plan import one_of_each_kind, places_for, subjects_for
from bot.content import Content
from bot.content.base import Tongue, newest_year
from bot.content.careers import Career
from bot.screens.canvas import HEIGHT, WIDTH, Picture, Style, png, wrap
from bot.screens.drawing import Recipe
from bot.screens.voice import Voice

# No picture is larger, so that she can be told beforehand what it costs her to load.
LARGEST_KILOBYTES = 40
_INDENT, _AIR = 72, 24
_MOST_PLACES = 5


@dataclass(frozen=True)
class Facts:
    """The words of the picture, plain text in one language."""

    field: str
    name: str
    what: str
    # the kind of each, its heading and itself
    facts: tuple[tuple[str, str, str], ...]
    year: str
    signature: str


def recipe_for(career: Career, tongue: Tongue) -> Recipe:
    """Return what the courier has drawn."""
    return {"draw": "career_picture", "career": career.id, "tongue": tongue}


def facts_of(content: Content, career: Career, tongue: Tongue, username: str) -> Facts:
    """Return what the picture of a career says: the subjects, the ways in, where it is learned."""
    voice = Voice(content, tongue)
    subjects = [label.get(tongue) for label in subjects_for(content, career)]
    ways = [voice.label(f"way.{way.kind}") for way in one_of_each_kind(career.ways)]
    places = [place.short for place in places_for(content, career, None)]
    told = {
        "book": ("subjects", subjects),
        "way": ("ways", ways),
        "place": ("places", places[:_MOST_PLACES] or [voice.label("compare.none")]),
    }
    year = newest_year(career.sources)
    return Facts(
        content.field[content.field_of[career.id]].label.get(tongue),
        career.name.get(tongue),
        career.what.get(tongue),
        tuple(
            (kind, voice.label(f"picture.{key}"), ", ".join(values))
            for kind, (key, values) in told.items()
        ),
        voice.label("answer.as_of", year=voice.number(year))
        if year
        else voice.label("answer.reviewed", day=voice.day(career.reviewed)),
        signature(voice, username),
    )


def draw_facts(facts: Facts) -> bytes:
    """Return the picture as a PNG, no higher than its words."""
    body = Style(36, leading=leading_of(facts.what))
    room = WIDTH - 2 * MARGIN - _INDENT
    picture, x = Picture(), MARGIN + _INDENT
    y: float = header(picture, facts.field, facts.name, facts.what) + _AIR
    for kind, title, words in facts.facts:
        heading = Style(38, bold=True, colour=ACCENT[kind])
        sign(picture, kind, MARGIN + 30, y + heading.line_height * 0.55)
        y = picture.write_lines(x, y, (title,), heading)
        y = picture.write_lines(x, y, wrap(words, body, room), body) + _AIR
    height = min(round(y) + FOOTER, HEIGHT)
    footer(picture, height, facts.year, facts.signature)
    return png(picture.finished().crop((0, 0, WIDTH, height)))


class Portraits:
    """Draws what a recipe names; `draw` is what the courier calls in a thread."""

    def __init__(self, content: Content, username: str) -> None:
        self._content = content
        self._username = username

    def draw(self, recipe: dict[str, Any]) -> bytes:
        """Return a PNG; raises KeyError for a career that there is not."""
        career = self._content.careers[recipe["career"]]
        return draw_facts(facts_of(self._content, career, recipe["tongue"], self._username))
