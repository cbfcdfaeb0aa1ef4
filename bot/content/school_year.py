"""The shapes of the dates of a school year: on which day, or in which months, each comes."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.content.base import EntryId, Reviewed, Text

DateKind = Literal["exam", "results", "term", "applications", "contest", "holiday"]
# fixed: the same day every year; usual: in these months so far, and this year's day is not
# announced; announced: the days of this year, as a source says.
Certainty = Literal["fixed", "usual", "announced"]
Month = Annotated[int, Field(ge=1, le=12)]
# Of each certainty what must be told, and what else may be.
_TOLD: dict[Certainty, tuple[set[str], set[str]]] = {
    "fixed": ({"day"}, set()),
    "usual": ({"months"}, set()),
    "announced": ({"from", "until"}, {"months"}),
}
# A year that is none of those with a 29 February: what is fixed comes every year.
_ANY_YEAR = 2001


def day_in(month_and_day: str, year: int) -> date:
    """Return the day of a year that is written as `MM-DD`."""
    return date(year, int(month_and_day[:2]), int(month_and_day[3:]))


def _comes_every_year(month_and_day: str) -> str:
    try:
        day_in(month_and_day, _ANY_YEAR)
    except ValueError:
        raise ValueError("no year, or not every year, has this day") from None
    return month_and_day


Day = Annotated[
    str,
    StringConstraints(pattern=r"^\d\d-\d\d$"),
    AfterValidator(_comes_every_year),
]


class SchoolDate(Reviewed):
    """One date of the school year; no day is told that no source tells."""

    id: EntryId
    kind: DateKind
    name: Text
    certainty: Certainty
    # fixed: the day as MM-DD
    day: Day | None = None
    # usual: the first and the last month in which it was; the last may be of the next year.
    # Beside announced days they say when it comes again after those.
    months: tuple[Month, Month] | None = None
    # announced: the first and the last day
    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="until")
    text: Text
    grades: tuple[str, ...] = ()
    faq: str | None = None
    opportunity: str | None = None

    @model_validator(mode="after")
    def _tells_when(self) -> "SchoolDate":
        told = {
            "day": self.day, "months": self.months, "from": self.first, "until": self.last,
        }  # fmt: skip
        given = {name for name, value in told.items() if value is not None}
        must, may = _TOLD[self.certainty]
        if missing := sorted(must - given):
            raise ValueError(f"{self.certainty}: write `{'` and `'.join(missing)}`")
        if more := sorted(given - must - may):
            raise ValueError(f"{self.certainty}: take out `{'` and `'.join(more)}`")
        if self.first and self.last and self.last < self.first:
            raise ValueError("`until` lies before `from`: correct the days")
        return self
