"""What somebody who holds a place must be told because others did something."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.content.base import Tongue
from bot.events.happening import Happening


@dataclass(frozen=True)
class Notice:
    """Something to tell one person of one date; `was` is the time before it moved,
    `others` how many more of her dates the same happened to, `quiet` whether it is her night.

    `key` is the same whenever the same thing is to be told again.
    """

    kind: Literal["moved_up", "changed", "moved", "cancelled"]
    person_id: int
    tongue: Tongue
    happening: Happening
    key: str
    quiet: bool
    was: datetime | None = None
    others: int = 0
