"""What coordinators tell each other about a group of questions or a case; never sent outside."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.staff import Actor
from bot.people.tables import DeskNote
from bot.refusals import RefusedError
from bot.rights import May

LONGEST_NOTE = 500
About = Literal["group", "case"]
# Whose part of the work it is.
_MAY: dict[About, May] = {"group": May.QUESTIONS, "case": May.CASES}
# What the audit log calls it.
_KINDS: dict[About, str] = {"group": "question group", "case": "case"}


@dataclass(frozen=True)
class Note:
    """What one coordinator tells the others."""

    author_id: int
    text: str


async def add(actor: Actor, about: About, about_id: int, text: str) -> None:
    """Add a note about something that the caller knows to be there. Coordinators only.

    Raises RefusedError for one that is too long.
    """
    actor.require(_MAY[about])
    if len(text) > LONGEST_NOTE:
        raise RefusedError("inbox.note_too_long", most=LONGEST_NOTE)
    row = DeskNote(
        about=about, about_id=about_id, author_id=actor.id, text=text,
        at_utc=actor.now,
    )  # fmt: skip
    actor.session.add(row)
    await actor.note("noted", _KINDS[about], about_id)


async def of(actor: Actor, about: About, about_id: int) -> list[Note]:
    """Return the notes, oldest first. Coordinators only."""
    actor.require(_MAY[about])
    rows = await actor.session.scalars(
        select(DeskNote)
        .where(DeskNote.about == about, DeskNote.about_id == about_id)
        .order_by(DeskNote.id)
    )
    return [Note(row.author_id, row.text) for row in rows]


async def sweep(session: AsyncSession, about: About, there: Select[int]) -> None:
    """Delete the notes about what is no longer there."""
    await session.execute(
        delete(DeskNote).where(DeskNote.about == about, DeskNote.about_id.not_in(there))
    )
