"""The plan of reminders, kept in a table and made anew in the transaction of each change.

A reminder is one row for one person, date, offset and time of the date, for ever: what was
staged or dropped is never planned again, what a change made wrong is taken out, and nothing
that lies in the past is added. So no order of edits, restarts and clocks sends one twice.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Tongue
from bot.events.happening import Happening, happening_of
from bot.events.reminder_times import When, due_at, judge, offsets_for
from bot.events.states import Answer, EventState, ReminderState
from bot.events.tables import Event, EventDate, EventSignup, Reminder, ReminderChoice
from bot.people.ages import Band
from bot.people.tables import Person, Reachability
from bot.queues import outbox
from bot.queues.tables import OutboxMessage
from bot.quiet_hours import QuietHours

# Small, so that a question does not wait long for the transaction.
BATCH = 100


@dataclass(frozen=True)
class Ready:
    """A reminder to be staged under `key`, of no use after `until`."""

    key: str
    person_id: int
    tongue: Tongue
    happening: Happening
    late: bool
    until: datetime


def quiet_of(choice: ReminderChoice | None) -> QuietHours:
    """Return somebody's quiet hours."""
    if choice is None:
        return QuietHours()
    return QuietHours(time(choice.quiet_from), time(choice.quiet_until))


async def choice_of_hers(session: AsyncSession, person_id: int) -> ReminderChoice:
    """Return how she wants to be reminded, to be changed; the usual when she chose nothing yet."""
    choice = await session.get(ReminderChoice, person_id)
    if choice is None:
        usual = QuietHours()
        choice = ReminderChoice(
            person_id=person_id, deadlines=True, quiet_from=usual.begins.hour,
            quiet_until=usual.ends.hour,
        )  # fmt: skip
        session.add(choice)
    return choice


def when_of(event: Event, date: EventDate) -> When:
    """Return the time of a date as the arithmetic wants it."""
    closes = date.over_at_utc if event.all_day else date.starts_at_utc
    return When(date.starts_at_utc, closes, event.all_day)


async def replan(
    session: AsyncSession,
    dates: Collection[int],
    now: datetime,
    zone: ZoneInfo,
    person_id: int | None = None,
) -> None:
    """Make the plan of these dates what it should be now, for everybody or for one person."""
    wanted = await _wanted(session, dates, zone, person_id)
    query = select(Reminder).where(Reminder.date_id.in_(dates))
    if person_id is not None:
        query = query.where(Reminder.person_id == person_id)
    untrue: list[str] = []
    for row in await session.scalars(query):
        key = (row.date_id, row.person_id, row.minutes_before, row.starts_at_utc)
        due = wanted.pop(key, None)
        if row.state is ReminderState.STAGED and due is None and row.outbox_key:
            untrue.append(row.outbox_key)
        if row.state is not ReminderState.PLANNED:
            continue
        if due is None:
            await session.delete(row)
        elif due != row.due_at_utc:
            row.due_at_utc = row.look_at_utc = due
    new = [
        {
            "date_id": date_id,
            "person_id": person,
            "minutes_before": minutes,
            "starts_at_utc": starts,
            "due_at_utc": due,
            "look_at_utc": due,
        }
        for (date_id, person, minutes, starts), due in wanted.items()
        if due > now
    ]
    if new:
        await session.execute(insert(Reminder), new)
    # They wait to be sent and are no longer true.
    await outbox.drop(session, keys=untrue, why="withdrawn", now=now)
    await session.flush()


async def replan_all(session: AsyncSession, now: datetime, zone: ZoneInfo) -> None:
    """Make the whole plan anew, as at a start: mends what a clock that ran ahead left out."""
    query = select(EventDate.id).where(EventDate.over_at_utc > now)
    await replan(session, list(await session.scalars(query)), now, zone)


_Key = tuple[int, int, int, datetime]


async def _wanted(
    session: AsyncSession, dates: Collection[int], zone: ZoneInfo, person_id: int | None
) -> dict[_Key, datetime]:
    """Return when each reminder of those who are going is due."""
    query = (
        select(EventSignup, EventDate, Event, ReminderChoice)
        .join(EventDate, EventDate.id == EventSignup.date_id)
        .join(Event, Event.id == EventDate.event_id)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == EventSignup.person_id)
        .where(
            EventSignup.state == Answer.GOING,
            EventSignup.date_id.in_(dates),
            EventDate.cancelled_at_utc.is_(None),
            Event.state == EventState.PUBLISHED,
        )
    )
    if person_id is not None:
        query = query.where(EventSignup.person_id == person_id)
    wanted: dict[_Key, datetime] = {}
    for signup, date, event, choice in await session.execute(query):
        when, quiet = when_of(event, date), quiet_of(choice)
        for minutes in offsets_for(
            event.kind,
            all_day=event.all_day,
            of_event=event.offsets,
            of_person=choice.offsets if choice else None,
            for_this=signup.offsets,
        ):
            key = (date.id, signup.person_id, minutes, date.starts_at_utc)
            wanted[key] = due_at(when, minutes, quiet, zone)
    return wanted


