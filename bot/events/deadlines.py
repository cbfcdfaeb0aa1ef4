"""When an opportunity closes, and who keeps it and is reminded of that.

Only a last day that a source announces, and that lies ahead, is reminded of; of the months in
which it usually is she is told as of no more than that. A reminder has a key of its own in the
outbox, so that it is sent once, whatever becomes of the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.careers.tables import SavedItem
from bot.content.base import Tongue
from bot.content.school_year import SchoolDate
from bot.database import Session
from bot.events import reminder_plan
from bot.events.reminder_times import OFFSETS, WEEK, When, due_at, judge, offsets_for
from bot.events.school_year import Coming, next_of
from bot.events.tables import ReminderChoice
from bot.people import ages, chats
from bot.people.staff import Actor
from bot.people.tables import Person, Reachability
from bot.queues import outbox

# So many who keep a thing are read at once: few, so that no question waits long for the writing.
PAGE = 100
_DAY = timedelta(days=1)
# So long before the last day the first reminder may be due.
_AHEAD = timedelta(minutes=WEEK) + _DAY


@dataclass(frozen=True)
class Ready:
    """A reminder of the last day of an opportunity, to be staged under `key`, until `until`."""

    key: str
    person_id: int
    tongue: Tongue
    item_id: str
    last: date
    late: bool
    until: datetime


@dataclass(frozen=True)
class Page:
    """The reminders due among some who keep an opportunity; after whom the next are, if any."""

    ready: tuple[Ready, ...]
    after: int | None


def coming(dates: Iterable[SchoolDate], item_id: str, today: date) -> Coming | None:
    """Return when an opportunity is next to be asked for; an announced day before a usual one."""
    found = [
        when
        for one in dates
        if one.opportunity == item_id and (when := next_of(one, today)) is not None
    ]
    return min(found, key=lambda when: (when.certainty == "usual", when.last), default=None)


def closes(when: Coming | None) -> date | None:
    """Return the last day to apply, where it was announced."""
    if when is None or when.of.kind != "applications" or when.certainty != "announced":
        return None
    return when.last


def closing(dates: Iterable[SchoolDate], today: date) -> dict[str, date]:
    """Return the last day of each opportunity that may have to be reminded of now."""
    dates = tuple(dates)
    ids = {one.opportunity for one in dates if one.opportunity is not None}
    days = {item_id: closes(coming(dates, item_id, today)) for item_id in ids}
    return {i: last for i, last in days.items() if last is not None and last <= today + _AHEAD}


async def are_on(session: Session, person_id: int) -> bool:
    """Return whether she is reminded of the last days of what she keeps."""
    choice = await session.get(ReminderChoice, person_id)
    return choice is None or choice.deadlines


async def switch(actor: Actor, *, on: bool) -> None:
    """Choose whether she is reminded of the last days of what she keeps.

    Who is not known to be old enough cannot choose it: AgeUnknownError, TooYoungError.
    """
    if on:
        await ages.require_of_girls(actor)
    choice = await reminder_plan.choice_of_hers(actor.session, actor.id)
    choice.deadlines = on
    await actor.session.flush()


async def page(
    session: Session,
    item_id: str,
    last: date,
    now: datetime,
    zone: ZoneInfo,
    after: int = chats.BEFORE_ALL,
) -> Page:
    """Return the reminders of one opportunity whose time has come and that were not staged before.

    They are those of the next `PAGE` people who keep it, `after` a person: each is read once,
    however many were reminded already. Who kept it only when a reminder was already due is
    reminded by the next.
    """
    query = (
        select(SavedItem, Person, ReminderChoice)
        .join(Person, Person.id == SavedItem.person_id)
        .outerjoin(ReminderChoice, ReminderChoice.person_id == SavedItem.person_id)
        .where(
            SavedItem.item_id == item_id,
            SavedItem.person_id > after,
            Person.reach == Reachability.REACHABLE,
            ages.NOT_TOO_YOUNG,
        )
        .order_by(SavedItem.person_id)
        .limit(PAGE)
    )
    keepers = (await session.execute(query)).all()
    found = [
        one
        for saved, person, choice in keepers
        if choice is None or choice.deadlines
        if (one := _due(saved, person, choice, last, now, zone)) is not None
    ]
    known = await outbox.outcomes(session, [one.key for one in found])
    ready = tuple(one for one in found if one.key not in known)
    return Page(ready, keepers[-1].Person.id if len(keepers) == PAGE else None)


def _due(
    saved: SavedItem,
    person: Person,
    choice: ReminderChoice | None,
    last: date,
    now: datetime,
    zone: ZoneInfo,
) -> Ready | None:
    """Return the newest reminder that is due, if it may leave now."""
    starts, ends = (datetime.combine(day, time(), zone) for day in (last, last + _DAY))
    when, quiet = When(starts, ends, all_day=True), reminder_plan.quiet_of(choice)
    of_person = choice.offsets if choice else None
    offsets = offsets_for(
        "deadline", all_day=True, of_event=OFFSETS, of_person=of_person, for_this=None
    )
    due = {due_at(when, minutes, quiet, zone): minutes for minutes in offsets}
    newest = max((at for at in due if saved.saved_at_utc < at <= now), default=None)
    if newest is None:
        return None
    verdict = judge(when, due[newest], newest, newest, now, quiet, zone)
    if verdict.act != "send" or verdict.until is None:
        return None
    key = f"deadline:{person.id}:{saved.item_id}:{last:%Y%m%d}:{due[newest]}"
    return Ready(key, person.id, person.language, saved.item_id, last, verdict.late, verdict.until)
