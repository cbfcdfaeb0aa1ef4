"""Talking with an editor: a line is heard, and asked for again until it will do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import TypeVar

from bot.content import Content

T = TypeVar("T")


class Empty(Enum):
    """What an empty line may mean, where it stands for no value."""

    ASK_AGAIN = auto()
    LEFT_OUT = auto()


class UnfitError(Exception):
    """An answer will not do; the message says kindly why, and what would."""


@dataclass(frozen=True)
class Talk:
    """Whom one talks with, and what is known; a test needs no terminal."""

    content: Content
    day: date
    say: Callable[[str], object]
    hear: Callable[[str], str]

    def ask(self, prompt: str, read: Callable[[str], T]) -> T:
        """Return what is read of a line; one that will not do is asked for again."""
        while True:
            try:
                return read(self.hear(prompt).strip())
            except UnfitError as error:
                self.say(f"  {error}")
