"""What the same person wrote before, bounded: pieces of a number or a name come over days."""

from collections.abc import Sequence
from dataclasses import dataclass

MESSAGES, CHARACTERS = 40, 8000
SHORT, _NEAR = 30, 4


@dataclass(frozen=True)
class Window:
    """The last messages before one, and the few short ones just before it."""

    messages: tuple[str, ...]
    near: tuple[str, ...]


def window(before: Sequence[str], longest: int) -> Window:
    """Return the last messages, newest first to be counted, oldest first to be read."""
    kept: list[str] = []
    room = CHARACTERS
    for text in reversed(before[-MESSAGES:]):
        text = text[:longest]
        room -= len(text)
        if room < 0:
            break
        kept.append(text)
    kept.reverse()
    near = [text for text in kept[-_NEAR:] if len(text) <= SHORT]
    return Window(tuple(kept), tuple(near))
