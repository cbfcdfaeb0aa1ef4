"""Who came: a girl shows a short code at the door, and a coordinator types it. No names.

The code says nothing about her and is good for one date only.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.database import count
from bot.events import listing
from bot.events.states import Answer
from bot.events.tables import EventSignup
from bot.people.staff import Actor
from bot.refusals import RefusedError
from bot.rights import May

DIGITS = 4
_CODES = 10**DIGITS


@dataclass(frozen=True)
class Came:
    """How many have come so far, and whether this one had been counted already."""

    came: int
    again: bool


async def code_of(actor: Actor, date_id: int) -> str | None:
    """Return the actor's code for a date where she has a place, made when it is first shown."""
    signup = await actor.session.get(EventSignup, (date_id, actor.id))
    if signup is None or signup.state is not Answer.GOING:
        return None
    if signup.code is None:
        mine = EventSignup.date_id == date_id
        used = set(await actor.session.scalars(select(EventSignup.code).where(mine)))
        free = [code for n in range(_CODES) if (code := f"{n:0{DIGITS}}") not in used]
        if not free:
            return None
        signup.code = secrets.choice(free)
        await actor.session.flush()
    return signup.code


def is_code(typed: str) -> bool:
    """Return whether what is typed is written as a code is."""
    digits = typed.strip()
    return digits.isdecimal() and len(digits) == DIGITS


async def came(actor: Actor, date_id: int, typed: str) -> Came:
    """Write down that whoever shows this code has come. Coordinators only.

    Raises RefusedError where nobody with a place has it, and for a date that is over.
    """
    await listing.date_for_staff(actor, date_id)
    digits, known = typed.strip(), is_code(typed)
    query = select(EventSignup).where(
        EventSignup.date_id == date_id, EventSignup.state == Answer.GOING,
        EventSignup.code == f"{int(digits) if known else 0:0{DIGITS}}",
    )  # fmt: skip
    signup = (await actor.session.scalars(query)).first() if known else None
    if signup is None:
        raise RefusedError("checkin.unknown")
    again = signup.came_at_utc is not None
    if not again:
        signup.came_at_utc = actor.now
        await actor.session.flush()
        await actor.note("checked in somebody at", "event date", date_id)
    return Came(await how_many(actor, date_id), again)


async def how_many(actor: Actor, date_id: int) -> int:
    """Return how many of those with a place came to a date. Coordinators only.

    Who gave her place up after she was counted is counted no more.
    """
    actor.require(May.EVENTS)
    query = select(func.count()).where(
        EventSignup.date_id == date_id, EventSignup.state == Answer.GOING,
        EventSignup.came_at_utc.is_not(None),
    )  # fmt: skip
    return await count(actor.session, query)
