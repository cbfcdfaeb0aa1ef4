"""A picture to draw on: smooth shapes, and text in Khmer and Latin letters shaped right.

Pillow shapes Khmer with libraqm. Noto Sans Khmer has no Latin letters, so text is written in runs
of one script, each with its own font. Lines break between words, which Khmer does not mark with
spaces, so khmer-nltk says where they are.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.language.words import pieces

Colour = str | tuple[int, ...]
WIDTH, HEIGHT = 1080, 1350
PAPER, INK = "#fff4e6", "#3d2a24"
FONTS = Path(__file__).parent / "fonts"
_KHMER_RUN = re.compile("[\u1780-\u17ff\u19e0-\u19ff]+|[^\u1780-\u17ff\u19e0-\u19ff]+")
_KHMER = re.compile("[\u1780-\u17ff]")
# At a break of paragraphs libraqm gives up.
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Emoji, arrows and other signs, for which the fonts have no shape but an empty box.
_SIGNS = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
# What may not begin a line, and what may not end one.
_CLOSING = re.compile(r"^[\s។៖ៗ,.;:!?)»”’…]")
_OPENING = re.compile(r"[(«“‘]$")


@dataclass(frozen=True)
class Style:
    """How a block of text looks."""

    size: int
    bold: bool = False
    colour: str = INK
    leading: float = 1.62

    @property
    def line_height(self) -> int:
        """The distance between lines."""
        return round(self.size * self.leading)


class Picture:
    """Shapes are drawn double and shrunk, so that edges are smooth; then text is written."""

    def __init__(self, height: int = HEIGHT) -> None:
        self._size = (WIDTH, height)
        self._shapes = Image.new("RGB", (2 * WIDTH, 2 * height), PAPER)
        self._pen = ImageDraw.Draw(self._shapes)
        self._texts: list[tuple[float, float, str, Style]] = []

    def ellipse(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        """Draw an ellipse."""
        self._pen.ellipse((2 * left, 2 * top, 2 * right, 2 * bottom), fill=fill)

    def rectangle(
        self, left: float, top: float, right: float, bottom: float, fill: Colour, round_: int = 0
    ) -> None:
        """Draw a rectangle, with round corners where asked."""
        box = (2 * left, 2 * top, 2 * right, 2 * bottom)
        self._pen.rounded_rectangle(box, 2 * round_, fill=fill)

    def polygon(self, points: Sequence[tuple[float, float]], fill: Colour) -> None:
        """Draw a polygon."""
        self._pen.polygon([(2 * x, 2 * y) for x, y in points], fill=fill)

    def line(self, points: Sequence[tuple[float, float]], fill: Colour, width: int) -> None:
        """Draw a line through points."""
        doubled = [(2 * x, 2 * y) for x, y in points]
        self._pen.line(doubled, fill=fill, width=2 * width, joint="curve")

    def write(self, x: float, baseline: float, text: str, style: "Style") -> None:
        """Write a line of text."""
        self._texts.append((x, baseline, text, style))

    def write_lines(self, x: float, top: float, lines: Iterable[str], style: "Style") -> float:
        """Write lines of text below each other, from `top` on; return where the next begins."""
        for line in lines:
            self.write(x, top + 0.74 * style.line_height, line, style)
            top += style.line_height
        return top

    def finished(self) -> Image.Image:
        """Return the picture."""
        image = self._shapes.resize(self._size, Image.Resampling.BOX)
        pen = ImageDraw.Draw(image)
        for x, baseline, text, style in self._texts:
            for run, font in _runs(text, style):
                pen.text((x, baseline), run, font=font, fill=style.colour, anchor="ls")
                x += font.getlength(run)
        return image


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    palette = image.quantize(colors=128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette.save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(maxsize=64)
def _font(khmer: bool, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    family = "NotoSansKhmer" if khmer else "NotoSans"
    path = FONTS / f"{family}-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


def _runs(text: str, style: Style) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    for match in _KHMER_RUN.finditer(_SIGNS.sub("", _BREAKS.sub(" ", text))):
        run = match.group()
        yield run, _font("\u1780" <= run[0] <= "\u17ff", style.bold, style.size)


def width_of(text: str, style: Style) -> float:
    return sum(font.getlength(run) for run, font in _runs(text, style))


def _words(text: str) -> Iterator[str]:
    """Cut text where a line may break; brackets and quotes stay with what they enclose."""
    for spaced in re.findall(r"\S+\s*", text):
        word = spaced.rstrip()
        whole = ""
        for piece in pieces(word) if _KHMER.search(word) else [word]:
            if whole and not _CLOSING.match(piece) and not _OPENING.search(whole):
                yield whole
                whole = ""
            whole += piece
        yield whole + " " * (spaced != word)


@lru_cache(maxsize=256)
def _cut(text: str) -> tuple[str, ...]:
    return tuple(_words(text))


def wrap(text: str, style: Style, width: float) -> list[str]:
    if width_of(text, style) <= width:
        return [text.strip()]
    lines = [""]
    for word in _cut(text):
        if lines[-1] and width_of((lines[-1] + word).rstrip(), style) > width:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]
