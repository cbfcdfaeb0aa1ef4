"""Who holds a place: going, not going, and a waiting list that moves up by itself."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, case, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import count, deleted
from bot.events import reminder_plan
from bot.events.details import WITHOUT_PLACES
from bot.events.happening import Happening, happening_of
from bot.events.notices import Notice
from bot.events.reminder_times import OFFSETS, offsets_for
from bot.events.states import Answer, EventState
from bot.events.tables import Event, EventDate, EventSignup, ReminderChoice
from bot.people import ages
from bot.people.staff import Actor, Role
from bot.people.tables import Person
from bot.quiet_hours import QuietHours
from bot.refusals import RefusedError, StaleError
from bot.rights import May

# Groups of fewer are not shown: a single girl of a small province could be recognised.
SMALLEST_GROUP = 5
EARLIEST_QUIET, LATEST_MORNING = range(18, 24), range(5, 10)


@dataclass(frozen=True)
class Answered:
    """What became of an answer: her state, her place in the waiting list, who moved up."""

    state: Answer
    ahead: int
    moved_up: tuple[Notice, ...]


async def answer(
    actor: Actor, date_id: int, *, going: bool, zone: ZoneInfo, role: Role = Role.STUDENT
) -> Answered | None:
    """Take her answer; None when the date is over, cancelled or not there.

    Saying the same again changes nothing, so she keeps her place in the waiting list. Raises
    RefusedError where the places are for students of grades that she is not in, AgeUnknownError or
    TooYoungError for a girl who is not known to be old enough.
    """
    session, now = actor.session, actor.now
    found = await find(session, date_id, actor.id)
    if found is None or found.cancelled or found.closes <= now:
        return None
    signup = await session.get(EventSignup, (date_id, actor.id))
    if going and signup is not None and signup.state is not Answer.NOT_GOING:
        return Answered(signup.state, await _ahead(session, signup), ())
    if going:
        await ages.require_of_girls(actor)
        await _require_for_her(actor, found, role)
    if signup is None:
        signup = EventSignup(
            date_id=date_id,
            person_id=actor.id,
            state=Answer.NOT_GOING,
            queue=0,
            answered_at_utc=now,
        )
        session.add(signup)
    gave_up = signup.state is Answer.GOING and not going
    if going:
        signup.state = Answer.WAITING if found.full else Answer.GOING
    else:
        signup.state = Answer.NOT_GOING
    signup.answered_at_utc = now
    signup.queue = await _last_in_queue(session, date_id) + 1
    await session.flush()
    moved_up = await move_up(session, date_id, now, zone) if gave_up else ()
    await reminder_plan.replan(session, (date_id,), now, zone, actor.id)
    return Answered(signup.state, await _ahead(session, signup), moved_up)


async def _require_for_her(actor: Actor, happening: Happening, role: Role) -> None:
    """Raise RefusedError where somebody would take a place that is for students of some grades.

    One who has not told her grade may be in it. What has no places is for everybody.
    """
    if happening.kind in WITHOUT_PLACES or not happening.grades:
        return
    if role is not Role.STUDENT or actor.seat is not None:
        raise RefusedError("event.for_students")
    if await is_for_others(actor, happening):
        raise RefusedError("event.other_grades")


async def is_for_others(actor: Actor, happening: Happening) -> bool:
    """Return whether the places are for grades that are not the one she has told."""
    if happening.kind in WITHOUT_PLACES or not happening.grades:
        return False
    person = await actor.session.get(Person, actor.id)
    return person is not None and bool(person.grade) and person.grade not in happening.grades


async def _last_in_queue(session: AsyncSession, date_id: int) -> int:
    query = select(func.max(EventSignup.queue)).where(EventSignup.date_id == date_id)
    return await session.scalar(query) or 0


async def ahead_of(session: AsyncSession, person_id: int, date_id: int) -> int:
    """Return how many wait for a place before her; 0 when she does not wait."""
    signup = await session.get(EventSignup, (date_id, person_id))
    return 0 if signup is None else await _ahead(session, signup)


async def _ahead(session: AsyncSession, signup: EventSignup) -> int:
    if signup.state is not Answer.WAITING:
        return 0
    before = select(func.count()).where(
        EventSignup.date_id == signup.date_id,
        EventSignup.state == Answer.WAITING,
        EventSignup.queue < signup.queue,
    )
    return await count(session, before)


async def move_up(
    session: AsyncSession, date_id: int, now: datetime, zone: ZoneInfo
) -> tuple[Notice, ...]:
    """Give free places to those who wait, first come first; return whom to tell."""
    happening = await find(session, date_id)
    if happening is None or happening.cancelled or happening.closes <= now:
        return ()
    places, waiting = happening.places, happening.waiting
    free = waiting if places is None else places - happening.going
    if free <= 0 or waiting == 0:
        return ()
    query = (
        select(EventSignup, Person, ReminderChoice)
        .join(Person, Person.id == EventSignup.person_id)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == EventSignup.person_id)
        .where(EventSignup.date_id == date_id, EventSignup.state == Answer.WAITING)
        .order_by(EventSignup.queue)
        .limit(free)
    )
    notices = []
    for signup, person, choice in (await session.execute(query)).all():
        signup.state = Answer.GOING
        key = f"event-place:{date_id}:{person.id}:{signup.queue}"
        quiet = reminder_plan.quiet_of(choice).holds(now, zone)
        notices.append(Notice("moved_up", person.id, person.language, happening, key, quiet))
    await session.flush()
    for notice in notices:
        await reminder_plan.replan(session, (date_id,), now, zone, notice.person_id)
    return tuple(notices)


def _with_a_place(now: datetime) -> Select[int]:
    """Return the query for the dates where somebody waits though a place is free."""
    going = (
        select(func.count())
        .where(EventSignup.date_id == EventDate.id, EventSignup.state == Answer.GOING)
        .correlate(EventDate)
        .scalar_subquery()
    )
    closes = case((Event.all_day, EventDate.over_at_utc), else_=EventDate.starts_at_utc)
    return (
        select(EventDate.id)
        .join(Event, Event.id == EventDate.event_id)
        .where(
            Event.state == EventState.PUBLISHED,
            EventDate.cancelled_at_utc.is_(None),
            closes > now,
            exists().where(
                EventSignup.date_id == EventDate.id, EventSignup.state == Answer.WAITING
            ),
            or_(Event.places.is_(None), going < Event.places),
        )
        .order_by(EventDate.id)
    )


async def may_move_up(session: AsyncSession, now: datetime) -> bool:
    """Return whether somebody waits for a place where one is free."""
    return await session.scalar(_with_a_place(now).limit(1)) is not None


async def move_all_up(session: AsyncSession, now: datetime, zone: ZoneInfo) -> list[Notice]:
    """Move up wherever a place has come free without an answer, such as by an erasure."""
    dates = (await session.scalars(_with_a_place(now))).all()
    return [notice for date_id in dates for notice in await move_up(session, date_id, now, zone)]


async def find(
    session: AsyncSession, date_id: int, person_id: int | None = None
) -> Happening | None:
    """Return one date of a published or cancelled event, with her answer; None for others."""
    row = (
        await session.execute(
            select(Event, EventDate)
            .join(EventDate, EventDate.event_id == Event.id)
            .where(
                EventDate.id == date_id,
                Event.state.in_((EventState.PUBLISHED, EventState.CANCELLED)),
            )
        )
    ).first()
    if row is None:
        return None
    tally = await tallies(session, (date_id,))
    signup = await session.get(EventSignup, (date_id, person_id)) if person_id else None
    event, date = row
    going, waiting = tally[date_id]
    return happening_of(event, date, going, waiting, signup.state if signup else None)


async def tallies(session: AsyncSession, date_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return how many go and how many wait, for each date."""
    query = (
        select(EventSignup.date_id, EventSignup.state, func.count())
        .where(EventSignup.date_id.in_(date_ids))
        .group_by(EventSignup.date_id, EventSignup.state)
    )
    found = {(d, state): n for d, state, n in (await session.execute(query))}
    return {
        date_id: (found.get((date_id, Answer.GOING), 0), found.get((date_id, Answer.WAITING), 0))
        for date_id in date_ids
    }


