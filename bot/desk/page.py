"""A picture that is written from top to bottom, and as high as what stands on it."""

from collections.abc import Callable, Sequence

from bot.screens.canvas import WIDTH, Picture, Style, png, wrap

MARGIN = 56
ROOM = WIDTH - 2 * MARGIN
Box = tuple[float, float, float, float]


class Page:
    """What stands below each other. `y` is the height at which is written next."""

    def __init__(self) -> None:
        self.y = 48.0
        self._drawn: list[Callable[[Picture], object]] = []

    def space(self, height: float) -> None:
        """Leave some room free."""
        self.y += height

    def write(self, text: str, style: Style, room: float = ROOM, x: float = MARGIN) -> None:
        """Write a text in as many lines as it needs."""
        for line in wrap(text, style, room):
            self.put(x, line, style)
            self.y += style.line_height

    def put(self, x: float, line: str, style: Style) -> None:
        """Write a line at this height."""
        top = self.y
        self._drawn.append(lambda picture: picture.write_lines(x, top, (line,), style))

    def rectangle(self, box: Box, colour: str, round_: int = 0) -> None:
        """Draw a rectangle anywhere."""
        self._drawn.append(lambda picture: picture.rectangle(*box, colour, round_))

    def polygon(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """Draw a polygon anywhere."""
        self._drawn.append(lambda picture: picture.polygon(points, colour))

    def png(self, least: int = 0) -> bytes:
        """Return the picture, no less high than asked."""
        picture = Picture(max(round(self.y + 48), least))
        for draw in self._drawn:
            draw(picture)
        return png(picture.finished())
