"""The library in which the last day to apply for a scholarship is announced."""

from datetime import date

from bot.content import Content
from bot.content.base import Source
from bot.content.school_year import SchoolDate

CHANCE = "moeys-girls"
LAST = date(2026, 12, 15)


def announced(content: Content, last: date = LAST) -> Content:
    """Return the library with a last day, as a ministry would announce it."""
    of = next(one for one in content.school_year if one.opportunity == CHANCE)
    told = SchoolDate.model_validate(
        of.model_dump(by_alias=True, exclude={"months", "sources", "no_source"})
        | {"certainty": "announced", "from": date(2026, 12, 1), "until": last,
           "sources": (Source(title="Ministry", url="https://moeys.gov.kh", year=2026),)}
    )  # fmt: skip
    others = tuple(one for one in content.school_year if one is not of)
    return content.model_copy(update={"school_year": (told, *others)})
