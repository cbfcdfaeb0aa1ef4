"""Vetting: coordinators go through a checklist, and a second one signs.

Nothing of a mentor is shown to students before approval. Each step is in the audit log.
"""

from enum import Enum

from sqlalchemy import func, select

from bot.database import Session, count
from bot.mentoring import apart, mentors
from bot.mentoring.policy import Policy
from bot.mentoring.states import MentorState, Who
from bot.mentoring.tables import Mentor
from bot.mentoring.tables import MentorCheck as MentorCheck
from bot.people.staff import Actor
from bot.people.tables import AuditLine as AuditLine
from bot.refusals import RefusedError, StaleError
from bot.rights import May

CHECKLIST = ("identity", "references", "interview", "training", "police")
HISTORY_PAGE = 5
SHORTEST_EVIDENCE, LONGEST_EVIDENCE = 3, 200


class Renewal(Enum):
    """How far a clearance is renewed."""

    # by the first of two coordinators
    BEGUN = "begun"
    DONE = "done"


async def history(actor: Actor, mentor_id: int, page: int = 0) -> tuple[list[AuditLine], int]:
    """Return a page of who did what to a mentor and when, newest first, and how many there are.

    Coordinators only.
    """
    actor.require(May.MENTORS)
    about = AuditLine.kind == "mentor", AuditLine.number == mentor_id
    query = select(AuditLine).where(*about).order_by(AuditLine.id.desc())
    lines = await actor.session.scalars(query.offset(page * HISTORY_PAGE).limit(HISTORY_PAGE))
    return list(lines), await count(actor.session, select(func.count()).where(*about))


async def checks(session: Session, mentor_id: int) -> dict[str, MentorCheck]:
    """Return the items of the checklist that are done."""
    rows = await session.scalars(select(MentorCheck).where(MentorCheck.mentor_id == mentor_id))
    return {row.item: row for row in rows}


async def seen(actor: Actor, mentor_id: int) -> Mentor:
    """Return a mentor who has applied. Coordinators only, and nobody herself."""
    actor.require(May.MENTORS)
    mentor = await mentors.find(actor.session, mentor_id)
    if mentor is None or mentor.state is MentorState.DRAFT:
        raise StaleError
    if actor.id == mentor_id:
        raise RefusedError("vet.not_yourself")
    return mentor


def where_kept(text: str) -> str:
    """Return what a coordinator wrote of where a proof is kept.

    Raises RefusedError where it is nothing, or too long to be kept whole.
    """
    kept = " ".join(text.split())
    if len(kept) < SHORTEST_EVIDENCE:
        raise RefusedError("vet.evidence_short")
    if len(kept) > LONGEST_EVIDENCE:
        raise RefusedError("vet.evidence_long", most=LONGEST_EVIDENCE)
    return kept


async def check(actor: Actor, mentor_id: int, item: str, evidence: str) -> None:
    """Tick one item with where the proof is kept; one that is ticked stays as it was.

    Coordinators only, never of oneself.
    """
    mentor = await seen(actor, mentor_id)
    evidence = where_kept(evidence)
    done = await checks(actor.session, mentor_id)
    if item in done:
        return
    if mentor.state is not MentorState.APPLIED or item not in CHECKLIST:
        raise StaleError
    actor.session.add(
        MentorCheck(
            mentor_id=mentor_id,
            item=item,
            evidence=evidence,
            checked_by=actor.id,
            checked_at_utc=actor.now,
        )
    )
    await actor.note(f"checked {item}", "mentor", mentor_id)
    if set(done) | {item} == set(CHECKLIST):
        mentor.checked_by = actor.id
        await mentors.move(actor, mentor, "check", Who.COORDINATOR)


async def uncheck(actor: Actor, mentor_id: int, item: str) -> None:
    """Take back one item that was ticked, before anybody has signed. Coordinators only."""
    mentor = await seen(actor, mentor_id)
    done = (await checks(actor.session, mentor_id)).get(item)
    if done is None:
        return
    if mentor.state is MentorState.CHECKED:
        mentor.checked_by = None
        await mentors.move(actor, mentor, "uncheck", Who.COORDINATOR)
        # She hears nothing: it is still being checked, as before.
        mentor.news = None
    elif mentor.state is not MentorState.APPLIED:
        raise RefusedError("approve.gone")
    await actor.session.delete(done)
    await actor.note(f"unchecked {item}", "mentor", mentor_id)


