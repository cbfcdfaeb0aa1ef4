"""A class of a school, made by a coordinator, joined by girls with the code their teacher has.

Who joins can be written to by the coordinators, as an audience of announcements, and nothing else
follows from it. How many joined is told to nobody while it is under five: a teacher who handed out
three slips would know who they are.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete, func, select

from bot.classes.tables import ClassMember, ClassTry, SchoolClass
from bot.database import count, insert_new
from bot.people import ages
from bot.people.staff import Actor, Role
from bot.refusals import RefusedError, StaleError
from bot.rights import May
from bot.small_counts import shown

# No letter or digit that is taken for another on a blackboard.
ALPHABET = "ACDEFHJKMNPRTUVWXY34679"
LENGTH = 7
LONGEST_NAME, LONGEST_SCHOOL = 40, 80
# Every class ends: nobody stays in one that everybody has forgotten.
LASTS = timedelta(days=365)
LONGEST = timedelta(days=3 * 365)
MOST_TRIES, WITHIN = 5, timedelta(hours=1)
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


@dataclass(frozen=True)
class Class:
    """A class as it is shown; `members` is None for one to four, and where nobody counted."""

    id: int
    name: str
    school: str
    code: str
    until: date
    open: bool
    members: int | None = None


def read_code(text: str) -> str | None:
    """Return the code that a text is, however it is written; None where it can be none."""
    code = re.sub(r"[\s-]", "", text).upper()
    return code if _CODE.fullmatch(code) else None


def is_open(day: date) -> ColumnElement[bool]:
    """Return the clause for the classes that go on."""
    return SchoolClass.closed_at_utc.is_(None) & (SchoolClass.until >= day)


# A coordinator


async def make(actor: Actor, name: str, school: str, today: date) -> Class:
    """Make a class, which lasts a year unless another day is set. Coordinators only."""
    actor.require(May.ANNOUNCEMENTS)
    row = SchoolClass(
        name=_words(name, LONGEST_NAME), school=_words(school, LONGEST_SCHOOL),
        code=await _new_code(actor), until=today + LASTS, made_at_utc=actor.now,
    )  # fmt: skip
    actor.session.add(row)
    await actor.session.flush()
    await actor.note("made", "class", row.id)
    return await _shown(actor, row, today)


def check_name(name: str) -> str:
    """Return the name of a class as it is kept; raises RefusedError for one that is too long."""
    return _words(name, LONGEST_NAME)


def _words(text: str, most: int) -> str:
    kept = " ".join(text.split())
    if len(kept) > most:
        raise RefusedError("class.too_long", most=most)
    return kept


async def _new_code(actor: Actor) -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        taken = select(SchoolClass.id).where(SchoolClass.code == code)
        if await actor.session.scalar(taken) is None:
            return code


async def listed(actor: Actor, today: date) -> list[Class]:
    """Return all classes that are kept, those that go on first, uncounted. Coordinators only."""
    actor.require(May.ANNOUNCEMENTS)
    rows = await actor.session.scalars(select(SchoolClass).order_by(SchoolClass.id.desc()))
    return sorted((_as_class(row, today) for row in rows), key=lambda one: not one.open)


async def show(actor: Actor, class_id: int, today: date) -> Class:
    """Return a class. Coordinators only."""
    return await _shown(actor, await _row(actor, class_id), today)


async def set_until(actor: Actor, class_id: int, day: date, today: date) -> Class:
    """Set the last day of a class. Coordinators only."""
    row = await _row(actor, class_id)
    if not today <= day <= today + LONGEST:
        raise RefusedError("class.no_such_day")
    row.until = day
    await actor.note("changed", "class", class_id)
    return await _shown(actor, row, today)


async def renew(actor: Actor, class_id: int, today: date) -> Class:
    """Give a class another code; the one that was handed out opens nothing any more."""
    row = await _row(actor, class_id)
    row.code = await _new_code(actor)
    await actor.note("renewed the code of", "class", class_id)
    return await _shown(actor, row, today)


async def close(actor: Actor, class_id: int, today: date) -> Class:
    """End a class: nobody joins it, nobody is written to because of it. Coordinators only."""
    row = await _row(actor, class_id)
    if row.closed_at_utc is None:
        row.closed_at_utc = actor.now
        await actor.note("closed", "class", class_id)
    return await _shown(actor, row, today)


async def reopen(actor: Actor, class_id: int, today: date) -> Class:
    """Let a class go on that was closed. Coordinators only."""
    row = await _row(actor, class_id)
    if row.closed_at_utc is not None:
        row.closed_at_utc = None
        await actor.note("reopened", "class", class_id)
    return await _shown(actor, row, today)


async def _row(actor: Actor, class_id: int) -> SchoolClass:
    actor.require(May.ANNOUNCEMENTS)
    row = await actor.session.get(SchoolClass, class_id)
    if row is None:
        raise StaleError
    return row


async def _shown(actor: Actor, row: SchoolClass, today: date) -> Class:
    query = select(func.count()).where(ClassMember.class_id == row.id)
    return _as_class(row, today, shown(await count(actor.session, query)))


def _as_class(row: SchoolClass, today: date, members: int | None = None) -> Class:
    goes_on = row.closed_at_utc is None and row.until >= today
    return Class(row.id, row.name, row.school, row.code, row.until, goes_on, members)


# A girl


async def find(actor: Actor, text: str, today: date) -> Class | None:
    """Return the open class of a code that somebody typed or followed; None is counted.

    Raises RefusedError where she typed too many that there are none of.
    """
    if await tried_too_often(actor):
        raise RefusedError("class.too_many_tries", most=MOST_TRIES)
    code = read_code(text)
    query = select(SchoolClass).where(SchoolClass.code == code, is_open(today))
    row = await actor.session.scalar(query) if code is not None else None
    if row is None:
        await _count_try(actor)
        return None
    return _as_class(row, today)


async def tried_too_often(actor: Actor) -> bool:
    """Return whether somebody typed as many codes that there are none of as she may."""
    row = await actor.session.get(ClassTry, actor.id)
    return row is not None and row.since_utc > actor.now - WITHIN and row.tries >= MOST_TRIES


async def _count_try(actor: Actor) -> None:
    row = await actor.session.get(ClassTry, actor.id)
    if row is None:
        row = ClassTry(person_id=actor.id, since_utc=actor.now, tries=0)
        actor.session.add(row)
    if row.since_utc <= actor.now - WITHIN:
        row.since_utc, row.tries = actor.now, 0
    row.tries += 1
    await actor.session.flush()


async def join(actor: Actor, code: str, today: date, role: Role) -> Class | None:
    """Let a girl join a class; she may be in it already. None where the code opens none.

    Raises RefusedError for who is no student: classes are for girls. And AgeUnknownError or
    TooYoungError for who is not known to be old enough.
    """
    require_student(role)
    await ages.require(actor)
    found = await find(actor, code, today)
    if found is None:
        return None
    await insert_new(
        actor.session, ClassMember,
        {"class_id": found.id, "person_id": actor.id, "joined_at_utc": actor.now},
    )  # fmt: skip
    return found


def require_student(role: Role) -> None:
    """Raise RefusedError for a mentor, a guardian, a coordinator."""
    if role is not Role.STUDENT:
        raise RefusedError("class.for_students")


async def of(actor: Actor, today: date) -> list[Class]:
    """Return the classes that the actor has joined and that go on."""
    rows = await actor.session.scalars(
        select(SchoolClass)
        .join(ClassMember, ClassMember.class_id == SchoolClass.id)
        .where(ClassMember.person_id == actor.id, is_open(today))
        .order_by(SchoolClass.id)
    )
    return [_as_class(row, today) for row in rows]


async def leave(actor: Actor, class_id: int, today: date) -> Class | None:
    """Let the actor leave a class; return it, None where she was in no such class."""
    hers = ClassMember.class_id == class_id, ClassMember.person_id == actor.id
    left = await actor.session.scalars(
        delete(ClassMember).where(*hers).returning(ClassMember.class_id)
    )
    if not left.all():
        return None
    return _as_class(await actor.session.get_one(SchoolClass, class_id), today)
