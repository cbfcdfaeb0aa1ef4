"""What the cards of a career are decorated with: a warm band, krama, lotus, round signs."""

from math import cos, pi, radians, sin

from bot.language.khmer import khmer_share
from bot.screens.canvas import WIDTH, Colour, Picture, Style, width_of, wrap

MARGIN, FOOTER = 56, 150
SOFT, RED, AMBER, PEACH = "#7a5c50", "#b23a48", "#e8973a", "#ffe3d3"
CREAM, LEAF, SKY = "#fffaf3", "#4f7d5a", "#3f7c9b"
ACCENT = {"way": RED, "place": SKY, "cost": LEAF, "book": LEAF}
# Khmer stacks marks above and below the letters, so its lines stand further apart.
_KHMER_LEADING, _LATIN_LEADING = 1.56, 1.36


def leading_of(words: str) -> float:
    """Return how far apart the lines of these words stand."""
    return _KHMER_LEADING if khmer_share(words) else _LATIN_LEADING


def header(picture: Picture, above: str, title: str, below: str) -> int:
    """Draw the warm band with the name of the work; return where the rest begins."""
    whom = Style(34, colour=PEACH)
    sizes = [Style(size, bold=True, colour="#ffffff") for size in range(76, 43, -4)]
    room = WIDTH - 2 * MARGIN
    name = next((style for style in sizes if width_of(title, style) <= room), sizes[-1])
    what = Style(33, colour="#fff7ef", leading=leading_of(below))
    lines = wrap(below, what, room)
    height = 56 + whom.line_height + name.line_height + len(lines) * what.line_height + 26
    steps = 24
    for step in range(steps):
        share = step / (steps - 1)
        top, bottom = height * step / steps, height * (step + 1) / steps
        picture.rectangle(0, top, WIDTH, bottom, _mix("#96293f", "#d9663c", share))
    _lotus(picture, WIDTH - 122, 98, 1.0)
    y = picture.write_lines(MARGIN, 56, (above,), whom)
    picture.write(MARGIN, y + name.line_height * 0.72, title, name)
    picture.write_lines(MARGIN, y + name.line_height, lines, what)
    return _krama(picture, height) + 18


def _krama(picture: Picture, top: int) -> int:
    """Draw a strip of krama, the checked scarf; return its lower edge."""
    square = 18
    for row in range(2):
        for column in range(WIDTH // square):
            colour = (CREAM, AMBER, AMBER, RED)[(column % 2) * 2 + row % 2]
            left, upper = column * square, top + row * square
            picture.rectangle(left, upper, left + square - 0.5, upper + square - 0.5, colour)
    return top + 2 * square


def footer(picture: Picture, height: int, closing: str, signature: str) -> None:
    """Draw the two last lines of a picture of this height, below a rule."""
    picture.rectangle(MARGIN, height - 134, WIDTH - MARGIN, height - 132, "#efcdb2")
    said, signed = Style(30, colour=SOFT), Style(30, bold=True, colour=RED)
    left = (WIDTH - width_of(closing, said)) / 2
    picture.write(left, height - 84, closing, said)
    left = (WIDTH - width_of(signature, signed) - 62) / 2
    _lotus(picture, left + 18, height - 48, 0.36, on_paper=True)
    picture.write(left + 62, height - 32, signature, signed)


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


def heart(picture: Picture, x: float, y: float, size: float) -> None:
    """Draw a heart."""
    picture.ellipse(x - size, y - size * 0.8, x, y + size * 0.2, RED)
    picture.ellipse(x, y - size * 0.8, x + size, y + size * 0.2, RED)
    sides = [(x - size * 0.94, y), (x, y - size * 0.4), (x + size * 0.94, y), (x, y + size * 1.05)]
    picture.polygon(sides, RED)


def sign(picture: Picture, kind: str, x: float, y: float) -> None:
    """Draw the small round sign of a section: a way, a house, a book, a coin."""
    picture.ellipse(x - 25, y - 25, x + 25, y + 25, ACCENT[kind])
    if kind == "way":
        picture.line(
            [(x - 11, y + 11), (x - 2, y - 1), (x + 2, y + 3), (x + 11, y - 10)], "#ffffff", 5
        )
        picture.polygon([(x + 14, y - 14), (x + 3, y - 11), (x + 12, y - 2)], "#ffffff")
    elif kind == "place":
        picture.polygon([(x - 14, y - 1), (x, y - 14), (x + 14, y - 1)], "#ffffff")
        picture.rectangle(x - 9, y, x + 9, y + 12, "#ffffff")
        picture.rectangle(x - 3, y + 4, x + 3, y + 12, ACCENT[kind])
    elif kind == "book":
        picture.polygon([(x - 15, y - 9), (x - 1, y - 5), (x - 1, y + 12), (x - 15, y + 8)], CREAM)
        picture.polygon([(x + 15, y - 9), (x + 1, y - 5), (x + 1, y + 12), (x + 15, y + 8)], CREAM)
    else:
        picture.ellipse(x - 13, y - 13, x + 13, y + 13, "#ffffff")
        picture.ellipse(x - 9, y - 9, x + 9, y + 9, ACCENT[kind])
        picture.rectangle(x - 2, y - 6, x + 2, y + 6, "#ffffff")


def _mix(one: str, other: str, share: float) -> Colour:
    """Return a colour between two."""
    pairs = zip(*(bytes.fromhex(colour[1:]) for colour in (one, other)), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)
