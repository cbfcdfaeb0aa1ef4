"""Making a move: checked against the table of states, recorded, its clock set.

Every change of an introduction goes through `make`, so none is illegal and none is unrecorded.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring import states
from bot.mentoring.policy import Policy
from bot.mentoring.states import TALKING, State, Who
from bot.mentoring.tables import Introduction, IntroductionMove
from bot.queues import outbox
from bot.refusals import NotAllowedError

BOT_ID = 0
RETRY_OFFER = timedelta(hours=1)
REMIND_BLOCKED = timedelta(hours=24)


def who_is(row: Introduction, actor_id: int, coordinators: tuple[int, ...]) -> Who:
    """Return in which role a person stands to an introduction; raises NotAllowedError if none."""
    if actor_id == row.student_id:
        return Who.STUDENT
    if actor_id == row.mentor_id:
        return Who.MENTOR
    if actor_id in coordinators:
        return Who.COORDINATOR
    raise NotAllowedError


async def make(
    session: AsyncSession,
    row: Introduction,
    name: str,
    who: Who,
    actor_id: int,
    policy: Policy,
    now: datetime,
    detail: str | None = None,
) -> bool:
    """Make a move if the table allows it; returns whether it was made."""
    before = row.state
    after = states.after(before, name, who)
    if after is None:
        return False
    mentor_id = row.mentor_id
    if after is not State(before):
        row.state, row.since_utc, row.step = after, now, 0
        if after is State.APPROVED:
            row.mentor_id = None
    else:
        row.step += 1
    if after is not State.ACTIVE and before == State.ACTIVE:
        # What was staged for the two and not yet delivered: frozen means frozen now.
        await outbox.drop(session, prefix=f"relay:{row.id}:", why="frozen", now=now)
    row.due_at_utc = due_at(row, policy, now)
    _record(session, row, name, who, actor_id, mentor_id, before, now, detail)
    await session.flush()
    return True


def _record(
    session: AsyncSession,
    row: Introduction,
    name: str,
    who: Who,
    actor_id: int,
    mentor_id: int | None,
    before: str | None,
    now: datetime,
    detail: str | None,
) -> None:
    session.add(
        IntroductionMove(
            introduction_id=row.id, move=name, who=who, actor_id=actor_id,
            mentor_id=mentor_id or row.mentor_id, before=before, after=row.state, detail=detail,
            at_utc=now, told=False,
        )
    )  # fmt: skip


async def begin(session: AsyncSession, row: Introduction, policy: Policy, now: datetime) -> None:
    """Store a new introduction as requested."""
    row.state, row.since_utc, row.step = State.REQUESTED, now, 0
    session.add(row)
    await session.flush()
    row.due_at_utc = due_at(row, policy, now)
    _record(session, row, "ask", Who.STUDENT, row.student_id, None, None, now, None)
    await session.flush()


def due_at(row: Introduction, policy: Policy, now: datetime) -> datetime | None:
    """Return when the clock next acts; never None while an introduction is open."""
    state, since = State(row.state), row.since_utc
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
    if row.state == State.ACTIVE and not row.checked_in:
        return ends - policy.talk_lasts / 2
    if row.state == State.ACTIVE and not row.asked_more:
        return ends - policy.ask_before_end
    return ends


async def untold(session: AsyncSession) -> list[IntroductionMove]:
    """Return the moves that those concerned have not been told of, oldest first."""
    query = (
        select(IntroductionMove)
        .where(IntroductionMove.told.is_(False))
        .order_by(IntroductionMove.id)
    )
    return list(await session.scalars(query))


async def history(session: AsyncSession, introduction_id: int) -> list[IntroductionMove]:
    """Return every move of an introduction, oldest first."""
    query = (
        select(IntroductionMove)
        .where(IntroductionMove.introduction_id == introduction_id)
        .order_by(IntroductionMove.id)
    )
    return list(await session.scalars(query))
