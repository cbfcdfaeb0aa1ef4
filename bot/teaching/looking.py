"""A coordinator looks at what was learned: accepts or drops each, and takes back what is live.

The words are girls', so each look is recorded; whose they are is shown to nobody.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, delete, func, select

from bot.database import count
from bot.people.staff import Actor
from bot.refusals import GoneError
from bot.rights import May
from bot.teaching.tables import UNDECIDED, AskedWay, WayVote
from bot.teaching.tables import Origin as Origin
from bot.teaching.tables import WayState as WayState

PAGE = 5
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Way:
    """A way of asking as a coordinator sees it, with what others said of it."""

    id: int
    text: str
    language: str
    target: str
    origin: Origin
    state: WayState
    agree: int = 0
    against: int = 0


async def how_many(actor: Actor) -> int:
    """Return how many ways of asking wait to be looked at. Coordinators only."""
    actor.require(May.QUESTIONS)
    return await count(actor.session, select(func.count()).where(AskedWay.state.in_(UNDECIDED)))


async def week(actor: Actor) -> Counter[Origin]:
    """Return how many ways of asking were learned in the last week, by how. Coordinators only."""
    actor.require(May.QUESTIONS)
    rows = await actor.session.execute(
        select(AskedWay.origin, func.count())
        .where(
            AskedWay.state == WayState.ACCEPTED,
            AskedWay.decided_at_utc > actor.now - WEEK,
        )
        .group_by(AskedWay.origin)
    )
    return Counter({origin: int(n) for origin, n in rows})


async def waiting(actor: Actor, number: int) -> tuple[list[Way], int]:
    """Return a page of what waits, the oldest first, and how many there are. Coordinators only."""
    total = await how_many(actor)
    return await _page(actor, number, AskedWay.state.in_(UNDECIDED), AskedWay.id.asc()), total


async def learned(actor: Actor, number: int) -> tuple[list[Way], int]:
    """Return a page of what was accepted, the newest first, and how many. Coordinators only."""
    actor.require(May.QUESTIONS)
    live = AskedWay.state == WayState.ACCEPTED
    rows = await _page(actor, number, live, AskedWay.decided_at_utc.desc())
    return rows, await count(actor.session, select(func.count()).where(live))


async def _page(
    actor: Actor, number: int, which: ColumnElement[bool], order: UnaryExpression[Any]
) -> list[Way]:
    query = select(AskedWay).where(which).order_by(order, AskedWay.id.desc())
    rows = await actor.session.scalars(query.offset(number * PAGE).limit(PAGE))
    await actor.note("read", "list of ways of asking", number + 1)
    return [_way(row) for row in rows]


async def look(actor: Actor, way_id: int) -> Way:
    """Return one way of asking; raises GoneError when it was dropped or taken back meanwhile.

    Coordinators only.
    """
    row = await _row(actor, way_id)
    votes = await actor.session.scalars(select(WayVote.agrees).where(WayVote.way_id == way_id))
    said = Counter(votes)
    await actor.note("read", "way of asking", way_id)
    return _way(row, said[True], said[False])


async def accept(actor: Actor, way_id: int) -> None:
    """Take up a way of asking; words that were not given to teach are nobody's from now on."""
    row = await _row(actor, way_id)
    if row.state not in UNDECIDED:
        raise GoneError("ways.gone")
    row.state, row.decided_by, row.decided_at_utc = WayState.ACCEPTED, actor.id, actor.now
    if row.origin is not Origin.TAUGHT:
        row.person_id = None
    await actor.note("accepted", "way of asking", way_id)


async def drop(actor: Actor, way_id: int) -> None:
    """Drop a way of asking, taken up or not; what a girl gave she still sees as not taken."""
    row = await _row(actor, way_id)
    if row.origin is Origin.TAUGHT:
        row.state, row.decided_by, row.decided_at_utc = WayState.DROPPED, actor.id, actor.now
    else:
        await actor.session.execute(delete(AskedWay).where(AskedWay.id == way_id))
    await actor.note("dropped", "way of asking", way_id)


async def _row(actor: Actor, way_id: int) -> AskedWay:
    actor.require(May.QUESTIONS)
    row = await actor.session.get(AskedWay, way_id)
    if row is None or row.state is WayState.DROPPED:
        raise GoneError("ways.gone")
    return row


def _way(row: AskedWay, agree: int = 0, against: int = 0) -> Way:
    return Way(row.id, row.text, row.language, row.target, row.origin, row.state, agree, against)
