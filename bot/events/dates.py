"""The dates of an event: made from its rule, moved, called off, and who must hear of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events import reminder_plan, signups
from bot.events.happening import happening_of
from bot.events.notices import Notice
from bot.events.states import Answer, EventState
from bot.events.tables import Event, EventDate, EventSignup, ReminderChoice
from bot.people.tables import Person

# A yearly event must show its next date; a weekly one must not fill the calendar for ever.
HORIZON = timedelta(days=400)
MOST_DATES = 60
_UNTOLD_LENGTH = timedelta(hours=2)
_STEPS = {
    "weekly": lambda n: relativedelta(weeks=n),
    "monthly": lambda n: relativedelta(months=n),
    "yearly": lambda n: relativedelta(years=n),
}
FIRST = "0"


def nth_start(first: datetime, repeat: str, n: int, zone: ZoneInfo) -> datetime:
    """Return the n-th time of a rule, at the same hour of the zone whatever the clocks do.

    The 31st becomes the last day of a shorter month.
    """
    local: datetime = first.astimezone(zone) + _STEPS[repeat](n)
    return local.astimezone(UTC)


def shifted(at: datetime, old: datetime, new: datetime, zone: ZoneInfo) -> datetime:
    """Return `at` moved as `old` was moved to `new`, counted on the clock of the zone."""
    by = new.astimezone(zone).replace(tzinfo=None) - old.astimezone(zone).replace(tzinfo=None)
    return (at.astimezone(zone) + by).astimezone(UTC)


def over_at(
    kind: str, starts: datetime, ends: datetime | None, zone: ZoneInfo, *, all_day: bool
) -> datetime:
    """Return when a date is over and leaves the calendar."""
    if ends is not None and ends > starts:
        return ends
    if all_day:
        return (starts.astimezone(zone) + timedelta(days=1)).astimezone(UTC)
    return starts if kind == "deadline" else starts + _UNTOLD_LENGTH


def set_time(
    event: Event, date: EventDate, starts: datetime, ends: datetime | None, zone: ZoneInfo
) -> None:
    """Give a date its time."""
    date.starts_at_utc, date.ends_at_utc = starts, ends
    date.over_at_utc = over_at(event.kind, starts, ends, zone, all_day=event.all_day)


def new_date(
    event: Event, slot: str, starts: datetime, ends: datetime | None, zone: ZoneInfo
) -> EventDate:
    """Return a new date of an event."""
    date = EventDate(event_id=event.id, slot=slot)
    set_time(event, date, starts, ends, zone)
    return date


def ends_of(event: Event, starts: datetime) -> datetime | None:
    """Return the end of a date that begins at `starts`."""
    return starts + timedelta(minutes=event.lasts_minutes) if event.lasts_minutes else None


async def extend(session: AsyncSession, event: Event, now: datetime, zone: ZoneInfo) -> None:
    """Add the dates that the rule names and the calendar has not yet, up to the horizon."""
    if event.repeat is None or event.state is not EventState.PUBLISHED:
        return
    query = select(EventDate.slot).where(EventDate.event_id == event.id)
    known = set(await session.scalars(query))
    for n in range(1, 100 * MOST_DATES):
        starts = nth_start(event.first_at_utc, event.repeat, n, zone)
        last = event.repeat_until
        if starts > now + HORIZON or (last and starts.astimezone(zone).date() > last):
            break
        slot = f"{event.series}:{n}"
        if starts <= now or slot in known:
            continue
        session.add(new_date(event, slot, starts, ends_of(event, starts), zone))
    await session.flush()


async def extend_all(session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
    """Extend every event that repeats."""
    query = select(Event).where(Event.repeat.is_not(None), Event.state == EventState.PUBLISHED)
    for event in await session.scalars(query):
        await extend(session, event, now, zone)


async def coming(session: AsyncSession, event_id: int, now: datetime) -> list[EventDate]:
    """Return the dates of an event that are neither over nor cancelled, soonest first."""
    query = (
        select(EventDate)
        .where(
            EventDate.event_id == event_id,
            EventDate.over_at_utc > now,
            EventDate.cancelled_at_utc.is_(None),
        )
        .order_by(EventDate.starts_at_utc)
    )
    return list(await session.scalars(query))


async def tell_holders(
    session: AsyncSession,
    kind: Literal["changed", "moved", "cancelled"],
    event: Event,
    dates: Sequence[EventDate],
    now: datetime,
    zone: ZoneInfo,
    was: Mapping[int, datetime] | None = None,
) -> tuple[Notice, ...]:
    """Return one notice for each who goes to or waits for one of these dates.

    It names the soonest of her dates, and how many others of hers the same happened to.
    """
    by_id = {date.id: date for date in dates}
    query = (
        select(EventSignup, Person, ReminderChoice)
        .join(Person, Person.id == EventSignup.person_id)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == EventSignup.person_id)
        .where(EventSignup.date_id.in_(by_id), EventSignup.state != Answer.NOT_GOING)
        .order_by(EventSignup.queue)
    )
    tally = await signups.tallies(session, by_id)
    notices: dict[int, Notice] = {}
    rows = (await session.execute(query)).all()
    for signup, person, choice in sorted(rows, key=lambda r: by_id[r[0].date_id].starts_at_utc):
        if earlier := notices.get(person.id):
            notices[person.id] = replace(earlier, others=earlier.others + 1)
            continue
        happening = happening_of(
            event, by_id[signup.date_id], *tally[signup.date_id], signup.state
        )
        notices[person.id] = Notice(
            kind,
            person.id,
            person.language,
            happening,
            f"event-note:{signup.date_id}:{event.version}:{person.id}",
            reminder_plan.quiet_of(choice).holds(now, zone),
            was=(was or {}).get(signup.date_id),
        )
    return tuple(notices.values())
