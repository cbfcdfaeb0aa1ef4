"""Nobody decides or looks about a pair she belongs to: as student, mentor or guardian.

A coordinator may volunteer as a mentor, or have a daughter in the programme. Then others look.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, or_, select, union

from bot.database import Session
from bot.mentoring import roster
from bot.mentoring.states import OPEN
from bot.mentoring.tables import GuardianConsent, Introduction, RelayMessage
from bot.people import chats, switches
from bot.people.staff import Actor
from bot.people.tables import AuditLine
from bot.refusals import RefusedError, StaleError
from bot.rights import May
from bot.safety.tables import Case


async def guardians_of(session: Session, student_id: int) -> set[int]:
    """Return everybody who agreed in the bot as a girl's guardian, now or before."""
    query = select(GuardianConsent.guardian_id).where(
        GuardianConsent.student_id == student_id, GuardianConsent.guardian_id.is_not(None)
    )
    return {person_id for person_id in await session.scalars(query) if person_id is not None}


def is_apart(person_id: int, close: set[int]) -> bool:
    """Return whether somebody is none of these, and shares a phone with none."""
    return chats.chat_of(person_id) not in {chats.chat_of(one) for one in close}


async def was_mentor_of(actor: Actor, student_id: int) -> bool:
    """Return whether she was ever asked to be a girl's mentor, as far as it is still kept."""
    query = select(Introduction.id).where(
        Introduction.student_id == student_id, Introduction.mentor_id == actor.id
    )
    return await actor.session.scalar(query.limit(1)) is not None


async def people_of(session: Session, row: Introduction) -> set[int]:
    """Return who belongs to a pair: the two, the mentor she wished for, her guardians."""
    two = {row.student_id, row.mentor_id, row.wished_mentor_id}
    named = {person_id for person_id in two if person_id}
    return named | await guardians_of(session, row.student_id)


def own_pairs(person_id: int) -> Select[int]:
    """Return the query for the introductions to which a person belongs."""
    children = select(GuardianConsent.student_id).where(GuardianConsent.guardian_id == person_id)
    return select(Introduction.id).where(
        or_(
            Introduction.student_id == person_id,
            Introduction.mentor_id == person_id,
            Introduction.wished_mentor_id == person_id,
            Introduction.student_id.in_(children),
        )
    )


def lines_about(person_id: int) -> ColumnElement[bool]:
    """Return the condition of a line of the audit log that a coordinator does not read.

    It is about herself as a mentor, or about a pair of her own: the introduction, its messages,
    the consent to it, a case of the girl. Others look after that.
    """
    pairs = own_pairs(person_id)
    children = select(GuardianConsent.student_id).where(GuardianConsent.guardian_id == person_id)
    mentees = select(Introduction.student_id).where(Introduction.mentor_id == person_id)
    of_pairs = select(Introduction.student_id).where(Introduction.id.in_(pairs))
    consents = select(GuardianConsent.id).where(
        GuardianConsent.student_id.in_(union(of_pairs, children))
    )
    cases = select(Case.id).where(
        or_(Case.person_id == person_id, Case.person_id.in_(union(mentees, children)))
    )
    messages = select(RelayMessage.id).where(RelayMessage.introduction_id.in_(pairs))
    hers = {
        "introduction": pairs, "relay message": messages, "consent": consents, "case": cases,
    }  # fmt: skip
    herself = (AuditLine.kind == "mentor") & (AuditLine.number == person_id)
    about = ((AuditLine.kind == kind) & AuditLine.number.in_(ids) for kind, ids in hers.items())
    return or_(herself, *about)


async def require(actor: Actor, row: Introduction) -> None:
    """Raise NotAllowedError unless she is a coordinator, RefusedError if the pair is hers."""
    actor.require(May.TALKS)
    if not is_apart(actor.id, await people_of(actor.session, row)):
        raise RefusedError("over.own_pair")


async def decided_on(actor: Actor, number: int) -> Introduction:
    """Return an introduction about which a coordinator decides.

    Raises as `require` does, and StaleError where there is none.
    """
    actor.require(May.TALKS)
    row = await actor.session.get(Introduction, number)
    if row is None:
        raise StaleError
    await require(actor, row)
    return row


async def require_of_student(actor: Actor, student_id: int) -> None:
    """Raise as `require` does, of a girl and of whomever she asks for or talks with."""
    actor.require(May.TALKS)
    close = {student_id, *await guardians_of(actor.session, student_id)}
    if not is_apart(actor.id, close):
        raise RefusedError("over.own_pair")
    open_ones = select(Introduction).where(
        Introduction.student_id == student_id, Introduction.state.in_(OPEN)
    )
    for row in await actor.session.scalars(open_ones):
        await require(actor, row)


async def require_of_mentor(actor: Actor, mentor_id: int) -> None:
    """Raise as `require` does, of a mentor with whom a pair of the actor's own is or was."""
    actor.require(May.MENTORS)
    own = own_pairs(actor.id).where(Introduction.mentor_id == mentor_id).limit(1)
    if await actor.session.scalar(own) is not None:
        raise RefusedError("over.own_pair")


async def others(actor: Actor, row: Introduction) -> tuple[int, ...]:
    """Return the coordinators who do not belong to a pair."""
    belongs = await people_of(actor.session, row)
    return tuple(person_id for person_id in actor.staff if is_apart(person_id, belongs))


async def with_far(actor: Actor, zone: ZoneInfo) -> Actor:
    """Return an actor with no coordinators but those who may hear of her trouble.

    They are in the order in which they are called now.
    """
    far = await far_in_order(actor.session, actor.id, actor.staff, actor.now, zone)
    return replace(actor, staff=far)


async def far_in_order(
    session: Session, person_id: int, staff: Sequence[int], now: datetime, zone: ZoneInfo
) -> tuple[int, ...]:
    """Return the coordinators who may hear of a person's trouble, as they are called now."""
    return await roster.in_order(session, await far_from(session, person_id, staff), now, zone)


async def far_from(
    session: Session, person_id: int, coordinators: Sequence[int]
) -> tuple[int, ...]:
    """Return the coordinators who may hear of a person's trouble, in their order.

    Not her guardians, and nobody who was ever her mentor: it may be about them.
    """
    mentors = select(Introduction.mentor_id).where(
        Introduction.student_id == person_id, Introduction.mentor_id.is_not(None)
    )
    found = {*await session.scalars(mentors), *await guardians_of(session, person_id)}
    close = {one for one in found if one is not None}
    return tuple(one for one in coordinators if is_apart(one, close))


async def on_call(actor: Actor, row: Introduction) -> tuple[int, ...]:
    """Return who is on call and may look at a pair, be it in her quiet hours."""
    return await switches.on_call(actor.session, await others(actor, row))


async def told(actor: Actor, row: Introduction, zone: ZoneInfo) -> tuple[int, ...]:
    """Return who is told at once of what happens to a pair, of those who may look at it."""
    found = await roster.read(actor.session, await others(actor, row), actor.now, zone)
    return found.told
