"""Draws the figures of the desk for a telephone: wide, in large letters, in few bars.

Three dots of the picture are one on the glass. A name stands above its bar, so that it may be
long; a bar is never thicker, however few there are. What may not be shown is said in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content import Content
from bot.desk.page import MARGIN, ROOM, Page
from bot.screens.canvas import Style, width_of
from bot.screens.drawing import Recipe
from bot.screens.voice import Voice
from bot.small_counts import FEWEST_SHOWN

COLOURS = ("#2a7f62", "#e08e1b", "#c8553d", "#5b7db1")
# How many rows a picture shows of each part, by how many parts it has.
MOST_ROWS = {1: 8, 2: 5, 3: 4}
MOST_WEEKS, MOST_NAMES = 8, 6
_TRACK, _SOFT = "#f1e2cf", "#6d564b"
_TITLE, _HEADING = Style(62, bold=True, leading=1.4), Style(46, bold=True, leading=1.5)
_DAY, _WORDS = Style(36, colour=_SOFT, leading=1.5), Style(38, colour=_SOFT, leading=1.5)
_LABEL, _NUMBER = Style(42, leading=1.5), Style(46, bold=True)
_TICK = Style(32, colour=_SOFT, leading=1.35)
_BEFORE_BAR, _BAR, _AFTER_BAR, _BEFORE_PART, _COLUMNS = 6, 26, 16, 34, 600
_SHORTEST = 12


def draw(content: Content, recipe: Recipe) -> bytes:
    """Return a figure as PNG."""
    return lay_out(content, recipe).png()


def lay_out(content: Content, recipe: Recipe) -> Page:
    """Return a figure as a page.

    A recipe has `title`, `day`, `tongue` and `parts`. A part has `kind` (weeks or bars), `labels`,
    `series` (words), `rows` (a list of numbers or None for each label), and may have a `heading`,
    what it says of `nothing`, and whether it is `guarded`. A recipe of the release before is its
    own only part.
    """
    voice = Voice(content, recipe["tongue"])
    page = Page()
    page.write(recipe["title"], _TITLE)
    if "day" in recipe:
        page.write(recipe["day"], _DAY)
    parts = recipe.get("parts", [recipe])
    bars = [part for part in parts if part["kind"] == "bars"]
    most = max((n for part in bars for row in part["rows"] for n in row if n), default=0)
    for part in parts:
        page.space(_BEFORE_PART)
        if heading := part.get("heading"):
            page.write(heading, _HEADING)
        if part["kind"] == "bars":
            _bars(page, voice, part, most, MOST_ROWS[len(parts)])
        else:
            _weeks(page, voice, part)
    return page


# Bars


def _bars(page: Page, voice: Voice, part: Recipe, most: int, rows: int) -> None:
    counted = list(zip(part["labels"], (row[0] for row in part["rows"]), strict=True))
    shown = [(label, n) for label, n in counted if n]
    for label, n in shown[:rows]:
        _bar(page, label, voice.number(n), n / most)
    for line in words_of(voice, part, rows):
        page.space(8)
        page.write(line, _WORDS)


def _bar(page: Page, label: str, number: str, share: float) -> None:
    wide = width_of(number, _NUMBER)
    page.put(MARGIN + ROOM - wide, number, _NUMBER)
    page.write(label, _LABEL, ROOM - wide - 32)
    page.space(_BEFORE_BAR)
    for length, colour in ((ROOM, _TRACK), (max(ROOM * share, _BAR), COLOURS[0])):
        page.rectangle((MARGIN, page.y, MARGIN + length, page.y + _BAR), colour, _BAR // 2)
    page.space(_BAR + _AFTER_BAR)


def words_of(voice: Voice, part: Recipe, rows: int = 0) -> list[str]:
    """Return what a part says in words: what has no number, and how many more rows there are."""
    few = voice.number(FEWEST_SHOWN)
    if part["kind"] == "weeks":
        series = zip(part["series"], zip(*part["rows"], strict=True), strict=True)
        hidden = [name for name, values in series if None in values]
        if not hidden:
            return [_nothing(voice, part)]
        return [voice.label("fig.few_a_week", few=few, names=", ".join(hidden))]
    counted = list(zip(part["labels"], (row[0] for row in part["rows"]), strict=True))
    hidden = [label for label, n in counted if n is None]
    shown = sum(bool(n) for _, n in counted)
    if not hidden and not shown:
        return [_nothing(voice, part)]
    lines = []
    if hidden:
        # One that is hidden alone is itself under five.
        key = "fig.hidden" if part.get("guarded", True) and len(hidden) > 1 else "fig.under"
        lines.append(voice.label(key, few=few, names=", ".join(hidden[:MOST_NAMES])))
    if more := max(shown - rows, 0) + max(len(hidden) - MOST_NAMES, 0):
        lines.append(voice.label("fig.more", n=voice.number(more)))
    return lines


def _nothing(voice: Voice, part: Recipe) -> str:
    words: str = part.get("nothing") or voice.label("fig.nothing")
    return words


# Weeks


@dataclass(frozen=True)
class _Columns:
    """The columns of one series, week by week, none where no number may be shown."""

    name: str
    values: Sequence[int | None]
    colour: str

    @property
    def most(self) -> int:
        return max((n for n in self.values if n), default=0)


def _weeks(page: Page, voice: Voice, part: Recipe) -> None:
    rows, labels = part["rows"][-MOST_WEEKS:], part["labels"][-MOST_WEEKS:]
    series = [
        _Columns(name, [row[at] for row in rows], COLOURS[at % len(COLOURS)])
        for at, name in enumerate(part["series"])
    ]
    # One scale for all of them, so that ten is as high everywhere.
    unit = _COLUMNS / max(sum(columns.most for columns in series), 1)
    step = ROOM / len(rows)
    for columns in series:
        page.write(columns.name, _HEADING)
        _panel(page, voice, columns, unit, step)
        page.space(20)
    _days(page, labels, step)
    if any(n is None for row in rows for n in row):
        page.space(8)
        words = voice.label("fig.few", sign=voice.few(), few=voice.number(FEWEST_SHOWN))
        page.write(words, _WORDS)


def _panel(page: Page, voice: Voice, columns: _Columns, unit: float, step: float) -> None:
    number = Style(38, bold=True, leading=1.3)
    top = page.y
    floor = top + number.line_height + max(columns.most * unit, _SHORTEST)
    for at, n in enumerate(columns.values):
        height = max(n * unit, _SHORTEST) if n else 0
        left, right = MARGIN + step * (at + 0.16), MARGIN + step * (at + 0.84)
        if height:
            page.rectangle((left, floor - height, right, floor), columns.colour, 6)
        words = voice.amount(n)
        page.y = floor - height - number.line_height
        page.put((left + right - width_of(words, number)) / 2, words, number)
    page.rectangle((MARGIN, floor, MARGIN + ROOM, floor + 3), _TRACK)
    page.y = floor + 4


def _days(page: Page, labels: Sequence[str], step: float) -> None:
    """Write under each column its day, and under the first of each month the month."""
    month = ""
    for at, label in enumerate(labels):
        day, _, its_month = label.partition(" ")
        middle, top = MARGIN + step * (at + 0.5), page.y
        page.put(middle - width_of(day, _TICK) / 2, day, _TICK)
        if its_month != month:
            month = its_month
            page.y += _TICK.line_height
            left = min(middle - width_of(month, _TICK) / 2, MARGIN + ROOM - width_of(month, _TICK))
            page.put(max(left, MARGIN), month, _TICK)
        page.y = top
    page.space(2 * _TICK.line_height)