@dataclass(frozen=True)
class Attendance:
    """Who is going, as counts; small groups are left out and their number told."""

    going: int
    waiting: int
    not_going: int
    by_province: dict[str, int]
    by_grade: dict[str, int]


async def attendance(actor: Actor, date_id: int) -> Attendance:
    """Count who is going to a date, without names. Coordinators only."""
    actor.require(May.EVENTS)
    query = (
        select(EventSignup.state, Person.province, Person.grade)
        .join(Person, Person.id == EventSignup.person_id)
        .where(EventSignup.date_id == date_id)
    )
    rows = (await actor.session.execute(query)).all()
    states = Counter(state for state, _, _ in rows)
    going = [(province, grade) for state, province, grade in rows if state is Answer.GOING]
    return Attendance(
        states[Answer.GOING],
        states[Answer.WAITING],
        states[Answer.NOT_GOING],
        _large(Counter(province for province, _ in going if province)),
        _large(Counter(grade for _, grade in going if grade)),
    )


def _large(groups: Counter[str]) -> dict[str, int]:
    return {name: n for name, n in groups.most_common() if n >= SMALLEST_GROUP}


async def choose_for_date(
    actor: Actor, date_id: int, offsets: Collection[int] | None, zone: ZoneInfo
) -> None:
    """Set her reminders for one date. Raises StaleError when she holds no place there."""
    signup = await _place_of(actor.session, actor.id, date_id)
    signup.offsets = None if offsets is None else [m for m in OFFSETS if m in offsets]
    await actor.session.flush()
    await reminder_plan.replan(actor.session, (date_id,), actor.now, zone, actor.id)


