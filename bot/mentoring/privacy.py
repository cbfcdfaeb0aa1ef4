"""What mentoring keeps of a person, for how long, and what outlives her wish to be forgotten.

Kept when a person erases herself: the words and moves of a talk that was reported, until the
retention time, because a report may be about the one who erases; and that a mentor was
suspended or retired by a coordinator, so that she cannot come back as new.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select

from bot.database import Session
from bot.mentoring import introductions, switches
from bot.mentoring.mentors import exported
from bot.mentoring.policy import Policy
from bot.mentoring.states import OPEN, MentorState, State, Who
from bot.mentoring.tables import (
    GuardianConsent,
    Introduction,
    IntroductionFeedback,
    IntroductionMove,
    Mentee,
    Mentor,
    MentorCheck,
    RelayMessage,
    Switch,
)
from bot.people.staff import Actor
from bot.settings import Settings


async def export(session: Session, person_id: int) -> dict[str, Any]:
    """Return what mentoring keeps of a person: her own words and choices, nobody else's."""
    student, mentor = await session.get(Mentee, person_id), await session.get(Mentor, person_id)
    asked = select(Introduction).where(Introduction.student_id == person_id)
    written = select(RelayMessage).where(RelayMessage.sender_id == person_id)
    consents = select(GuardianConsent).where(
        or_(GuardianConsent.student_id == person_id, GuardianConsent.guardian_id == person_id)
    )
    checks = select(MentorCheck).where(MentorCheck.mentor_id == person_id)
    opinions = select(IntroductionFeedback.opinion).where(
        IntroductionFeedback.person_id == person_id
    )
    kept = {
        "about_me": {"age_band": student.age_band, "first_name": student.alias}
        if student
        else None,
        "as_mentor": exported(mentor) if mentor else None,
        "checks": [
            {"item": row.item, "checked": row.checked_at_utc.isoformat()}
            for row in await session.scalars(checks)
        ],
        "introductions": [
            {"field": row.field, "hope": row.hope, "state": row.state,
             "asked": row.asked_at_utc.isoformat()}
            for row in await session.scalars(asked)
        ],
        "guardian_consents": [
            {"method": row.method, "given": row.given_at_utc and row.given_at_utc.isoformat(),
             "withdrawn": row.withdrawn_at_utc and row.withdrawn_at_utc.isoformat()}
            for row in await session.scalars(consents)
        ],
        "messages": [
            {"text": row.text, "at": row.at_utc.isoformat(), "state": row.state}
            for row in await session.scalars(written)
        ],
        "opinions": list(await session.scalars(opinions)),
    }  # fmt: skip
    return {"mentoring": kept}


async def erase(session: Session, person_id: int, now: datetime) -> None:
    """End what is open of a person and erase her, but for what safeguarding must keep."""
    herself, policy = Actor(session, person_id, (), now), Policy()
    await introductions.let_go(herself, person_id, policy, ending=True)
    await introductions.stop_all(herself, person_id, Who.STUDENT, policy)
    as_guardian = select(GuardianConsent).where(
        GuardianConsent.guardian_id == person_id, GuardianConsent.withdrawn_at_utc.is_(None)
    )
    for consent in await session.scalars(as_guardian):
        consent.withdrawn_at_utc, consent.withdrawn_by = now, person_id
        await introductions.stop_all(herself, consent.student_id, Who.GUARDIAN, policy)
    await session.flush()
    own = select(Introduction.id).where(
        Introduction.student_id == person_id, Introduction.reported_by.is_(None)
    )
    await _delete_introductions(session, list(await session.scalars(own)))
    reported = select(Introduction.id).where(Introduction.reported_by.is_not(None))
    for query in (
        delete(RelayMessage).where(
            RelayMessage.sender_id == person_id, RelayMessage.introduction_id.not_in(reported)
        ),
        delete(IntroductionFeedback).where(
            IntroductionFeedback.person_id == person_id,
            IntroductionFeedback.introduction_id.not_in(reported),
        ),
        delete(Mentee).where(Mentee.person_id == person_id),
        delete(GuardianConsent).where(GuardianConsent.student_id == person_id),
        delete(Switch).where(Switch.name == switches.duty(person_id)),
    ):
        await session.execute(query)
    await _forget_mentor(session, person_id)


async def _forget_mentor(session: Session, person_id: int) -> None:
    mentor = await session.get(Mentor, person_id)
    if mentor is not None and mentor.state in (
        MentorState.SUSPENDED,
        MentorState.RETIRED,
        MentorState.REFUSED,
    ):
        mentor.first_name = mentor.story = mentor.story_waiting = None
        mentor.field = mentor.province = mentor.hours = None
        return
    for table, column in ((MentorCheck, MentorCheck.mentor_id), (Mentor, Mentor.person_id)):
        await session.execute(delete(table).where(column == person_id))


async def _delete_introductions(session: Session, numbers: list[int]) -> None:
    """Delete introductions with their words; what the other is yet to be told is kept a while."""
    told = IntroductionMove.told.is_(True)
    for query in (
        delete(RelayMessage).where(RelayMessage.introduction_id.in_(numbers)),
        delete(IntroductionFeedback).where(IntroductionFeedback.introduction_id.in_(numbers)),
        delete(IntroductionMove).where(IntroductionMove.introduction_id.in_(numbers), told),
    ):
        await session.execute(query)
    waiting = set(
        await session.scalars(
            select(IntroductionMove.introduction_id).where(
                IntroductionMove.introduction_id.in_(numbers)
            )
        )
    )
    rows = select(Introduction).where(Introduction.id.in_(numbers))
    for row in await session.scalars(rows):
        if row.id in waiting:
            row.hope, row.career, row.student_id = "", None, 0
        else:
            await session.delete(row)
    await session.flush()


async def forget_old(session: Session, settings: Settings, now: datetime) -> None:
    """Erase transcripts and closed introductions older than the retention time."""
    before = now - Policy.of(settings).transcript_lasts
    closed = select(Introduction.id).where(
        Introduction.state.not_in(OPEN), Introduction.since_utc < before
    )
    await _delete_introductions(session, list(await session.scalars(closed)))
    # A long talk loses its old words, a frozen one keeps them while it is being looked into.
    frozen = select(Introduction.id).where(Introduction.state == State.BLOCKED)
    for query in (
        delete(RelayMessage).where(
            RelayMessage.at_utc < before, RelayMessage.introduction_id.not_in(frozen)
        ),
        delete(GuardianConsent).where(GuardianConsent.withdrawn_at_utc < before),
        delete(IntroductionMove).where(
            IntroductionMove.at_utc < before,
            IntroductionMove.told.is_(True),
            IntroductionMove.introduction_id.not_in(select(Introduction.id)),
        ),
    ):
        await session.execute(query)
