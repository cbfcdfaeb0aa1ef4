"""Walks through the tree, kept in the database: begun, answered, left, taken up again, counted.

A walk is only its steps; where they lead is asked of the tree each time (`pathway.py`), so
content may change between two answers. Coordinators see counts, never whose they are, and no
count below five.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.careers.pathway import FIRST, Place, Step, Tree
from bot.careers.tables import SavedCareer, Walk
from bot.database import insert_new
from bot.people.staff import require_coordinator

# A question asked within this time of the last answer was asked in the middle of the walk.
MIDDLE_LASTS = timedelta(hours=1)
# Who has not come back for so long has dropped off, for the counts; she may still resume.
DROPPED_AFTER = timedelta(days=3)
SMALLEST_COUNT = 5


@dataclass(frozen=True)
class Counts:
    """What coordinators learn. None stands for a number from one to four."""

    starts: int | None
    finished: int | None
    resumed: int | None
    # (question, how many left there) and (answer that ended the walk, how many), largest first
    dropped: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]


def steps_of(walk: Walk) -> tuple[Step, ...]:
    """Return the answers of a walk."""
    return tuple(Step(node, option) for node, option in walk.steps)


async def current(session: AsyncSession, person_id: int) -> Walk | None:
    """Return the walk of a person, finished or not."""
    query = select(Walk).where(Walk.person_id == person_id, Walk.replaced.is_(False))
    return (await session.scalars(query.order_by(Walk.id.desc()).limit(1))).first()


async def begin(session: AsyncSession, person_id: int, now: datetime) -> Walk:
    """Begin a walk; the one before is only counted from now on."""
    before = await current(session, person_id)
    if before is not None:
        before.replaced = True
    walk = Walk(
        person_id=person_id, steps=[], at=FIRST, started_at_utc=now, touched_at_utc=now
    )  # fmt: skip
    session.add(walk)
    await session.flush()
    return walk


def resume(walk: Walk, tree: Tree, now: datetime) -> tuple[Place, bool]:
    """Return where a walk stands, and whether the content has moved under it meanwhile."""
    place = tree.replay(steps_of(walk))
    moved = place.name != walk.at
    if now - walk.touched_at_utc >= MIDDLE_LASTS:
        walk.resumed = (walk.resumed or 0) + 1
    _stand(walk, place, now)
    return place, moved


def answer(walk: Walk, tree: Tree, node: str, option: str, now: datetime) -> Place | None:
    """Take one step; None when that is not the question the walk stands at, or no answer to it."""
    place = tree.replay(steps_of(walk))
    if place.node is None or place.node.id != node or place.node.way(option) is None:
        return None
    place = tree.replay((*place.steps, Step(node, option)))
    _stand(walk, place, now)
    return place


def back(walk: Walk, tree: Tree, now: datetime) -> Place:
    """Take the last step back."""
    place = tree.replay(tree.replay(steps_of(walk)).steps[:-1])
    _stand(walk, place, now)
    return place


def _stand(walk: Walk, place: Place, now: datetime) -> None:
    walk.steps = [[step.node, step.option] for step in place.steps]
    walk.at = place.name
    walk.touched_at_utc = now
    walk.finished_at_utc = None if place.node else (walk.finished_at_utc or now)


async def in_the_middle(session: AsyncSession, person_id: int, now: datetime) -> bool:
    """Return whether she is walking just now, so that a question interrupts the walk."""
    walk = await current(session, person_id)
    return (
        walk is not None
        and walk.finished_at_utc is None
        and bool(walk.steps)
        and now - walk.touched_at_utc < MIDDLE_LASTS
    )


async def needs(session: AsyncSession, person_id: int, tree: Tree) -> tuple[str, ...]:
    """Return what she told of her situation in her walk."""
    walk = await current(session, person_id)
    return tree.needs(steps_of(walk)) if walk else ()


async def counts(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], now: datetime
) -> Counts:
    """Return starts, drop-offs and outcomes without names. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    walks = list(await session.scalars(select(Walk)))
    dropped = Counter(
        walk.at
        for walk in walks
        if walk.finished_at_utc is None
        and (walk.replaced or now - walk.touched_at_utc > DROPPED_AFTER)
    )
    outcomes = Counter(walk.at for walk in walks if walk.finished_at_utc is not None)
    return Counts(
        _large_enough(len(walks)),
        _large_enough(outcomes.total()),
        _large_enough(sum(walk.resumed > 0 for walk in walks)),
        _largest(dropped),
        _largest(outcomes),
    )


def _large_enough(number: int) -> int | None:
    return None if 0 < number < SMALLEST_COUNT else number


def _largest(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((name, n) for name, n in counter.most_common() if n >= SMALLEST_COUNT)


async def save(session: AsyncSession, person_id: int, career_id: str, now: datetime) -> None:
    """Keep a career for her; keeping it twice changes nothing."""
    row = {"person_id": person_id, "career_id": career_id, "saved_at_utc": now}
    await insert_new(session, SavedCareer, row)


async def unsave(session: AsyncSession, person_id: int, career_id: str) -> None:
    """Let a kept career go."""
    await session.execute(
        delete(SavedCareer).where(
            SavedCareer.person_id == person_id, SavedCareer.career_id == career_id
        )
    )


async def saved(session: AsyncSession, person_id: int) -> tuple[str, ...]:
    """Return the careers that she kept, the newest first."""
    query = select(SavedCareer.career_id).where(SavedCareer.person_id == person_id)
    return tuple(await session.scalars(query.order_by(SavedCareer.saved_at_utc.desc())))