async def reminders_of(
    session: AsyncSession, person_id: int, date_id: int
) -> tuple[tuple[int, ...], bool]:
    """Return how long before one date she is reminded, and whether she chose so for this one.

    Raises StaleError when she does not hold a place there.
    """
    signup = await _place_of(session, person_id, date_id)
    date = await session.get_one(EventDate, date_id)
    event = await session.get_one(Event, date.event_id)
    in_general, _ = await choice_of(session, person_id)
    offsets = offsets_for(
        event.kind,
        all_day=event.all_day,
        of_event=event.offsets,
        of_person=in_general,
        for_this=signup.offsets,
    )
    return offsets, signup.offsets is not None


async def _place_of(session: AsyncSession, person_id: int, date_id: int) -> EventSignup:
    signup = await session.get(EventSignup, (date_id, person_id))
    if signup is None or signup.state is Answer.NOT_GOING:
        raise StaleError
    return signup


async def choice_of(
    session: AsyncSession, person_id: int
) -> tuple[tuple[int, ...] | None, QuietHours]:
    """Return how she wants to be reminded in general, and her quiet hours."""
    choice = await session.get(ReminderChoice, person_id)
    offsets = None if choice is None or choice.offsets is None else tuple(choice.offsets)
    return offsets, reminder_plan.quiet_of(choice)


async def choose(
    actor: Actor, offsets: Collection[int] | None, quiet: QuietHours, zone: ZoneInfo
) -> None:
    """Set how she wants to be reminded in general. Raises ValueError for odd quiet hours."""
    begins, ends = quiet.begins.hour, quiet.ends.hour
    if begins not in EARLIEST_QUIET or ends not in LATEST_MORNING:
        raise ValueError("quiet hours")
    session = actor.session
    choice = await reminder_plan.choice_of_hers(session, actor.id)
    choice.offsets = None if offsets is None else [m for m in OFFSETS if m in offsets]
    choice.quiet_from, choice.quiet_until = begins, ends
    await session.flush()
    query = (
        select(EventSignup.date_id)
        .join(EventDate, EventDate.id == EventSignup.date_id)
        .where(EventSignup.person_id == actor.id, EventDate.over_at_utc > actor.now)
    )
    dates = (await session.scalars(query)).all()
    await reminder_plan.replan(session, dates, actor.now, zone, actor.id)


async def forget_old(session: AsyncSession, before: datetime) -> int:
    """Forget who went to dates that were over before `before`; how many went is kept.

    Returns how many answers were forgotten.
    """
    query = select(EventDate).where(EventDate.over_at_utc < before, EventDate.went.is_(None))
    old = list(await session.scalars(query))
    if not old:
        return 0
    ids = [date.id for date in old]
    tally = await tallies(session, ids)
    for date in old:
        date.went = tally[date.id][0]
    forgotten = await deleted(session, delete(EventSignup).where(EventSignup.date_id.in_(ids)))
    await reminder_plan.forget(session, ids)
    return forgotten
