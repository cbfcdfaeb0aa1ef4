"""Who writes to the bot, and what she chose."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.content.base import Tongue
from bot.people.tables import Conversation, Person, Reachability

# The id in rows that outlive a person who erased herself.
FORGOTTEN = 0
AFTER = "after"
GRADES = ("8", "9", "10", "11", "12", AFTER)
# The month in which public schools begin at the earliest (`content/calendar/school-year.yaml`).
YEAR_BEGINS_IN = 11
# What is tapped again so soon was meant once. Long enough for a slow line, too short to have read.
TAPS_APART = timedelta(seconds=2)
# Something that may be kept of what a person did: its name in her export, what is named of it,
# who did it.
Trace = tuple[str, "InstrumentedAttribute[Any]", "InstrumentedAttribute[Any]"]


_MET = (
    select(Person, Conversation)
    .outerjoin(Conversation, Conversation.person_id == Person.id)
    .where(Person.id == bindparam("person"))
)


async def meet(
    session: AsyncSession, person_id: int, tongue: Tongue, now: datetime
) -> tuple[Person, Conversation, bool]:
    """Return the person, her conversation, and whether she is new; writing makes her reachable.

    A new person starts in `tongue`.
    """
    met = (await session.execute(_MET, {"person": person_id})).one_or_none()
    person: Person | None = met[0] if met is not None else None
    conversation: Conversation | None = met[1] if met is not None else None
    new = person is None
    if person is None:
        person = Person(
            id=person_id, language=tongue, language_chosen=False,
            reach=Reachability.REACHABLE, joined_at_utc=now,
        )  # fmt: skip
        session.add(person)
        await session.flush()
    came_back(person)
    if conversation is None:
        conversation = Conversation(person_id=person_id, buttons=[])
        session.add(conversation)
    return person, conversation, new


async def language_of(session: AsyncSession, person_id: int) -> str | None:
    """Return the language of somebody's menus; None for one whom the bot does not know."""
    language: str | None = await session.scalar(
        select(Person.language).where(Person.id == person_id)
    )
    return language


def taps(
    conversation: Conversation, message_id: int | None, data: str, now: datetime
) -> str | None:
    """Remember a tap; return what was tapped on the same message a moment before, if anything."""
    before, at = conversation.tapped, conversation.tapped_at_utc
    same = message_id is not None and conversation.tapped_on == message_id
    conversation.tapped, conversation.tapped_on = data, message_id
    conversation.tapped_at_utc = now
    return before if same and at is not None and abs(now - at) < TAPS_APART else None


def choose_language(person: Person, tongue: Tongue) -> None:
    """Set the language of a person's menus, which no telephone's language changes any more."""
    person.language, person.language_chosen = tongue, True


def tell_grade(person: Person, grade: str | None, today: date) -> None:
    """Keep the grade that a person tells, one of `GRADES`; None for one she would not tell."""
    person.grade = grade
    person.grade_told_on = None if grade is None else today


def grade_of(person: Person, today: date) -> str | None:
    """Return the grade that a person is in; None where she told none in this school year.

    Nobody knows whether she has passed; who is out of school stays so.
    """
    told = person.grade_told_on or today
    stays = person.grade == AFTER or _school_year(told) == _school_year(today)
    return person.grade if stays else None


def _school_year(day: date) -> int:
    return day.year if day.month >= YEAR_BEGINS_IN else day.year - 1


def tell_province(person: Person, province: str | None) -> None:
    """Keep the province that a person tells; None for one she would not tell."""
    person.province = province


def asked_of_her(person: Person) -> None:
    """Remember that a person was asked for her grade and province: it is done once."""
    person.asked_of_her = True


def left(person: Person) -> None:
    """Remember that a person has stopped the bot: nothing is sent to her."""
    person.reach = Reachability.BLOCKED


def came_back(person: Person) -> None:
    """Remember that a person can be written to again."""
    person.reach = Reachability.REACHABLE


async def traces(
    session: AsyncSession, person_id: int, known: Iterable[Trace]
) -> dict[str, list[Any]]:
    """Return what a person did, by name; what she never did is left out."""
    found = {
        name: list(await session.scalars(select(what).where(who == person_id)))
        for name, what, who in known
    }
    return {name: rows for name, rows in found.items() if rows}
