"""The demo's desk has figures to show, whatever day it is."""

from datetime import date, timedelta

import pytest

from bot.content import Content
from bot.database import Database
from bot.demo.figures import seed_figures
from bot.desk import poster
from bot.desk.figures import gap_label

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize("days", [0, 3, 6])
async def test_the_poster_of_the_last_week_compares_it_with_the_one_before(
    database: Database, content: Content, days: int
) -> None:
    async with database.write() as session:
        await seed_figures(session, MONDAY + timedelta(days=days))
        made = await poster.gather(session, content, MONDAY - timedelta(days=1))
    assert all(number.now and number.before for number in made.numbers), (
        "none is too small to show"
    )
    assert made.gaps == (gap_label(content, "dorm"), gap_label(content, "abroad"))
