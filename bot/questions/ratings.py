"""Answers that came back with 👎: which entries, how many, looked at or not. No names."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import upsert
from bot.people.staff import Actor
from bot.questions.tables import EntryLook, Feedback
from bot.rights import May

PAGE = 5


@dataclass(frozen=True)
class LowRated:
    """An entry with how many found it not right since somebody looked, and helpful ever."""

    entry_id: str
    bad: int
    good: int


async def listed(session: AsyncSession) -> list[LowRated]:
    """Return the entries with 👎 that nobody has looked at since, most doubted first."""
    bad = func.count()
    rows = await session.execute(
        select(Feedback.entry_id, bad)
        .outerjoin(EntryLook, EntryLook.entry_id == Feedback.entry_id)
        .where(
            Feedback.helpful.is_(False),
            or_(
                EntryLook.looked_at_utc.is_(None),
                Feedback.given_at_utc > EntryLook.looked_at_utc,
            ),
        )
        .group_by(Feedback.entry_id)
        .order_by(bad.desc(), Feedback.entry_id)
    )
    found = [(str(entry_id), int(n)) for entry_id, n in rows]
    good = await session.execute(
        select(Feedback.entry_id, func.count())
        .where(Feedback.helpful, Feedback.entry_id.in_([entry_id for entry_id, _ in found]))
        .group_by(Feedback.entry_id)
    )
    liked = {str(entry_id): int(n) for entry_id, n in good}
    return [LowRated(entry_id, n, liked.get(entry_id, 0)) for entry_id, n in found]


async def page(actor: Actor, number: int) -> tuple[list[LowRated], int]:
    """Return a page of doubted entries and how many there are. Coordinators only."""
    actor.require(May.QUESTIONS)
    found = await listed(actor.session)
    return found[number * PAGE : (number + 1) * PAGE], len(found)


async def how_many(actor: Actor) -> int:
    """Return how many doubted entries nobody has looked at. Coordinators only."""
    _, total = await page(actor, 0)
    return total


async def find(actor: Actor, entry_id: str) -> LowRated | None:
    """Return one doubted entry; None when it was looked at meanwhile. Coordinators only."""
    actor.require(May.QUESTIONS)
    return next((d for d in await listed(actor.session) if d.entry_id == entry_id), None)


async def looked_at(actor: Actor, entry_id: str) -> None:
    """Say that the 👎 of an entry were looked at. Coordinators only."""
    actor.require(May.QUESTIONS)
    row = {"entry_id": entry_id, "looked_by": actor.id, "looked_at_utc": actor.now}
    await upsert(actor.session, EntryLook, row, key=("entry_id",))
    await actor.note("looked at", "entry", more=entry_id)


async def give_feedback(actor: Actor, entry_id: str, helpful: bool) -> None:
    """Keep what a person thought of an entry; the latest opinion counts."""
    row = {
        "person_id": actor.id,
        "entry_id": entry_id,
        "helpful": helpful,
        "given_at_utc": actor.now,
    }
    await upsert(actor.session, Feedback, row, key=("person_id", "entry_id"))
