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

from bot.mentoring import mentors, minors, roster
from bot.people import ages, phones
from bot.people.staff import Actor, coordinators_of, helpers_of
from bot.people.tables import Conversation, Coordinator, Invitation
from bot.questions.tables import QuestionGroup
from bot.refusals import RefusedError, StaleError
from bot.rights import ALLOWED, May, Seat
from bot.safety import on_call

INVITATION_LASTS = timedelta(hours=48)
LONGEST_NAME = 24
_SECRET_BYTES = 24


class Joining(StrEnum):
    """What came of an invitation link."""

    # it works, and she is asked whether she joins
    INVITED = "invited"
    ALREADY = "already"
    # by herself
    USED = "used"
    OVER = "over"
    # several use her phone: what comes for her might wait while another is there
    SHARED = "shared"
    # she was suspended as a mentor: a coordinator decides first
    BARRED = "barred"
    # she told that she is not grown up
    MINOR = "minor"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Member:
    """Who sits at the desk as the others see her: a number, a name, how she came, as what."""

    number: int
    person_id: int
    name: str | None
    first: bool
    joined_at: datetime
    seat: Seat


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that still works; its secret is not kept."""

    id: int
    until: datetime
    seat: Seat


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


async def register_first(session: AsyncSession, first: tuple[int, ...], now: datetime) -> None:
    """Give the coordinators of the settings their numbers; who has one keeps it.

    A phone that one of them shared is hers at once: no call of a girl waits for its turn there.
    """
    await phones.gives_to_owners(session, first)
    known = set(await session.scalars(select(Coordinator.person_id)))
    for person_id in first:
        if person_id not in known:
            session.add(Coordinator(person_id=person_id, invited=False, joined_at_utc=now))
            await session.flush()


async def team(actor: Actor, first: tuple[int, ...]) -> list[Member]:
    """Return everybody who sits at the desk by now, in the order of alerts. Coordinators only."""
    actor.require(May.TEAM)
    helpers = await helpers_of(actor.session, first)
    staff = (*await coordinators_of(actor.session, first), *helpers)
    rows = await actor.session.scalars(select(Coordinator).where(Coordinator.person_id.in_(staff)))
    known = {row.person_id: row for row in rows}
    return [
        Member(
            row.number,
            row.person_id,
            row.name,
            row.person_id in first,
            row.joined_at_utc,
            helpers.get(person_id, Seat.FULL),
        )  # fmt: skip
        for person_id in staff
        if (row := known.get(person_id)) is not None
    ]


async def rename(actor: Actor, name: str) -> str:
    """Set what the others call the actor; return it as kept. Coordinators only.

    Raises RefusedError for one that is too long.
    """
    actor.require(May.DESK)
    kept = " ".join(name.split())
    if len(kept) > LONGEST_NAME:
        raise RefusedError("team.name_long", most=LONGEST_NAME)
    row = await actor.session.scalar(select(Coordinator).where(Coordinator.person_id == actor.id))
    if row is not None:
        row.name = kept or None
        await actor.note("named herself", "coordinator", row.number)
    return kept


async def invite(actor: Actor, seat: Seat = Seat.FULL) -> str:
    """Return the secret of a new invitation, which is shown once and kept nowhere."""
    actor.require(May.TEAM)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = Invitation(
        secret_hash=_hash(secret), created_by=actor.id,
        expires_at_utc=actor.now + INVITATION_LASTS, seat=seat,
    )  # fmt: skip
    actor.session.add(row)
    await actor.session.flush()
    await actor.note("invited", "invitation", row.id, seat)
    return secret


async def open_invitations(actor: Actor) -> list[OpenInvitation]:
    """Return the invitations that still work. Coordinators only."""
    actor.require(May.TEAM)
    rows = await actor.session.scalars(
        select(Invitation)
        .where(Invitation.used_at_utc.is_(None), Invitation.expires_at_utc > actor.now)
        .order_by(Invitation.id)
    )
    return [OpenInvitation(row.id, row.expires_at_utc, row.seat) for row in rows]


async def revoke(actor: Actor, invitation_id: int) -> None:
    """End an invitation that nobody has used; one that is over stays so. Coordinators only."""
    actor.require(May.TEAM)
    row = await actor.session.get(Invitation, invitation_id)
    if row is None or row.used_at_utc is not None or row.expires_at_utc <= actor.now:
        return
    row.expires_at_utc = actor.now
    await actor.note("withdrew", "invitation", invitation_id)


async def follow(actor: Actor, secret: str) -> tuple[Joining, Invitation | None]:
    """Return what an invitation is to its finder, who is asked first; a guess finds nothing.

    One who was suspended as a mentor or is not grown up does not use it up: it is good again
    once that is lifted, and for others.
    """
    session = actor.session
    row = await session.scalar(select(Invitation).where(Invitation.secret_hash == _hash(secret)))
    if row is None:
        return Joining.UNKNOWN, None
    if row.used_at_utc is not None and row.used_by == actor.id and actor.seat is not None:
        return Joining.USED, row
    hindered = await _hindered(actor, row)
    if hindered in (Joining.BARRED, Joining.MINOR):
        await actor.note("was kept from the desk", "invitation", row.id)
    if hindered is None:
        row.used_by = actor.id
    return hindered or Joining.INVITED, row


async def _hindered(actor: Actor, row: Invitation) -> Joining | None:
    """Return why an invitation seats nobody; None where nothing speaks against it."""
    if actor.seat is not None:
        return Joining.ALREADY
    if row.used_at_utc is not None or row.expires_at_utc <= actor.now:
        return Joining.OVER
    if not await phones.is_own(actor.session, actor.id):
        return Joining.SHARED
    mentor = await mentors.find(actor.session, actor.id)
    if mentor is not None and mentors.barred(mentor):
        return Joining.BARRED
    minor = await ages.is_told_minor(actor.session, actor.id)
    return Joining.MINOR if minor or await minors.marked(actor.session, actor.id) else None


async def refuse(actor: Actor, invitation_id: int) -> None:
    """Leave an invitation as it was before the actor opened it."""
    row = await actor.session.get(Invitation, invitation_id)
    if row is not None and row.used_by == actor.id and row.used_at_utc is None:
        row.used_by = None


async def accept(actor: Actor, invitation_id: int) -> bool:
    """Give who opened an invitation last the seat that it names; return whether it still works."""
    session = actor.session
    row = await session.get(Invitation, invitation_id)
    if row is None or row.used_by != actor.id or await _hindered(actor, row) is not None:
        return False
    row.used_at_utc = actor.now
    seat = await session.scalar(select(Coordinator).where(Coordinator.person_id == actor.id))
    if seat is None:
        seat = Coordinator(person_id=actor.id, invited=True, joined_at_utc=actor.now)
        session.add(seat)
    seat.invited, seat.joined_at_utc, seat.removed_at_utc = True, actor.now, None
    seat.seat = row.seat
    await session.flush()
    await actor.note("joined", "coordinator", seat.number, seat.seat)
    return True


async def inviter(actor: Actor) -> int | None:
    """Return who made the invitation by which the actor joined last, if it is still kept."""
    query = (
        select(Invitation.created_by)
        .where(Invitation.used_by == actor.id, Invitation.used_at_utc.is_not(None))
        .order_by(Invitation.used_at_utc.desc(), Invitation.id.desc())
    )
    return (await actor.session.scalars(query.limit(1))).first()


async def remove(actor: Actor, first: tuple[int, ...], number: int) -> int:
    """Take the role from a coordinator and return her id; it may be the actor's own.

    Those of the settings keep it. What she had taken goes back to the others at once.
    """
    actor.require(May.TEAM)
    seat = await _may_go(actor, first, number)
    seat.removed_at_utc = actor.now
    await let_go(actor.session, seat.person_id, actor.now)
    await actor.note("removed", "coordinator", number)
    return seat.person_id


async def give(actor: Actor, first: tuple[int, ...], number: int, seat: Seat) -> int:
    """Let somebody sit at the desk as something else, and return her id.

    By a full coordinator, for anybody but herself and those of the settings; one who is kept from
    the desk as a mentor gets no more than she had. What is not hers any more goes back to the
    others at once.
    """
    actor.require(May.TEAM)
    row = await _may_go(actor, first, number)
    if row.person_id == actor.id:
        raise RefusedError("team.not_yourself")
    if not ALLOWED[seat] <= ALLOWED[row.seat]:
        mentor = await mentors.find(actor.session, row.person_id)
        if mentor is not None and mentors.barred(mentor):
            raise RefusedError("team.barred_seat")
    if row.seat is not seat:
        row.seat = seat
        if seat is not Seat.FULL:
            await let_go(actor.session, row.person_id, actor.now)
        await actor.note("gave a seat", "coordinator", number, seat)
    return row.person_id


async def _may_go(actor: Actor, first: tuple[int, ...], number: int) -> Coordinator:
    """Return the seat of one who sits at the desk and is not of the settings."""
    row = await actor.session.get(Coordinator, number)
    there = (*actor.staff, *actor.helpers)
    if row is None or row.person_id in first or row.person_id not in there:
        raise StaleError
    return row


async def let_go(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Free what a coordinator had taken: questions, cases, what she was about to write.

    And she leaves the roster: she is nobody's deputy.
    """
    await session.execute(
        update(QuestionGroup)
        .where(QuestionGroup.claimed_by == person_id)
        .values(claimed_by=None, claimed_until_utc=None)
    )
    await on_call.release(session, person_id, now)
    await roster.forget(session, person_id)
    conversation = await session.get(Conversation, person_id)
    if conversation is not None:
        conversation.awaiting = None
