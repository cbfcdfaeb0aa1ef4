"""What coordinators see of the talks: waiting times, held messages, samples, and on a report
only the transcript around it. Every look at words is in the audit log.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from bot.database import count
from bot.mentoring.states import OPEN, MentorState, Passage, State
from bot.mentoring.tables import Introduction, Mentor, RelayMessage
from bot.people.staff import Actor
from bot.refusals import StaleError

TRANSCRIPT_AROUND = 20
_UNREAD = (RelayMessage.sampled.is_(True), RelayMessage.read_by.is_(None))


@dataclass(frozen=True)
class Board:
    """How many of each wait for a coordinator."""

    to_vet: int
    requested: int
    held: int
    reported: int
    samples: int
    open: int


async def board(actor: Actor) -> Board:
    """Return the figures of the mentors' desk. Coordinators only."""
    actor.require_staff()

    async def many(*where: ColumnElement[bool]) -> int:
        return await count(actor.session, select(func.count()).where(*where))

    waiting = (MentorState.APPLIED, MentorState.CHECKED)
    return Board(
        to_vet=await many(Mentor.state.in_(waiting) | Mentor.story_waiting.is_not(None)),
        requested=await many(Introduction.state == State.REQUESTED),
        held=await many(RelayMessage.state == Passage.HELD),
        reported=await many(Introduction.state == State.BLOCKED),
        samples=await many(*_UNREAD),
        open=await many(Introduction.state.in_(OPEN)),
    )


async def open_introductions(actor: Actor) -> list[Introduction]:
    """Return what is open, reported and requested first, then the longest waiting."""
    actor.require_staff()
    urgent = (Introduction.state != State.BLOCKED, Introduction.state != State.REQUESTED)
    query = (
        select(Introduction)
        .where(Introduction.state.in_(OPEN))
        .order_by(*urgent, Introduction.since_utc)
    )
    return list(await actor.session.scalars(query))


async def see(actor: Actor, number: int) -> Introduction:
    """Return one introduction. Coordinators only."""
    actor.require_staff()
    row = await actor.session.get(Introduction, number)
    if row is None:
        raise StaleError
    return row


async def held(actor: Actor, message_id: int | None = None) -> RelayMessage | None:
    """Return a held message, the oldest unless one is named; the look is recorded.

    None when nothing waits.
    """
    actor.require_staff()
    query = select(RelayMessage).where(
        RelayMessage.state == Passage.HELD, RelayMessage.sender_id != actor.id
    )
    if message_id is not None:
        query = query.where(RelayMessage.id == message_id)
    message = (await actor.session.scalars(query.order_by(RelayMessage.id).limit(1))).first()
    if message is not None:
        await actor.note("read", "relay message", message.id)
    return message


async def next_sample(actor: Actor) -> RelayMessage | None:
    """Return the oldest sampled message that nobody has read, and record who read it."""
    actor.require_staff()
    query = (
        select(RelayMessage)
        .where(*_UNREAD, RelayMessage.sender_id != actor.id)
        .order_by(RelayMessage.id)
        .limit(1)
    )
    message = (await actor.session.scalars(query)).first()
    if message is not None:
        message.read_by = actor.id
        await actor.note("read a sample", "relay message", message.id)
    return message


async def transcript(actor: Actor, number: int) -> list[RelayMessage]:
    """Return the messages around a report, oldest first; there is none without a report.

    Coordinators only, never of her own talk; the look is recorded.
    """
    row = await see(actor, number)
    if row.reported_by is None or actor.id in (row.student_id, row.mentor_id):
        raise StaleError
    query = (
        select(RelayMessage)
        .where(RelayMessage.introduction_id == number, RelayMessage.at_utc <= row.reported_at_utc)
        .order_by(RelayMessage.id.desc())
        .limit(TRANSCRIPT_AROUND)
    )
    await actor.note("read the transcript", "introduction", number)
    return list(reversed(list(await actor.session.scalars(query))))
