"""A running talk: it rests and goes on, it is reported and looked into, it ends, and how it was.

Whoever acts is one of the two, or a coordinator to whose own pairs it does not belong.
"""

from datetime import timedelta

from bot.database import Session, upsert
from bot.mentoring import apart, guardians, mentors, moves
from bot.mentoring.policy import Policy
from bot.mentoring.states import OPEN, MentorState, State, Who
from bot.mentoring.tables import Introduction, IntroductionFeedback
from bot.people.staff import Actor
from bot.refusals import NotAllowedError, RefusedError, StaleError

# So long a report can be taken back by who tapped it by mistake.
TAKE_BACK = timedelta(minutes=1)
# How it is kept that a talk goes on which the bot had frozen.
BY_BOT = "bot"
REPORTS = ("uneasy", "contact", "meeting", "rude", "other")
OPINIONS = ("good", "fine", "bad")
# Whose talks may go on: that of a mentor who is suspended, frozen or retired ends.
_MENTORS = (MentorState.APPROVED, MentorState.LAPSED)


async def _acted_on(actor: Actor, number: int) -> tuple[Introduction, Who]:
    """Return an introduction and in which role who acts may act on it.

    Raises RefusedError for a coordinator whose own pair it is in another role.
    """
    row = await actor.session.get(Introduction, number)
    if row is None:
        raise NotAllowedError
    who = moves.who_is(row, actor)
    if who is Who.COORDINATOR:
        await apart.require(actor, row)
    return row, who


async def pause(actor: Actor, number: int, policy: Policy) -> None:
    """Let a talk rest; only the one who paused it can go on."""
    row, who = await _acted_on(actor, number)
    await moves.make(actor, row, "pause", who, policy)
    row.paused_by = actor.id


def paused_by_staff(row: Introduction) -> bool:
    """Return whether neither of the two paused a talk that rests, but a coordinator."""
    return row.paused_by not in (row.student_id, row.mentor_id)


async def resume(actor: Actor, number: int, policy: Policy) -> None:
    """Go on after a rest; refused to anybody but the one who paused it.

    What a coordinator paused any of them lets go on.
    """
    row, who = await _acted_on(actor, number)
    if row.paused_by != actor.id and not (who is Who.COORDINATOR and paused_by_staff(row)):
        raise RefusedError("talk.cannot")
    await moves.make(actor, row, "resume", who, policy)
    row.paused_by = None


async def end(actor: Actor, number: int, policy: Policy) -> None:
    """End a talk for good, with no reason asked; a frozen one is for a coordinator to close."""
    row, who = await _acted_on(actor, number)
    name = "close" if row.state is State.BLOCKED else "end"
    await moves.make(actor, row, name, who, policy)


async def report(actor: Actor, number: int, policy: Policy) -> Introduction:
    """Freeze the two at once. The reason can be told afterwards, or never."""
    row, who = await _acted_on(actor, number)
    await moves.make(actor, row, "report", who, policy)
    row.reported_by, row.reported_at_utc, row.report_reason = actor.id, actor.now, None
    return row


def may_take_back(actor: Actor, row: Introduction) -> bool:
    """Return whether who acts has just reported a talk, and may say that it was a mistake."""
    at = row.reported_at_utc
    just = at is not None and at > actor.now - TAKE_BACK
    return row.reported_by == actor.id and just and row.ends_at_utc is not None


async def take_back(actor: Actor, number: int, policy: Policy) -> None:
    """Take back one's own report, within a minute: the talk rests until that one goes on.

    A talk that rested already is still for the one who had paused it to go on with.
    """
    row, who = await _acted_on(actor, number)
    if not may_take_back(actor, row):
        raise RefusedError("talk.mistake_late")
    await moves.make(actor, row, "take_back", who, policy)
    row.reported_by = None
    if row.paused_by is None:
        row.paused_by = actor.id


async def freeze(actor: Actor, row: Introduction, policy: Policy) -> None:
    """Freeze the two by the bot itself, because words look like an approach.

    It is a report by nobody: neither of the two is told who wrote what.
    """
    if await moves.attempt(actor, row, "report", Who.BOT, policy, "approach"):
        row.reported_by, row.reported_at_utc = moves.BOT_ID, actor.now
        row.report_reason = "approach"


async def tell_why(actor: Actor, number: int, reason: str) -> None:
    """Add the reason to one's own report; that of an earlier one is kept beside it."""
    row = await actor.session.get(Introduction, number)
    if row is None or row.reported_by != actor.id:
        raise RefusedError("talk.cannot")
    row.report_reason = reason
    (await moves.last(actor.session, number, "report")).detail = reason


async def may_reopen(session: Session, row: Introduction, policy: Policy) -> bool:
    """Return whether a talk that was reported can go on, if a coordinator finds that it may."""
    frozen = row.state is State.BLOCKED and row.ends_at_utc is not None
    return frozen and await _still_two(session, row, policy)


async def _still_two(session: Session, row: Introduction, policy: Policy) -> bool:
    """Return whether the girl is in the programme still, and the mentor is one.

    Whoever erased herself is neither. A clearance that is over can be renewed while a talk rests.
    """
    mentor = await mentors.find(session, row.mentor_id or 0)
    is_mentor = mentor is not None and mentor.state in _MENTORS
    return is_mentor and await guardians.may_talk(session, row.student_id, policy)


async def reopen(actor: Actor, number: int, policy: Policy) -> None:
    """Unfreeze after looking into a report: it rests until the one who reported goes on.

    What the bot froze rests until the girl goes on. Raises RefusedError where one of the two is
    gone or her mentor may meet nobody any more: such a talk can only be closed.
    """
    row = await apart.decided_on(actor, number)
    # Frozen before the talk began: there is nothing to go back to.
    if row.ends_at_utc is None:
        raise StaleError
    if not await _still_two(actor.session, row, policy):
        raise RefusedError("over.cannot_reopen")
    by_bot = row.reported_by == moves.BOT_ID
    why = BY_BOT if by_bot else None
    await moves.make(actor, row, "reopen", Who.COORDINATOR, policy, why)
    row.paused_by, row.reported_by = row.student_id if by_bot else row.reported_by, None


async def wish_more(actor: Actor, number: int, policy: Policy, *, more: bool) -> None:
    """Say whether one wants to go on after the planned end; the other is not told of a no."""
    row, who = await _acted_on(actor, number)
    if who is Who.COORDINATOR:
        raise NotAllowedError
    if row.state not in (State.ACTIVE, State.PAUSED) or not row.asked_more:
        raise RefusedError("talk.cannot")
    if who is Who.STUDENT:
        row.student_more = more
    else:
        row.mentor_more = more
    if row.state is State.ACTIVE and row.student_more and row.mentor_more:
        row.student_more = row.mentor_more = None
        row.checked_in = row.asked_more = False
        row.ends_at_utc = (row.ends_at_utc or actor.now) + policy.talk_lasts
        await moves.make(actor, row, "extend", Who.BOT, policy)


async def give_feedback(actor: Actor, number: int, opinion: str) -> None:
    """Keep what one of the two thought of it; the latest opinion counts."""
    row, who = await _acted_on(actor, number)
    if who is Who.COORDINATOR:
        raise NotAllowedError
    if row.state in OPEN:
        raise RefusedError("talk.cannot")
    given = {
        "introduction_id": number,
        "person_id": actor.id,
        "opinion": opinion,
        "given_at_utc": actor.now,
    }
    key = ("introduction_id", "person_id")
    await upsert(actor.session, IntroductionFeedback, given, key=key)
