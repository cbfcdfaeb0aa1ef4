"""What coordinators do with events: publish, edit, repeat, move and cancel, all recorded.

Each returns the notices for those who hold a place; whoever calls delivers them.
"""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Text, Tongue
from bot.events import dates, reminder_plan, signups
from bot.events.details import Details
from bot.events.notices import Notice
from bot.events.states import EventState
from bot.events.tables import Event, EventDate
from bot.language.typed_times import Span
from bot.people.staff import Actor
from bot.refusals import GoneError
from bot.rights import May

_READ = ("title", "text", "online", "province", "place")
_SAID, _LISTS = ("title", "text"), ("fields", "grades")
_PLAIN = ("online", "province", "place", "kind", "all_day", "places", "repeat", "repeat_until")


class IncompleteError(Exception):
    """An event cannot be published as it is; `problems` are names of words in `content/`."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


async def publish(
    actor: Actor, details: Details, zone: ZoneInfo, tongues: Collection[Tongue]
) -> int:
    """Put an event into the calendar, said in these `tongues`; return its id. Coordinators only.

    Raises IncompleteError.
    """
    actor.require(May.EVENTS)
    session, now = actor.session, actor.now
    starts = _checked(details, now, tongues)
    event = Event(
        state=EventState.PUBLISHED, created_by=actor.id, created_at_utc=now, first_at_utc=starts
    )
    _write(event, details)
    session.add(event)
    await session.flush()
    session.add(dates.new_date(event, dates.FIRST, starts, details.ends, zone))
    await session.flush()
    await dates.extend(session, event, now, zone)
    await actor.note("published", "event", event.id)
    return event.id


def _checked(details: Details, now: datetime, tongues: Collection[Tongue]) -> datetime:
    problems = details.problems(now, tongues)
    if problems or details.starts is None:
        raise IncompleteError(problems)
    return details.starts


def _write(event: Event, details: Details) -> None:
    for name in _SAID:
        words: Text | None = getattr(details, name)
        setattr(event, name, dict(words.root) if words else {})
    for name in _PLAIN:
        setattr(event, name, getattr(details, name))
    for name in _LISTS:
        setattr(event, name, list(getattr(details, name)))
    event.offsets = None if details.offsets is None else list(details.offsets)
    lasts = details.ends - details.starts if details.ends and details.starts else None
    event.lasts_minutes = int(lasts.total_seconds() // 60) if lasts else None


async def details_of(session: AsyncSession, event_id: int, now: datetime) -> Details:
    """Return what a published event says, with the time of its next date.

    Raises RefusedError when it is over, cancelled or not there.
    """
    event = await _published(session, event_id)
    ahead = await dates.coming(session, event_id, now)
    if not ahead:
        raise GoneError("eventdesk.gone")
    values = {name: getattr(event, name) for name in (*_PLAIN, *_LISTS, "offsets")}
    values |= {name: getattr(event, name) or None for name in _SAID}
    values["everywhere"] = not (event.online or event.province or event.place)
    return Details(**values, starts=ahead[0].starts_at_utc, ends=ahead[0].ends_at_utc)


async def edit(
    actor: Actor, event_id: int, details: Details, zone: ZoneInfo, tongues: Collection[Tongue]
) -> tuple[Notice, ...]:
    """Change an event; a new time moves every date to come by as much. Coordinators only.

    Raises RefusedError when it is over or cancelled meanwhile, and IncompleteError.
    """
    actor.require(May.EVENTS)
    session, now = actor.session, actor.now
    old = await details_of(session, event_id, now)
    if details == old:
        return ()
    starts = _checked(details, now, tongues)
    event = await session.get_one(Event, event_id)
    _write(event, details)
    event.version += 1
    ahead = await dates.coming(session, event_id, now)
    was = {date.id: date.starts_at_utc for date in ahead}
    began = ahead[0].starts_at_utc
    for date in ahead:
        begins = dates.shifted(date.starts_at_utc, began, starts, zone)
        dates.set_time(event, date, begins, dates.ends_of(event, begins), zone)
    event.first_at_utc = dates.shifted(event.first_at_utc, began, starts, zone)
    called_off = await _follow_rule(session, event, old, details, ahead, now, zone)
    await session.flush()
    await reminder_plan.replan(session, was, now, zone)
    told = await _tell(session, event, old, details, ahead, called_off, was, now, zone)
    places = [await signups.move_up(session, date.id, now, zone) for date in ahead]
    await actor.note("edited", "event", event_id)
    return (*told, *(notice for notices in places for notice in notices))


async def _follow_rule(
    session: AsyncSession,
    event: Event,
    old: Details,
    new: Details,
    ahead: list[EventDate],
    now: datetime,
    zone: ZoneInfo,
) -> list[EventDate]:
    """Call off the dates that the new rule no longer names, and add those it names."""
    last = new.repeat_until
    if new.repeat == old.repeat:
        gone = [d for d in ahead[1:] if last and d.starts_at_utc.astimezone(zone).date() > last]
    else:
        # The next date stays; the rule counts from it.
        gone = ahead[1:]
        event.series += 1
        event.first_at_utc = ahead[0].starts_at_utc
    for date in gone:
        date.cancelled_at_utc = now
    await session.flush()
    await dates.extend(session, event, now, zone)
    return gone


async def _tell(
    session: AsyncSession,
    event: Event,
    old: Details,
    new: Details,
    ahead: list[EventDate],
    called_off: list[EventDate],
    was: dict[int, datetime],
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Notice, ...]:
    """Return the notices of an edit: what is called off, and what moved or reads differently."""
    gone = await dates.tell_holders(session, "cancelled", event, called_off, now, zone)
    kept = [date for date in ahead if date not in called_off]
    moved = (old.starts, old.ends, old.all_day) != (new.starts, new.ends, new.all_day)
    if not moved and all(getattr(old, name) == getattr(new, name) for name in _READ):
        return gone
    rest = await dates.tell_holders(
        session, "moved" if moved else "changed", event, kept, now, zone, was if moved else None
    )
    return (*gone, *rest)


async def move_date(actor: Actor, date_id: int, span: Span, zone: ZoneInfo) -> tuple[Notice, ...]:
    """Move one date and leave the others. Coordinators only; RefusedError when it is over."""
    actor.require(May.EVENTS)
    session, now = actor.session, actor.now
    event, date = await _date_to_come(session, date_id, now)
    starts, ends = span.starts, span.ends
    if starts <= now:
        raise GoneError("eventdesk.gone")
    was = {date.id: date.starts_at_utc}
    event.version += 1
    dates.set_time(event, date, starts, ends or dates.ends_of(event, starts), zone)
    await session.flush()
    await reminder_plan.replan(session, was, now, zone)
    await actor.note("moved", "event", event.id, f"date {date_id}")
    return await dates.tell_holders(session, "moved", event, [date], now, zone, was)


async def cancel_date(actor: Actor, date_id: int, zone: ZoneInfo) -> tuple[Notice, ...]:
    """Call off one date and leave the others. Coordinators only; RefusedError when it is over."""
    actor.require(May.EVENTS)
    event, date = await _date_to_come(actor.session, date_id, actor.now)
    await actor.note("cancelled", "event", event.id, f"date {date_id}")
    return await call_off(actor.session, event, [date], actor.now, zone)


async def cancel(actor: Actor, event_id: int, zone: ZoneInfo) -> tuple[Notice, ...]:
    """Cancel an event with all its dates to come. Coordinators only; RefusedError when gone."""
    actor.require(May.EVENTS)
    event = await _published(actor.session, event_id)
    event.state = EventState.CANCELLED
    await actor.note("cancelled", "event", event_id)
    ahead = await dates.coming(actor.session, event_id, actor.now)
    return await call_off(actor.session, event, ahead, actor.now, zone)


async def call_off(
    session: AsyncSession, event: Event, gone: list[EventDate], now: datetime, zone: ZoneInfo
) -> tuple[Notice, ...]:
    """Cancel dates, take out their reminders, and return whom to tell."""
    event.version += 1
    for date in gone:
        date.cancelled_at_utc = now
    await session.flush()
    await reminder_plan.replan(session, [date.id for date in gone], now, zone)
    return await dates.tell_holders(session, "cancelled", event, gone, now, zone)


async def _published(session: AsyncSession, event_id: int) -> Event:
    event = await session.get(Event, event_id)
    if event is None or event.state is not EventState.PUBLISHED:
        raise GoneError("eventdesk.gone")
    return event


async def _date_to_come(
    session: AsyncSession, date_id: int, now: datetime
) -> tuple[Event, EventDate]:
    date = await session.get(EventDate, date_id)
    if date is None or date.cancelled_at_utc is not None or date.over_at_utc <= now:
        raise GoneError("eventdesk.gone")
    return await _published(session, date.event_id), date
