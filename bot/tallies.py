"""How often something happened on a day: counted with the turn it happened in, no names, no words.

Kinds and keys (anybody may add one; `bot/figures.py` draws what it names):
question: answered, clarified, lost, outside · topic: id of a topic that was answered or opened ·
gap: id of a concept in a question that was lost, or `other` · language: km, en, rom, mix ·
rated: good, bad · care: reply · new: person · desk: answered, aside, learned.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.desk_tables import Tally

FEWEST_SHOWN = 5


async def count(session: AsyncSession, day: date, kind: str, keys: Iterable[str]) -> None:
    """Count one more of each of `keys` on a day."""
    for key in keys:
        row = insert(Tally).values(day=day, kind=kind, key=key, n=1)
        await session.execute(
            row.on_conflict_do_update(
                index_elements=["day", "kind", "key"], set_={"n": Tally.n + 1}
            )
        )


async def total(session: AsyncSession, kind: str, first: date, last: date) -> Counter[str]:
    """Return how often each key of a kind was counted from `first` to `last`, both included."""
    rows = await session.execute(
        select(Tally.key, func.sum(Tally.n))
        .where(Tally.kind == kind, Tally.day.between(first, last))
        .group_by(Tally.key)
    )
    return Counter({key: int(n) for key, n in rows})


async def by_day(
    session: AsyncSession, kind: str, first: date, last: date
) -> dict[date, Counter[str]]:
    """Return the counts of a kind for each day that has any."""
    rows = await session.execute(
        select(Tally.day, Tally.key, Tally.n).where(
            Tally.kind == kind, Tally.day.between(first, last)
        )
    )
    days: dict[date, Counter[str]] = {}
    for day, key, n in rows:
        days.setdefault(day, Counter())[key] += n
    return days


def shown(n: int) -> int | None:
    """Return a count as it may be shown: None for one to four, which could point at somebody."""
    return n if n == 0 or n >= FEWEST_SHOWN else None


def shown_together(counts: list[int]) -> list[int | None]:
    """Return counts of people as they may be shown beside each other.

    One hidden count alone could be worked out from the total, so the smallest other goes too.
    """
    result = [shown(n) for n in counts]
    if result.count(None) == 1:
        rest = [(n, at) for at, n in enumerate(result) if n]
        if rest:
            result[min(rest)[1]] = None
    return result
