"""Counts of a day: no names, and no group small enough to point at somebody."""

from datetime import date

from bot.database import Database
from bot.desk import counters

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


async def test_counts_add_up_by_day_and_key(database: Database) -> None:
    async with database.write() as session:
        await counters.count(session, MONDAY, "topic", ["ai", "exam"])
        await counters.count(session, MONDAY, "topic", ["ai"])
        await counters.count(session, TUESDAY, "topic", ["ai"])
        await counters.count(session, TUESDAY, "question", ["lost"])
        assert await counters.total(session, "topic", MONDAY, TUESDAY) == {"ai": 3, "exam": 1}
        assert await counters.by_day(session, "topic", MONDAY, TUESDAY) == {
            MONDAY: {"ai": 2, "exam": 1},
            TUESDAY: {"ai": 1},
        }
        assert await counters.total(session, "topic", TUESDAY, TUESDAY) == {"ai": 1}


async def test_a_turn_that_fails_counts_nothing(database: Database) -> None:
    class TurnError(Exception):
        pass

    try:
        async with database.write() as session:
            await counters.count(session, MONDAY, "topic", ["ai"])
            raise TurnError
    except TurnError:
        pass
    async with database.read() as session:
        assert await counters.total(session, "topic", MONDAY, MONDAY) == {}
