"""Introductions: a girl asks, a coordinator approves, a mentor accepts, the girl begins.

Every action asks who acts, then makes a move of `states`; the telling is done from the moves.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import upsert
from bot.mentoring import guardians, mentors, moves, switches
from bot.mentoring.contact_filter import look
from bot.mentoring.policy import Policy
from bot.mentoring.states import OPEN, MentorState, State, Who
from bot.mentoring.tables import Introduction, IntroductionFeedback, Mentor
from bot.people.staff import require_coordinator
from bot.refusals import NotAllowedError

PROPOSED = 3
LONGEST_HOPE, SHORTEST_HOPE = 400, 8
REASONS = ("busy", "field", "other")
REPORTS = ("uneasy", "contact", "meeting", "rude", "other")
OPINIONS = ("good", "fine", "bad")


@dataclass(frozen=True)
class Wish:
    """What a girl asks for."""

    field: str
    language: str
    province: str | None
    hope: str
    mentor_id: int | None = None
    career: str | None = None


async def fitting(
    session: AsyncSession,
    student_id: int,
    field: str,
    language: str,
    province: str | None,
    now: datetime,
    without: tuple[int, ...] = (),
) -> list[Mentor]:
    """Return the mentors that fit, best first: same field and free, then language and province.

    Never one with whom this girl had a talk that was frozen: banned is banned both ways.
    """
    banned = set(
        await session.scalars(
            select(Introduction.mentor_id).where(
                Introduction.student_id == student_id, Introduction.reported_by.is_not(None)
            )
        )
    )
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


async def open_of_student(session: AsyncSession, student_id: int) -> Introduction | None:
    """Return a girl's introduction that is open; there is never more than one."""
    query = select(Introduction).where(
        Introduction.student_id == student_id, Introduction.state.in_(OPEN)
    )
    return (await session.scalars(query)).first()


async def open_of_mentor(session: AsyncSession, mentor_id: int) -> list[Introduction]:
    """Return a mentor's introductions that are open, oldest first."""
    query = (
        select(Introduction)
        .where(Introduction.mentor_id == mentor_id, Introduction.state.in_(OPEN))
        .order_by(Introduction.id)
    )
    return list(await session.scalars(query))


def hope_fault(text: str) -> str | None:
    """Return why her hope cannot be passed on as it is: too short, or contact details."""
    if len(" ".join(text.split())) < SHORTEST_HOPE:
        return "short"
    return "contact" if look(text).verdict == "stop" else None


async def request(
    session: AsyncSession,
    student_id: int,
    wish: Wish,
    policy: Policy,
    now: datetime,
    *,
    agrees: bool = False,
) -> Introduction | None:
    """Ask for an introduction; None when one is open already or nobody fits.

    `agrees` says that she agrees to the rules by asking, which is kept with the request only.
    Raises NotAllowedError for who has not told her age, is too young, or did not agree.
    """
    row = await guardians.mentee(session, student_id)
    agreed = agrees or row.assent_version == guardians.ASSENT_VERSION
    if row.age_band in (None, "young") or not agreed:
        raise NotAllowedError
    mentor = await mentors.find(session, student_id)
    if mentor is not None and mentor.state not in (MentorState.DRAFT, MentorState.REFUSED):
        raise NotAllowedError
    if await open_of_student(session, student_id) is not None:
        return None
    fits = await fitting(session, student_id, wish.field, wish.language, wish.province, now)
    if not fits or hope_fault(wish.hope):
        return None
    if agrees:
        row.assent_version, row.assented_at_utc = guardians.ASSENT_VERSION, now
    chosen = wish.mentor_id if wish.mentor_id in {m.person_id for m in fits} else None
    introduction = Introduction(
        student_id=student_id, wished_mentor_id=chosen, field=wish.field, career=wish.career,
        language=wish.language, province=wish.province, hope=wish.hope[:LONGEST_HOPE], tried=[],
        asked_at_utc=now, checked_in=False, asked_more=False,
    )  # fmt: skip
    await moves.begin(session, introduction, policy, now)
    return introduction


async def for_student(session: AsyncSession, student_id: int, number: int) -> Introduction:
    """Return her own introduction; raises NotAllowedError for anybody else's."""
    row = await session.get(Introduction, number)
    if row is None or row.student_id != student_id:
        raise NotAllowedError
    return row


async def for_mentor(session: AsyncSession, mentor_id: int, number: int) -> Introduction | None:
    """Return an introduction of this mentor; None when it has passed to another.

    Raises NotAllowedError for one who was never asked.
    """
    row = await session.get(Introduction, number)
    if row is None or mentor_id not in (row.mentor_id, *row.tried):
        raise NotAllowedError
    return row if row.mentor_id == mentor_id else None


