"""Who is called for a case, and whether the call arrived.

A call counts when it was delivered: the outbox says so. Who cannot be reached is passed over at
once; while nobody takes the case the next is called each time the interval passes, round and
round, those first who were called least. A case whose coordinator has lost the role or can be
reached no more goes back to the others. What the girl is told of all this is true at each step.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.tables import Person, Reachability
from bot.safety import calling
from bot.safety.states import News
from bot.safety.tables import Case


@dataclass(frozen=True)
class Alert:
    """A coordinator to be told of a case; `round` makes the telling unique.

    `again` when the case is hers and the girl calls once more.
    """

    case_id: int
    coordinator_id: int
    round: int
    # what kind of case it is
    kind: str
    again: bool = False
    # whether she erased herself, with all that was written
    erased: bool = False

    @property
    def key(self) -> str:
        """The key of the alert in the outbox, by which is known whether it arrived."""
        return calling.key(Case.CALLS, self.case_id, self.round)


@dataclass(frozen=True)
class Step:
    """What is to be done about a case now: whom to call, what to tell the girl."""

    case_id: int
    person_id: int
    tongue: str | None
    kind: str
    alert: Alert | None
    news: News | None
    # makes the telling unique
    round: int
    # whether she erased herself: she hears nothing, for another may hold her phone
    erased: bool = False


async def holder(session: AsyncSession, case: Case, coordinators: Sequence[int]) -> int | None:
    """Return who has a case: a coordinator still, who can be reached. None for nobody."""
    taken_by = case.acknowledged_by
    if taken_by is None or taken_by not in coordinators:
        return None
    return taken_by if (await calling.reach(session, (taken_by,))).reachable else None


async def call_next(
    session: AsyncSession,
    case: Case,
    coordinators: Sequence[int],
    now: datetime,
    interval: timedelta,
    *,
    at_once: bool = False,
) -> Alert | None:
    """Call the next for a case, but nobody for herself; None where nobody can be reached."""
    others = [c for c in coordinators if c != case.person_id]
    chosen = await calling.call_next(session, case, others, now, interval, at_once=at_once)
    return None if chosen is None else _alert(case)


def _alert(case: Case, *, again: bool = False) -> Alert:
    """Return the last call of a case."""
    return Alert(
        case.id,
        case.alerted[-1],
        len(case.alerted) - 1,
        case.kind,
        again,
        case.erased_at_utc is not None,
    )


async def call_again(
    session: AsyncSession,
    case: Case,
    coordinators: Sequence[int],
    now: datetime,
    interval: timedelta,
) -> Alert | None:
    """Call whoever has the case once more, or the next; nobody while a call is on its way."""
    end = await calling.last_call(session, case)
    if end is not None and end.waits:
        return None
    taken_by = await holder(session, case, coordinators)
    if taken_by is not None:
        case.alerted = [*case.alerted, taken_by]
        return _alert(case, again=True)
    case.told = None
    return await call_next(session, case, coordinators, now, interval)


async def is_calling(session: AsyncSession, case: Case) -> bool:
    """Return whether the last call has arrived or may arrive yet."""
    end = await calling.last_call(session, case)
    return end is not None and not end.failed


def let_go(case: Case, now: datetime) -> None:
    """Take a case from who has it: the others are called at once, and she is to be told."""
    case.acknowledged_by = case.acknowledged_at_utc = case.silence = None
    case.next_alert_at_utc, case.told = now, News.LEFT


async def release(session: AsyncSession, coordinator_id: int, now: datetime) -> None:
    """Give the open cases of a coordinator who leaves the desk back to the others."""
    for case in await session.scalars(
        select(Case).where(Case.acknowledged_by == coordinator_id, Case.closed_at_utc.is_(None))
    ):
        let_go(case, now)
    await session.flush()


async def anything_open(session: AsyncSession, coordinators: Sequence[int]) -> bool:
    """Return whether a case waits, or is with somebody who can do nothing for her."""
    rows = await session.execute(
        select(Case.acknowledged_by, Person.reach)
        .outerjoin(Person, Person.id == Case.acknowledged_by)
        .where(Case.closed_at_utc.is_(None))
    )
    return any(
        taken_by not in coordinators or state is not Reachability.REACHABLE
        for taken_by, state in rows
    )


async def look_after(
    session: AsyncSession,
    far_from: Callable[[int], Awaitable[Sequence[int]]],
    now: datetime,
    interval: timedelta,
) -> list[Step]:
    """Return what is to be done now about the cases that nobody has; it counts as done.

    `far_from` gives the coordinators who may hear of a person's trouble: it may be about one.
    """
    steps = []
    for case in await session.scalars(
        select(Case).where(Case.closed_at_utc.is_(None)).order_by(Case.id)
    ):
        coordinators = await far_from(case.person_id)
        if await holder(session, case, coordinators) is not None:
            continue
        if case.acknowledged_by is not None:
            let_go(case, now)
        alert, news = await _step(session, case, coordinators, now, interval)
        if news is not None:
            case.told = news
        if alert is not None or news is not None:
            steps.append(
                Step(
                    case.id, case.person_id, case.tongue, case.kind, alert, news,
                    len(case.alerted), case.erased_at_utc is not None,
                )
            )  # fmt: skip
    await session.flush()
    return steps


async def _step(
    session: AsyncSession,
    case: Case,
    coordinators: Sequence[int],
    now: datetime,
    interval: timedelta,
) -> tuple[Alert | None, News | None]:
    """Return whom to call for a case and what to tell her, if anything."""
    end = await calling.last_call(session, case)
    if case.next_alert_at_utc is None or case.next_alert_at_utc <= now:
        everybody = await _all_called(session, case, coordinators)
        alert = await call_next(session, case, coordinators, now, interval)
        return alert, _news(case, everybody) if alert else _once(case, News.NOBODY)
    if end is not None and end.failed:
        alert = await call_next(session, case, coordinators, now, interval, at_once=True)
        return alert, None if alert else _once(case, News.NOBODY)
    if end is not None and end.sent and case.told in (None, News.BETWEEN):
        return None, News.ARRIVED
    return None, None


def _news(case: Case, everybody: bool) -> News | None:
    """Return what she is told when the next coordinator is called in time."""
    if case.told is News.LEFT:
        return News.BETWEEN
    if case.told in (News.ARRIVED, News.NOT_YET):
        return News.ALL_CALLED if everybody else _once(case, News.NOT_YET)
    if case.told is News.NOBODY:
        # Somebody can be reached again: she hears of it when the call has arrived.
        case.told = None
    return None


def _once(case: Case, news: News) -> News | None:
    return None if case.told is news else news


async def _all_called(session: AsyncSession, case: Case, coordinators: Sequence[int]) -> bool:
    found = await calling.reach(session, [c for c in coordinators if c != case.person_id])
    return set(found.reachable) <= set(case.alerted)


async def doubts(session: AsyncSession, coordinators: Sequence[int]) -> list[str]:
    """Return what whoever runs the bot must know of those on call, a line each; none is well."""
    mend = "put the Telegram ids of the coordinators into COORDINATOR_IDS and start again"
    if not coordinators:
        return [f"no coordinator: nobody is called when a girl asks for a person; {mend}"]
    found = await calling.reach(session, coordinators)
    lines = [
        f"coordinator {c} has never written to the bot, and cannot be called before she has; "
        "let her press Start in Telegram, or correct COORDINATOR_IDS"
        for c in found.strangers
    ]
    lines += [
        f"coordinator {c} has stopped the bot or is gone from Telegram, and cannot be called; "
        "let her press Start again, or take her out of COORDINATOR_IDS"
        for c in coordinators
        if c not in found.reachable + found.strangers
    ]
    if not found.reachable:
        lines.append(
            "none of the coordinators can be called: nobody hears a girl who asks for a person; "
            "see that one of COORDINATOR_IDS presses Start in Telegram"
        )
    return lines
