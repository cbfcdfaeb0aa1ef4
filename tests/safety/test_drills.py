"""When the clock drills, how a drill is told, and how long it is kept."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.database import Database, Session
from bot.people import people
from bot.people.people import FORGOTTEN
from bot.people.tables import Person
from bot.queues.tables import OutboxMessage, OutboxState
from bot.refusals import NotAllowedError
from bot.safety import case_work, drills, figures, privacy
from bot.safety.states import DrillEnd
from bot.safety.tables import Drill
from bot.settings import Settings
from tests.safety.helpline import (
    FIRST,
    GIRL,
    NOW,
    SECOND,
    STAFF,
    TEN_MINUTES,
    acts,
    case_opened,
    meet,
    refused,
)

ZONE = ZoneInfo("Asia/Phnom_Penh")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in November 2026, which begins on a Sunday, where the bot is at home."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


async def arrives(
    session: Session,
    step: drills.Step | None,
    when: datetime,
    state: OutboxState = OutboxState.SENT,
) -> None:
    """Let a call of a drill be delivered, or end otherwise."""
    assert step is not None
    assert step.call is not None
    session.add(
        OutboxMessage(
            key=step.call.key, chat_id=step.call.coordinator_id, method="send_message",
            payload=None, lane=2, due_at_utc=when, state=state, attempts=1,
            created_at_utc=when, finished_at_utc=when,
        )
    )  # fmt: skip
    await session.flush()


@pytest.mark.parametrize(
    ("now", "day", "begins"),
    [
        (at(5, 10), 5, True),
        (at(5, 9, 59), 5, False),
        (at(5, 15, 59), 5, True),
        (at(5, 16), 5, False),
        (at(4, 12), 5, False),
        (at(7, 12), 7, False),  # a Saturday
        (at(9, 12), 7, True),  # the Monday after it
        (at(12, 12), 5, False),  # the week is over
        (at(5, 12), 0, False),  # switched off
    ],
)
def test_the_clock_drills_in_hours_of_work_of_one_week_of_the_month(
    now: datetime, day: int, begins: bool
) -> None:
    assert drills.is_time(now.astimezone(UTC), ZONE, day) is begins


@given(st.integers(1, 22), st.integers(2026, 2040), st.integers(1, 12))
def test_whichever_day_is_chosen_every_month_has_five_days_on_which_it_may(
    day: int, year: int, month: int
) -> None:
    noons = [
        datetime(year, month, one, 12, tzinfo=ZONE)
        for one in range(1, (date(year, month, 28).day) + 1)
    ]
    assert sum(drills.is_time(noon, ZONE, day) for noon in noons) == 5


async def test_it_is_due_once_a_month_and_not_while_a_girl_waits(database: Database) -> None:
    noon = at(24, 12)
    async with database.write() as session:
        await meet(session)
        assert await drills.is_due(session, STAFF, noon, ZONE, 22)
        step = await drills.begin_by_clock(session, STAFF, noon, TEN_MINUTES)
        await arrives(session, step, noon)
        assert not await drills.is_due(session, STAFF, noon, ZONE, 22)
        await drills.acknowledge(acts(session, FIRST, noon), 1, TEN_MINUTES)
        assert not await drills.is_due(session, STAFF, noon + timedelta(days=1), ZONE, 22)
        # One that a coordinator began takes the place of none.
        next_month = noon + timedelta(days=29)
        await drills.begin(acts(session, FIRST, next_month - timedelta(hours=1)), TEN_MINUTES)
        await drills.acknowledge(acts(session, SECOND, next_month), 2, TEN_MINUTES)
        assert await drills.is_due(session, STAFF, next_month, ZONE, 22)
        await case_opened(session)
        assert not await drills.is_due(session, STAFF, next_month, ZONE, 22)


async def test_it_tells_after_how_many_minutes_and_who_was_not_there(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        await arrives(session, await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES), NOW)
        later = NOW + TEN_MINUTES
        assert await drills.look_after(session, STAFF, NOW, TEN_MINUTES) is None
        step = await drills.look_after(session, STAFF, later, TEN_MINUTES)
        await arrives(session, step, later + timedelta(seconds=2))
        bopha = acts(session, SECOND, later + timedelta(seconds=61))
        over = await drills.acknowledge(bopha, 1, TEN_MINUTES)
        assert over is not None
        assert over.result == drills.Result(1, NOW, DrillEnd.LATE, SECOND, 12, (FIRST,), ())
        assert over.told == (FIRST,)
        assert await drills.acknowledge(bopha, 1, TEN_MINUTES) is None
        drill = await session.get_one(Drill, 1)
        assert (drill.alerted, drill.arrived) == ([FIRST, SECOND], [0, 602])


async def test_whom_it_could_not_call_is_told_apart_from_who_was_not_there(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session)
        people.left(await session.get_one(Person, FIRST))
        await session.flush()
        await arrives(session, await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES), NOW)
        step = await drills.look_after(session, STAFF, NOW + TEN_MINUTES, TEN_MINUTES)
        assert step is not None
        assert step.result is not None
        assert (step.result.outcome, step.result.silent, step.result.passed) == (
            DrillEnd.UNANSWERED, (SECOND,), (FIRST,),
        )  # fmt: skip


async def test_where_no_call_arrives_it_ends_without_waiting(database: Database) -> None:
    dropped = OutboxState.DROPPED
    async with database.write() as session:
        await meet(session)
        step: drills.Step | None = await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES)
        for _ in STAFF:
            await arrives(session, step, NOW, dropped)
            step = await drills.look_after(session, STAFF, NOW, TEN_MINUTES)
        assert step is not None
        assert step.result is not None
        assert (step.result.outcome, step.result.passed) == (DrillEnd.NOBODY, STAFF)


async def test_a_girl_who_is_met_at_once_calls_it_off_as_well(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        await arrives(session, await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES), NOW)
        await case_work.acknowledge(acts(session, FIRST), await case_opened(session))
        step = await drills.look_after(session, STAFF, NOW, TEN_MINUTES)
        assert step is not None
        assert step.result is not None
        assert (step.result.outcome, step.told) == (DrillEnd.CALLED_OFF, (FIRST,))


async def test_only_who_was_called_and_sits_there_answers_it(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        await arrives(session, await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES), NOW)
        assert await drills.acknowledge(acts(session, SECOND), 1, TEN_MINUTES) is None
        for attempt in (
            drills.acknowledge(acts(session, GIRL), 1, TEN_MINUTES),
            drills.begin(acts(session, GIRL), TEN_MINUTES),
            drills.recent(acts(session, GIRL)),
        ):
            await refused(attempt, NotAllowedError)


async def test_a_clock_that_is_set_back_keeps_nobody_waiting(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        await arrives(session, await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES), NOW)
        before = NOW - timedelta(days=2)
        await drills.look_after(session, STAFF, before, TEN_MINUTES)
        step = await drills.look_after(session, STAFF, before + TEN_MINUTES, TEN_MINUTES)
        assert step is not None
        assert step.call is not None
        assert step.call.coordinator_id == SECOND


async def test_a_year_later_it_is_forgotten_and_a_coordinator_who_leaves_at_once(
    database: Database,
) -> None:
    settings = Settings(_env_file=None)
    async with database.write() as session:
        await meet(session)
        await arrives(session, await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES), NOW)
        await drills.acknowledge(acts(session, FIRST), 1, TEN_MINUTES)
        kept = await privacy.export(session, FIRST)
        assert (kept["drills_called"], kept["drills_answered"]) == ([1], [1])
        assert "drills_called" not in await privacy.export(session, GIRL)
        await privacy.erase(session, FIRST, NOW)
        drill = await session.get_one(Drill, 1)
        assert (drill.alerted, drill.acknowledged_by) == ([FORGOTTEN], FORGOTTEN)
        await privacy.forget_old(session, settings, NOW + drills.KEPT)
        assert await session.get(Drill, 1) is not None
        await privacy.forget_old(session, settings, NOW + drills.KEPT + timedelta(seconds=1))
        session.expunge_all()
        assert await session.get(Drill, 1) is None


async def test_one_that_was_called_off_tells_nothing_of_those_on_call(database: Database) -> None:
    async with database.write() as session:
        await meet(session)
        await arrives(session, await drills.begin_by_clock(session, STAFF, NOW, TEN_MINUTES), NOW)
        await case_opened(session)
        step = await drills.look_after(session, STAFF, NOW, TEN_MINUTES)
        assert step is not None
        assert step.result is not None
        assert (step.result.outcome, step.result.silent) == (DrillEnd.CALLED_OFF, ())
        assert await figures.last_drill(session) is None
        assert await figures.drill_in_time_at(session) is None
