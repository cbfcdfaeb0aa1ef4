"""Invented counts of two weeks for the demo, so that the desk has figures to look at."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import counters

# kind and key as in `bot/desk/counters.py`, how often in the week before last and in the last one
COUNTED = (
    ("question", "answered", 31, 46),
    ("question", "clarified", 9, 12),
    ("question", "lost", 8, 6),
    ("desk", "answered", 5, 7),
    ("new", "person", 12, 17),
    ("language", "km", 27, 38),
    ("language", "rom", 12, 17),
    ("language", "mix", 5, 6),
    ("gap", "dorm", 0, 6),
    ("gap", "abroad", 5, 5),
)


async def seed_figures(session: AsyncSession, today: date) -> None:
    """Count what nobody did, in the two whole weeks before today."""
    monday = today - timedelta(days=today.weekday())
    for kind, key, *weeks in COUNTED:
        for day in _days(monday - timedelta(weeks=len(weeks)), weeks):
            await counters.count(session, day, kind, [key])


def _days(monday: date, weeks: list[int]) -> Iterator[date]:
    """Yield a day for each time, spread over the days of its week."""
    for week, times in enumerate(weeks):
        for time in range(times):
            yield monday + timedelta(days=7 * week + time % 7)
