"""What a single line may be: each reads a line, or says kindly why it will not do."""

import contextlib
import re
from collections.abc import Callable, Container
from datetime import date
from typing import Any

from babel.dates import format_date
from pydantic import HttpUrl, TypeAdapter, ValidationError

from bot.content import Content
from bot.content.base import FEWEST_REVIEW_DAYS, MOST_REVIEW_DAYS, EntryId
from bot.content.directory import Round
from bot.content.school_year import Day, day_in
from bot.editing.new.talk import Talk, UnfitError
from bot.editing.writing import BLANK
from bot.language.khmer import latin_digits, repair

Read = Callable[[str, Talk], Any]
_ID: TypeAdapter[str] = TypeAdapter(EntryId)
_DAY_OF_A_YEAR: TypeAdapter[str] = TypeAdapter(Day)
_ADDRESS: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)
_EARLIEST_YEAR = 1950
# The longest emoji, a family, has seven parts.
_LONGEST_EMOJI = 8


def words(line: str, _talk: Talk) -> str:
    """Return the words with Khmer marks in their order; three dots stand for the blank."""
    return BLANK if line == "..." else repair(line)


def new_id(taken: Callable[[Content], Container[str]]) -> Read:
    """Return the reading of an id that none of its kind has yet."""

    def read(line: str, talk: Talk) -> str:
        try:
            _ID.validate_python(line)
        except ValidationError:
            raise UnfitError(
                "Please use small letters and digits joined by -, at most 40, such as what-is-ai."
            ) from None
        if line in taken(talk.content):
            raise UnfitError(f"“{line}” is taken already: please choose another one.")
        return line

    return read


def address(line: str, _talk: Talk) -> str:
    """Return the address of a page."""
    try:
        known = _ADDRESS.validate_python(line)
    except ValidationError:
        known = None
    if known is None or "." not in (known.host or ""):
        raise UnfitError(
            "This is not the address of a page: please copy it whole, from https:// on."
        )
    return line


def year(line: str, talk: Talk) -> int:
    """Return a year up to this one, whichever digits it is written in."""
    digits = latin_digits(line)
    if not (re.fullmatch("[0-9]{4}", digits) and _EARLIEST_YEAR <= int(digits) <= talk.day.year):
        raise UnfitError(f"Please write a year with four digits, up to {talk.day.year}.")
    return int(digits)


def any_day(line: str, talk: Talk) -> date:
    """Return a day, past or to come."""
    try:
        return date.fromisoformat(latin_digits(line))
    except ValueError:
        raise UnfitError(
            f"Please write a day that exists as year-month-day; today is {talk.day}."
        ) from None


def past_day(line: str, talk: Talk) -> date:
    """Return a day up to today."""
    day = any_day(line, talk)
    if day > talk.day:
        raise UnfitError(f"That day is still to come: today is {talk.day}.")
    return day


def coming_day(line: str, talk: Talk) -> date:
    """Return a day from today on."""
    day = any_day(line, talk)
    if day < talk.day:
        raise UnfitError(f"That day is over: today is {talk.day}.")
    return day


def last_round(line: str, _talk: Talk) -> date | str:
    """Return the last day of a round, its year, or its year of study."""
    written = latin_digits(line)
    with contextlib.suppress(ValueError):
        return date.fromisoformat(written)
    try:
        return Round.model_validate(written).root
    except ValidationError:
        raise UnfitError(
            "Please write a day as year-month-day, a year, or a year of study such as 2025-26."
        ) from None


def day_of_every_year(line: str, talk: Talk) -> str:
    """Return a day as MM-DD, and say which one was read: some write the day first."""
    month, _, day = latin_digits(line).partition("-")
    try:
        written = _DAY_OF_A_YEAR.validate_python(f"{month:0>2}-{day:0>2}")
    except ValidationError:
        raise UnfitError(
            "Please write a day that every year has as month-day, such as 03-08 for 8 March."
        ) from None
    talk.say(f"  = {format_date(day_in(written, talk.day.year), 'd MMMM', 'en')}")
    return written


def months(line: str, talk: Talk) -> list[int]:
    """Return the first and the last of some months, and say which were read."""
    parts = re.fullmatch("([0-9]{1,2})(?:[^0-9]+([0-9]{1,2}))?", latin_digits(line))
    numbers = [int(part) for part in parts.groups() if part] if parts else []
    if not numbers or not all(1 <= number <= 12 for number in numbers):
        raise UnfitError(
            "Please write the first and the last month as numbers from 1 to 12, such as 8-10."
        )
    first, last = numbers[0], numbers[-1]
    begins, ends = (format_date(date(talk.day.year, m, 1), "MMMM", "en") for m in (first, last))
    talk.say(f"  = {begins}" if first == last else f"  = {begins} to {ends}")
    return [first, last]


def review_days(line: str, _talk: Talk) -> int:
    """Return after how many days it must be read again."""
    digits = latin_digits(line)
    if not (
        re.fullmatch("[0-9]{1,3}", digits)
        and FEWEST_REVIEW_DAYS <= int(digits) <= MOST_REVIEW_DAYS
    ):
        raise UnfitError(
            f"Please write a number of days from {FEWEST_REVIEW_DAYS} to {MOST_REVIEW_DAYS}."
        )
    return int(digits)


def emoji(line: str, _talk: Talk) -> str:
    """Return one little picture."""
    if len(line) > _LONGEST_EMOJI or line.isascii() or any(c.isalnum() for c in line):
        raise UnfitError("Please type one emoji, such as 🩺, and no words.")
    return line
