"""What is awaited in a case."""

from dataclasses import dataclass

from bot.screens.awaited import Awaited


@dataclass(frozen=True)
class WordsInCase(Awaited, name="case"):
    """What one of the two writes to the other."""

    case: int
