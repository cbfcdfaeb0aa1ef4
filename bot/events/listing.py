"""The calendar as it is read: by month, with filters; and what somebody goes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.happening import Happening, happening
from bot.events.signups import tallies
from bot.events.tables import Event, EventDate, EventSignup
from bot.people.staff import require_coordinator


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
        return f"{self.province}:{self.field}:{self.grade}:{self.only}"

    def fits(self, of: Happening) -> bool:
        """Return whether a date is to be shown.

        In a province one can take part in what happens there, in the whole country or online;
        what names no field or no grade is for all of them.
        """
        return (
            (not self.province or of.province in (None, self.province))
            and (not self.field or not of.fields or self.field in of.fields)
            and (not self.grade or not of.grades or self.grade in of.grades)
            and (self.only != "o" or of.online)
            and (self.only != "m" or of.hers in ("going", "waiting"))
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


async def month(
    session: AsyncSession, person_id: int, wanted: date | None, shown: Shown, now: datetime,
    zone: ZoneInfo,
) -> Month:  # fmt: skip
    """Return a month of what is still to come; without `wanted` the first that has something."""
    fitting = [of for of in await _coming(session, person_id, now) if shown.fits(of)]
    months = sorted({_month_of(of, zone) for of in fitting})
    this = now.astimezone(zone).date().replace(day=1)
    first = wanted.replace(day=1) if wanted else (months[0] if months else this)
    return Month(
        first,
        tuple(of for of in fitting if _month_of(of, zone) == first),
        max((m for m in months if m < first), default=None),
        min((m for m in months if m > first), default=None),
    )


def _month_of(of: Happening, zone: ZoneInfo) -> date:
    return of.starts.astimezone(zone).date().replace(day=1)


async def _coming(session: AsyncSession, person_id: int, now: datetime) -> list[Happening]:
    query = (
        select(Event, EventDate, EventSignup.state)
        .join(EventDate, EventDate.event_id == Event.id)
        .outerjoin(
            EventSignup,
            (EventSignup.date_id == EventDate.id) & (EventSignup.person_id == person_id),
        )
        .where(
            Event.state == "published",
            EventDate.cancelled_at_utc.is_(None),
            EventDate.over_at_utc > now,
        )
        .order_by(EventDate.starts_at_utc, EventDate.id)
    )
    rows = (await session.execute(query)).all()
    return [happening(event, day, hers=hers) for event, day, hers in rows]


async def for_staff(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], now: datetime
) -> list[Happening]:
    """Return every event to come by its next date, with counts. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    soonest: dict[int, Happening] = {}
    for of in await _coming(session, 0, now):
        soonest.setdefault(of.event_id, of)
    return await _counted(session, soonest.values())


async def dates_for_staff(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], event_id: int,
    now: datetime,
) -> list[Happening]:  # fmt: skip
    """Return the dates of one event still to come, with counts. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    ahead = [of for of in await _coming(session, 0, now) if of.event_id == event_id]
    return await _counted(session, ahead)


async def _counted(session: AsyncSession, found: Iterable[Happening]) -> list[Happening]:
    shown = list(found)
    tally = await tallies(session, [of.date_id for of in shown])
    return [replace(of, going=tally[of.date_id][0], waiting=tally[of.date_id][1]) for of in shown]
