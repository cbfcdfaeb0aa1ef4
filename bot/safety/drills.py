"""Drills: a made-up call for help goes the way of a real one, and somebody must be there in time.

Once a month the clock begins one, and a coordinator may by hand. Those on call are called one
after the other as for a case (`bot/safety/calling.py`), by messages that say that it is a drill,
until somebody taps that she is there. A girl always goes first: no drill begins while one waits,
and one that runs is called off as soon as one calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import deleted
from bot.people.staff import Actor
from bot.queues import outbox
from bot.refusals import RefusedError
from bot.rights import May
from bot.safety import calling, on_call
from bot.safety.states import DrillEnd
from bot.safety.tables import Case, Drill

KEPT = timedelta(days=365)
LISTED = 12
# The hours of work in which the clock begins one, on the days from Monday to Friday.
FROM, UNTIL = time(10), time(16)
_SATURDAY = 5
# It begins one within so many days, so that there is one working day at least.
_WITHIN_DAYS = 7
# Who acts when the clock does.
_BOT_ID = 0


@dataclass(frozen=True)
class Call:
    """A coordinator to be called for a drill; `number` makes the telling unique."""

    drill_id: int
    coordinator_id: int
    number: int

    @property
    def key(self) -> str:
        """The key of the call in the outbox, by which is known whether it arrived."""
        return calling.key(Drill.CALLS, self.drill_id, self.number)


@dataclass(frozen=True)
class Result:
    """How a drill went: who was there and after how many minutes, who was not, who was passed."""

    drill_id: int
    began_at: datetime
    # none while it runs
    outcome: DrillEnd | None
    by: int | None
    minutes: int | None
    silent: tuple[int, ...]
    passed: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """What is to be done about a drill now: whom to call, or whom to tell that it is over."""

    call: Call | None = None
    result: Result | None = None
    told: tuple[int, ...] = ()


def is_time(now: datetime, zone: ZoneInfo, day: int) -> bool:
    """Return whether the clock may begin one: in hours of work of the week from a day of a month.

    Never where the day is 0.
    """
    here = now.astimezone(zone)
    return (
        0 < day <= here.day < day + _WITHIN_DAYS
        and here.weekday() < _SATURDAY
        and FROM <= here.time() < UNTIL
    )


async def running(session: AsyncSession) -> Drill | None:
    """Return the drill that runs, if one does."""
    return await session.scalar(select(Drill).where(Drill.ended_at_utc.is_(None)).limit(1))


async def is_due(
    session: AsyncSession, staff: Sequence[int], now: datetime, zone: ZoneInfo, day: int
) -> bool:
    """Return whether the clock is to begin a drill now.

    The one of this month is still to come, and no girl waits. One that was called off for a girl
    is made up for on another day.
    """
    if not is_time(now, zone, day) or await running(session) is not None:
        return False
    here = now.astimezone(zone)
    midnight = datetime.combine(here.date(), time(), zone)
    done = select(Drill.id).where(
        Drill.started_by.is_(None),
        (Drill.began_at_utc >= midnight)
        | (
            (Drill.began_at_utc >= midnight.replace(day=1))
            & Drill.outcome.is_distinct_from(DrillEnd.CALLED_OFF)
        ),
    )
    if await session.scalar(done.limit(1)) is not None:
        return False
    return not await a_girl_waits(session, staff)


async def a_girl_waits(session: AsyncSession, staff: Sequence[int]) -> bool:
    """Return whether a girl waits for a person, or for a word of the one who has her case."""
    silent = select(Case.id).where(Case.closed_at_utc.is_(None), Case.silence.is_not(None))
    return (
        await on_call.anything_open(session, staff)
        or await session.scalar(silent.limit(1)) is not None
    )


async def begin_by_clock(
    session: AsyncSession, staff: Sequence[int], now: datetime, interval: timedelta
) -> Step:
    """Begin the drill of the month; where nobody can be called, that is how it ended."""
    return await _begin(Actor(session, _BOT_ID, tuple(staff), now), None, interval)


async def begin(actor: Actor, interval: timedelta) -> Step:
    """Begin a drill by hand; she who does knows of it and is not called. Coordinators only."""
    await may_begin(actor)
    return await _begin(actor, actor.id, interval)


async def may_begin(actor: Actor) -> None:
    """Raise RefusedError where no drill may begin now. Coordinators only."""
    actor.require(May.CASES)
    if await running(actor.session) is not None:
        raise RefusedError("drill.runs_already")
    if await a_girl_waits(actor.session, actor.staff):
        raise RefusedError("drill.a_girl_waits")


async def _begin(actor: Actor, by: int | None, interval: timedelta) -> Step:
    drill = Drill(began_at_utc=actor.now, started_by=by, alerted=[], arrived=[], passed=[])
    actor.session.add(drill)
    await actor.session.flush()
    await actor.note("started", "drill", drill.id)
    others = _others(drill, actor.staff)
    called = await calling.call_next(actor.session, drill, others, actor.now, interval)
    if called is None:
        return await _end(actor.session, drill, actor.staff, DrillEnd.NOBODY, actor.now, [])
    return Step(_last(drill))


async def look_after(
    session: AsyncSession, staff: Sequence[int], now: datetime, interval: timedelta
) -> Step | None:
    """Return what is to be done now about the drill that runs; it counts as done."""
    drill = await running(session)
    if drill is None:
        return None
    if drill.began_at_utc > now:
        # The clock was set back: it counts from now on.
        drill.began_at_utc, drill.next_alert_at_utc = now, now + interval
    ends = await _write_down_arrivals(session, drill)
    if await _a_girl_called(session, drill, staff):
        return await _end(session, drill, staff, DrillEnd.CALLED_OFF, now, ends)
    others, last = _others(drill, staff), ends[-1] if ends else None
    over = drill.next_alert_at_utc is None or drill.next_alert_at_utc <= now
    if over and await _all_called(session, drill, others):
        return await _end(session, drill, staff, _not_taken(drill), now, ends)
    if over:
        await calling.call_next(session, drill, others, now, interval)
        return Step(_last(drill))
    if last is None or not last.failed:
        return None
    called = await calling.call_next(session, drill, others, now, interval, at_once=True)
    if called is not None:
        return Step(_last(drill))
    # Whom a call has reached may still answer it.
    if _not_taken(drill) is DrillEnd.UNANSWERED:
        return None
    return await _end(session, drill, staff, DrillEnd.NOBODY, now, ends)


async def _a_girl_called(session: AsyncSession, drill: Drill, staff: Sequence[int]) -> bool:
    """Return whether a girl waits, or has called since the drill began."""
    since = select(Case.id).where(Case.opened_at_utc >= drill.began_at_utc)
    return await a_girl_waits(session, staff) or await session.scalar(since.limit(1)) is not None


async def _all_called(session: AsyncSession, drill: Drill, others: Sequence[int]) -> bool:
    found = await calling.reach(session, others)
    return {*found.reachable, *found.strangers} <= set(drill.alerted)


async def _write_down_arrivals(session: AsyncSession, drill: Drill) -> list[outbox.Outcome | None]:
    """Write down when the calls arrived, and return what became of them.

    The outbox forgets it sooner than a drill is kept.
    """
    ends = await calling.ended(session, drill)
    drill.arrived = [
        max(0, int((end.at - drill.began_at_utc).total_seconds()))
        if end is not None and end.sent and end.at is not None
        else None
        for end in ends
    ]
    return ends


def _others(drill: Drill, staff: Sequence[int]) -> list[int]:
    return [c for c in staff if c != drill.started_by]


def _last(drill: Drill) -> Call:
    return Call(drill.id, drill.alerted[-1], len(drill.alerted) - 1)


def _not_taken(drill: Drill) -> DrillEnd:
    """Return how a drill ended that nobody took: whether a call had arrived."""
    heard = any(after is not None for after in drill.arrived)
    return DrillEnd.UNANSWERED if heard else DrillEnd.NOBODY


async def acknowledge(actor: Actor, drill_id: int, interval: timedelta) -> Step | None:
    """Say that the actor, who was called, is there: so it ends. None for one that is over.

    In time is who is there before the first who was called has had her time. Coordinators only.
    """
    actor.require(May.CASES)
    drill = await actor.session.get(Drill, drill_id)
    if drill is None or drill.ended_at_utc is not None or actor.id not in drill.alerted:
        return None
    ends = await _write_down_arrivals(actor.session, drill)
    drill.acknowledged_by, drill.acknowledged_at_utc = actor.id, actor.now
    in_time = actor.now - drill.began_at_utc <= interval
    outcome = DrillEnd.IN_TIME if in_time else DrillEnd.LATE
    return await _end(actor.session, drill, actor.staff, outcome, actor.now, ends)


async def _end(
    session: AsyncSession,
    drill: Drill,
    staff: Sequence[int],
    outcome: DrillEnd,
    now: datetime,
    ends: Sequence[outbox.Outcome | None],
) -> Step:
    """End a drill; all whom it reached are to be told, and she who began it.

    `ends` is what became of its calls.
    """
    others = _others(drill, staff)
    failed = {c for c, end in zip(drill.alerted, ends, strict=True) if end and end.failed}
    found = await calling.reach(session, others)
    gone = set(others) - {*found.reachable, *found.strangers}
    # A call that is still on its way arrives no more.
    await outbox.drop(
        session, prefix=f"{Drill.CALLS}:{drill.id}:", why="the drill is over", now=now
    )
    drill.passed = [c for c in others if c in failed | gone]
    drill.ended_at_utc, drill.outcome, drill.next_alert_at_utc = now, outcome, None
    who = drill.acknowledged_by
    actor = Actor(session, _BOT_ID if who is None else who, tuple(staff), now)
    await actor.note("ended" if who is None else "acknowledged", "drill", drill.id, outcome)
    heard = (*_heard(drill), drill.started_by)
    told = [c for c in dict.fromkeys(heard) if c is not None and c in staff and c != who]
    return Step(result=result(drill), told=tuple(told))


def _heard(drill: Drill) -> list[int]:
    """Return whom a call of a drill has reached."""
    # Lists of one length; one that was begun anew by a clock set back may be cut short.
    calls = zip(drill.alerted, drill.arrived, strict=False)
    return [c for c, after in calls if after is not None]


def result(drill: Drill) -> Result:
    """Return how a drill went, or goes."""
    at, by = drill.acknowledged_at_utc, drill.acknowledged_by
    # A minute that has begun counts.
    took = None if at is None else (at - drill.began_at_utc).total_seconds()
    asked = dict.fromkeys(_heard(drill)) if drill.outcome and drill.outcome.tells else {}
    return Result(
        drill.id,
        drill.began_at_utc,
        drill.outcome,
        by,
        None if took is None else max(1, -int(-took // 60)),
        tuple(c for c in asked if c != by),
        tuple(drill.passed),
    )


async def recent(actor: Actor) -> list[Result]:
    """Return how the last drills went, newest first. Coordinators only."""
    actor.require(May.CASES)
    query = select(Drill).order_by(Drill.id.desc()).limit(LISTED)
    return [result(drill) for drill in await actor.session.scalars(query)]


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Delete the drills of more than a year ago; return how many."""
    return await deleted(session, delete(Drill).where(Drill.began_at_utc < now - KEPT))
