"""Introductions: a girl asks, a coordinator approves, a mentor accepts, the girl begins.

Every action asks who acts, then makes a move of `states`; the telling is done from the moves.
What happens in a talk once it has begun is in `talks`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from bot.database import Session
from bot.mentoring import apart, guardians, mentors, moves, talks, wishes
from bot.mentoring.policy import Policy
from bot.mentoring.states import NEVER_A_MENTOR, OPEN, MentorState, State, Who
from bot.mentoring.tables import (
    GuardianConsent,
    IntroductionMove,
    Mentor,
)
from bot.mentoring.tables import Introduction as Introduction
from bot.mentoring.wishes import Wish
from bot.people import ages, switches
from bot.people.staff import Actor
from bot.refusals import NotAllowedError, RefusedError
from bot.rights import May

PROPOSED = 3
REASONS = ("busy", "field", "other")
# What ended so long ago is no news any more.
STOPPED_LATELY = timedelta(days=30)
_STOPS = ("refuse", "withdraw", "expire", "close")
# A wish that no mentor has accepted is the girl's own affair.
_TOLD_TO_GUARDIAN = (State.ACCEPTED, State.ACTIVE, State.PAUSED)


async def fitting(
    session: Session,
    student_id: int,
    field: str,
    language: str,
    province: str | None,
    now: datetime,
    without: tuple[int, ...] = (),
) -> list[Mentor]:
    """Return the mentors that fit, best first: same field and free, then language and province.

    Never one with whom this girl had a talk that was frozen: banned is banned both ways; and
    never her guardian.
    """
    banned = set(
        await session.scalars(
            select(Introduction.mentor_id).where(
                Introduction.student_id == student_id, Introduction.reported_by.is_not(None)
            )
        )
    )
    banned |= await apart.guardians_of(session, student_id)
    query = select(Mentor).where(
        Mentor.state == MentorState.APPROVED,
        Mentor.field == field,
        Mentor.paused.is_(False),
        Mentor.person_id != student_id,
    )
    found = []
    for mentor in await session.scalars(query):
        if mentor.person_id in banned or mentor.person_id in without:
            continue
        free = (mentor.places or 0) - await mentors.held_places(session, mentor.person_id)
        if free > 0 and mentors.cleared(mentor, now):
            speaks, near = language in mentor.languages, mentor.province == province
            found.append((not speaks, not near, -free, mentor.person_id, mentor))
    return [mentor for *_, mentor in sorted(found, key=lambda place: place[:-1])]


async def free_fields(session: Session, student_id: int, now: datetime) -> frozenset[str]:
    """Return the fields in which a mentor is free whom this girl may meet."""
    there = Mentor.state == MentorState.APPROVED, Mentor.field.is_not(None)
    fields = (await session.scalars(select(Mentor.field).where(*there).distinct())).all()
    return frozenset(
        [f for f in fields if f and await fitting(session, student_id, f, "", None, now)]
    )


async def last_stopped(actor: Actor) -> tuple[Introduction, IntroductionMove] | None:
    """Return a girl's newest wish and what ended it, where that was lately and before its time."""
    row = await actor.session.scalar(
        select(Introduction)
        .where(Introduction.student_id == actor.id)
        .order_by(Introduction.id.desc())
        .limit(1)
    )
    if row is None or row.state in OPEN or row.since_utc < actor.now - STOPPED_LATELY:
        return None
    move = await actor.session.scalar(
        select(IntroductionMove)
        .where(IntroductionMove.introduction_id == row.id)
        .order_by(IntroductionMove.id.desc())
        .limit(1)
    )
    return (row, move) if move is not None and _stops(move) else None


def _stops(move: IntroductionMove) -> bool:
    """Return whether a move ends a wish before its time."""
    return move.move in _STOPS or (move.move == "end" and move.detail == "mentor")


async def open_of_student(session: Session, student_id: int) -> Introduction | None:
    """Return a girl's introduction that is open; there is never more than one."""
    query = select(Introduction).where(
        Introduction.student_id == student_id, Introduction.state.in_(OPEN)
    )
    return (await session.scalars(query)).first()


async def told_to_guardian(session: Session, student_id: int) -> Introduction | None:
    """Return the introduction of which a girl's guardian was told: a mentor has accepted it."""
    row = await open_of_student(session, student_id)
    return row if row is not None and row.state in _TOLD_TO_GUARDIAN else None


