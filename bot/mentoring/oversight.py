"""What coordinators see of the talks: waiting times, held messages, samples, and on a report
only the transcript around it. Every look at words is in the audit log.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring.states import OPEN, MentorState, State
from bot.mentoring.tables import Introduction, Mentor, RelayMessage
from bot.people.audit import note
from bot.people.staff import require_coordinator

PAGE, TRANSCRIPT_AROUND = 6, 20


@dataclass(frozen=True)
class Board:
    """How many of each wait for a coordinator."""

    to_vet: int
    requested: int
    held: int
    reported: int
    samples: int
    open: int


async def board(session: AsyncSession, actor_id: int, coordinators: tuple[int, ...]) -> Board:
    """Return the figures of the mentors' desk. Coordinators only."""
    require_coordinator(actor_id, coordinators)

    async def count(column: object, *where: object) -> int:
        query = select(func.count()).select_from(column).where(*where)  # type: ignore[arg-type]
        return int(await session.scalar(query) or 0)

    waiting = (MentorState.APPLIED, MentorState.CHECKED)
    return Board(
        to_vet=await count(Mentor, Mentor.state.in_(waiting) | Mentor.story_waiting.is_not(None)),
        requested=await count(Introduction, Introduction.state == State.REQUESTED),
        held=await count(RelayMessage, RelayMessage.state == "held"),
        reported=await count(Introduction, Introduction.state == State.BLOCKED),
        samples=await count(RelayMessage, *_unread()),
        open=await count(Introduction, Introduction.state.in_(OPEN)),
    )


def _unread() -> tuple[object, ...]:
    return RelayMessage.sampled.is_(True), RelayMessage.read_by.is_(None)


async def open_introductions(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], page: int = 0
) -> tuple[list[Introduction], int]:
    """Return a page of what is open, reported and requested first, then the longest waiting."""
    require_coordinator(actor_id, coordinators)
    urgent = (Introduction.state != State.BLOCKED, Introduction.state != State.REQUESTED)
    query = (
        select(Introduction)
        .where(Introduction.state.in_(OPEN))
        .order_by(*urgent, Introduction.since_utc)
    )
    rows = list(await session.scalars(query.offset(max(page, 0) * PAGE).limit(PAGE)))
    total = await session.scalar(
        select(func.count()).select_from(Introduction).where(Introduction.state.in_(OPEN))
    )
    return rows, int(total or 0)


async def see(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], number: int
) -> Introduction | None:
    """Return one introduction. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    return await session.get(Introduction, number)


async def held(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    now: datetime,
    message_id: int | None = None,
) -> RelayMessage | None:
    """Return a held message, the oldest unless one is named; the look is recorded."""
    require_coordinator(actor_id, coordinators)
    query = select(RelayMessage).where(
        RelayMessage.state == "held", RelayMessage.sender_id != actor_id
    )
    if message_id is not None:
        query = query.where(RelayMessage.id == message_id)
    message = (await session.scalars(query.order_by(RelayMessage.id).limit(1))).first()
    if message is not None:
        await note(session, actor_id, "read", f"relay message {message.id}", now)
    return message


async def next_sample(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], now: datetime
) -> RelayMessage | None:
    """Return the oldest sampled message that nobody has read, and record who read it."""
    require_coordinator(actor_id, coordinators)
    query = (
        select(RelayMessage)
        .where(*_unread(), RelayMessage.sender_id != actor_id)  # type: ignore[arg-type]
        .order_by(RelayMessage.id)
        .limit(1)
    )
    message = (await session.scalars(query)).first()
    if message is not None:
        message.read_by = actor_id
        await note(session, actor_id, "read a sample", f"relay message {message.id}", now)
    return message


async def transcript(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    now: datetime,
) -> list[RelayMessage] | None:
    """Return the messages around a report, oldest first; None where nothing was reported.

    Coordinators only, never of her own talk; the look is recorded.
    """
    require_coordinator(actor_id, coordinators)
    row = await session.get(Introduction, number)
    if row is None or row.reported_by is None or actor_id in (row.student_id, row.mentor_id):
        return None
    query = (
        select(RelayMessage)
        .where(RelayMessage.introduction_id == number, RelayMessage.at_utc <= row.reported_at_utc)
        .order_by(RelayMessage.id.desc())
        .limit(TRANSCRIPT_AROUND)
    )
    await note(session, actor_id, "read the transcript", f"introduction {number}", now)
    return list(reversed(list(await session.scalars(query))))
