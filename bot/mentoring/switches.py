"""What coordinators turn on and off: the relay as a whole, and whether they are on call.

Without anybody on call nothing opens and nothing passes (it fails safe).
"""

from sqlalchemy import select

from bot.database import Session
from bot.mentoring.tables import Switch
from bot.people.staff import Actor
from bot.people.tables import Person, Reachability
from bot.rights import May

# A coordinator's own has her id behind it.
RELAY, DUTY = "relay", "duty"


async def is_on(session: Session, name: str) -> bool:
    """Return whether something is on; everything is until somebody turns it off."""
    switch = await session.get(Switch, name)
    return switch is None or switch.on


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
    reachable = set(
        await session.scalars(
            select(Person.id).where(Person.id.in_(staff), Person.reach == Reachability.REACHABLE)
        )
    )
    return tuple([c for c in staff if c in reachable and await is_on(session, duty(c))])
