"""What feeds offer: new events and new words, which wait until a coordinator has looked at them.

For every sentence the bot says was read by a person.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.content.base import Tongue
from bot.events import dates
from bot.events.notices import Notice
from bot.events.states import EventState
from bot.events.tables import Event
from bot.people.staff import Actor

_OFFERED = (EventState.WAITING, EventState.PUBLISHED)


@dataclass(frozen=True)
class Offer:
    """Something of a feed that waits for a look: a new event, or new words for one."""

    event_id: int
    new: bool
    kind: str
    title: str
    text: str
    place: str
    starts: datetime
    ends: datetime | None
    all_day: bool


async def how_many(actor: Actor) -> int:
    """Return how many events of feeds wait for a look. Coordinators only."""
    return len(await waiting(actor))


async def waiting(actor: Actor) -> list[Offer]:
    """Return what waits for a look, soonest first. Coordinators only."""
    actor.require_staff()
    query = select(Event).where(Event.state.in_(_OFFERED), Event.offered.is_not(None))
    found = []
    for event in await actor.session.scalars(query):
        words = event.offered or {}
        ahead = await dates.coming(actor.session, event.id, actor.now)
        if words.get("looked") or not ahead:
            continue
        found.append(
            Offer(
                event.id,
                event.state is EventState.WAITING,
                event.kind,
                words["title"],
                words["text"],
                words["place"],
                ahead[0].starts_at_utc,
                ahead[0].ends_at_utc,
                event.all_day,
            )
        )
    return sorted(found, key=lambda offer: offer.starts)


async def accept(actor: Actor, event_id: int, zone: ZoneInfo) -> tuple[Notice, ...] | None:
    """Publish an event of a feed, or take over its new words. Coordinators only.

    Words that a coordinator has rewritten or translated since are not overwritten. Returns None
    when it is offered no longer.
    """
    event = await _offered(actor, event_id)
    if event is None or event.offered is None:
        return None
    words, was_waiting = event.offered, event.state is EventState.WAITING
    before = None if was_waiting else event.accepted or {}
    tongues = tuple(event.title)
    event.title = _taken_over(event.title, "title", words, before, tongues)
    event.text = _taken_over(event.text, "text", words, before, tongues)
    if before is None or event.place == before.get("place"):
        event.place = words["place"]
    event.state = EventState.PUBLISHED
    event.accepted = event.offered = {**words, "looked": True}
    await actor.note("accepted", "event", event_id)
    if was_waiting:
        return ()
    event.version += 1
    ahead = await dates.coming(actor.session, event_id, actor.now)
    return await dates.tell_holders(actor.session, "changed", event, ahead, actor.now, zone)


def _taken_over(
    said: Mapping[Tongue, str],
    name: str,
    words: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    tongues: Collection[Tongue],
) -> dict[Tongue, str]:
    """Return what is said with the new words of the feed where its old ones stood."""
    now = dict(said)
    for tongue in tongues:
        if before is None or now.get(tongue, "") == before.get(name):
            now[tongue] = words[name]
    return {tongue: words for tongue, words in now.items() if words}


async def reject(actor: Actor, event_id: int) -> None:
    """Leave out an event of a feed, or keep the words that it has. Coordinators only."""
    event = await _offered(actor, event_id)
    if event is None or event.offered is None:
        return
    event.offered = {**event.offered, "looked": True}
    if event.state is EventState.WAITING:
        event.state = EventState.REJECTED
    await actor.note("rejected", "event", event_id)


async def _offered(actor: Actor, event_id: int) -> Event | None:
    actor.require_staff()
    event = await actor.session.get(Event, event_id)
    if event is None or event.state not in _OFFERED:
        return None
    return event if event.offered and not event.offered["looked"] else None
