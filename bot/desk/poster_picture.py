"""Draws the poster of a week: portrait, four numbers, what waits, what is not covered."""

from bot.desk.page import MARGIN, ROOM, Page
from bot.screens.canvas import HEIGHT, WIDTH, Style, width_of, wrap
from bot.screens.drawing import Recipe

_BAND, _CARD, _SOFT = "#96293f", "#fffaf3", "#6d564b"
_TITLE, _DATES = Style(64, bold=True, colour="#ffffff", leading=1.45), Style(40, colour="#ffe3d3")
_NUMBER, _WORDS = Style(104, bold=True, leading=1.25), Style(52, bold=True, leading=2.5)
_LABEL, _CHANGE = Style(38, leading=1.4), Style(35, colour=_SOFT, leading=1.5)
_HEADING, _LINE = Style(44, bold=True, leading=1.5), Style(40, leading=1.5)
_FOOT = Style(32, colour=_SOFT, leading=1.45)
_BELOW_NUMBER = (("label", _LABEL), ("change", _CHANGE))
_GAP, _INSET, _ABOVE = 24, 32, 16
_WIDE = (ROOM - _GAP) / 2
_INNER = _WIDE - 2 * _INSET
# One colour for up and down: more is good of some things and bad of others.
_ARROW = "#e08e1b"


def draw(recipe: Recipe) -> bytes:
    """Return a poster as PNG.

    A recipe has `title`, `dates`, `tiles` (`number` or `words`, `label`, `change`, and the `way`
    it went: up, down or empty), `parts` (`heading` and `lines`) and the `foot`: words, all of it.
    """
    page = Page()
    title = wrap(recipe["title"], _TITLE, ROOM)
    band = 48 + len(title) * _TITLE.line_height + _DATES.line_height + 24
    page.rectangle((0, 0, WIDTH, band), _BAND)
    page.write(recipe["title"], _TITLE)
    page.write(recipe["dates"], _DATES)
    page.y = band + _GAP
    high = max(_height(tile) for tile in recipe["tiles"])
    for at, tile in enumerate(recipe["tiles"]):
        row, column = divmod(at, 2)
        left, top = MARGIN + column * (_WIDE + _GAP), band + _GAP + row * (high + _GAP)
        page.rectangle((left, top, left + _WIDE, top + high), _CARD, 28)
        page.y = top + _ABOVE
        _tile(page, tile, left + _INSET)
        page.y = top + high
    for part in recipe["parts"]:
        page.space(_GAP)
        page.write(part["heading"], _HEADING)
        for line in part["lines"]:
            page.write(line, _LINE)
    page.y = max(page.y + _GAP, HEIGHT - 48 - 2 * _FOOT.line_height)
    page.write(recipe["foot"], _FOOT)
    return page.png(HEIGHT)


def _height(tile: Recipe) -> int:
    lines = [(style, wrap(tile[name], style, _INNER)) for name, style in _BELOW_NUMBER]
    below = sum(len(of) * style.line_height for style, of in lines)
    return _ABOVE + _NUMBER.line_height + below + _ABOVE


def _tile(page: Page, tile: Recipe, x: float) -> None:
    top = page.y
    if "number" in tile:
        page.put(x, tile["number"], _NUMBER)
        _arrow(page, tile["way"], x + width_of(tile["number"], _NUMBER) + 28)
    else:
        page.put(x, tile["words"], _WORDS)
    page.y = top + _NUMBER.line_height
    for name, style in _BELOW_NUMBER:
        page.write(tile[name], style, _INNER, x)


def _arrow(page: Page, way: str, x: float) -> None:
    middle = page.y + _NUMBER.line_height * 0.46
    if way == "up":
        page.polygon(((x, middle + 18), (x + 42, middle + 18), (x + 21, middle - 18)), _ARROW)
    elif way == "down":
        page.polygon(((x, middle - 18), (x + 42, middle - 18), (x + 21, middle + 18)), _ARROW)
