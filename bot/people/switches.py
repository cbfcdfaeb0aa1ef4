"""What coordinators turn on and off: what passes to girls, and whether they are on call.

While the off switch is off no message passes between girls and mentors, no introduction opens and
nothing of an announcement leaves; the library, the pathway, reminders that a girl asked for, and
help go on. Without anybody on call no talk opens and nothing passes in one (it fails safe).
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, select

from bot.database import Session, read_once
from bot.people.staff import Actor
from bot.people.tables import Person, Reachability, Switch
from bot.rights import May

# The off switch, as it is named in databases; a coordinator's own has her id behind it.
RELAY, DUTY = "relay", "duty"


async def is_on(session: Session, name: str) -> bool:
    """Return whether something is on; everything is until somebody turns it off."""

    async def read() -> frozenset[str]:
        return frozenset(await session.scalars(select(Switch.name).where(Switch.on.is_(False))))

    return name not in await read_once(session, "what is switched off", (Switch,), read)


async def relay_is_off(session: Session) -> bool:
    """Return whether what passes to girls is switched off."""
    return not await is_on(session, RELAY)


def is_off() -> ColumnElement[bool]:
    """Return that the off switch is off, to be asked within a query."""
    return exists().where(Switch.name == RELAY, Switch.on.is_(False))


async def turn(actor: Actor, name: str, *, on: bool) -> None:
    """Turn something on or off. Coordinators only."""
    actor.require(May.TALKS)
    switch = await actor.session.get(Switch, name)
    if switch is None:
        switch = Switch(name=name, on=on, changed_by=actor.id, changed_at_utc=actor.now)
        actor.session.add(switch)
    switch.on, switch.changed_by, switch.changed_at_utc = on, actor.id, actor.now
    await actor.note(f"turned {'on' if on else 'off'}", name)


def duty(person_id: int) -> str:
    """Return the name of a coordinator's own switch."""
    return f"{DUTY}:{person_id}"


async def on_call(session: Session, staff: tuple[int, ...]) -> tuple[int, ...]:
    """Return who is on call: has written to the bot, can be reached, has not gone off duty.

    Be it in her quiet hours: those only put her behind others in the `roster`.
    """
    written_to = await reachable(session, staff)
    return tuple([c for c in staff if c in written_to and await is_on(session, duty(c))])


async def reachable(session: Session, staff: Sequence[int]) -> set[int]:
    """Return those of some coordinators to whom the bot can write."""
    able = select(Person.id).where(Person.id.in_(staff), Person.reach == Reachability.REACHABLE)
    return set(await session.scalars(able))
