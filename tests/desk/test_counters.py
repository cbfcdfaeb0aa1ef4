"""Counts of a day: no names, and no group small enough to point at somebody."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot import small_counts
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


@given(n=st.integers(0, 100))
def test_one_to_four_is_never_shown(n: int) -> None:
    assert (small_counts.shown(n) is None) == (1 <= n <= 4)


@given(counts=st.lists(st.integers(0, 30), max_size=12))
def test_a_hidden_count_cannot_be_worked_out_from_the_total(counts: list[int]) -> None:
    result = small_counts.shown_together(counts)
    hidden = [n for n, shown in zip(counts, result, strict=True) if shown is None]
    assert all(shown is None or shown == n for n, shown in zip(counts, result, strict=True))
    assert all(not 1 <= n <= 4 for n, s in zip(counts, result, strict=True) if s is not None)
    # One hidden number is the total less the others, unless there is nothing beside it.
    assert len(hidden) != 1 or all(n == 0 for n in counts if n not in hidden)
