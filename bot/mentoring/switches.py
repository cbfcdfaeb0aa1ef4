"""What coordinators turn on and off: the relay as a whole, and whether they are on call.

Without anybody on call nothing opens and nothing passes (it fails safe).
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring.tables import Switch
from bot.people.audit import note
from bot.people.staff import require_coordinator
from bot.people.tables import Person, Reachability

RELAY = "relay"


async def is_on(session: AsyncSession, name: str) -> bool:
    """Return whether something is on; everything is until somebody turns it off."""
    switch = await session.get(Switch, name)
    return switch is None or switch.on


async def turn(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    name: str,
    now: datetime,
    *,
    on: bool,
) -> None:
    """Turn something on or off. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    switch = await session.get(Switch, name)
    if switch is None:
        switch = Switch(name=name, on=on, changed_by=actor_id, changed_at_utc=now)
        session.add(switch)
    switch.on, switch.changed_by, switch.changed_at_utc = on, actor_id, now
    await note(session, actor_id, f"turned {'on' if on else 'off'}", name, now)


def duty(person_id: int) -> str:
    """Return the name of a coordinator's own switch."""
    return f"duty:{person_id}"


async def on_call(session: AsyncSession, coordinators: tuple[int, ...]) -> tuple[int, ...]:
    """Return who is on call: has written to the bot, can be reached, has not gone off duty."""
    reachable = set(
        await session.scalars(
            select(Person.id).where(
                Person.id.in_(coordinators), Person.reach == Reachability.REACHABLE
            )
        )
    )
    return tuple([c for c in coordinators if c in reachable and await is_on(session, duty(c))])
