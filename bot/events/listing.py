"""The calendar as it is read: by month, with filters; and what somebody goes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.happening import Happening, happening_of
from bot.events.signups import find, tallies
from bot.events.states import Answer, EventState
from bot.events.tables import Event, EventDate, EventSignup
from bot.people.staff import Actor
from bot.refusals import GoneError
from bot.rights import May


@dataclass(frozen=True)
class Shown:
    """What she wants to see; empty means all. Its code fits into callback data."""

    province: str = ""
    field: str = ""
    grade: str = ""
    only: str = ""  # "o": online, "m": those she goes to

    @property
    def code(self) -> str:
        """The filter as a part of callback data."""
        return f"{self.province}:{self.field}:{self.grade}:{self.only}".rstrip(":")

    def fits(self, happening: Happening) -> bool:
        """Return whether a date is to be shown.

        In a province one can take part in what happens there, in the whole country or online;
        what names no field or no grade is for all of them.
        """
        return (
            (not self.province or happening.province in (None, self.province))
            and (not self.field or not happening.fields or self.field in happening.fields)
            and (not self.grade or not happening.grades or self.grade in happening.grades)
            and (self.only != "o" or happening.online)
            and (self.only != "m" or happening.hers in (Answer.GOING, Answer.WAITING))
        )


def read_filter(code: str) -> Shown:
    """Return the filter that `code` names; what is not understood is left out."""
    parts = (code.split(":") + [""] * 4)[:4]
    return Shown(*parts)


@dataclass(frozen=True)
class Month:
    """One month of the calendar, with its neighbours that have something to show."""

    first: date
    found: tuple[Happening, ...]
    before: date | None
    after: date | None


async def month(actor: Actor, wanted: date | None, shown: Shown, zone: ZoneInfo) -> Month:
    """Return a month of what is still to come; without `wanted` the first that has something."""
    coming = await _coming(actor.session, actor.id, actor.now)
    fitting = [happening for happening in coming if shown.fits(happening)]
    months = sorted({_month_of(happening, zone) for happening in fitting})
    this = actor.now.astimezone(zone).date().replace(day=1)
    first = wanted.replace(day=1) if wanted else (months[0] if months else this)
    return Month(
        first,
        tuple(happening for happening in fitting if _month_of(happening, zone) == first),
        max((m for m in months if m < first), default=None),
        min((m for m in months if m > first), default=None),
    )


def _month_of(happening: Happening, zone: ZoneInfo) -> date:
    return happening.starts.astimezone(zone).date().replace(day=1)


async def _coming(session: AsyncSession, person_id: int, now: datetime) -> list[Happening]:
    query = (
        select(Event, EventDate, EventSignup.state)
        .join(EventDate, EventDate.event_id == Event.id)
        .outerjoin(
            EventSignup,
            (EventSignup.date_id == EventDate.id) & (EventSignup.person_id == person_id),
        )
        .where(
            Event.state == EventState.PUBLISHED,
            EventDate.cancelled_at_utc.is_(None),
            EventDate.over_at_utc > now,
        )
        .order_by(EventDate.starts_at_utc, EventDate.id)
    )
    rows = (await session.execute(query)).all()
    return [happening_of(event, day, hers=hers) for event, day, hers in rows]


async def next_date(actor: Actor, event_id: int) -> int | None:
    """Return the number of an event's next date; None where there is none any more."""
    coming = await _coming(actor.session, actor.id, actor.now)
    return next((one.date_id for one in coming if one.event_id == event_id), None)


async def for_staff(actor: Actor) -> list[Happening]:
    """Return every event to come by its next date, with counts. Coordinators only."""
    actor.require(May.EVENTS)
    soonest: dict[int, Happening] = {}
    for happening in await _coming(actor.session, 0, actor.now):
        soonest.setdefault(happening.event_id, happening)
    return await _counted(actor.session, soonest.values())


async def dates_for_staff(actor: Actor, event_id: int) -> list[Happening]:
    """Return the dates of one event still to come, with counts. Coordinators only.

    Raises RefusedError when there is none.
    """
    actor.require(May.EVENTS)
    coming = await _coming(actor.session, 0, actor.now)
    ahead = [happening for happening in coming if happening.event_id == event_id]
    if not ahead:
        raise GoneError("eventdesk.gone")
    return await _counted(actor.session, ahead)


async def date_for_staff(actor: Actor, date_id: int) -> Happening:
    """Return one date still to come, with counts. Coordinators only; RefusedError for others."""
    actor.require(May.EVENTS)
    happening = await find(actor.session, date_id)
    if happening is None or happening.cancelled or happening.over <= actor.now:
        raise GoneError("eventdesk.gone")
    return happening


async def _counted(session: AsyncSession, found: Iterable[Happening]) -> list[Happening]:
    shown = list(found)
    tally = await tallies(session, [happening.date_id for happening in shown])
    return [
        replace(happening, going=going, waiting=waiting)
        for happening in shown
        for going, waiting in [tally[happening.date_id]]
    ]
