"""What a coordinator is writing, kept so that a restart or a question in between loses nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.details import Details
from bot.events.tables import EventDraft
from bot.people.staff import Actor
from bot.refusals import GoneError
from bot.rights import May

KEPT = timedelta(days=14)


@dataclass(frozen=True)
class Draft:
    """Something being written; `event_id` is the event that it changes, None for a new one."""

    id: int
    event_id: int | None
    details: Details

    @property
    def mark(self) -> str:
        """What tells whether the draft is still as it was seen."""
        return f"{crc32(self.details.model_dump_json().encode()):x}"


async def begin(actor: Actor, details: Details, event_id: int | None = None) -> Draft:
    """Begin to write; what the coordinator left unfinished of the same is thrown away."""
    actor.require(May.EVENTS)
    await actor.session.execute(
        delete(EventDraft).where(
            EventDraft.author_id == actor.id, EventDraft.event_id.is_not_distinct_from(event_id)
        )
    )
    row = EventDraft(
        author_id=actor.id,
        event_id=event_id,
        details=details.model_dump(mode="json"),
        changed_at_utc=actor.now,
    )
    actor.session.add(row)
    await actor.session.flush()
    return Draft(row.id, event_id, details)


async def find(actor: Actor, draft_id: int) -> Draft:
    """Return a draft of the coordinator's own. Raises RefusedError when there is none."""
    row = await _hers(actor, draft_id)
    return Draft(row.id, row.event_id, Details.model_validate(row.details))


async def unfinished(actor: Actor) -> Draft | None:
    """Return the new event that the coordinator was writing; None where there is none."""
    return await _begun(actor, None)


async def edit(actor: Actor, event_id: int, details: Details) -> tuple[Draft, bool]:
    """Return the changes to a published event, which is now as in `details`.

    Those that she left unfinished are gone on with; whether there were any is returned too.
    """
    begun = await _begun(actor, event_id)
    if begun is not None and begun.details != details:
        return begun, True
    return await begin(actor, details, event_id), False


async def _begun(actor: Actor, event_id: int | None) -> Draft | None:
    actor.require(May.EVENTS)
    query = select(EventDraft).where(
        EventDraft.author_id == actor.id, EventDraft.event_id.is_not_distinct_from(event_id)
    )
    row = (await actor.session.scalars(query.limit(1))).first()
    return None if row is None else Draft(row.id, event_id, Details.model_validate(row.details))


async def change(actor: Actor, draft_id: int, **values: Any) -> Draft:
    """Set some of a draft. Raises RefusedError when it is gone, ValueError for a bad value."""
    row = await _hers(actor, draft_id)
    try:
        details = Details.model_validate(row.details | values)
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["loc"][0])) from None
    row.details, row.changed_at_utc = details.model_dump(mode="json"), actor.now
    return Draft(row.id, row.event_id, details)


async def discard(actor: Actor, draft_id: int) -> None:
    """Throw a draft away."""
    await actor.session.delete(await _hers(actor, draft_id))


async def _hers(actor: Actor, draft_id: int) -> EventDraft:
    actor.require(May.EVENTS)
    row = await actor.session.get(EventDraft, draft_id)
    if row is None or row.author_id != actor.id:
        raise GoneError("eventform.lost")
    return row


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Throw away what nobody went on writing."""
    await session.execute(delete(EventDraft).where(EventDraft.changed_at_utc < now - KEPT))
