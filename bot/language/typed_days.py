"""Finds the days in what coordinators write: one day, or the first and the last of several.

    5/12/2026    2026/12/05    5th of December    ៥ ធ្នូ ២០២៦    3-5 December 2026
    5-7/12/2026    December 3-5, 2026    30 Nov to 2 Dec    5/12/2026 9:00 - 6/12/2026 17:00

Days come before months, as in Cambodia, unless the year comes first. A day without a year is the
next such day.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from bot.language.khmer import repair

_TO = r"\s*(?:-|–|—|~|\bto\b|\buntil\b|\btill\b|ដល់)\s*(?:ថ្ងៃទី|ថ្ងៃ|ទី)?\s*"
_TO_HERE = re.compile(rf"(?:{_TO})$")
_NTH = r"(?:st|nd|rd|th)?"
_LAST = rf"(?:{_TO}(?P<last>\d{{1,2}}){_NTH})?"
_NO_TIME = r"(?!\s*(?:\d|[:.h/]\s*\d|[ap]m\b))"
_YEAR = r"(?P<year>\d{4}|\d\d(?![\d:.h/]))(?![\d:])"
# 5-7/12/2026, 5-7/12: the days are parted by another sign than days and months.
_MANY_FORMS = (
    rf"(?<![\d:.h])(?P<day>\d{{1,2}}){_TO}(?P<last>\d{{1,2}})\s*(?P<sign>[/.])\s*(?P<month>\d{{1,2}})"
    rf"\s*(?P=sign)\s*{_YEAR}",
    rf"(?<![\d:.h])(?P<day>\d{{1,2}}){_TO}(?P<last>\d{{1,2}})\s*/\s*(?P<month>\d{{1,2}})(?![\d:])",
)
_FORMS = (
    # 2026-12-05, 2026/12/5-7
    r"(?<!\d)(?P<year>\d{4})\s*(?P<sign>[-/.])\s*(?P<month>\d{1,2})\s*(?P=sign)\s*(?P<day>\d{1,2})"
    rf"(?!\d)(?:{_TO}(?P<last>\d{{1,2}}){_NO_TIME})?",
    # 5/12/2026, 5.12.26, 5/12
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?P<sign>[/.-])\s*(?P<month>\d{{1,2}})\s*(?P=sign)\s*{_YEAR}",
    r"(?<!\d)(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})(?![\d:])",
    # 3-5 December 2026, ៣ ដល់ ៥ ខែធ្នូ ឆ្នាំ២០២៦
    rf"(?<![\d:.h])(?P<day>\d{{1,2}}){_NTH}{_LAST}\s*(?:of\s*)?(?:ខែ\s*)?(?P<name>NAMES)\.?,?"
    r"(?:\s*ឆ្នាំ)?(?:\s*(?P<year>\d{4})(?!:))?",
    # December 3-5, 2026
    rf"\b(?P<name>NAMES)\.?\s*(?P<day>\d{{1,2}}){_NTH}(?:{_TO}(?P<last>\d{{1,2}}){_NTH}{_NO_TIME})?"
    r"(?:,?\s+(?P<year>\d{4})(?!:))?(?!\s*:)",
)
# 5.12 or 5-12: only where no other day is told, as it may as well be a time.
_FAINT = r"(?<![\d:])(?P<day>\d{1,2})\s*[.-]\s*(?P<month>0?[1-9]|1[0-2])(?![\d:])"
# The languages whose names of months are read; numbers serve everybody else.
_MONTHS_OF = ("km", "en")


class NoSuchDayError(Exception):
    """The text names a day that the calendar has not, or whose last comes before its first."""


@dataclass(frozen=True)
class Days:
    """The first and the last day told, and what else is said before, between and after them."""

    first: date
    last: date
    before: str
    between: str
    after: str


def find_days(text: str, today: date) -> Days | None:
    """Return the days that a text names, None when it names none. Raises NoSuchDayError.

    The text is in small letters, with Latin digits.
    """
    many = tuple(map(re.compile, _MANY_FORMS))
    first = _first_in(text, (*many, *_forms())) or _first_in(text, (re.compile(_FAINT),))
    if first is None:
        return None
    before, between, after = text[: first.start()], "", text[first.end() :]
    second = None if _number(first, "last") else _first_in(after, _forms())
    if second is not None and _TO_HERE.search(after[: second.start()]):
        between, after = after[: second.start()], after[second.end() :]
    else:
        second = None
    year = _year(first) or (_year(second) if second else None)
    begins = _day(first, "day", year, today, not_before=today)
    if second is not None:
        ends = _day(second, "day", _year(second) or year, today, not_before=begins)
        if begins > ends and not _year(first):
            begins = _day(first, "day", ends.year - 1, today, not_before=today)
    elif _number(first, "last"):
        ends = _day(first, "last", begins.year, today, not_before=begins)
    else:
        ends = begins
    if ends < begins:
        raise NoSuchDayError
    return Days(begins, ends, before, between, after)


def _first_in(text: str, forms: tuple[re.Pattern[str], ...]) -> re.Match[str] | None:
    """Return what is found furthest to the left; of two there, in the form named first."""
    found = [one for form in forms if (one := form.search(text))]
    return min(found, key=lambda one: one.start(), default=None)


def _number(found: re.Match[str], name: str) -> int | None:
    text = found.groupdict().get(name)
    return int(text) if text else None


def _year(found: re.Match[str]) -> int | None:
    year = _number(found, "year")
    return year + 2000 if year is not None and year < 100 else year


def _day(
    found: re.Match[str], name: str, year: int | None, today: date, *, not_before: date
) -> date:
    """Return a day that was found; without a year the next one from `not_before` on."""
    name_of_month = found.groupdict().get("name")
    month = _months()[name_of_month] if name_of_month else _number(found, "month")
    day = _number(found, name)
    if month is None or day is None:
        raise NoSuchDayError
    try:
        told = date(year or max(today, not_before).year, month, day)
        if year is None and told < not_before:
            told = told.replace(year=told.year + 1)
    except ValueError:
        raise NoSuchDayError from None
    return told


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in _MONTHS_OF:
        for width in ("wide", "abbreviated"):
            names = Locale(language).months["format"][width]
            months |= {repair(str(name)).lower(): number for number, name in names.items()}
    return months


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return tuple(re.compile(form.replace("NAMES", names)) for form in _FORMS)
