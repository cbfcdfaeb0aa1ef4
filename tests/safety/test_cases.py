"""Cases: who is alerted, who may take one, who may write to whom."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database, Session
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.questions import asked
from bot.refusals import NotAllowedError
from bot.safety import cases

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
GIRL, STRANGER, FIRST, SECOND = 1, 2, 11, 12
STAFF = (FIRST, SECOND)


async def _meet(session, *ids: int) -> None:
    for person_id in ids:
        await people.meet(session, person_id, "km", NOW)


def _girl(session: Session) -> Actor:
    return Actor(session, GIRL, STAFF, NOW)


async def test_a_case_goes_to_the_next_coordinator_until_somebody_takes_it(
    database: Database,
) -> None:
    async with database.write() as session:
        await _meet(session, GIRL, FIRST, SECOND)
        girl = _girl(session)
        case, alert = await cases.open_case(girl, "abuse", "words", TEN_MINUTES)
        assert alert == cases.Alert(case.id, FIRST, 0)
        again, none = await cases.open_case(girl, "abuse", "x", TEN_MINUTES)
        assert (again.id, none) == (case.id, None)
    later = NOW + TEN_MINUTES
    async with database.write() as session:
        assert await cases.alerts_due(session, STAFF, NOW, TEN_MINUTES) == []
        (second,) = await cases.alerts_due(session, STAFF, later, TEN_MINUTES)
        assert second.coordinator_id == SECOND
        (third,) = await cases.alerts_due(session, STAFF, later + TEN_MINUTES, TEN_MINUTES)
        assert third.coordinator_id == FIRST
        assert await cases.acknowledge(session, SECOND, STAFF, case.id, later)
        assert await cases.acknowledge(session, FIRST, STAFF, case.id, later) is None
        much_later = later + timedelta(days=1)
        assert await cases.alerts_due(session, STAFF, much_later, TEN_MINUTES) == []


async def test_a_coordinator_who_blocked_the_bot_is_passed_over(database: Database) -> None:
    async with database.write() as session:
        await _meet(session, GIRL, FIRST, SECOND)
        (await session.get_one(Person, FIRST)).reach = "blocked"
        _, alert = await cases.open_case(_girl(session), "abuse", "", TEN_MINUTES)
        assert alert is not None
        assert alert.coordinator_id == SECOND


async def test_only_coordinators_touch_cases(database: Database) -> None:
    async with database.write() as session:
        await _meet(session, GIRL, STRANGER)
        case, _ = await cases.open_case(_girl(session), "abuse", "w", TEN_MINUTES)
        await asked.keep(session, GIRL, "why?", "en", NOW)
        for actor in (GIRL, STRANGER):
            for attempt in (
                cases.acknowledge(session, actor, STAFF, case.id, NOW),
                cases.close(session, actor, STAFF, case.id, NOW),
                cases.read(session, actor, STAFF, case.id, NOW),
                cases.open_cases(session, actor, STAFF),
                cases.hand_over(session, actor, STAFF, case.id, FIRST, NOW),
            ):
                with pytest.raises(NotAllowedError):
                    await attempt


async def test_only_the_two_of_a_case_write_to_each_other(database: Database) -> None:
    async with database.write() as session:
        await _meet(session, GIRL, STRANGER, FIRST, SECOND)
        case, _ = await cases.open_case(_girl(session), "abuse", "w", TEN_MINUTES)
        await cases.acknowledge(session, FIRST, STAFF, case.id, NOW)
        assert await cases.correspondent(session, FIRST, case.id) == (GIRL, True)
        assert await cases.correspondent(session, GIRL, case.id) == (FIRST, False)
        for outsider in (STRANGER, SECOND):
            with pytest.raises(NotAllowedError):
                await cases.correspondent(session, outsider, case.id)
        closed = await cases.close(session, FIRST, STAFF, case.id, NOW)
        assert closed is not None
        assert closed.words is None
        with pytest.raises(NotAllowedError):
            await cases.correspondent(session, FIRST, case.id)


async def test_a_case_is_handed_over_and_freed_when_its_coordinator_leaves(
    database: Database,
) -> None:
    async with database.write() as session:
        await _meet(session, GIRL, STRANGER, FIRST, SECOND)
        case, _ = await cases.open_case(_girl(session), "abuse", "w", TEN_MINUTES)
        assert await cases.hand_over(session, FIRST, STAFF, case.id, SECOND, NOW) is None
        await cases.acknowledge(session, FIRST, STAFF, case.id, NOW)
        assert await cases.hand_over(session, FIRST, STAFF, case.id, STRANGER, NOW) is None
        assert await cases.hand_over(session, FIRST, STAFF, case.id, SECOND, NOW)
        assert await cases.correspondent(session, GIRL, case.id) == (SECOND, False)
        with pytest.raises(NotAllowedError):
            await cases.correspondent(session, FIRST, case.id)
        await cases.release(session, SECOND, NOW)
        with pytest.raises(cases.NobodyYetError):
            await cases.correspondent(session, GIRL, case.id)
        (alert,) = await cases.alerts_due(session, (FIRST,), NOW, TEN_MINUTES)
        assert alert.coordinator_id == FIRST
