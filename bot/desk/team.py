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

from bot.mentoring import mentors
from bot.people.staff import Actor, coordinators_of
from bot.people.tables import Conversation, Coordinator, Invitation
from bot.questions.tables import QuestionGroup
from bot.refusals import RefusedError, StaleError
from bot.safety import on_call

INVITATION_LASTS = timedelta(hours=48)
LONGEST_NAME = 24
_SECRET_BYTES = 24


class Joining(StrEnum):
    """What came of an invitation link."""

    JOINED = "joined"
    ALREADY = "already"
    OVER = "over"
    # she was suspended as a mentor: a coordinator decides first
    BARRED = "barred"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Member:
    """A coordinator as the others see her: a number, the name she chose, how she came."""

    number: int
    person_id: int
    name: str | None
    first: bool
    joined_at: datetime


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that still works; its secret is not kept."""

    id: int
    until: datetime


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


async def register_first(session: AsyncSession, first: tuple[int, ...], now: datetime) -> None:
    """Give the coordinators of the settings their numbers; who has one keeps it."""
    known = set(await session.scalars(select(Coordinator.person_id)))
    for person_id in first:
        if person_id not in known:
            session.add(Coordinator(person_id=person_id, invited=False, joined_at_utc=now))
            await session.flush()


async def team(actor: Actor, first: tuple[int, ...]) -> list[Member]:
    """Return everybody who sits at the desk by now, in the order of alerts. Coordinators only."""
    actor.require_staff()
    staff = await coordinators_of(actor.session, first)
    rows = await actor.session.scalars(select(Coordinator).where(Coordinator.person_id.in_(staff)))
    known = {row.person_id: row for row in rows}
    return [
        Member(row.number, row.person_id, row.name, row.person_id in first, row.joined_at_utc)
        for person_id in staff
        if (row := known.get(person_id)) is not None
    ]


async def rename(actor: Actor, name: str) -> str:
    """Set what the others call the actor; return it as kept. Coordinators only.

    Raises RefusedError for one that is too long.
    """
    actor.require_staff()
    kept = " ".join(name.split())
    if len(kept) > LONGEST_NAME:
        raise RefusedError("team.name_long", most=LONGEST_NAME)
    row = await actor.session.scalar(select(Coordinator).where(Coordinator.person_id == actor.id))
    if row is not None:
        row.name = kept or None
        await actor.note("named herself", "coordinator", row.number)
    return kept


async def invite(actor: Actor) -> str:
    """Return the secret of a new invitation, which is shown once and kept nowhere."""
    actor.require_staff()
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = Invitation(
        secret_hash=_hash(secret), created_by=actor.id,
        expires_at_utc=actor.now + INVITATION_LASTS,
    )  # fmt: skip
    actor.session.add(row)
    await actor.session.flush()
    await actor.note("invited", "invitation", row.id)
    return secret


async def open_invitations(actor: Actor) -> list[OpenInvitation]:
    """Return the invitations that still work. Coordinators only."""
    actor.require_staff()
    rows = await actor.session.scalars(
        select(Invitation)
        .where(Invitation.used_at_utc.is_(None), Invitation.expires_at_utc > actor.now)
        .order_by(Invitation.id)
    )
    return [OpenInvitation(row.id, row.expires_at_utc) for row in rows]


async def revoke(actor: Actor, invitation_id: int) -> None:
    """End an invitation that nobody has used; one that is over stays so. Coordinators only."""
    actor.require_staff()
    row = await actor.session.get(Invitation, invitation_id)
    if row is None or row.used_at_utc is not None or row.expires_at_utc <= actor.now:
        return
    row.expires_at_utc = actor.now
    await actor.note("withdrew", "invitation", invitation_id)


async def accept(actor: Actor, secret: str) -> Joining:
    """Make the finder of an invitation a coordinator; a guess finds nothing.

    One who was suspended as a mentor does not use it up: it is good again once that is lifted.
    """
    session = actor.session
    row = await session.scalar(select(Invitation).where(Invitation.secret_hash == _hash(secret)))
    if row is None:
        return Joining.UNKNOWN
    if actor.is_staff:
        return Joining.ALREADY
    if row.used_at_utc is not None or row.expires_at_utc <= actor.now:
        return Joining.OVER
    mentor = await mentors.find(session, actor.id)
    if mentor is not None and mentors.barred(mentor):
        await actor.note("was kept from the desk", "invitation", row.id)
        return Joining.BARRED
    row.used_by, row.used_at_utc = actor.id, actor.now
    seat = await session.scalar(select(Coordinator).where(Coordinator.person_id == actor.id))
    if seat is None:
        seat = Coordinator(person_id=actor.id, invited=True, joined_at_utc=actor.now)
        session.add(seat)
    seat.invited, seat.joined_at_utc, seat.removed_at_utc = True, actor.now, None
    await session.flush()
    await actor.note("joined", "coordinator", seat.number)
    return Joining.JOINED


async def inviter(actor: Actor) -> int | None:
    """Return who made the invitation by which the actor joined last, if it is still kept."""
    query = (
        select(Invitation.created_by)
        .where(Invitation.used_by == actor.id)
        .order_by(Invitation.used_at_utc.desc(), Invitation.id.desc())
    )
    return (await actor.session.scalars(query.limit(1))).first()


async def remove(actor: Actor, first: tuple[int, ...], number: int) -> int:
    """Take the role from a coordinator and return her id; it may be the actor's own.

    Those of the settings keep it. What she had taken goes back to the others at once.
    """
    actor.require_staff()
    seat = await actor.session.get(Coordinator, number)
    if seat is None or seat.person_id in first or seat.person_id not in actor.staff:
        raise StaleError
    seat.removed_at_utc = actor.now
    await let_go(actor.session, seat.person_id, actor.now)
    await actor.note("removed", "coordinator", number)
    return seat.person_id


async def let_go(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Free what a coordinator had taken: questions, cases, what she was about to write."""
    await session.execute(
        update(QuestionGroup)
        .where(QuestionGroup.claimed_by == person_id)
        .values(claimed_by=None, claimed_until_utc=None)
    )
    await on_call.release(session, person_id, now)
    conversation = await session.get(Conversation, person_id)
    if conversation is not None:
        conversation.awaiting = None
