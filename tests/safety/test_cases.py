"""Cases: who is alerted, who may take one, who may write to whom."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database, Session
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.refusals import NotAllowedError, RefusedError
from bot.safety import cases

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
GIRL, STRANGER, FIRST, SECOND = 1, 2, 11, 12
STAFF = (FIRST, SECOND)


def _as(session: Session, person_id: int) -> Actor:
    return Actor(session, person_id, STAFF, NOW)


async def _opened(session: Session) -> int:
    """Let everybody meet the bot and the girl open a case; return its number."""
    for person_id in (GIRL, STRANGER, *STAFF):
        await people.meet(session, person_id, "km", NOW)
    case, _ = await cases.open_case(_as(session, GIRL), "abuse", "words", TEN_MINUTES)
    return case.id


async def test_a_case_goes_to_the_next_coordinator_until_somebody_takes_it(
    database: Database,
) -> None:
    async with database.write() as session:
        for person_id in (GIRL, *STAFF):
            await people.meet(session, person_id, "km", NOW)
        girl = _as(session, GIRL)
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
        taken = await cases.acknowledge(_as(session, SECOND), case.id)
        assert taken.acknowledged_by == SECOND
        with pytest.raises(RefusedError):
            await cases.acknowledge(_as(session, FIRST), case.id)
        much_later = later + timedelta(days=1)
        assert await cases.alerts_due(session, STAFF, much_later, TEN_MINUTES) == []


async def test_a_coordinator_who_blocked_the_bot_is_passed_over(database: Database) -> None:
    async with database.write() as session:
        for person_id in (GIRL, *STAFF):
            await people.meet(session, person_id, "km", NOW)
        people.left(await session.get_one(Person, FIRST))
        _, alert = await cases.open_case(_as(session, GIRL), "abuse", "", TEN_MINUTES)
        assert alert is not None
        assert alert.coordinator_id == SECOND


async def test_only_coordinators_touch_cases(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        for person_id in (GIRL, STRANGER):
            actor = _as(session, person_id)
            for attempt in (
                cases.acknowledge(actor, number),
                cases.close(actor, number),
                cases.open_cases(actor),
                cases.hand_over(actor, number, FIRST),
                cases.add_note(actor, number, "words"),
            ):
                with pytest.raises(NotAllowedError):
                    await attempt


async def test_only_the_two_of_a_case_write_to_each_other(database: Database) -> None:
    async with database.write() as session:
        number = await _opened(session)
        girl, bopha = _as(session, GIRL), _as(session, FIRST)
        await cases.acknowledge(bopha, number)
        assert await cases.correspondent(bopha, number) == (GIRL, True)
        assert await cases.correspondent(girl, number) == (FIRST, False)
        for outsider in (STRANGER, SECOND):
            with pytest.raises(NotAllowedError):
                await cases.correspondent(_as(session, outsider), number)
        assert (await cases.close(bopha, number)).words is None
        with pytest.raises(NotAllowedError):
            await cases.correspondent(bopha, number)
        with pytest.raises(RefusedError):
            await cases.acknowledge(bopha, number)


async def test_a_case_is_handed_over_and_freed_when_its_coordinator_leaves(
    database: Database,
) -> None:
    async with database.write() as session:
        number = await _opened(session)
        girl, bopha = _as(session, GIRL), _as(session, FIRST)
        with pytest.raises(RefusedError):
            await cases.hand_over(bopha, number, SECOND)
        await cases.acknowledge(bopha, number)
        with pytest.raises(RefusedError):
            await cases.hand_over(bopha, number, STRANGER)
        await cases.hand_over(bopha, number, SECOND)
        assert await cases.correspondent(girl, number) == (SECOND, False)
        with pytest.raises(NotAllowedError):
            await cases.correspondent(bopha, number)
        await cases.release(session, SECOND, NOW)
        with pytest.raises(RefusedError) as nobody_yet:
            await cases.correspondent(girl, number)
        assert nobody_yet.value.key == "case.nobody_yet"
        (alert,) = await cases.alerts_due(session, (FIRST,), NOW, TEN_MINUTES)
        assert alert.coordinator_id == FIRST