async def approve(actor: Actor, mentor_id: int, policy: Policy) -> None:
    """Sign as the second person: not the one who finished the checklist, nor the mentor."""
    mentor = await seen(actor, mentor_id)
    if actor.id == mentor.checked_by:
        raise RefusedError("vet.second_person")
    await mentors.move(actor, mentor, "approve", Who.COORDINATOR)
    mentor.approved_by, mentor.approved_at_utc = actor.id, actor.now
    mentor.clearance_until_utc = actor.now + policy.clearance_lasts
    mentor.warned, mentor.renewal_by, mentor.barred_since_utc = False, None, None


async def decide(actor: Actor, mentor_id: int, name: str) -> None:
    """Make a move of coordinators: refuse, suspend, clear, recheck, remove or return.

    None who belongs to a pair of hers clears her. The caller lets go of her introductions
    (`introductions.let_go`) when she is not cleared.
    """
    if name == "clear":
        await apart.require_of_mentor(actor, mentor_id)
    mentor = await seen(actor, mentor_id)
    await mentors.move(actor, mentor, name, Who.COORDINATOR)
    mentor.quiet_since_utc = None
    if name == "suspend":
        mentor.barred_since_utc = actor.now
    if mentor.erased_at_utc is not None:
        # Nobody writes to one who erased herself.
        mentor.news = None
    if name == "clear":
        # She had erased herself: now the rest goes too, and she may come back as anybody.
        await mentors.forget(actor.session, mentor_id)
        return
    if mentor.state is MentorState.APPLIED:
        await mentors.checks_begin_anew(actor.session, mentor)


async def renew(actor: Actor, mentor_id: int, policy: Policy) -> Renewal:
    """Renew a clearance, which takes two coordinators."""
    mentor = await seen(actor, mentor_id)
    if mentor.state is not MentorState.APPROVED:
        raise RefusedError("approve.gone")
    if actor.id == mentor.renewal_by:
        raise RefusedError("vet.second_person")
    if mentor.renewal_by is None:
        mentor.renewal_by = actor.id
        await actor.note("began to renew", "mentor", mentor_id)
        return Renewal.BEGUN
    mentor.clearance_until_utc = actor.now + policy.clearance_lasts
    mentor.renewal_by, mentor.warned = None, False
    await actor.note("renewed", "mentor", mentor_id)
    return Renewal.DONE


async def read_story(actor: Actor, mentor_id: int, *, allow: bool) -> None:
    """Let a changed story be seen by students, or drop it. Coordinators only."""
    mentor = await seen(actor, mentor_id)
    if mentor.story_waiting is None:
        raise RefusedError("approve.gone")
    if allow:
        mentor.story = mentor.story_waiting
    mentor.story_waiting = None
    await actor.note(f"{'allowed' if allow else 'dropped'} story", "mentor", mentor_id)


async def let_write(actor: Actor, mentor_id: int) -> None:
    """Let a mentor write again; her tries so far count no more.

    Coordinators only, and none who belongs to a pair of hers.
    """
    await apart.require_of_mentor(actor, mentor_id)
    mentor = await seen(actor, mentor_id)
    if mentor.quiet_since_utc is None or mentor.state is MentorState.FROZEN:
        raise RefusedError("approve.gone")
    mentor.quiet_since_utc, mentor.tries_from_utc, mentor.news = None, actor.now, "speak"
    await actor.note("let write again", "mentor", mentor_id)


async def lift(actor: Actor, mentor_id: int) -> None:
    """Let one who was suspended follow an invitation to the desk again; it invites nobody.

    Coordinators only, and none who belongs to a pair of hers. One who waits for another decision,
    frozen or kept from writing, waits for that.
    """
    await apart.require_of_mentor(actor, mentor_id)
    mentor = await seen(actor, mentor_id)
    if mentor.barred_since_utc is None:
        raise RefusedError("approve.gone")
    mentor.barred_since_utc = None
    await actor.note("let to the desk", "mentor", mentor_id)


async def listed(actor: Actor, *wanted: MentorState) -> list[Mentor]:
    """Return the mentors in these states, and who is kept from writing, without oneself.

    Coordinators only.
    """
    actor.require(May.MENTORS)
    query = (
        select(Mentor)
        .where(
            Mentor.state.in_(wanted) | Mentor.quiet_since_utc.is_not(None),
            Mentor.person_id != actor.id,
        )
        .order_by(Mentor.person_id)
    )
    return list(await actor.session.scalars(query))
