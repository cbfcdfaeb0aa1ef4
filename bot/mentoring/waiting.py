"""Girls who wait for a mentor in a field in which none is free: each is told once of one.

Coordinators learn in which fields girls wait and how many, never who.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from bot.content.base import Tongue
from bot.database import Session, deleted, insert_new
from bot.mentoring import introductions
from bot.mentoring.policy import Policy
from bot.mentoring.states import MentorState
from bot.mentoring.tables import Mentor, MentorWait
from bot.people import ages
from bot.people.staff import Actor
from bot.people.tables import Person, Reachability
from bot.quiet_hours import QuietHours
from bot.rights import May

# Who has waited so long thinks of other things.
LASTS = timedelta(days=365)
# Small, so that a question does not wait long for the transaction.
BATCH = 100


@dataclass(frozen=True)
class Found:
    """A girl to be told that there is a mentor in a field for which she waited."""

    person_id: int
    tongue: Tongue
    field: str
    asked_at_utc: datetime

    @property
    def key(self) -> str:
        """The key in the outbox: she may wait again, and is told again."""
        return f"wait:{self.person_id}:{self.field}:{self.asked_at_utc.timestamp():.0f}"


async def join(actor: Actor, field: str) -> None:
    """Ask to be told of a mentor in a field; asking twice changes nothing.

    Raises AgeUnknownError for who has not told her age, TooYoungError for who is too young.
    """
    await ages.require(actor)
    wait = {"person_id": actor.id, "field": field, "asked_at_utc": actor.now}
    await insert_new(actor.session, MentorWait, wait)


async def leave(actor: Actor, field: str) -> None:
    """Wait no more for a mentor in a field."""
    await actor.session.execute(
        delete(MentorWait).where(MentorWait.person_id == actor.id, MentorWait.field == field)
    )


async def fields_of(session: Session, person_id: int) -> tuple[str, ...]:
    """Return the fields for which somebody waits, the first first."""
    query = select(MentorWait.field).where(MentorWait.person_id == person_id)
    return tuple(await session.scalars(query.order_by(MentorWait.asked_at_utc, MentorWait.field)))


async def counts(actor: Actor) -> dict[str, int]:
    """Return how many wait for each field, the most first. Coordinators only."""
    actor.require(May.MENTORS)
    number = func.count()
    query = select(MentorWait.field, number).group_by(MentorWait.field)
    rows = await actor.session.execute(query.order_by(number.desc(), MentorWait.field))
    return {field: n for field, n in rows}


async def anybody(session: Session) -> bool:
    """Return whether somebody waits for a field in which there is a mentor."""
    query = (
        select(MentorWait.person_id)
        .join(Mentor, Mentor.field == MentorWait.field)
        .where(Mentor.state == MentorState.APPROVED, Mentor.paused.is_(False))
    )
    return await session.scalar(query.limit(1)) is not None


async def take_found(bot: Actor, policy: Policy) -> list[Found]:
    """Return who is to be told of a mentor who is free for her now; they wait no more.

    None at night, and none who cannot be reached or whose request is open: they go on waiting.
    """
    if QuietHours().holds(bot.now, policy.zone) or policy.quiet.holds(bot.now, policy.zone):
        return []
    session = bot.session
    query = (
        select(MentorWait, Person)
        .join(Person, Person.id == MentorWait.person_id)
        .where(
            Person.reach == Reachability.REACHABLE,
            ages.NOT_TOO_YOUNG,
            MentorWait.field.in_(
                select(Mentor.field).where(
                    Mentor.state == MentorState.APPROVED, Mentor.paused.is_(False)
                )
            ),
        )
        .order_by(MentorWait.asked_at_utc, MentorWait.person_id)
    )
    found: list[Found] = []
    for wait, person in (await session.execute(query)).all():
        if len(found) == BATCH:
            break
        if await introductions.open_of_student(session, person.id) is not None:
            continue
        fits = await introductions.fitting(
            session, person.id, wait.field, person.language, person.province, bot.now
        )
        if fits:
            found.append(Found(person.id, person.language, wait.field, wait.asked_at_utc))
            await session.delete(wait)
    await session.flush()
    return found


async def forget_old(session: Session, now: datetime) -> int:
    """Forget who has waited for so long that she thinks of other things; return how many."""
    return await deleted(session, delete(MentorWait).where(MentorWait.asked_at_utc < now - LASTS))
