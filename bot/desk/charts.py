"""Draws the figures of the desk with Khmer labels.

matplotlib shapes Khmer through libraqm, so the marks stand where they belong. A number from one
to four is drawn as a hatched stub of one length, whatever it is.
"""

import io
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.content import Content
from bot.screens.canvas import FONTS
from bot.screens.voice import Voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONT = FONTS / "NotoSansKhmer-Regular.ttf"
COLOURS = ("#2a7f62", "#f2a541", "#c8553d", "#5b7db1")
_WIDTH_INCHES, _DPI = 7.2, 120
_STUB = 2.5
# matplotlib keeps its fonts in one place for all threads.
_lock = threading.Lock()


def draw(content: Content, recipe: dict[str, Any]) -> bytes:
    """Return a figure as PNG.

    A recipe has `title`, `kind` (weeks or bars), `labels`, `series` (words), `rows` (a list of
    numbers or None for each label), `few` (the words for one to four) and `tongue`.
    """
    with _lock:
        # Slow to import and only for coordinators, so not at start.
        from matplotlib import rc_context
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.font_manager import fontManager

        fontManager.addfont(str(FONT))
        with rc_context({"font.family": ["Noto Sans Khmer", "DejaVu Sans"], "font.size": 11}):
            bars = recipe["kind"] == "bars"
            height = 1.6 + 0.46 * max(len(recipe["rows"]), 2) if bars else 4.4
            figure = Figure(figsize=(_WIDTH_INCHES, height), dpi=_DPI, layout="constrained")
            FigureCanvasAgg(figure)
            axes = figure.add_subplot()
            digits = Voice(content, recipe["tongue"]).number
            (_bars if bars else _weeks)(axes, recipe, digits)
            axes.set_title(recipe["title"], loc="left", fontsize=14, pad=12)
            for side in ("top", "right"):
                axes.spines[side].set_visible(False)
            picture = io.BytesIO()
            figure.savefig(picture, format="png")
            return picture.getvalue()


def _bars(axes: "Axes", recipe: dict[str, Any], digits: Callable[[int], str]) -> None:
    values = [row[0] for row in recipe["rows"]]
    places = list(range(len(values)))
    lengths = [_STUB if value is None else value for value in values]
    drawn = axes.barh(places, lengths, color=COLOURS[0], height=0.62)
    for bar, value in zip(drawn, values, strict=True):
        if value is None:
            _hide(bar, COLOURS[0])
    words = [recipe["few"] if v is None else digits(v) for v in values]
    axes.bar_label(drawn, labels=words, padding=4)
    axes.set_yticks(places, recipe["labels"])
    axes.invert_yaxis()
    axes.set_xlim(0, max([*lengths, 5]) * 1.14)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)


def _weeks(axes: "Axes", recipe: dict[str, Any], digits: Callable[[int], str]) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    places = list(range(len(recipe["rows"])))
    below = [0.0] * len(places)
    for number, name in enumerate(recipe["series"]):
        values = [row[number] for row in recipe["rows"]]
        lengths = [_STUB if value is None else value for value in values]
        colour = COLOURS[number % len(COLOURS)]
        drawn = axes.bar(places, lengths, bottom=below, color=colour, label=name, width=0.7)
        for bar, value in zip(drawn, values, strict=True):
            if value is None:
                _hide(bar, colour)
        below = [a + b for a, b in zip(below, lengths, strict=True)]
    axes.set_ylim(0, max([*below, 5]) * 1.1)
    axes.set_xticks(places, recipe["labels"], rotation=40, ha="right", fontsize=9)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda n, _: digits(int(n))))
    hidden = any(value is None for row in recipe["rows"] for value in row)
    if hidden:
        axes.bar([0], [0], color="white", edgecolor="#777777", hatch="////", label=recipe["few"])
    axes.legend(frameon=False, ncols=4, loc="upper left", fontsize=10)
    axes.set_ylim(top=axes.get_ylim()[1] * 1.12)


def _hide(bar: Any, colour: str) -> None:
    bar.set(facecolor="white", edgecolor=colour, hatch="////", linewidth=0.8)