async def open_of_mentor(session: Session, mentor_id: int) -> list[Introduction]:
    """Return a mentor's introductions that are open, oldest first."""
    query = (
        select(Introduction)
        .where(Introduction.mentor_id == mentor_id, Introduction.state.in_(OPEN))
        .order_by(Introduction.id)
    )
    return list(await session.scalars(query))


async def request(
    actor: Actor, wish: Wish, policy: Policy, *, agrees: bool = False
) -> Introduction | None:
    """Ask for an introduction; None when one is open already or nobody fits.

    `agrees` says that she agrees to the rules by asking, which is kept with the request only.
    Raises NotAllowedError for who did not agree, AgeUnknownError for who has not told her age,
    TooYoungError for who is too young.
    """
    session, now = actor.session, actor.now
    await ages.require(actor)
    row = await guardians.mentee(session, actor.id)
    if not agrees and row.assent_version != guardians.ASSENT_VERSION:
        raise NotAllowedError
    mentor = await mentors.find(session, actor.id)
    if mentor is not None and mentor.state not in NEVER_A_MENTOR:
        raise NotAllowedError
    if await open_of_student(session, actor.id) is not None:
        return None
    fits = await fitting(session, actor.id, wish.field, wish.language, wish.province, now)
    if not fits:
        return None
    wishes.check_hope(wish.hope)
    if agrees:
        row.assent_version, row.assented_at_utc = guardians.ASSENT_VERSION, now
    row.draft = None
    introduction = Introduction(
        student_id=actor.id,
        wished_mentor_id=wish.mentor_id if wish.mentor_id in {m.person_id for m in fits} else None,
        field=wish.field,
        career=wish.career,
        language=wish.language,
        province=wish.province,
        hope=wish.hope,
        tried=[],
        asked_at_utc=now,
        checked_in=False,
        asked_more=False,
    )
    await moves.begin(actor, introduction, policy)
    return introduction


async def of_case(actor: Actor, number: int) -> Introduction | None:
    """Return the introduction that a case is about, while it is kept. Coordinators only."""
    actor.require(May.CASES)
    return await actor.session.get(Introduction, number)


async def for_student(actor: Actor, number: int) -> Introduction:
    """Return her own introduction; raises NotAllowedError for anybody else's."""
    row = await actor.session.get(Introduction, number)
    if row is None or row.student_id != actor.id:
        raise NotAllowedError
    return row


async def for_mentor(actor: Actor, number: int) -> Introduction:
    """Return an introduction of the mentor who acts.

    Raises RefusedError when it has passed to another, NotAllowedError for one who was never asked.
    """
    row = await actor.session.get(Introduction, number)
    if row is None or actor.id not in (row.mentor_id, *row.tried):
        raise NotAllowedError
    if row.mentor_id != actor.id:
        raise RefusedError("mentor.passed")
    return row


async def approve(actor: Actor, number: int, policy: Policy) -> None:
    """Approve a request and offer it at once. Coordinators only, never of their own pair."""
    row, session = await apart.decided_on(actor, number), actor.session
    if row.state is not State.REQUESTED:
        raise RefusedError("approve.gone")
    if not await switches.is_on(session, switches.RELAY):
        raise RefusedError("approve.off")
    if not await apart.on_call(actor, row):
        raise RefusedError("approve.no_coordinator")
    if policy.consent == "school" and await guardians.consent_of(session, row.student_id) is None:
        band = await ages.band_of(session, row.student_id)
        if guardians.needs_guardian(band, policy):
            await guardians.attest(actor, row.student_id, "school")
    if not await guardians.may_talk(session, row.student_id, policy):
        raise RefusedError("approve.consent")
    await moves.make(actor, row, "approve", Who.COORDINATOR, policy)
    await offer_next(actor, row, policy)


async def offer_next(actor: Actor, row: Introduction, policy: Policy) -> bool:
    """Offer an approved introduction to the next fitting mentor, the wished one first.

    Never to one who decided about it as a coordinator. Returns whether somebody was asked.
    """
    session = actor.session
    open_house = await switches.is_on(session, switches.RELAY)
    if not open_house or not await apart.on_call(actor, row):
        return False
    if not await guardians.may_talk(session, row.student_id, policy):
        return False
    without = (*row.tried, *await _deciders(session, row))
    fits = await fitting(
        session, row.student_id, row.field, row.language, row.province, actor.now, without
    )
    if row.state is not State.APPROVED or not fits:
        return False
    wished = [m for m in fits if m.person_id == row.wished_mentor_id]
    row.mentor_id = (wished or fits)[0].person_id
    row.tried = [*row.tried, row.mentor_id]
    await moves.make(actor, row, "offer", Who.BOT, policy)
    return True


