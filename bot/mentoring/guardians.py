"""The age band comes before anything personal; under 18 a guardian agrees, and can take it back.

Help, hotlines and answers never need a guardian: the one at home may be the danger.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring.policy import Policy
from bot.mentoring.tables import GuardianConsent, Mentee, Mentor
from bot.people.audit import note
from bot.people.staff import require_coordinator
from bot.refusals import NotAllowedError

BANDS = ("young", "minor", "adult")  # under 14, 14 to 17, 18 and over
TEXT_VERSION = ASSENT_VERSION = 1
LINK_LASTS = timedelta(days=14)


async def mentee(session: AsyncSession, person_id: int) -> Mentee:
    """Return a student's row, a new one if she has none."""
    row = await session.get(Mentee, person_id)
    if row is None:
        row = Mentee(person_id=person_id)
        session.add(row)
        await session.flush()
    return row


async def tell_age(session: AsyncSession, person_id: int, band: str) -> Mentee:
    """Keep her age band; who said that she is a minor does not grow up by a second tap."""
    row = await mentee(session, person_id)
    if band in BANDS and row.age_band in (None, band):
        row.age_band = band
    return row


def needs_guardian(row: Mentee | None, policy: Policy) -> bool:
    """Return whether a guardian must have agreed; who never told her age counts as a minor."""
    adult = row is not None and row.age_band == "adult"
    return not adult or policy.consent == "everyone"


async def consent_of(session: AsyncSession, student_id: int) -> GuardianConsent | None:
    """Return the consent that holds now, if any, to the text as it stands now."""
    return (
        await session.scalars(
            select(GuardianConsent)
            .where(
                GuardianConsent.student_id == student_id,
                GuardianConsent.given_at_utc.is_not(None),
                GuardianConsent.withdrawn_at_utc.is_(None),
                GuardianConsent.text_version == TEXT_VERSION,
            )
            .limit(1)
        )
    ).first()


async def may_talk(session: AsyncSession, student_id: int, policy: Policy) -> bool:
    """Return whether a student is in the programme: old enough, assented, guardian agreed."""
    row = await session.get(Mentee, student_id)
    if row is None or row.age_band in (None, "young") or row.assent_version != ASSENT_VERSION:
        return False
    if not needs_guardian(row, policy):
        return True
    return await consent_of(session, student_id) is not None


async def invite(session: AsyncSession, student_id: int, now: datetime) -> GuardianConsent:
    """Return the invitation for her guardian: the one that is still open, else a new one."""
    open_one = (
        await session.scalars(
            select(GuardianConsent).where(
                GuardianConsent.student_id == student_id,
                GuardianConsent.given_at_utc.is_(None),
                GuardianConsent.withdrawn_at_utc.is_(None),
                GuardianConsent.asked_at_utc > now - LINK_LASTS + timedelta(days=3),
            )
        )
    ).first()
    if open_one is not None:
        return open_one
    return await _add(session, student_id, "link", now)


async def _add(
    session: AsyncSession, student_id: int, method: str, now: datetime
) -> GuardianConsent:
    row = GuardianConsent(
        student_id=student_id, token=secrets.token_urlsafe(16), method=method,
        text_version=TEXT_VERSION, asked_at_utc=now,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    return row


async def opened(
    session: AsyncSession, actor_id: int, token: str, now: datetime
) -> GuardianConsent | None:
    """Return what a link invites to; None when it is old, used by another or withdrawn.

    Raises NotAllowedError for the girl herself and for mentors: neither is her guardian.
    """
    query = select(GuardianConsent).where(GuardianConsent.token == token)
    row = (await session.scalars(query)).first()
    if row is None or row.withdrawn_at_utc is not None or row.method != "link":
        return None
    if actor_id == row.student_id or await session.get(Mentor, actor_id) is not None:
        raise NotAllowedError
    if row.guardian_id is not None:
        return row if row.guardian_id == actor_id else None
    return row if row.asked_at_utc > now - LINK_LASTS else None


async def agree(
    session: AsyncSession, actor_id: int, token: str, now: datetime
) -> GuardianConsent | None:
    """Record that the guardian who opened the link agrees; None when the link no longer holds."""
    row = await opened(session, actor_id, token, now)
    if row is not None and row.given_at_utc is None:
        row.guardian_id, row.given_at_utc = actor_id, now
        await note(session, actor_id, "guardian agreed", f"consent {row.id}", now)
    return row


async def attest(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    student_id: int,
    evidence: str,
    now: datetime,
) -> GuardianConsent:
    """Record a consent on paper, with where the paper is kept. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    row = await _add(session, student_id, "attested", now)
    row.attested_by, row.evidence, row.given_at_utc = actor_id, evidence[:200], now
    await note(session, actor_id, "attested a guardian's consent", f"consent {row.id}", now)
    return row


async def withdraw(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    consent_id: int,
    now: datetime,
) -> GuardianConsent | None:
    """Take a consent back: the guardian who gave it, or a coordinator told by one.

    The caller ends what rests on it (`introductions.stop_all`); the relay asks again anyway.
    """
    row = await session.get(GuardianConsent, consent_id)
    if row is None:
        return None
    if row.guardian_id is None or row.guardian_id != actor_id:
        require_coordinator(actor_id, coordinators)
    if row.withdrawn_at_utc is None:
        row.withdrawn_at_utc, row.withdrawn_by = now, actor_id
        await note(session, actor_id, "withdrew consent", f"consent {row.id}", now)
    return row


async def guardian_of(session: AsyncSession, student_id: int) -> int | None:
    """Return the Telegram id of a guardian who agreed in the bot."""
    consent = await consent_of(session, student_id)
    return consent.guardian_id if consent else None


async def given_by(session: AsyncSession, guardian_id: int) -> list[GuardianConsent]:
    """Return the consents of a guardian that hold."""
    query = select(GuardianConsent).where(
        GuardianConsent.guardian_id == guardian_id,
        GuardianConsent.given_at_utc.is_not(None),
        GuardianConsent.withdrawn_at_utc.is_(None),
    )
    return list(await session.scalars(query))
