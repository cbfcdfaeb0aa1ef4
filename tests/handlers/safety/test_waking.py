"""The courier is woken when something was staged, and not every few seconds while a case waits."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.people import people
from bot.people.staff import Actor
from bot.safety import case_upkeep, case_work, cases
from bot.safety.states import Outcome
from bot.settings import Settings
from bot.turn import Services
from handlers.safety.chores import escalate_cases

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
GIRL, BOPHA = 1, 11
STAFF = (BOPHA,)


class House:
    """A bot whose clock the test sets; it counts how often the courier is woken."""

    def __init__(self, database: Database, content: Content, answerer: Answerer) -> None:
        self.now, self.woken, self.database = NOW, 0, database
        settings = Settings(coordinator_ids=STAFF, case_alert_minutes=10, _env_file=None)
        self._services = Services(settings, content, answerer, lambda: self.now)

    def _wake(self) -> None:
        self.woken += 1

    async def looks_after_cases_at(self, now: datetime) -> int:
        """Do the chore; return how often the courier has been woken by it."""
        self.now, before = now, self.woken
        await escalate_cases(self._services, self.database, self._wake)
        return self.woken - before


@pytest.fixture
async def house(database: Database, content: Content, answerer: Answerer) -> House:
    """A house in which a girl has called and her call has been sent to nobody yet."""
    async with database.write() as session:
        for person_id in (GIRL, BOPHA):
            await people.meet(session, person_id, "km", NOW)
        await cases.open_case(Actor(session, GIRL, STAFF, NOW), "help", ("words",), TEN_MINUTES)
    return House(database, content, answerer)


async def test_a_case_that_waits_wakes_nobody_until_the_next_is_called(house: House) -> None:
    assert await house.looks_after_cases_at(NOW + timedelta(seconds=5)) == 0
    assert await house.looks_after_cases_at(NOW + TEN_MINUTES) == 1
    assert await house.looks_after_cases_at(NOW + TEN_MINUTES + timedelta(seconds=5)) == 0


async def test_erasing_a_mistake_wakes_nobody(house: House) -> None:
    async with house.database.write() as session:
        bopha = Actor(session, BOPHA, STAFF, NOW)
        await case_work.acknowledge(bopha, 1)
        await case_work.close(bopha, 1, Outcome.MISTAKE)
    assert await house.looks_after_cases_at(NOW + cases.UNDO) == 0
    async with house.database.read() as session:
        assert not await case_upkeep.has_mistakes(session, NOW + cases.UNDO)
