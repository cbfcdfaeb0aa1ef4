"""“Teach Bong Srey Khmer”: a girl gives other ways of asking, and can take each back.

She joins of her own will, and agrees by itself to each of two further things: that what she gives
may be published for everybody, and that the bot may learn from what she asks.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Literal

from sqlalchemy import ColumnElement, delete, func, select

from bot.content import Content
from bot.content.faq import FaqEntry
from bot.database import count
from bot.language.words import utf16_length
from bot.people import ages
from bot.people.ages import Band
from bot.people.staff import Actor, Role
from bot.refusals import GoneError, RefusedError, StaleError
from bot.safety import last_words
from bot.teaching import words
from bot.teaching.examples import Knows
from bot.teaching.tables import UNDECIDED, AskedWay, Origin, Teacher, WayState, WayVote
from bot.teaching.targets import can_be_taught, known_ways

MOST_A_DAY = 10
PAGE = 5
# The two things that she may agree to beside.
Agreement = Literal["open", "learns"]


@dataclass(frozen=True)
class Given:
    """A way of asking that a girl gave."""

    id: int
    text: str
    target: str
    state: WayState


@dataclass(frozen=True)
class Teaching:
    """What a girl has agreed to, and how many ways of asking she gave."""

    open: bool
    learns: bool
    accepted: int
    waiting: int


async def find(actor: Actor, role: Role) -> Teaching | None:
    """Return how she teaches; None where she has not joined."""
    require_girl(role)
    teacher = await actor.session.get(Teacher, actor.id)
    if teacher is None:
        return None
    return Teaching(
        teacher.open,
        teacher.learns,
        await _how_many(actor, AskedWay.state == WayState.ACCEPTED),
        await _how_many(actor, AskedWay.state.in_(UNDECIDED)),
    )


def require_girl(role: Role) -> None:
    """Raise RefusedError for a mentor, a guardian, a coordinator."""
    if role is not Role.STUDENT:
        raise RefusedError("teach.for_students")


async def _how_many(actor: Actor, *clauses: ColumnElement[bool]) -> int:
    query = select(func.count()).where(
        AskedWay.person_id == actor.id, AskedWay.origin == Origin.TAUGHT, *clauses
    )
    return await count(actor.session, query)


async def may_be_asked_to_let_learn(actor: Actor, role: Role) -> bool:
    """Return whether a girl may be asked to let the bot learn from what she asks."""
    if role is not Role.STUDENT or actor.seat is not None:
        return False
    teacher = await actor.session.get(Teacher, actor.id)
    if teacher is not None and teacher.learns:
        return False
    return await ages.band_of(actor.session, actor.id) is not Band.YOUNG


async def join(actor: Actor, role: Role) -> None:
    """Let her teach. Raises AgeUnknownError or TooYoungError, RefusedError for adults by role."""
    require_girl(role)
    await ages.require(actor)
    if await actor.session.get(Teacher, actor.id) is None:
        actor.session.add(Teacher(person_id=actor.id, joined_at_utc=actor.now))
        await actor.session.flush()


async def agree(actor: Actor, role: Role, to: Agreement, agreed: bool) -> None:
    """Let her agree to something, or not any more; it holds for all that she gave."""
    if agreed:
        await join(actor, role)
    teacher = await actor.session.get(Teacher, actor.id)
    if teacher is not None:
        setattr(teacher, to, agreed)
    if to == "learns" and not agreed:
        await _forget_words(actor, AskedWay.origin != Origin.TAUGHT)


async def stop(actor: Actor) -> None:
    """Let her teach no more, and take back all that she gave."""
    await _forget_words(actor)
    await actor.session.execute(delete(WayVote).where(WayVote.person_id == actor.id))
    await actor.session.execute(delete(Teacher).where(Teacher.person_id == actor.id))


async def _forget_words(actor: Actor, *clauses: ColumnElement[bool]) -> None:
    await actor.session.execute(delete(AskedWay).where(AskedWay.person_id == actor.id, *clauses))


async def require_teacher(actor: Actor, role: Role) -> Teacher:
    """Return how a girl teaches who has joined.

    Raises StaleError where she has not, AgeUnknownError or TooYoungError, RefusedError for adults
    by role.
    """
    require_girl(role)
    await ages.require(actor)
    teacher = await actor.session.get(Teacher, actor.id)
    if teacher is None:
        raise StaleError
    return teacher


async def question(actor: Actor, role: Role, content: Content, number: int) -> FaqEntry:
    """Return a question to which she may give another way; each number is another one.

    Those for which fewest ways were given come first, in an order of her own.
    """
    await require_teacher(actor, role)
    rows = await actor.session.execute(
        select(AskedWay.target, func.count())
        .where(AskedWay.origin == Origin.TAUGHT)
        .group_by(AskedWay.target)
    )
    given = {target: int(n) for target, n in rows}
    mine = set(
        await actor.session.scalars(
            select(AskedWay.target).where(
                AskedWay.person_id == actor.id, AskedWay.origin == Origin.TAUGHT
            )
        )
    )
    left = [
        entry
        for name, entry in content.entries.items()
        if can_be_taught(content, name) and _key(name) not in mine
    ]
    if not left:
        raise GoneError("teach.all_given")
    left.sort(key=lambda entry: (given.get(_key(entry.id), 0), _order(actor.id, entry.id)))
    return left[number % len(left)]


def _key(entry_id: str) -> str:
    return f"faq:{entry_id}"


def _order(person_id: int, entry_id: str) -> bytes:
    return sha256(f"{person_id} {entry_id}".encode()).digest()


async def give(actor: Actor, role: Role, entry_id: str, text: str, knows: Knows) -> Teaching:
    """Keep another way of asking an entry's question, for others or a coordinator to accept.

    What others may not see unread goes to a coordinator.
    Raises RefusedError for one that cannot be taken, which says why.
    """
    teacher = await require_teacher(actor, role)
    if not can_be_taught(knows.content, entry_id):
        raise GoneError("teach.gone")
    text, target = words.tidy(text), _key(entry_id)
    if utf16_length(text) > words.LONGEST:
        raise RefusedError("teach.too_long", most=words.LONGEST)
    if await _how_many(actor, AskedWay.at_utc > actor.now - timedelta(days=1)) >= MOST_A_DAY:
        raise GoneError("teach.enough_today", most=MOST_A_DAY)
    if not words.may_be_kept(text, knows.content, knows.answerer):
        raise RefusedError("teach.not_this")
    if await last_words.beside_danger(actor, text):
        raise RefusedError("teach.not_this")
    if (language := knows.answerer.language(text, "km")) == "en":
        raise RefusedError("teach.not_khmer")
    folded = words.key(text)
    there = select(AskedWay.id).where(AskedWay.target == target, AskedWay.folded == folded)
    known = {words.key(line) for line in known_ways(knows.content, target)}
    if folded in known or await actor.session.scalar(there) is not None:
        raise RefusedError("teach.known")
    seen = words.others_may_see(text, target, knows.content, knows.answerer)
    actor.session.add(
        AskedWay(
            text=text, folded=folded, language=language, target=target, origin=Origin.TAUGHT,
            state=WayState.WAITING if seen else WayState.HELD, person_id=teacher.person_id,
            at_utc=actor.now,
        )
    )  # fmt: skip
    await actor.session.flush()
    found = await find(actor, role)
    if found is None:
        raise StaleError
    return found


async def mine(actor: Actor, number: int) -> tuple[list[Given], int]:
    """Return a page of what she gave, the newest first, and how many there are."""
    of_her = AskedWay.person_id == actor.id, AskedWay.origin == Origin.TAUGHT
    rows = await actor.session.scalars(
        select(AskedWay)
        .where(*of_her)
        .order_by(AskedWay.id.desc())
        .offset(number * PAGE)
        .limit(PAGE)
    )
    return [_given(row) for row in rows], await _how_many(actor)


async def find_mine(actor: Actor, way_id: int) -> Given:
    """Return one of those that she gave; raises GoneError for any other."""
    row = await actor.session.get(AskedWay, way_id)
    if row is None or row.person_id != actor.id or row.origin is not Origin.TAUGHT:
        raise GoneError("teach.not_yours")
    return _given(row)


def _given(row: AskedWay) -> Given:
    return Given(row.id, row.text, row.target, row.state)


async def take_back(actor: Actor, way_id: int) -> None:
    """Let her take back one that she gave, accepted or not."""
    await find_mine(actor, way_id)
    await actor.session.execute(delete(AskedWay).where(AskedWay.id == way_id))
