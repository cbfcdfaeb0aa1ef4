"""What mentoring keeps of a person, for how long, and what outlives her wish to be forgotten.

Kept when a person erases herself: the words of a talk that was reported, with who the two were,
until the retention time, because a report may be about the one who erases; that a mentor was
suspended or retired by a coordinator, so that she cannot come back as new; of a mentor about whom
something waits, that it waits, until a coordinator has decided or `FROZEN_LASTS` is over; and of
a minor a salted hash (`minors`). In everything else that is others' as well, her id is taken out.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, cast, delete, func, or_, select, true, union_all, update

from bot.database import Session, count, deleted
from bot.mentoring import guardians, introductions, mentors, minors, roster, states, waiting
from bot.mentoring.mentors import exported
from bot.mentoring.policy import Policy
from bot.mentoring.states import OPEN, MentorState, Passage, State, Who
from bot.mentoring.tables import (
    GuardianConsent,
    Introduction,
    IntroductionFeedback,
    IntroductionMove,
    InvitedGuardian,
    Mentee,
    Mentor,
    MentorCheck,
    MentorWait,
    RelayMessage,
    RosterLine,
)
from bot.people import ages
from bot.people.people import FORGOTTEN
from bot.people.staff import Actor, coordinators_of
from bot.people.tables import Conversation
from bot.settings import Settings

FROZEN_LASTS = timedelta(days=400)
_KEPT = (MentorState.SUSPENDED, MentorState.RETIRED, MentorState.REFUSED)
_REPORTED = select(Introduction.id).where(Introduction.reported_by.is_not(None))


async def export(session: Session, person_id: int) -> dict[str, Any]:
    """Return what mentoring keeps of a person: her own words and choices, nobody else's."""
    student, mentor = await session.get(Mentee, person_id), await session.get(Mentor, person_id)
    asked = select(Introduction).where(Introduction.student_id == person_id)
    written = select(RelayMessage).where(RelayMessage.sender_id == person_id)
    consents = select(GuardianConsent).where(
        or_(
            GuardianConsent.student_id == person_id,
            GuardianConsent.guardian_id == person_id,
            GuardianConsent.withdrawn_by == person_id,
        )
    )
    asked_of_her = select(Introduction).where(
        Introduction.student_id != person_id,
        or_(
            Introduction.mentor_id == person_id,
            Introduction.wished_mentor_id == person_id,
            Introduction.paused_by == person_id,
            # A first sieve, which lets longer ids through as well.
            cast(Introduction.tried, Text).contains(str(person_id)),
        ),
    )
    moved = select(IntroductionMove).where(
        or_(IntroductionMove.actor_id == person_id, IntroductionMove.mentor_id == person_id)
    )
    checks = select(MentorCheck).where(MentorCheck.mentor_id == person_id)
    invited = await session.get(InvitedGuardian, person_id)
    on_roster = await session.get(RosterLine, person_id)
    relieved = select(func.count()).where(RosterLine.deputy_id == person_id)
    opinions = select(IntroductionFeedback.opinion).where(
        IntroductionFeedback.person_id == person_id
    )
    kept = {
        "about_me": {"first_name": student.alias} if student else None,
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
        "opened_an_invitation": invited and invited.since_utc.isoformat(),
        "messages": [
            {"text": row.original or row.text, "at": row.at_utc.isoformat(), "state": row.state}
            for row in await session.scalars(written)
        ],
        "introductions_of_others": [
            {"field": row.field, "state": row.state, "asked": row.asked_at_utc.isoformat()}
            for row in await session.scalars(asked_of_her)
            if person_id in (row.mentor_id, row.wished_mentor_id, row.paused_by, *row.tried)
        ],
        "moves": [
            {"move": row.move, "at": row.at_utc.isoformat()}
            for row in await session.scalars(moved)
        ],
        "waits_for": list(await waiting.fields_of(session, person_id)),
        "was_a_minor_before": await minors.marked(session, person_id),
        "opinions": list(await session.scalars(opinions)),
        "on_the_roster": on_roster
        and {
            "quiet_from": on_roster.quiet_from,
            "quiet_until": on_roster.quiet_until,
            "has_a_deputy": on_roster.deputy_id is not None,
        },
        "deputy_of_so_many": await count(session, relieved) or None,
    }  # fmt: skip
    return {"mentoring": kept}


