"""What is learned by the way: what she tapped when asked what she meant, a 👍, a group.

Of what she asks nothing is kept unless she has let the bot learn from it, and then only words that
may be kept (`words.py`), for what is not sensitive. They have her id while they wait for a
coordinator, and nobody's once one has accepted them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import count, insert_new
from bot.people import ages
from bot.people.ages import Band
from bot.people.staff import Actor
from bot.rights import May
from bot.safety import last_words
from bot.teaching import words
from bot.teaching.tables import AskedWay, Teacher, WayState
from bot.teaching.tables import Origin as Origin
from bot.teaching.targets import can_be_learned, known_ways

# Of one girl in a day, and that wait in all: a coordinator must be able to look at each.
MOST_A_DAY, MOST_WAITING = 20, 500


@dataclass(frozen=True)
class Heard:
    """How somebody asked: whose words they are, and in which language."""

    person_id: int
    text: str
    language: str


@dataclass(frozen=True)
class Knows:
    """What the bot knows, by which words are judged."""

    content: Content
    answerer: Answerer


async def learns_from(actor: Actor) -> bool:
    """Return whether she has let the bot learn from what she asks."""
    teacher = await actor.session.get(Teacher, actor.id)
    if teacher is None or not teacher.learns or actor.seat is not None:
        return False
    return await ages.band_of(actor.session, actor.id) is not Band.YOUNG


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
    heard = Heard(actor.id, text, knows.answerer.language(text, "km"))
    return bool(await _keep(actor, [heard], target, origin, knows))


async def of_group(actor: Actor, heard: Iterable[Heard], target: str, knows: Knows) -> int:
    """Keep how a group of questions was asked as ways of asking for what answers it already.

    Coordinators only. Return how many wait to be looked at now.
    """
    actor.require(May.QUESTIONS)
    kept = await _keep(actor, heard, target, Origin.GROUP, knows)
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
            "person_id": one.person_id, "at_utc": actor.now,
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
