"""Who sits at the coordinators' desk: the first by the settings, others by invitation.

An invitation is a link that works once and for 48 hours; the database holds only its hash. Who
leaves the desk leaves nothing behind that waits for her: what she had taken is free again.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.audit import note
from bot.people.staff import require_coordinator
from bot.people.tables import Conversation, Coordinator, Invitation
from bot.questions.tables import QuestionGroup
from bot.safety import cases

INVITATION_LASTS = timedelta(hours=48)
LONGEST_NAME = 24
_SECRET_BYTES = 24


class Joining(StrEnum):
    """What came of an invitation link."""

    JOINED = "joined"
    ALREADY = "already"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Member:
    """A coordinator as the others see her: a number, the name she chose, how she came."""

    number: int
    person_id: int
    name: str | None
    first: bool
    joined_at: datetime


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


async def register_first(session: AsyncSession, first: tuple[int, ...], now: datetime) -> None:
    """Give the coordinators of the settings their numbers; who has one keeps it."""
    known = set(await session.scalars(select(Coordinator.person_id)))
    for person_id in first:
        if person_id not in known:
            session.add(Coordinator(person_id=person_id, invited=False, joined_at_utc=now))
            await session.flush()


async def team(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], first: tuple[int, ...]
) -> list[Member]:
    """Return everybody at the desk, in the order of alerts. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    rows = await session.scalars(
        select(Coordinator).where(Coordinator.person_id.in_(coordinators))
    )
    known = {row.person_id: row for row in rows}
    return [
        Member(row.number, row.person_id, row.name, row.person_id in first, row.joined_at_utc)
        for person_id in coordinators
        if (row := known.get(person_id)) is not None
    ]


async def rename(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    name: str,
    now: datetime,
) -> str:
    """Set what the others call the actor; return it as kept. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    kept = " ".join(name.split())[:LONGEST_NAME].strip()
    row = await session.scalar(select(Coordinator).where(Coordinator.person_id == actor_id))
    if row is not None:
        row.name = kept or None
        await note(session, actor_id, "named herself", f"coordinator {row.number}", now)
    return kept


async def invite(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], now: datetime
) -> str:
    """Return the secret of a new invitation, which is shown once and kept nowhere."""
    require_coordinator(actor_id, coordinators)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = Invitation(
        secret_hash=_hash(secret), created_by=actor_id, expires_at_utc=now + INVITATION_LASTS
    )
    session.add(row)
    await session.flush()
    await note(session, actor_id, "invited", f"invitation {row.id}", now)
    return secret


async def open_invitations(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], now: datetime
) -> list[Invitation]:
    """Return the invitations that still work. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    return list(
        await session.scalars(
            select(Invitation)
            .where(Invitation.used_at_utc.is_(None), Invitation.expires_at_utc > now)
            .order_by(Invitation.id)
        )
    )


async def revoke(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    invitation_id: int,
    now: datetime,
) -> bool:
    """End an invitation that nobody has used; return whether there was one."""
    require_coordinator(actor_id, coordinators)
    row = await session.get(Invitation, invitation_id)
    if row is None or row.used_at_utc is not None or row.expires_at_utc <= now:
        return False
    row.expires_at_utc = now
    await note(session, actor_id, "withdrew", f"invitation {invitation_id}", now)
    return True


async def accept(
    session: AsyncSession,
    person_id: int,
    coordinators: tuple[int, ...],
    secret: str,
    now: datetime,
) -> Joining:
    """Make the finder of an invitation a coordinator; a guess finds nothing."""
    row = await session.scalar(select(Invitation).where(Invitation.secret_hash == _hash(secret)))
    if row is None:
        return Joining.UNKNOWN
    if person_id in coordinators:
        return Joining.ALREADY
    if row.used_at_utc is not None or row.expires_at_utc <= now:
        return Joining.OVER
    row.used_by, row.used_at_utc = person_id, now
    seat = await session.scalar(select(Coordinator).where(Coordinator.person_id == person_id))
    if seat is None:
        seat = Coordinator(person_id=person_id, invited=True, joined_at_utc=now)
        session.add(seat)
    seat.invited, seat.joined_at_utc, seat.removed_at_utc = True, now, None
    await session.flush()
    await note(session, person_id, "joined", f"coordinator {seat.number}", now)
    return Joining.JOINED


async def remove(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    first: tuple[int, ...],
    number: int,
    now: datetime,
) -> int | None:
    """Take the role from a coordinator and return her id; None for those of the settings.

    She may take it from herself. What she had taken goes back to the others at once.
    """
    require_coordinator(actor_id, coordinators)
    seat = await session.get(Coordinator, number)
    if seat is None or seat.person_id in first or seat.person_id not in coordinators:
        return None
    seat.removed_at_utc = now
    await let_go(session, seat.person_id, now)
    await note(session, actor_id, "removed", f"coordinator {number}", now)
    return seat.person_id


async def let_go(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Free what a coordinator had taken: questions, cases, what she was about to write."""
    await session.execute(
        update(QuestionGroup)
        .where(QuestionGroup.claimed_by == person_id)
        .values(claimed_by=None, claimed_until_utc=None)
    )
    await cases.release(session, person_id, now)
    conversation = await session.get(Conversation, person_id)
    if conversation is not None:
        conversation.awaiting = None
