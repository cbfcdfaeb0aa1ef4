"""What danger is here: its kind, what says so, and how much is done about it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much is done about what was seen.

    CARE: everything else stops; a hotline, a person, and “that is not what I meant”.
    GENTLE: it may or may not be danger; a warm line and a button go with the ordinary answer.
    """

    CARE = "care"
    GENTLE = "gentle"


@dataclass(frozen=True)
class Danger:
    """What was seen: the kind of danger and the name of the sign, never her words."""

    kind: str
    sign: str
    level: Level = Level.CARE