async def held_back(session: Session, person_id: int) -> bool:
    """Return whether a mentor waits for a coordinator, and so cannot be erased wholly yet.

    A talk of hers is frozen, she is kept from writing, or words of hers are held.
    """
    mentor = await session.get(Mentor, person_id)
    if mentor is None:
        return False
    if mentor.state is MentorState.FROZEN:
        return True
    if states.mentor_after(mentor.state, "freeze", Who.MENTOR) is None:
        return False
    if mentor.quiet_since_utc is not None:
        return True
    frozen = select(Introduction.id).where(
        Introduction.mentor_id == person_id, Introduction.state == State.BLOCKED
    )
    held = select(RelayMessage.id).where(
        RelayMessage.sender_id == person_id,
        RelayMessage.from_student.is_(False),
        RelayMessage.state == Passage.HELD,
    )
    return (await session.scalars(union_all(frozen, held).limit(1))).first() is not None


async def erase(session: Session, person_id: int, now: datetime) -> None:
    """End what is open of a person and erase her, but for what safeguarding must keep."""
    herself, policy = Actor(session, person_id, (), now), Policy()
    student, mentor = await session.get(Mentee, person_id), await session.get(Mentor, person_id)
    names = [name for name in (student and student.alias, mentor and mentor.first_name) if name]
    waits = await held_back(session, person_id)
    if await ages.is_told_minor(session, person_id):
        await minors.remember(session, person_id, now)
    talks = await introductions.told_to_guardian(session, person_id) is not None
    await introductions.let_go(herself, person_id, policy, ending=True)
    await introductions.stop_all(herself, person_id, Who.STUDENT, policy)
    as_guardian = select(GuardianConsent).where(
        GuardianConsent.guardian_id == person_id, GuardianConsent.withdrawn_at_utc.is_(None)
    )
    for consent in (await session.scalars(as_guardian)).all():
        consent.withdrawn_at_utc, consent.withdrawn_by = now, person_id
        await introductions.stop_all(herself, consent.student_id, Who.GUARDIAN, policy)
    await session.flush()
    own = select(Introduction.id).where(
        Introduction.student_id == person_id, Introduction.reported_by.is_(None)
    )
    await _delete_introductions(session, list(await session.scalars(own)))
    # Of one who waits for a coordinator stays what is to be looked at.
    looked_at = (Passage.STOPPED, Passage.HELD)
    goes = RelayMessage.state.not_in(looked_at) if waits else true()
    for query in (
        delete(RelayMessage).where(
            RelayMessage.sender_id == person_id,
            RelayMessage.introduction_id.not_in(_REPORTED),
            goes,
        ),
        delete(IntroductionFeedback).where(IntroductionFeedback.person_id == person_id),
        delete(MentorCheck).where(MentorCheck.mentor_id == person_id),
        delete(MentorWait).where(MentorWait.person_id == person_id),
        delete(InvitedGuardian).where(InvitedGuardian.person_id == person_id),
        delete(Mentee).where(Mentee.person_id == person_id),
    ):
        await session.execute(query)
    await roster.forget(session, person_id)
    await guardians.part_from(session, person_id, now, to_tell=talks)
    await _take_out(session, person_id)
    await _forget_mentor(herself, waits=waits)
    await _clear_screens(session, names)


