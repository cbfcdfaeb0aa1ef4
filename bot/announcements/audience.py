"""Who an announcement goes to: named filters, each with its options and what it means in SQL.

A filter that is not used lets everybody through; within one filter any chosen option fits, and
all filters must fit. `FILTERS` and `GROUPS` are the two places to add to when another feature
knows more about people.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.subscriptions import OPTIONAL, TRACKS
from bot.announcements.tables import Interest, Mute
from bot.classes.classes import is_open
from bot.classes.tables import ClassMember, SchoolClass
from bot.content import Content
from bot.content.base import BASE_TONGUE, Text
from bot.events.tables import Event, EventDate, EventSignup
from bot.mentoring.tables import GuardianConsent, InvitedGuardian, Mentor
from bot.people import ages
from bot.people.people import GRADES
from bot.people.staff import SITS
from bot.people.tables import Coordinator, Person, Reachability
from bot.screens.taps import is_number

UNSAID, CLASS = "unsaid", "class"
_MOST_EVENTS = 20
Audience = dict[str, list[str]]
STUDENTS: Audience = {"who": ["students"]}


@dataclass(frozen=True)
class Option:
    """One choice of a filter. The label is a text, or the key of a word in `locales`."""

    value: str
    label: Text | str


# The values chosen so far and the day -> what can be chosen, with what was chosen and is over.
Options = Callable[[AsyncSession, Content, list[str], date], Awaitable[tuple[Option, ...]]]
# The chosen values, the ids of the coordinators, the day -> the clause for who has any of them.
Fits = Callable[[list[str], tuple[int, ...], date], ColumnElement[bool]]


@dataclass(frozen=True)
class Filter:
    """One way to choose people: `fits` says who has any of the chosen values."""

    name: str
    options: Options
    fits: Fits


_MENTORS = select(Mentor.person_id).where(Mentor.state == "approved")
_SEATED = select(Coordinator.person_id).where(*SITS)
_GUARDIANS = select(GuardianConsent.guardian_id).where(GuardianConsent.guardian_id.is_not(None))
_INVITED = select(InvitedGuardian.person_id)

# who people are -> the clause; the argument is the ids of the coordinators.
GROUPS: dict[str, Callable[[tuple[int, ...]], ColumnElement[bool]]] = {
    "everybody": lambda _staff: true(),
    "students": lambda staff: and_(
        Person.id.not_in(staff),
        Person.id.not_in(_SEATED),
        Person.id.not_in(_MENTORS),
        Person.id.not_in(_GUARDIANS),
        Person.id.not_in(_INVITED),
    ),
    "mentors": lambda _staff: Person.id.in_(_MENTORS),
    "coordinators": lambda staff: Person.id.in_(staff),
}


def _always(options: Callable[[Content], tuple[Option, ...]]) -> Options:
    """Return options that depend on nothing but the content."""

    async def offered(
        _session: AsyncSession, content: Content, _chosen: list[str], _today: date
    ) -> tuple[Option, ...]:
        return options(content)

    return offered


def _groups(_content: Content) -> tuple[Option, ...]:
    return tuple(Option(name, f"audience.who.{name}") for name in GROUPS)


def _languages(content: Content) -> tuple[Option, ...]:
    """Return every language by its own name."""
    named = {tongue: Text({BASE_TONGUE: of.name}) for tongue, of in content.tongues.items()}
    return tuple(Option(tongue, name) for tongue, name in named.items())


def _grades(_content: Content) -> tuple[Option, ...]:
    return *(Option(g, f"grade.{g}") for g in GRADES), Option(UNSAID, "audience.unsaid")


def _provinces(content: Content) -> tuple[Option, ...]:
    told = tuple(Option(p.id, p.label) for p in content.provinces)
    return *told, Option(UNSAID, "audience.unsaid")


def _tracks(_content: Content) -> tuple[Option, ...]:
    return tuple(Option(t, f"track.{t}") for t in TRACKS)


def _fields(content: Content) -> tuple[Option, ...]:
    return tuple(Option(f.id, f.label) for f in content.fields)


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values if is_number(value)]


async def _events(
    session: AsyncSession, _content: Content, chosen: list[str], _today: date
) -> tuple[Option, ...]:
    """Return the newest events whose dates are not all over, and those chosen."""
    goes_on = exists().where(EventDate.event_id == Event.id, EventDate.went.is_(None))
    newest = select(Event.id).where(goes_on).order_by(Event.id.desc()).limit(_MOST_EVENTS)
    rows = await session.scalars(
        select(Event)
        .where(or_(Event.id.in_(newest), Event.id.in_(_numbers(chosen))))
        .order_by(Event.id.desc())
    )
    return tuple(Option(str(e.id), Text(e.title)) for e in rows)


async def _classes(
    session: AsyncSession, _content: Content, chosen: list[str], today: date
) -> tuple[Option, ...]:
    """Return the classes that go on, and those chosen; the newest first."""
    rows = await session.scalars(
        select(SchoolClass)
        .where(or_(is_open(today), SchoolClass.id.in_(_numbers(chosen))))
        .order_by(SchoolClass.id.desc())
    )
    return tuple(Option(str(c.id), Text({BASE_TONGUE: f"{c.name} · {c.school}"})) for c in rows)


def _joined(values: list[str], _staff: tuple[int, ...], today: date) -> ColumnElement[bool]:
    hers = (
        select(ClassMember.person_id)
        .join(SchoolClass, SchoolClass.id == ClassMember.class_id)
        .where(SchoolClass.id.in_(_numbers(values)), is_open(today))
    )
    return Person.id.in_(hers)


def _signed_up(values: list[str], _staff: tuple[int, ...], _today: date) -> ColumnElement[bool]:
    hers = (
        select(EventSignup.person_id)
        .join(EventDate, EventDate.id == EventSignup.date_id)
        .where(
            EventDate.event_id.in_(_numbers(values)),
            EventSignup.state.in_(("going", "waiting")),
        )
    )
    return Person.id.in_(hers)


def _told(column: Any) -> Fits:
    def fits(values: list[str], _staff: tuple[int, ...], _today: date) -> ColumnElement[bool]:
        named = column.in_([v for v in values if v != UNSAID])
        return or_(named, column.is_(None)) if UNSAID in values else named

    return fits


def _interested(kind: str) -> Fits:
    def fits(values: list[str], _staff: tuple[int, ...], _today: date) -> ColumnElement[bool]:
        hers = select(Interest.person_id).where(Interest.kind == kind, Interest.value.in_(values))
        return Person.id.in_(hers)

    return fits


def _in_group(values: list[str], staff: tuple[int, ...], _today: date) -> ColumnElement[bool]:
    return or_(false(), *(GROUPS[value](staff) for value in values if value in GROUPS))


FILTERS: dict[str, Filter] = {
    f.name: f
    for f in (
        Filter("who", _always(_groups), _in_group),
        Filter("language", _always(_languages), _told(Person.language)),
        Filter("grade", _always(_grades), _told(Person.grade)),
        Filter("province", _always(_provinces), _told(Person.province)),
        Filter("track", _always(_tracks), _interested("track")),
        Filter("field", _always(_fields), _interested("field")),
        Filter("event", _events, _signed_up),
        Filter(CLASS, _classes, _joined),
    )
}


def has_left(audience: Audience, today: date) -> ColumnElement[bool]:
    """Return the clause for who is in none of the classes that an audience names, if it names any.

    She may have left, or the class have ended, since the audience was gathered.
    """
    classes = audience.get(CLASS)
    return ~_joined(classes, (), today) if classes else false()


def members(
    audience: Audience, kind: str, staff: tuple[int, ...], today: date
) -> ColumnElement[bool]:
    """Return the clause for everybody in an audience who wants this kind and can be reached."""
    clauses: list[ColumnElement[bool]] = [Person.reach == Reachability.REACHABLE]
    if kind in OPTIONAL:
        clauses.append(ages.NOT_TOO_YOUNG)
        clauses.append(~exists().where(Mute.person_id == Person.id, Mute.kind == kind))
    clauses += [
        FILTERS[name].fits(chosen, staff, today) for name, chosen in audience.items() if chosen
    ]
    return and_(*clauses)


async def count(
    session: AsyncSession, audience: Audience, kind: str, staff: tuple[int, ...], today: date
) -> dict[str, int]:
    """Return how many people an audience has now, by the language of their menus."""
    rows = await session.execute(
        select(Person.language, func.count())
        .where(members(audience, kind, staff, today))
        .group_by(Person.language)
    )
    return {str(language): int(number) for language, number in rows}


def toggled(audience: Audience, name: str, value: str) -> Audience:
    """Return the audience with one option of one filter switched."""
    chosen = audience.get(name, [])
    chosen = [v for v in chosen if v != value] if value in chosen else [*chosen, value]
    changed = {**audience, name: chosen}
    return {key: values for key, values in changed.items() if values}


def told_to(grades: Sequence[str]) -> Audience:
    """Return the students of some grades, and those who have not told theirs; of none, all."""
    return {**STUDENTS, "grade": [*grades, UNSAID]} if grades else dict(STUDENTS)


def guests_of(event_id: int) -> Audience:
    """Return those who signed up for an event, whoever they are."""
    return {"event": [str(event_id)]}


async def chosen(
    session: AsyncSession, content: Content, audience: Audience, today: date
) -> dict[str, tuple[Option, ...]]:
    """Return the options that an audience names, filter by filter."""
    found = {}
    for name, values in audience.items():
        if name in FILTERS:
            offered = await FILTERS[name].options(session, content, values, today)
            found[name] = tuple(o for o in offered if o.value in values)
    return found
