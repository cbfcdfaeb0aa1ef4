"""What coordinators tell each other about a group of questions or a case; never sent outside."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.audit import note
from bot.people.staff import require_coordinator
from bot.people.tables import DeskNote

LONGEST_NOTE = 500
SHOWN = 5
About = Literal["group", "case"]


async def add(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    about: About,
    about_id: int,
    text: str,
    now: datetime,
) -> None:
    """Add a note about something that the caller knows to be there. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    session.add(
        DeskNote(
            about=about,
            about_id=about_id,
            author_id=actor_id,
            text=text[:LONGEST_NOTE],
            at_utc=now,
        )
    )
    subject = f"question group {about_id}" if about == "group" else f"case {about_id}"
    await note(session, actor_id, "noted", subject, now)


async def of(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    about: About,
    about_id: int,
) -> list[DeskNote]:
    """Return the latest notes, oldest first. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    rows = await session.scalars(
        select(DeskNote)
        .where(DeskNote.about == about, DeskNote.about_id == about_id)
        .order_by(DeskNote.id.desc())
        .limit(SHOWN)
    )
    return list(rows)[::-1]


async def sweep(session: AsyncSession, about: About, there: Select[int]) -> None:
    """Delete the notes about what is no longer there."""
    await session.execute(
        delete(DeskNote).where(DeskNote.about == about, DeskNote.about_id.not_in(there))
    )
