"""What is learned by the way: what she tapped when asked what she meant, a 👍, a group.

Of what she asks nothing is kept unless she has let the bot learn from it, and then only words that
may be kept (`words.py`), for what is not sensitive. They have her id while they wait for a
coordinator, and nobody's once one has accepted them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import count, insert_new
from bot.people import ages
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.rights import May
from bot.safety import last_words
from bot.teaching import words
from bot.teaching.tables import AskedWay, Teacher, WayState
from bot.teaching.tables import Origin as Origin
from bot.teaching.targets import can_be_learned, known_ways

# Of one girl in a day, and that wait in all: a coordinator must be able to look at each.
MOST_A_DAY, MOST_WAITING = 20, 500
# Of one group, which may be large: each is weighed while others wait for their turns.
MOST_AT_ONCE = 20


@dataclass(frozen=True)
class Heard:
    """How somebody asked: whose words they are, in which language, and when."""

    person_id: int
    text: str
    language: str
    at: datetime


@dataclass(frozen=True)
class Knows:
    """What the bot knows, by which words are judged."""

    content: Content
    answerer: Answerer


async def learns_from(actor: Actor) -> bool:
    """Return whether she has let the bot learn from what she asks."""
    return actor.seat is None and actor.id in await _who_agreed(actor, [actor.id])


async def _who_agreed(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Return who of these has let the bot learn from what she asks, and is not too young."""
    rows = await actor.session.scalars(
        select(Teacher.person_id)
        .join(Person, Person.id == Teacher.person_id)
        .where(Teacher.learns, Teacher.person_id.in_(ids), ages.NOT_TOO_YOUNG)
    )
    return set(rows)


async def asked(actor: Actor, number: int, target: str, origin: Origin, knows: Knows) -> bool:
    """Keep the message of hers with this number as a way of asking for a target.

    Return whether it was kept: only if she lets the bot learn, if it is not too old to be at hand,
    and if there is no danger in or before it.
    """
    if not await learns_from(actor):
        return False
    text = await last_words.text_of(actor, number)
    if text is None or await last_words.beside_danger(actor, text):
        return False
    mine = AskedWay.person_id == actor.id, AskedWay.at_utc > actor.now - timedelta(days=1)
    if await count(actor.session, select(func.count()).where(*mine)) >= MOST_A_DAY:
        return False
    heard = Heard(actor.id, text, knows.answerer.language(text, "km"), actor.now)
    return bool(await _keep(actor, [heard], target, origin, knows))


async def of_group(actor: Actor, heard: Sequence[Heard], target: str, knows: Knows) -> int:
    """Keep how a group of questions was asked as ways of asking for what answers it already.

    Only words of girls who let the bot learn from them; they go when the questions do.
    Coordinators only. Return how many wait to be looked at now.
    """
    actor.require(May.QUESTIONS)
    agreed = await _who_agreed(actor, [one.person_id for one in heard])
    theirs = [one for one in heard if one.person_id in agreed][:MOST_AT_ONCE]
    kept = await _keep(actor, theirs, target, Origin.GROUP, knows)
    await actor.note("learned from", "question group", more=target)
    return kept


async def _keep(
    actor: Actor, heard: Iterable[Heard], target: str, origin: Origin, knows: Knows
) -> int:
    if not can_be_learned(knows.content, target):
        return 0
    known = {words.key(line) for line in known_ways(knows.content, target)}
    rows = [
        {
            "text": words.tidy(one.text), "folded": words.key(one.text), "language": one.language,
            "target": target, "origin": origin, "state": WayState.WAITING,
            "person_id": one.person_id, "at_utc": one.at,
        }
        for one in heard
        if words.key(one.text) not in known
        and words.may_be_kept(words.tidy(one.text), knows.content, knows.answerer)
    ]  # fmt: skip
    before = await _waiting(actor)
    await insert_new(actor.session, AskedWay, *rows[: max(0, MOST_WAITING - before)])
    return await _waiting(actor) - before


async def _waiting(actor: Actor) -> int:
    waiting = AskedWay.state == WayState.WAITING, AskedWay.origin != Origin.TAUGHT
    return await count(actor.session, select(func.count()).where(*waiting))


async def was_wrong(actor: Actor, target: str) -> None:
    """Forget her words that wait for a target: what was shown was not what she meant."""
    await actor.session.execute(
        delete(AskedWay).where(
            AskedWay.person_id == actor.id,
            AskedWay.target == target,
            AskedWay.state == WayState.WAITING,
            AskedWay.origin != Origin.TAUGHT,
        )
    )
