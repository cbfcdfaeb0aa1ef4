"""How often something happened on a day: counted with the turn it happened in, no names, no words.

Kinds and keys (anybody may add one; `bot/desk/figures.py` draws what it names):
question: answered, clarified, lost, outside · topic: id of a topic that was answered or opened ·
gap: id of a concept in a question that was lost, or `other` · language: km, en, rom, mix ·
rated: good, bad · care: reply, gentle · sign: kind of danger that was met with care ·
relay: held, stopped, approach · new: person · desk: answered, aside, learned · forgot: what was
kept as long as the settings allow (`bot/privacy.py`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import add_up
from bot.desk.tables import Tally

FORGOT = "forgot"


async def count(session: AsyncSession, day: date, kind: str, keys: Iterable[str]) -> None:
    """Count one more of each of `keys` on a day."""
    await count_all(session, day, [(kind, key) for key in keys])


async def count_all(session: AsyncSession, day: date, happened: Iterable[tuple[str, str]]) -> None:
    """Count what happened on a day, by kind and key, in one statement."""
    await _add(session, day, Counter(happened))


async def forgot(session: AsyncSession, day: date, amounts: Mapping[str, int]) -> None:
    """Count how much of each kind the clock forgot on a day."""
    times = {(FORGOT, kind): n for kind, n in amounts.items() if n}
    await _add(session, day, times)


async def _add(session: AsyncSession, day: date, amounts: Mapping[tuple[str, str], int]) -> None:
    rows = [
        {"day": day, "kind": kind, "key": key, "n": times}
        for (kind, key), times in amounts.items()
    ]
    await add_up(session, Tally, *rows, key=("day", "kind", "key"), number="n")


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
