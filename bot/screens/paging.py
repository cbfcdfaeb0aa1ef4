"""Pages: the buttons to the page before and the page after, and reading their data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.screens.screen import Button
from bot.screens.taps import Data
from bot.screens.voice import Voice

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: what stands on it, its number from zero, and how many there are."""

    items: tuple[T, ...]
    number: int
    pages: int

    @classmethod
    def of(cls, items: Sequence[T], number: int, size: int) -> "Page[T]":
        """Return a page of all `items`; a number beyond the last is the last."""
        pages = pages_of(len(items), size)
        number = min(max(number, 0), pages - 1)
        return cls(tuple(items[number * size : (number + 1) * size]), number, pages)

    @classmethod
    def around(cls, items: Sequence[T], number: int, size: int) -> "Page[T]":
        """Return a page of all `items`; the one after the last is the first."""
        return cls.of(items, number % pages_of(len(items), size), size)

    @property
    def after(self) -> int:
        """The number of the page after this one; the first follows the last."""
        return (self.number + 1) % self.pages

    def ways(self, voice: Voice, to: Callable[[int], Data]) -> tuple[Button, ...]:
        """Return the buttons to the pages before and after, those that exist."""
        row = []
        if self.number > 0:
            row.append(voice.button("page.previous", to(self.number - 1)))
        if self.number < self.pages - 1:
            row.append(voice.button("page.next", to(self.number + 1)))
        return tuple(row)


def page_of(items: Sequence[T], item: T, size: int) -> int:
    """Return the number of the page on which something stands; the first where it does not."""
    return items.index(item) // size if item in items else 0


def pages_of(total: int, size: int) -> int:
    """Return how many pages so many things fill; nothing fills one."""
    return max(1, -(-total // size))
