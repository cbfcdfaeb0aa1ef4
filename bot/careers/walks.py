"""Walks through the tree, kept in the database: begun, answered, left, taken up again, counted.

A walk is only its steps; where they lead is asked of the tree each time (`pathway.py`), so
content may change between two answers. Coordinators see counts, never whose they are, and no
count below five.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, delete, func, select

from bot.careers import figures
from bot.careers.pathway import FIRST, Place, Step, Tree
from bot.careers.tables import SavedCareer, Walk
from bot.database import Session, insert_new
from bot.people.staff import Actor
from bot.rights import May
from bot.small_counts import FEWEST_SHOWN, shown

# A question asked within this time of the last answer was asked in the middle of the walk.
MIDDLE_LASTS = timedelta(hours=1)
# Who has not come back for so long has dropped off, for the counts; she may still resume.
DROPPED_AFTER = timedelta(days=3)


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


_CURRENT = (
    select(Walk)
    .where(Walk.person_id == bindparam("person"), Walk.replaced.is_(False))
    .order_by(Walk.id.desc())
    .limit(1)
)


async def current(session: Session, person_id: int) -> Walk | None:
    """Return the walk of a person, finished or not."""
    return (await session.scalars(_CURRENT, {"person": person_id})).first()


async def begin(actor: Actor, told: Place | None = None) -> Walk:
    """Begin a walk, where what she told of herself leads; the one before is only counted now."""
    before = await current(actor.session, actor.id)
    if before is not None:
        before.replaced = True
    now = actor.now
    walk = Walk(person_id=actor.id, steps=[], at=FIRST, started_at_utc=now, touched_at_utc=now)
    if told is not None:
        _stand(walk, told, now)
    actor.session.add(walk)
    await actor.session.flush()
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


async def in_the_middle(actor: Actor) -> bool:
    """Return whether she is walking just now, so that a question interrupts the walk."""
    walk = await current(actor.session, actor.id)
    return (
        walk is not None
        and walk.finished_at_utc is None
        and bool(walk.steps)
        and actor.now - walk.touched_at_utc < MIDDLE_LASTS
    )


async def needs(session: Session, person_id: int, tree: Tree) -> tuple[str, ...]:
    """Return what she told of her situation in her walk."""
    walk = await current(session, person_id)
    return tree.needs(steps_of(walk)) if walk else ()


async def counts(actor: Actor) -> Counts:
    """Return starts, drop-offs and outcomes without names. Coordinators only."""
    actor.require(May.FIGURES)
    total = dict(await figures.walks(actor.session))
    finished = Walk.finished_at_utc.is_not(None)
    dropped = Walk.replaced | (Walk.touched_at_utc < actor.now - DROPPED_AFTER)
    return Counts(
        shown(total["begun"]),
        shown(total["finished"]),
        shown(total["resumed"]),
        await _most(actor.session, ~finished & dropped),
        await _most(actor.session, finished),
    )


async def _most(session: Session, which: ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    """Return where walks stand, with how many; the places of few are not told."""
    number = func.count()
    query = (
        select(Walk.at, number)
        .where(which)
        .group_by(Walk.at)
        .having(number >= FEWEST_SHOWN)
        .order_by(number.desc(), Walk.at)
    )
    return tuple((at, n) for at, n in await session.execute(query))


async def save(actor: Actor, career_id: str) -> None:
    """Keep a career for her; keeping it twice changes nothing."""
    row = {"person_id": actor.id, "career_id": career_id, "saved_at_utc": actor.now}
    await insert_new(actor.session, SavedCareer, row)


async def unsave(actor: Actor, career_id: str) -> None:
    """Let a kept career go."""
    await actor.session.execute(
        delete(SavedCareer).where(
            SavedCareer.person_id == actor.id, SavedCareer.career_id == career_id
        )
    )


async def saved(session: Session, person_id: int) -> tuple[str, ...]:
    """Return the careers that she kept, the newest first."""
    query = select(SavedCareer.career_id).where(SavedCareer.person_id == person_id)
    return tuple(await session.scalars(query.order_by(SavedCareer.saved_at_utc.desc())))