async def next_look(session: AsyncSession) -> datetime | None:
    """Return when the next reminder must be looked at."""
    return await session.scalar(
        select(func.min(Reminder.look_at_utc)).where(Reminder.state == ReminderState.PLANNED)
    )


async def anything_to_do(session: AsyncSession, now: datetime) -> bool:
    """Return whether `take_ready` or `take_back` would find something."""
    soonest = await next_look(session)
    if soonest is not None and soonest <= now:
        return True
    if await session.scalar(_expired().limit(1)) is not None:
        return True
    early = select(Reminder.id).where(*_dropped_too_soon(now)).limit(1)
    return await session.scalar(early) is not None


async def take_back(session: AsyncSession, now: datetime) -> None:
    """Plan again what the courier could not send in time, and what a wrong clock dropped."""
    for row in await session.scalars(_expired()):
        row.state, row.look_at_utc = ReminderState.PLANNED, now
    await session.execute(
        update(Reminder)
        .where(*_dropped_too_soon(now))
        .values(state=ReminderState.PLANNED, why=None, look_at_utc=Reminder.due_at_utc)
    )


def _expired() -> Select[Reminder]:
    return (
        select(Reminder)
        .join(OutboxMessage, OutboxMessage.key == Reminder.outbox_key)
        .where(Reminder.state == ReminderState.STAGED, OutboxMessage.failure == outbox.EXPIRED)
    )


def _dropped_too_soon(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A clock that had run ahead and went back: what it dropped is not late at all."""
    return (
        Reminder.state == ReminderState.DROPPED,
        Reminder.why.in_(("too late", "overtaken", "quiet until too late")),
        Reminder.due_at_utc > now,
    )


async def take_ready(session: AsyncSession, now: datetime, zone: ZoneInfo) -> list[Ready]:
    """Decide about up to `BATCH` reminders whose time has come; return those to stage.

    Each is decided once: staged, dropped with the reason, or put off to the morning.
    """
    query = (
        select(Reminder, EventDate, Event, Person, ReminderChoice)
        .join(EventDate, EventDate.id == Reminder.date_id)
        .join(Event, Event.id == EventDate.event_id)
        .join(Person, Person.id == Reminder.person_id)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == Reminder.person_id)
        .where(Reminder.state == ReminderState.PLANNED, Reminder.look_at_utc <= now)
        .order_by(Reminder.look_at_utc, Reminder.id)
        .limit(BATCH)
    )
    rows = (await session.execute(query)).all()
    newest = await _newest_due(session, (row for row, *_ in rows), now)
    ready = []
    for row, date, event, person, choice in rows:
        verdict = judge(
            when_of(event, date),
            row.minutes_before,
            row.due_at_utc,
            newest[_hers(row)],
            now,
            quiet_of(choice),
            zone,
        )
        if verdict.act == "wait" and verdict.until is not None:
            row.look_at_utc = verdict.until
            continue
        row.handled_at_utc = now
        if verdict.act == "drop" or verdict.until is None:
            row.state, row.why = ReminderState.DROPPED, verdict.why
        elif person.reach is not Reachability.REACHABLE:
            row.state, row.why = ReminderState.DROPPED, "unreachable"
        elif person.age_band is Band.YOUNG:
            row.state, row.why = ReminderState.DROPPED, "too young"
        else:
            row.stagings += 1
            key = f"reminder:{row.id}:{row.stagings}"
            row.state, row.late, row.outbox_key = ReminderState.STAGED, verdict.late, key
            ready.append(
                Ready(
                    key,
                    person.id,
                    person.language,
                    happening_of(event, date, hers=Answer.GOING),
                    verdict.late,
                    verdict.until,
                )
            )
    await session.flush()
    return ready


_Hers = tuple[int, int, datetime]


def _hers(row: Reminder) -> _Hers:
    return row.date_id, row.person_id, row.starts_at_utc


async def _newest_due(
    session: AsyncSession, rows: Iterable[Reminder], now: datetime
) -> dict[_Hers, datetime]:
    """Return when the newest overdue reminder of each person and date was due."""
    hers = (Reminder.date_id, Reminder.person_id, Reminder.starts_at_utc)
    wanted = {_hers(row) for row in rows}
    query = (
        select(*hers, func.max(Reminder.due_at_utc))
        .where(
            Reminder.date_id.in_({date_id for date_id, _, _ in wanted}),
            Reminder.state.in_((ReminderState.PLANNED, ReminderState.STAGED)),
            Reminder.due_at_utc <= now,
        )
        .group_by(*hers)
    )
    found = await session.execute(query)
    return {(date_id, person, starts): due for date_id, person, starts, due in found}


async def forget(session: AsyncSession, date_ids: Collection[int]) -> None:
    """Delete the reminders of dates long past."""
    await session.execute(delete(Reminder).where(Reminder.date_id.in_(date_ids)))