async def _take_out(session: Session, person_id: int) -> None:
    """Take a person's id out of what is others' as well; a report keeps who the two were."""
    Intro, Moved, Consent = Introduction, IntroductionMove, GuardianConsent  # noqa: N806
    quiet = Intro.reported_by.is_(None)
    for query in (
        update(Intro).where(Intro.mentor_id == person_id, quiet).values(mentor_id=None),
        update(Intro).where(Intro.paused_by == person_id).values(paused_by=None),
        update(Intro).where(Intro.wished_mentor_id == person_id).values(wished_mentor_id=None),
        update(Moved).where(Moved.actor_id == person_id).values(actor_id=FORGOTTEN),
        update(Moved).where(Moved.mentor_id == person_id).values(mentor_id=None),
        update(Consent).where(Consent.guardian_id == person_id).values(guardian_id=None),
        update(Consent).where(Consent.withdrawn_by == person_id).values(withdrawn_by=FORGOTTEN),
    ):
        await session.execute(query)
    offered = cast(Intro.tried, Text).contains(str(person_id))
    for row in (await session.scalars(select(Intro).where(offered))).all():
        row.tried = [tried for tried in row.tried if tried != person_id]
    await session.flush()


async def _forget_mentor(herself: Actor, *, waits: bool) -> None:
    session = herself.session
    mentor = await session.get(Mentor, herself.id)
    if waits:
        await mentors.freeze(herself)
    elif mentor is not None and (mentor.state in _KEPT or mentor.barred_since_utc is not None):
        if mentor.state not in _KEPT:
            await mentors.move(herself, mentor, "retire", Who.MENTOR)
        mentors.empty(mentor)
    else:
        await mentors.forget(session, herself.id)


async def _clear_screens(session: Session, names: list[str]) -> None:
    """Let no chat remember buttons on which her name stands."""
    for name in names:
        written = cast(Conversation.buttons, Text).contains(
            json.dumps(name).strip('"'), autoescape=True
        )
        for chat in (await session.scalars(select(Conversation).where(written))).all():
            if any(name in str(label).split() for label, _ in chat.buttons):
                chat.buttons = []


async def _delete_introductions(session: Session, numbers: list[int]) -> int:
    """Delete introductions with their words; what the other is yet to be told is kept a while.

    Returns how many messages went with them.
    """
    told = IntroductionMove.told.is_(True)
    messages = await deleted(
        session, delete(RelayMessage).where(RelayMessage.introduction_id.in_(numbers))
    )
    for query in (
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
    return messages


async def forget_old(session: Session, settings: Settings, now: datetime) -> dict[str, int]:
    """Erase transcripts and closed introductions older than the retention time."""
    before = now - Policy.of(settings).transcript_lasts
    closed = select(Introduction.id).where(
        Introduction.state.not_in(OPEN), Introduction.since_utc < before
    )
    numbers = list(await session.scalars(closed))
    messages = await _delete_introductions(session, numbers)
    await minors.forget_old(session, now)
    await roster.forget_others(session, await coordinators_of(session, settings.coordinator_ids))
    waits = await waiting.forget_old(session, now)
    overdue = select(Mentor).where(
        Mentor.state == MentorState.FROZEN, Mentor.erased_at_utc <= now - FROZEN_LASTS
    )
    for mentor in (await session.scalars(overdue)).all():
        await mentors.forget(session, mentor.person_id)
    # A long talk loses its old words, a frozen one keeps them while it is being looked into.
    frozen = select(Introduction.id).where(Introduction.state == State.BLOCKED)
    messages += await deleted(
        session,
        delete(RelayMessage).where(
            RelayMessage.at_utc < before, RelayMessage.introduction_id.not_in(frozen)
        ),
    )
    for query in (
        delete(GuardianConsent).where(GuardianConsent.withdrawn_at_utc < before),
        delete(IntroductionMove).where(
            IntroductionMove.at_utc < before,
            IntroductionMove.told.is_(True),
            IntroductionMove.introduction_id.not_in(select(Introduction.id)),
        ),
    ):
        await session.execute(query)
    return {"talks": messages, "introductions": len(numbers), "waits": waits}
