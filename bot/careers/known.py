"""What is not known of a career, a place to study or an opportunity, of all that girls ask of it.

It is said plainly, with whom to ask, rather than left out.
"""

import re
from datetime import date

from bot.careers.directory import Item
from bot.content.careers import Career
from bot.content.directory import Institution, Opportunity

_OF_CAREER = ("pay", "cost", "years")
_OF_PLACE = (
    "fees", "dormitory", "contact", "scholarship", "deadline", "language", "girls",
)  # fmt: skip
# A club or a contest costs nothing unless it is said; of these it is asked what exactly they pay.
_PAYING = ("scholarship", "dormitory")
_YEARS = re.compile(r"(\d|ពីរ|បី|បួន|ប្រាំ)\s*(ដល់\s*\d\s*)?ឆ្នាំ")


def unknown_of_career(career: Career) -> tuple[str, ...]:
    """Return what is not known of a career, by aspect."""
    missing = tuple(aspect for aspect in _OF_CAREER if aspect not in career.told)
    # Of the years the ways in may tell.
    if any(_YEARS.search(way.text.get("km")) for way in career.ways):
        return tuple(aspect for aspect in missing if aspect != "years")
    return missing


def unknown_of(item: Item) -> tuple[str, ...]:
    """Return what is not known of a place to study or an opportunity, by aspect."""
    if isinstance(item, Institution):
        asked: tuple[str, ...] = _OF_PLACE
    else:
        asked = ("pays",) * (item.kind in _PAYING) + ("deadline",) * (item.recurs != "always open")
    return tuple(aspect for aspect in asked if aspect not in item.told)


def is_over(chance: Opportunity, today: date) -> bool:
    """Return whether the newest round of which its texts tell has passed."""
    return chance.last_round is not None and chance.last_round.ended < today
