"""Girls judge what other girls gave: is it the same question, and which way says it better.

Nobody judges her own, nor sees what the bot itself would not take for what it is said to ask
(`words.py`): that waits for a coordinator, as does what somebody found not nice. Two who agree,
and nobody who does not, accept.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from bot.database import count, insert_new
from bot.people import ages
from bot.people.staff import Actor, Role
from bot.people.tables import Person
from bot.refusals import RefusedError
from bot.teaching import giving
from bot.teaching.examples import Knows
from bot.teaching.tables import AskedWay, Origin, WayState, WayVote

MOST_A_DAY = 40
# So many others must be of one mind.
ENOUGH = 2
# Among so many of the oldest that wait two are looked for that ask the same.
_LOOKED_AT = 100


@dataclass(frozen=True)
class Candidate:
    """A way of asking that waits to be judged."""

    id: int
    text: str


@dataclass(frozen=True)
class Task:
    """What is to be judged: one way of asking for a target, or two side by side."""

    target: str
    ways: tuple[Candidate, ...]


async def next_task(actor: Actor, role: Role, knows: Knows) -> Task | None:
    """Return what she may judge next; None where there is nothing (more) today."""
    await giving.require_teacher(actor, role)
    if not await _may_say_more(actor):
        return None
    said = select(WayVote.way_id).where(WayVote.person_id == actor.id)
    rows = await actor.session.scalars(
        select(AskedWay)
        .where(
            AskedWay.state == WayState.WAITING,
            AskedWay.origin == Origin.TAUGHT,
            AskedWay.person_id != actor.id,
            AskedWay.person_id.in_(select(Person.id).where(ages.NOT_TOO_YOUNG)),
            AskedWay.id.not_in(said),
        )
        .order_by(AskedWay.id)
        .limit(_LOOKED_AT)
    )
    left = [row for row in rows if row.target.removeprefix("faq:") in knows.content.entries]
    if not left:
        return None
    target = left[0].target
    two = [row for row in left if row.target == target][:2]
    return Task(target, tuple(Candidate(row.id, row.text) for row in two))


async def say(actor: Actor, role: Role, said: dict[int, bool | None]) -> None:
    """Keep what she says of ways of asking: that it is one, that it is none, or neither.

    Of what was decided or taken back meanwhile, and beyond what she may say in a day, nothing is
    kept.
    """
    await giving.require_teacher(actor, role)
    for way_id, agrees in said.items():
        row = await _waiting_for(actor, way_id)
        if row is not None and await _may_say_more(actor):
            await _keep(actor, way_id, agrees)
            await _settle(actor, row)


async def _may_say_more(actor: Actor) -> bool:
    today = WayVote.person_id == actor.id, WayVote.at_utc > actor.now - timedelta(days=1)
    return await count(actor.session, select(func.count()).where(*today)) < MOST_A_DAY


async def _keep(actor: Actor, way_id: int, agrees: bool | None) -> None:
    row = {"way_id": way_id, "person_id": actor.id, "agrees": agrees, "at_utc": actor.now}
    await insert_new(actor.session, WayVote, row)


async def not_nice(actor: Actor, role: Role, way_id: int) -> None:
    """Show a way of asking to no more girls until a coordinator has looked."""
    await giving.require_teacher(actor, role)
    row = await _waiting_for(actor, way_id)
    if row is not None and await _may_say_more(actor):
        await _keep(actor, way_id, None)
        row.state = WayState.HELD


async def _waiting_for(actor: Actor, way_id: int) -> AskedWay | None:
    """Return a way that others than its giver may judge; raises RefusedError for her own."""
    row = await actor.session.get(AskedWay, way_id)
    if row is None or row.state is not WayState.WAITING or row.origin is not Origin.TAUGHT:
        return None
    if row.person_id == actor.id:
        raise RefusedError("judge.own")
    return row


async def _settle(actor: Actor, row: AskedWay) -> None:
    rows = await actor.session.scalars(
        select(WayVote.agrees).where(WayVote.way_id == row.id, WayVote.agrees.is_not(None))
    )
    votes = list(rows)
    agree = sum(map(bool, votes))
    against = len(votes) - agree
    if agree >= ENOUGH and not against:
        row.state = WayState.ACCEPTED
    elif against >= ENOUGH and not agree:
        row.state = WayState.DROPPED
    elif agree and against and len(votes) > ENOUGH:
        row.state = WayState.HELD
    if row.state in (WayState.ACCEPTED, WayState.DROPPED):
        row.decided_at_utc = actor.now
