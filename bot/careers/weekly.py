"""The step of the week: checked off on a plan, and asked about a week later by who wishes it.

Nobody is asked who did not say so, and who leaves two questions unanswered is asked no more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, or_, select

from bot.careers.tables import WeeklyStep
from bot.content.base import Tongue
from bot.database import Session
from bot.people import ages
from bot.people.ages import Band
from bot.people.staff import Actor
from bot.people.tables import Person, Reachability
from bot.quiet_hours import QuietHours
from bot.refusals import StaleError

WEEK = timedelta(days=7)
MOST_UNANSWERED = 2
# Small, so that a question does not wait long for the transaction.
BATCH = 100


@dataclass(frozen=True)
class Asked:
    """Somebody to be asked about her step, or to be told that she is asked no more."""

    key: str
    person_id: int
    tongue: Tongue
    career_id: str
    last: bool


async def of(session: Session, person_id: int) -> WeeklyStep | None:
    """Return the step that somebody checked off last."""
    return await session.get(WeeklyStep, person_id)


async def check_off(actor: Actor, career_id: str) -> None:
    """Check off the step of the week in the plan for a career."""
    row = await of(actor.session, actor.id)
    if row is None:
        row = WeeklyStep(
            person_id=actor.id, career_id=career_id, done_at_utc=actor.now, unanswered=0
        )
        actor.session.add(row)
    row.career_id, row.done_at_utc = career_id, actor.now
    _answered(row, actor.now)
    await actor.session.flush()


async def take_back(actor: Actor) -> None:
    """Take back that she has done the step; whether she is asked of the next stays as it is."""
    (await _hers(actor)).done_at_utc = None
    await actor.session.flush()


def done_this_week(row: WeeklyStep | None, career_id: str, now: datetime) -> bool:
    """Return whether the step of the week is done in the plan for a career."""
    return (
        row is not None
        and row.career_id == career_id
        and row.done_at_utc is not None
        and now < row.done_at_utc + WEEK
    )


def _answered(row: WeeklyStep, now: datetime) -> None:
    row.unanswered = 0
    if row.ask_at_utc is not None:
        row.ask_at_utc = now + WEEK


async def ask_me(actor: Actor, *, on: bool) -> None:
    """Choose to be asked in a week, or no more; raises StaleError before any step is done.

    Who is not known to be old enough is not written to: AgeUnknownError, TooYoungError.
    """
    if on:
        await ages.require_of_girls(actor)
    row = await _hers(actor)
    row.unanswered = 0
    row.ask_at_utc = actor.now + WEEK if on else None
    await actor.session.flush()


async def not_yet(actor: Actor) -> None:
    """Answer that she has taken no step this week; she is asked again in a week."""
    _answered(await _hers(actor), actor.now)
    await actor.session.flush()


async def _hers(actor: Actor) -> WeeklyStep:
    row = await of(actor.session, actor.id)
    if row is None:
        raise StaleError
    return row


async def next_question(session: Session) -> datetime | None:
    """Return when somebody is to be asked next."""
    return await session.scalar(select(func.min(WeeklyStep.ask_at_utc)))


async def take_due(session: Session, now: datetime, zone: ZoneInfo) -> list[Asked]:
    """Return up to `BATCH` who are to be asked now, each once a week; none in the quiet hours.

    Who has told since that she is too young is asked no more.
    """
    if QuietHours().holds(now, zone):
        return []
    query = (
        select(WeeklyStep, Person)
        .join(Person, Person.id == WeeklyStep.person_id)
        .where(WeeklyStep.ask_at_utc <= now)
        .order_by(WeeklyStep.ask_at_utc, WeeklyStep.person_id)
        .limit(BATCH)
    )
    due = []
    for row, person in (await session.execute(query)).all():
        young = person.age_band is Band.YOUNG
        last = young or row.unanswered >= MOST_UNANSWERED
        if person.reach is Reachability.REACHABLE and not young:
            key = f"step:{person.id}:{now.timestamp():.0f}"
            due.append(Asked(key, person.id, person.language, row.career_id, last))
        row.unanswered, row.ask_at_utc = row.unanswered + 1, None if last else now + WEEK
    await session.flush()
    return due


async def forget_old(session: Session, before: datetime) -> None:
    """Forget steps that were checked off before `before`, of who is not asked."""
    await session.execute(
        delete(WeeklyStep).where(
            or_(WeeklyStep.done_at_utc < before, WeeklyStep.done_at_utc.is_(None)),
            WeeklyStep.ask_at_utc.is_(None),
        )
    )
