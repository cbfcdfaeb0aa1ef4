"""What a coordinator is writing, kept so that a restart or a question in between loses nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.events.details import Details
from bot.events.tables import EventDraft
from bot.people.staff import require_coordinator

KEPT = timedelta(days=14)


@dataclass(frozen=True)
class Draft:
    """Something being written; `event_id` is the event that it changes, None for a new one."""

    id: int
    event_id: int | None
    details: Details


async def begin(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], details: Details,
    now: datetime, event_id: int | None = None,
) -> Draft:  # fmt: skip
    """Begin to write; what the coordinator left unfinished of the same is thrown away."""
    require_coordinator(actor_id, coordinators)
    await session.execute(
        delete(EventDraft).where(
            EventDraft.author_id == actor_id, EventDraft.event_id.is_not_distinct_from(event_id)
        )
    )
    row = EventDraft(
        author_id=actor_id, event_id=event_id, details=details.model_dump(mode="json"),
        changed_at_utc=now,
    )  # fmt: skip
    session.add(row)
    await session.flush()
    return Draft(row.id, event_id, details)


async def find(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], draft_id: int
) -> Draft | None:
    """Return a draft of the coordinator's own, or None."""
    require_coordinator(actor_id, coordinators)
    row = await session.get(EventDraft, draft_id)
    if row is None or row.author_id != actor_id:
        return None
    return Draft(row.id, row.event_id, Details.model_validate(row.details))


async def change(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], draft_id: int,
    now: datetime, **values: Any,
) -> Draft | None:  # fmt: skip
    """Set some of a draft; None when it is not there. Raises ValueError for a value too long."""
    draft = await find(session, actor_id, coordinators, draft_id)
    if draft is None:
        return None
    try:
        details = Details.model_validate(draft.details.model_dump() | values)
    except ValidationError as error:
        raise ValueError(str(error.errors()[0]["loc"][0])) from None
    row = await session.get_one(EventDraft, draft_id)
    row.details, row.changed_at_utc = details.model_dump(mode="json"), now
    return Draft(draft.id, draft.event_id, details)


async def discard(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], draft_id: int
) -> None:
    """Throw a draft away."""
    if await find(session, actor_id, coordinators, draft_id) is not None:
        await session.delete(await session.get_one(EventDraft, draft_id))


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Throw away what nobody went on writing."""
    await session.execute(delete(EventDraft).where(EventDraft.changed_at_utc < now - KEPT))
