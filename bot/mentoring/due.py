"""The clock's rounds: what is due is done, so nobody waits in silence.

Reads from the tables what is due; a clock that jumps or a bot that was down does each once.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring import introductions, mentors, moves
from bot.mentoring.policy import Policy
from bot.mentoring.states import OPEN, State, Who
from bot.mentoring.tables import Introduction


async def go_round(
    session: AsyncSession, coordinators: tuple[int, ...], policy: Policy, now: datetime
) -> None:
    """Do everything that is due at `now`."""
    for mentor in await mentors.lapse_due(session, now):
        await introductions.let_go(
            session, mentor.person_id, coordinators, policy, now, ending=False
        )
    due = select(Introduction).where(Introduction.state.in_(OPEN), Introduction.due_at_utc <= now)
    for row in (await session.scalars(due.order_by(Introduction.id))).all():
        await _act(session, row, coordinators, policy, now)


async def _act(
    session: AsyncSession,
    row: Introduction,
    coordinators: tuple[int, ...],
    policy: Policy,
    now: datetime,
) -> None:
    async def move(name: str, detail: str | None = None) -> None:
        await moves.make(session, row, name, Who.BOT, moves.BOT_ID, policy, now, detail)

    state, over = State(row.state), now >= row.since_utc + policy.request_lasts
    if state is State.APPROVED:
        if await introductions.offer_next(session, row, coordinators, policy, now):
            return
        if over:
            await move("expire")
        elif row.step == 0:
            await move("wait")
        else:
            row.due_at_utc = moves.due_at(row, policy, now)
    elif state in (State.REQUESTED, State.ACCEPTED):
        await move("expire" if over else "remind")
    elif state is State.OFFERED:
        if now >= row.since_utc + policy.offer_lasts:
            await move("reoffer")
            await introductions.offer_next(session, row, coordinators, policy, now)
        else:
            await move("nudge")
    elif state is State.BLOCKED:
        await move("remind")
    elif row.ends_at_utc is not None and now >= row.ends_at_utc:
        await move("end", "planned")
    elif not row.checked_in:
        row.checked_in = True
        await move("check_in")
    else:
        row.asked_more = True
        await move("ask_more")
