"""Under 18 a guardian agrees, and can take it back.

Help, hotlines and answers never need a guardian: the one at home may be the danger.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from bot.database import Session, read_once
from bot.mentoring import apart, mentors
from bot.mentoring.policy import Policy
from bot.mentoring.states import ConsentMethod
from bot.mentoring.tables import GuardianConsent as GuardianConsent
from bot.mentoring.tables import InvitedGuardian
from bot.mentoring.tables import Mentee as Mentee
from bot.mentoring.vetting import where_kept
from bot.people import ages, chats
from bot.people.ages import Band
from bot.people.people import FORGOTTEN
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.refusals import RefusedError, StaleError

TEXT_VERSION = ASSENT_VERSION = 1
LINK_LASTS = timedelta(days=14)
_HOLDS = GuardianConsent.given_at_utc.is_not(None), GuardianConsent.withdrawn_at_utc.is_(None)


async def mentee(session: Session, person_id: int) -> Mentee:
    """Return the row of a student who acts, a new one if she has none."""
    row = await session.get(Mentee, person_id)
    if row is None:
        row = Mentee(person_id=person_id)
        session.add(row)
        await session.flush()
    return row


async def alias_of(session: Session, student_id: int) -> str | None:
    """Return by which first name a student is called; None where none is known, or no more."""
    return await session.scalar(select(Mentee.alias).where(Mentee.person_id == student_id))


def needs_guardian(band: Band | None, policy: Policy) -> bool:
    """Return whether a guardian must have agreed; who never told her age counts as a minor."""
    return band is not Band.ADULT or policy.consent == "everyone"


async def consent_of(session: Session, student_id: int) -> GuardianConsent | None:
    """Return the consent that holds now, if any, to the text as it stands now."""
    return (
        await session.scalars(
            select(GuardianConsent)
            .where(
                GuardianConsent.student_id == student_id,
                *_HOLDS,
                GuardianConsent.text_version == TEXT_VERSION,
            )
            .limit(1)
        )
    ).first()


async def may_talk(session: Session, student_id: int, policy: Policy) -> bool:
    """Return whether a student is in the programme: old enough, assented, guardian agreed."""
    row, band = await session.get(Mentee, student_id), await ages.band_of(session, student_id)
    if row is None or band in (None, Band.YOUNG) or row.assent_version != ASSENT_VERSION:
        return False
    if not needs_guardian(band, policy):
        return True
    return await consent_of(session, student_id) is not None


async def invite(actor: Actor) -> GuardianConsent:
    """Return the invitation for her guardian: the one that is still open, else a new one."""
    open_one = (
        await actor.session.scalars(
            select(GuardianConsent).where(
                GuardianConsent.student_id == actor.id,
                GuardianConsent.given_at_utc.is_(None),
                GuardianConsent.withdrawn_at_utc.is_(None),
                GuardianConsent.asked_at_utc > actor.now - LINK_LASTS + timedelta(days=3),
            )
        )
    ).first()
    return open_one or await _add(actor, actor.id, ConsentMethod.LINK)


async def _add(actor: Actor, student_id: int, method: ConsentMethod) -> GuardianConsent:
    row = GuardianConsent(
        student_id=student_id,
        token=secrets.token_urlsafe(16),
        method=method,
        text_version=TEXT_VERSION,
        asked_at_utc=actor.now,
    )
    actor.session.add(row)
    await actor.session.flush()
    return row


async def opened(actor: Actor, token: str) -> GuardianConsent:
    """Return what a link invites to.

    Raises RefusedError when it is old, used by another or withdrawn, for the girl herself and
    whoever shares her phone, for mentors and for whoever was the girl's mentor: none of them is
    her guardian. And for a girl who uses somebody's phone: only its owner can be one.
    """
    query = select(GuardianConsent).where(GuardianConsent.token == token)
    row = (await actor.session.scalars(query)).first()
    if row is None or row.withdrawn_at_utc is not None or row.method != ConsentMethod.LINK:
        raise RefusedError("guardian.old_link")
    if chats.chat_of(actor.id) == chats.chat_of(row.student_id):
        raise RefusedError("guardian.yourself")
    if chats.is_further(actor.id):
        raise RefusedError("who.no_guardian")
    if await mentors.meets_girls(actor.session, actor.id) or await apart.was_mentor_of(
        actor, row.student_id
    ):
        raise RefusedError("guardian.is_mentor")
    unused = row.guardian_id is None and row.asked_at_utc > actor.now - LINK_LASTS
    if not unused and row.guardian_id != actor.id:
        raise RefusedError("guardian.old_link")
    return row


async def open_link(actor: Actor, token: str) -> GuardianConsent:
    """Return what a link invites to, and remember that whoever opened it is a grown-up.

    Not so of a girl who has told her grade or that she is a minor: she opened a friend's.
    """
    row = await opened(actor, token)
    if not await _is_student(actor):
        await opened_for_family(actor)
        invited = await actor.session.get_one(InvitedGuardian, actor.id)
        invited.token = token if row.given_at_utc is None else None
    return row


async def asked_for(actor: Actor) -> str | None:
    """Return the link that somebody has opened and not answered, while it leads anywhere."""
    if not await is_invited(actor.session, actor.id):
        return None
    invited = await actor.session.get_one(InvitedGuardian, actor.id)
    if invited.token is None:
        return None
    try:
        row = await opened(actor, invited.token)
    except RefusedError:
        row = None
    if row is None or row.given_at_utc is not None:
        invited.token = None
    return invited.token


async def opened_for_family(actor: Actor) -> None:
    """Remember that who met the bot by the page for families is a grown-up of one."""
    if await actor.session.get(InvitedGuardian, actor.id) is None:
        actor.session.add(InvitedGuardian(person_id=actor.id, since_utc=actor.now, token=None))
        await actor.session.flush()


async def _is_student(actor: Actor) -> bool:
    person = await actor.session.get(Person, actor.id)
    told = person is not None and person.grade is not None
    return told or await ages.is_told_minor(actor.session, actor.id)


async def was_no_guardian(actor: Actor) -> None:
    """Forget that she opened the link: she is a student, whom it was not for."""
    if (row := await actor.session.get(InvitedGuardian, actor.id)) is not None:
        await actor.session.delete(row)
        await actor.session.flush()


async def agree(actor: Actor, token: str) -> GuardianConsent:
    """Record that the guardian who opened the link agrees."""
    row = await opened(actor, token)
    if row.given_at_utc is None:
        row.guardian_id, row.given_at_utc = actor.id, actor.now
        await actor.note("guardian agreed", "consent", row.id)
    return row


async def attest(actor: Actor, student_id: int, evidence: str) -> GuardianConsent:
    """Record a consent on paper, with where the paper is kept.

    Coordinators only, and none who belongs to the pair.
    """
    await apart.require_of_student(actor, student_id)
    kept = where_kept(evidence)
    row = await _add(actor, student_id, ConsentMethod.ATTESTED)
    row.attested_by, row.evidence, row.given_at_utc = actor.id, kept, actor.now
    await actor.note("attested a guardian's consent", "consent", row.id)
    return row


async def withdraw(actor: Actor, consent_id: int) -> GuardianConsent:
    """Take a consent back: the guardian who gave it, or a coordinator told by one.

    The caller ends what rests on it (`introductions.stop_all`); the relay asks again anyway.
    """
    row = await actor.session.get(GuardianConsent, consent_id)
    if row is None:
        raise StaleError
    if row.guardian_id is None or row.guardian_id != actor.id:
        await apart.require_of_student(actor, row.student_id)
    if row.withdrawn_at_utc is None:
        row.withdrawn_at_utc, row.withdrawn_by = actor.now, actor.id
        await actor.note("withdrew consent", "consent", row.id)
    return row


async def part_from(session: Session, student_id: int, now: datetime, *, to_tell: bool) -> None:
    """Forget the consents for a girl who erases herself.

    That one is over is kept until its guardian is told so, where that is `to_tell`; not whose it
    was.
    """
    held = await consent_of(session, student_id) if to_tell else None
    if held is not None and held.guardian_id is not None:
        held.student_id, held.withdrawn_at_utc, held.withdrawn_by = FORGOTTEN, now, FORGOTTEN
        await session.flush()
    await session.execute(delete(GuardianConsent).where(GuardianConsent.student_id == student_id))


async def take_ended(session: Session) -> list[tuple[int, int]]:
    """Return the number and the guardian of each consent that ended with a talk, and forget it."""

    async def read() -> tuple[tuple[int, int | None], ...]:
        of = GuardianConsent.id, GuardianConsent.guardian_id
        rows = await session.execute(select(*of).where(GuardianConsent.student_id == FORGOTTEN))
        return tuple((number, guardian_id) for number, guardian_id in rows)

    ended = await read_once(session, "whose consent has ended", (GuardianConsent,), read)
    if ended:
        over = GuardianConsent.student_id == FORGOTTEN
        await session.execute(delete(GuardianConsent).where(over))
    return [(number, guardian_id) for number, guardian_id in ended if guardian_id is not None]


async def guardian_of(session: Session, student_id: int) -> int | None:
    """Return the Telegram id of a guardian who agreed in the bot."""
    consent = await consent_of(session, student_id)
    return consent.guardian_id if consent else None


async def given_by(session: Session, guardian_id: int) -> list[GuardianConsent]:
    """Return the consents of a guardian that hold, oldest first."""
    query = (
        select(GuardianConsent)
        .where(GuardianConsent.guardian_id == guardian_id, *_HOLDS)
        .order_by(GuardianConsent.id)
    )
    return list(await session.scalars(query))


async def is_one(session: Session, person_id: int) -> bool:
    """Return whether a consent of somebody holds, which every turn asks."""

    async def read() -> frozenset[int]:
        guardian = GuardianConsent.guardian_id
        query = select(guardian).where(guardian.is_not(None), *_HOLDS)
        return frozenset(await session.scalars(query))

    return person_id in await read_once(session, "who is a guardian", (GuardianConsent,), read)


async def is_invited(session: Session, person_id: int) -> bool:
    """Return whether she opened an invitation to be a guardian, which every turn asks."""

    async def read() -> frozenset[int]:
        return frozenset(await session.scalars(select(InvitedGuardian.person_id)))

    invited = await read_once(session, "who is invited as a guardian", (InvitedGuardian,), read)
    return person_id in invited
