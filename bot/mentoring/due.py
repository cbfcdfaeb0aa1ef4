"""The clock's rounds: what is due is done, so nobody waits in silence.

Reads from the tables what is due; a clock that jumps or a bot that was down does each once.
"""

from sqlalchemy import select

from bot.mentoring import introductions, mentors, moves
from bot.mentoring.policy import Policy
from bot.mentoring.states import OPEN, State, Who
from bot.mentoring.tables import Introduction
from bot.people.staff import Actor


async def go_round(bot: Actor, policy: Policy) -> None:
    """Do everything that is due now."""
    for mentor in await mentors.lapse_due(bot):
        await introductions.let_go(bot, mentor.person_id, policy, ending=False)
    due = select(Introduction).where(
        Introduction.state.in_(OPEN), Introduction.due_at_utc <= bot.now
    )
    for row in (await bot.session.scalars(due.order_by(Introduction.id))).all():
        await _act(bot, row, policy)


async def _act(bot: Actor, row: Introduction, policy: Policy) -> None:
    async def move(name: str, detail: str | None = None) -> None:
        await moves.attempt(bot, row, name, Who.BOT, policy, detail)

    state, now = row.state, bot.now
    over = now >= row.since_utc + policy.request_lasts
    if state is State.APPROVED:
        if await introductions.offer_next(bot, row, policy):
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
            await introductions.offer_next(bot, row, policy)
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
