"""Screens: a text in HTML and rows of buttons, made by pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.screens.taps import Data

LONGEST_LABEL = 60


class Html(str):
    """Text that is already HTML; every other value is escaped."""

    __slots__ = ()


class Address(str):
    """A web page that a button opens: no tap comes back to the bot."""

    __slots__ = ()


class Copied(str):
    """Words that a button puts where they can be pasted from, at most 256 characters."""

    __slots__ = ()


@dataclass(frozen=True)
class Button:
    """What a button says and what it does: sends callback data, opens a page or copies words."""

    label: str
    data: Data | Address | Copied

    @property
    def pressed(self) -> str:
        """What reaches the bot when it is tapped; empty where only the telephone acts."""
        return "" if isinstance(self.data, Address | Copied) else self.data


Rows = tuple[tuple[Button, ...], ...]


def in_rows(buttons: Sequence[Button], size: int = 2) -> Rows:
    """Return the buttons in rows of so many, the last of what is left."""
    return tuple(tuple(buttons[at : at + size]) for at in range(0, len(buttons), size))


@dataclass(frozen=True)
class Screen:
    """One message: HTML and rows of buttons.

    What tells of something that nobody else is to see has an `opening`, which says nothing of it:
    that much is read on a locked telephone.
    """

    text: Html
    rows: Rows = ()
    opening: Html = Html("")

    @property
    def words(self) -> Html:
        """All that is read, from the first line on."""
        return paragraphs(self.opening, self.text)

    def only(self, opens: Callable[[Data], bool]) -> "Screen":
        """Return the screen with the buttons alone that lead somewhere for whoever reads it."""
        rows = [
            tuple(b for b in row if not b.pressed or opens(Data(b.pressed))) for row in self.rows
        ]
        return replace(self, rows=tuple(row for row in rows if row))

    def with_row(self, *buttons: Button) -> "Screen":
        """Return the screen with one more row."""
        return replace(self, rows=(*self.rows, buttons))

    def with_row_before_last(self, *buttons: Button) -> "Screen":
        """Return the screen with one more row, above the way back."""
        return replace(self, rows=(*self.rows[:-1], buttons, *self.rows[-1:]))

    def below(self, above: "Screen") -> "Screen":
        """Return the screen with the words of another above it, and its buttons at the end.

        A button that leads where one of its own leads is not shown twice.
        """
        mine = {button.data for row in self.rows for button in row}
        rows = [tuple(b for b in row if b.data not in mine) for row in above.rows]
        return Screen(
            paragraphs(above.text, self.text),
            (*self.rows, *(row for row in rows if row)),
            above.opening or self.opening,
        )


def paragraphs(*parts: str) -> Html:
    """Join the parts that are not empty with blank lines between."""
    return Html("\n\n".join(part for part in parts if part))