async def approve(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    policy: Policy,
    now: datetime,
) -> str | None:
    """Approve a request and offer it at once; returns why not, or None when it is done."""
    require_coordinator(actor_id, coordinators)
    row = await session.get(Introduction, number)
    if row is None or row.state != State.REQUESTED or actor_id == row.student_id:
        return "gone"
    if not await switches.is_on(session, switches.RELAY):
        return "off"
    if not await switches.on_call(session, coordinators):
        return "no_coordinator"
    if policy.consent == "school" and await guardians.consent_of(session, row.student_id) is None:
        student = await guardians.mentee(session, row.student_id)
        if guardians.needs_guardian(student, policy):
            await guardians.attest(session, actor_id, coordinators, row.student_id, "school", now)
    if not await guardians.may_talk(session, row.student_id, policy):
        return "consent"
    await moves.make(session, row, "approve", Who.COORDINATOR, actor_id, policy, now)
    await offer_next(session, row, coordinators, policy, now)
    return None


async def offer_next(
    session: AsyncSession,
    row: Introduction,
    coordinators: tuple[int, ...],
    policy: Policy,
    now: datetime,
) -> bool:
    """Offer an approved introduction to the next fitting mentor, the wished one first."""
    open_house = await switches.is_on(session, switches.RELAY)
    if not open_house or not await switches.on_call(session, coordinators):
        return False
    if not await guardians.may_talk(session, row.student_id, policy):
        return False
    fits = await fitting(
        session, row.student_id, row.field, row.language, row.province, now, tuple(row.tried)
    )
    if row.state != State.APPROVED or not fits:
        return False
    wished = [m for m in fits if m.person_id == row.wished_mentor_id]
    row.mentor_id = (wished or fits)[0].person_id
    row.tried = [*row.tried, row.mentor_id]
    return await moves.make(session, row, "offer", Who.BOT, moves.BOT_ID, policy, now)


async def refuse(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    policy: Policy,
    now: datetime,
) -> bool:
    """Say not now to a request. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    row = await session.get(Introduction, number)
    if row is None:
        return False
    return await moves.make(session, row, "refuse", Who.COORDINATOR, actor_id, policy, now)


async def accept(
    session: AsyncSession, actor_id: int, number: int, policy: Policy, now: datetime
) -> bool:
    """Accept an offer; False when it has passed to another or her clearance is over."""
    row = await for_mentor(session, actor_id, number)
    if row is None or not mentors.cleared(await mentors.find(session, actor_id), now):
        return False
    return await moves.make(session, row, "accept", Who.MENTOR, actor_id, policy, now)


async def pass_on(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    reason: str,
    policy: Policy,
    now: datetime,
) -> bool:
    """Decline an offer with a reason that the girl never sees; the next mentor is asked."""
    row = await for_mentor(session, actor_id, number)
    if row is None or reason not in REASONS:
        return False
    if not await moves.make(session, row, "pass_on", Who.MENTOR, actor_id, policy, now, reason):
        return False
    await offer_next(session, row, coordinators, policy, now)
    return True


async def begin(
    session: AsyncSession, actor_id: int, number: int, policy: Policy, now: datetime
) -> bool:
    """Begin the talk: hers to do, and only while her mentor may talk and consent holds."""
    row = await for_student(session, actor_id, number)
    if row.mentor_id is None or not await guardians.may_talk(session, actor_id, policy):
        return False
    if not mentors.cleared(await mentors.find(session, row.mentor_id), now):
        return False
    if not await moves.make(session, row, "begin", Who.STUDENT, actor_id, policy, now):
        return False
    row.ends_at_utc = now + policy.talk_lasts
    row.due_at_utc = moves.due_at(row, policy, now)
    return True


async def withdraw(
    session: AsyncSession, actor_id: int, number: int, policy: Policy, now: datetime
) -> bool:
    """Take a wish back before the talk has begun."""
    row = await for_student(session, actor_id, number)
    return await moves.make(session, row, "withdraw", Who.STUDENT, actor_id, policy, now)


async def _acted_on(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], number: int
) -> tuple[Introduction, Who]:
    row = await session.get(Introduction, number)
    if row is None:
        raise NotAllowedError
    return row, moves.who_is(row, actor_id, coordinators)


async def pause(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    policy: Policy,
    now: datetime,
) -> bool:
    """Let a talk rest; only the one who paused it can go on."""
    row, who = await _acted_on(session, actor_id, coordinators, number)
    if not await moves.make(session, row, "pause", who, actor_id, policy, now):
        return False
    row.paused_by = actor_id
    return True


async def resume(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    policy: Policy,
    now: datetime,
) -> bool:
    """Go on after a rest; False for anybody but the one who paused it."""
    row, who = await _acted_on(session, actor_id, coordinators, number)
    if row.paused_by != actor_id:
        return False
    if not await moves.make(session, row, "resume", who, actor_id, policy, now):
        return False
    row.paused_by = None
    return True


async def end(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    policy: Policy,
    now: datetime,
) -> bool:
    """End a talk for good, with no reason asked; a frozen one is for a coordinator to close."""
    row, who = await _acted_on(session, actor_id, coordinators, number)
    name = "close" if row.state == State.BLOCKED else "end"
    return await moves.make(session, row, name, who, actor_id, policy, now)


async def report(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    policy: Policy,
    now: datetime,
) -> bool:
    """Freeze the two at once. The reason can be told afterwards, or never."""
    row, who = await _acted_on(session, actor_id, coordinators, number)
    if not await moves.make(session, row, "report", who, actor_id, policy, now):
        return False
    row.reported_by, row.reported_at_utc = actor_id, now
    return True


async def tell_why(session: AsyncSession, actor_id: int, number: int, reason: str) -> bool:
    """Add the reason to one's own report."""
    row = await session.get(Introduction, number)
    if row is None or row.reported_by != actor_id or reason not in REPORTS:
        return False
    row.report_reason = reason
    return True


