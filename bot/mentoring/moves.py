"""Making a move: checked against the table of states, recorded, its clock set.

Every change of an introduction goes through `make`, so none is illegal and none is unrecorded.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.database import Session, any_once
from bot.mentoring import states
from bot.mentoring.policy import Policy
from bot.mentoring.states import TALKING, State, Who
from bot.mentoring.tables import Introduction
from bot.mentoring.tables import IntroductionMove as IntroductionMove
from bot.people.staff import Actor
from bot.queues import outbox
from bot.refusals import NotAllowedError, RefusedError

BOT_ID = 0
RETRY_OFFER = timedelta(hours=1)
REMIND_BLOCKED = timedelta(hours=24)
# What a coordinator does about a report.
_DECIDES = ("close", "reopen")


def bot(session: Session, staff: tuple[int, ...], now: datetime) -> Actor:
    """Return the bot itself, which acts when a time has come."""
    return Actor(session, BOT_ID, staff, now)


def who_is(row: Introduction, actor: Actor) -> Who:
    """Return in which role a person stands to an introduction; raises NotAllowedError if none."""
    if actor.id == row.student_id:
        return Who.STUDENT
    if actor.id == row.mentor_id:
        return Who.MENTOR
    if actor.is_staff:
        return Who.COORDINATOR
    raise NotAllowedError


async def make(
    actor: Actor,
    row: Introduction,
    name: str,
    who: Who,
    policy: Policy,
    detail: str | None = None,
) -> None:
    """Make a move; raises RefusedError where the table does not allow it."""
    if not await attempt(actor, row, name, who, policy, detail):
        raise RefusedError("approve.gone" if who is Who.COORDINATOR else "talk.cannot")


async def attempt(
    actor: Actor,
    row: Introduction,
    name: str,
    who: Who,
    policy: Policy,
    detail: str | None = None,
) -> bool:
    """Make a move if the table allows it; returns whether it was made."""
    before, mentor_id, now = row.state, row.mentor_id, actor.now
    after = states.after(before, name, who)
    if after is None:
        return False
    if after is not before:
        row.state, row.since_utc, row.step = after, now, 0
        if after is State.APPROVED:
            row.mentor_id = None
    else:
        row.step += 1
    if after is not State.ACTIVE and before is State.ACTIVE:
        # What was staged for the two and not yet delivered: frozen means frozen now.
        await outbox.drop(actor.session, prefix=f"relay:{row.id}:", why="frozen", now=now)
    row.due_at_utc = due_at(row, policy, now)
    actor.session.add(
        IntroductionMove(
            introduction_id=row.id,
            move=name,
            who=who,
            actor_id=BOT_ID if who is Who.BOT else actor.id,
            mentor_id=mentor_id or row.mentor_id,
            before=before,
            after=after,
            detail=detail,
            at_utc=now,
            told=False,
        )
    )
    await actor.session.flush()
    return True


async def begin(actor: Actor, row: Introduction, policy: Policy) -> None:
    """Store a new introduction of the student who acts, as requested."""
    session, now = actor.session, actor.now
    row.state, row.since_utc, row.step = State.REQUESTED, now, 0
    session.add(row)
    await session.flush()
    row.due_at_utc = due_at(row, policy, now)
    session.add(
        IntroductionMove(
            introduction_id=row.id,
            move="ask",
            who=Who.STUDENT,
            actor_id=actor.id,
            after=State.REQUESTED,
            at_utc=now,
            told=False,
        )
    )
    await session.flush()


def due_at(row: Introduction, policy: Policy, now: datetime) -> datetime | None:
    """Return when the clock next acts; never None while an introduction is open."""
    state, since = row.state, row.since_utc
    if state in (State.REQUESTED, State.ACCEPTED):
        return min(now + policy.remind_every, since + policy.request_lasts)
    if state is State.APPROVED:
        return now + RETRY_OFFER if row.step else now
    if state is State.OFFERED:
        return since + (policy.offer_lasts if row.step else policy.nudge_after)
    if state is State.BLOCKED:
        return now + REMIND_BLOCKED
    if state in TALKING:
        return _talk_due(row, policy)
    return None


def _talk_due(row: Introduction, policy: Policy) -> datetime:
    ends = row.ends_at_utc or row.since_utc + policy.talk_lasts
    if row.state is State.ACTIVE and not row.checked_in:
        return ends - policy.talk_lasts / 2
    if row.state is State.ACTIVE and not row.asked_more:
        return ends - policy.ask_before_end
    return ends


async def take_untold(session: Session) -> list[tuple[IntroductionMove, Introduction]]:
    """Return the moves that those concerned have not been told of, oldest first; now they are."""
    untold = IntroductionMove.told.is_(False)
    if not await any_once(session, "whether a move is untold", IntroductionMove, untold):
        return []
    query = (
        select(IntroductionMove, Introduction)
        .outerjoin(Introduction, Introduction.id == IntroductionMove.introduction_id)
        .where(untold)
        .order_by(IntroductionMove.id)
    )
    taken = []
    for move, row in (await session.execute(query)).all():
        move.told = True
        if row is not None:
            taken.append((move, row))
    return taken


async def history(session: Session, introduction_id: int) -> list[IntroductionMove]:
    """Return every move of an introduction, oldest first."""
    query = (
        select(IntroductionMove)
        .where(IntroductionMove.introduction_id == introduction_id)
        .order_by(IntroductionMove.id)
    )
    return list(await session.scalars(query))


async def last(session: Session, introduction_id: int, name: str) -> IntroductionMove:
    """Return the last move of this name that was made with an introduction."""
    query = (
        select(IntroductionMove)
        .where(IntroductionMove.introduction_id == introduction_id, IntroductionMove.move == name)
        .order_by(IntroductionMove.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).one()


async def decided_by(session: Session, introduction_id: int, *, since: datetime) -> int | None:
    """Return the coordinator who decided about a report, made at `since`; None while none has."""
    query = (
        select(IntroductionMove.actor_id)
        .where(
            IntroductionMove.introduction_id == introduction_id,
            IntroductionMove.move.in_(_DECIDES),
            IntroductionMove.who == Who.COORDINATOR,
            IntroductionMove.at_utc >= since,
        )
        .order_by(IntroductionMove.id.desc())
        .limit(1)
    )
    return await session.scalar(query)