async def _deciders(session: Session, row: Introduction) -> set[int]:
    """Return who approved an introduction, or attested a consent to it, as a coordinator."""
    moved = select(IntroductionMove.actor_id).where(
        IntroductionMove.introduction_id == row.id, IntroductionMove.who == Who.COORDINATOR
    )
    attested = select(GuardianConsent.attested_by).where(
        GuardianConsent.student_id == row.student_id, GuardianConsent.attested_by.is_not(None)
    )
    found = {*await session.scalars(moved), *await session.scalars(attested)}
    return {person_id for person_id in found if person_id is not None}


async def refuse(actor: Actor, number: int, policy: Policy) -> None:
    """Say not now to a request. Coordinators only, never to their own pair."""
    row = await apart.decided_on(actor, number)
    await moves.make(actor, row, "refuse", Who.COORDINATOR, policy)


async def accept(actor: Actor, number: int, policy: Policy) -> None:
    """Accept an offer, unless it has passed to another or her clearance is over."""
    row = await for_mentor(actor, number)
    cleared = mentors.cleared(await mentors.find(actor.session, actor.id), actor.now)
    if not cleared or not await moves.attempt(actor, row, "accept", Who.MENTOR, policy):
        raise RefusedError("mentor.passed")


async def pass_on(actor: Actor, number: int, reason: str, policy: Policy) -> None:
    """Decline an offer with a reason that the girl never sees; the next mentor is asked."""
    row = await for_mentor(actor, number)
    if not await moves.attempt(actor, row, "pass_on", Who.MENTOR, policy, reason):
        raise RefusedError("mentor.passed")
    await offer_next(actor, row, policy)


async def begin(actor: Actor, number: int, policy: Policy) -> Introduction:
    """Begin the talk: hers to do, and only while her mentor may talk and consent holds."""
    row = await for_student(actor, number)
    mentor = await mentors.find(actor.session, row.mentor_id or 0)
    may = mentors.cleared(mentor, actor.now) and await guardians.may_talk(
        actor.session, actor.id, policy
    )
    if not may or not await moves.attempt(actor, row, "begin", Who.STUDENT, policy):
        raise RefusedError("intro.cannot_begin")
    row.ends_at_utc = actor.now + policy.talk_lasts
    row.due_at_utc = moves.due_at(row, policy, actor.now)
    return row


async def withdraw(actor: Actor, number: int, policy: Policy) -> None:
    """Take a wish back before the talk has begun."""
    row = await for_student(actor, number)
    await moves.make(actor, row, "withdraw", Who.STUDENT, policy)


# What a coordinator can do to an introduction at the desk.
DEEDS: dict[str, Callable[[Actor, int, Policy], Awaitable[object]]] = {
    "approve": approve,
    "refuse": refuse,
    "pause": talks.pause,
    "resume": talks.resume,
    "freeze": talks.report,
    "reopen": talks.reopen,
    "close": talks.end,
}


async def decide(actor: Actor, number: int, deed: str, policy: Policy) -> None:
    """Do one of `DEEDS` as a coordinator; raises RefusedError where the pair is her own."""
    await apart.decided_on(actor, number)
    await DEEDS[deed](actor, number, policy)


async def let_go(actor: Actor, mentor_id: int, policy: Policy, *, ending: bool) -> None:
    """Let a mentor's girls go: offers pass to the next mentor, talks end when `ending`.

    A lapsed clearance does not end a talk: nothing passes until it is renewed. What a report
    has frozen stays frozen, for a coordinator to close. It is kept whether she left by
    herself: a girl hears that otherwise.
    """
    for row in await open_of_mentor(actor.session, mentor_id):
        if await moves.attempt(actor, row, "release", Who.BOT, policy):
            await offer_next(actor, row, policy)
        elif ending:
            why = "left" if actor.id == mentor_id else "mentor"
            await moves.attempt(actor, row, "end", Who.BOT, policy, why)


async def stop_all(actor: Actor, person_id: int, who: Who, policy: Policy) -> None:
    """End whatever is open of a person, because consent is gone or she erases herself."""
    query = select(Introduction).where(
        or_(Introduction.student_id == person_id, Introduction.mentor_id == person_id),
        Introduction.state.in_(OPEN),
    )
    # Kept under her own id: that of her guardian is kept with the consent alone.
    herself = replace(actor, id=person_id)
    for row in await actor.session.scalars(query):
        for name in ("withdraw", "end", "close"):
            if await moves.attempt(herself, row, name, who, policy):
                break