async def reopen(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    number: int,
    policy: Policy,
    now: datetime,
) -> bool:
    """Unfreeze after looking into a report: it rests until the one who reported goes on."""
    require_coordinator(actor_id, coordinators)
    row = await session.get(Introduction, number)
    # Frozen before the talk began: there is nothing to go back to.
    if row is None or row.ends_at_utc is None:
        return False
    if not await moves.make(session, row, "reopen", Who.COORDINATOR, actor_id, policy, now):
        return False
    row.paused_by, row.reported_by = row.reported_by, None
    return True


async def wish_more(
    session: AsyncSession, actor_id: int, number: int, policy: Policy, now: datetime, *, more: bool
) -> bool:
    """Say whether one wants to go on after the planned end; the other is not told of a no."""
    row, who = await _acted_on(session, actor_id, (), number)
    if row.state not in (State.ACTIVE, State.PAUSED) or not row.asked_more:
        return False
    if who is Who.STUDENT:
        row.student_more = more
    else:
        row.mentor_more = more
    if row.state == State.ACTIVE and row.student_more and row.mentor_more:
        row.student_more = row.mentor_more = None
        row.checked_in = row.asked_more = False
        row.ends_at_utc = (row.ends_at_utc or now) + policy.talk_lasts
        await moves.make(session, row, "extend", Who.BOT, moves.BOT_ID, policy, now)
    return True


async def give_feedback(
    session: AsyncSession, actor_id: int, number: int, opinion: str, now: datetime
) -> bool:
    """Keep what one of the two thought of it; the latest opinion counts."""
    row, _ = await _acted_on(session, actor_id, (), number)
    if opinion not in OPINIONS or row.state in OPEN:
        return False
    given = {
        "introduction_id": number, "person_id": actor_id, "opinion": opinion, "given_at_utc": now
    }  # fmt: skip
    await upsert(session, IntroductionFeedback, given, key=("introduction_id", "person_id"))
    return True


async def let_go(
    session: AsyncSession,
    mentor_id: int,
    coordinators: tuple[int, ...],
    policy: Policy,
    now: datetime,
    *,
    ending: bool,
) -> None:
    """Let a mentor's girls go: offers pass to the next mentor, talks end when `ending`.

    A lapsed clearance does not end a talk: nothing passes until it is renewed. What a report
    has frozen stays frozen, for a coordinator to close.
    """
    for row in await open_of_mentor(session, mentor_id):
        bot = (Who.BOT, moves.BOT_ID, policy, now)
        if await moves.make(session, row, "release", *bot):
            await offer_next(session, row, coordinators, policy, now)
        elif ending:
            await moves.make(session, row, "end", *bot, "mentor")


async def stop_all(
    session: AsyncSession, person_id: int, who: Who, policy: Policy, now: datetime
) -> None:
    """End whatever is open of a person, because consent is gone or she erases herself."""
    query = select(Introduction).where(
        or_(Introduction.student_id == person_id, Introduction.mentor_id == person_id),
        Introduction.state.in_(OPEN),
    )
    for row in await session.scalars(query):
        for name in ("withdraw", "end", "close"):
            if await moves.make(session, row, name, who, person_id, policy, now):
                break
