"""What the desk keeps about a coordinator: her seat, her invitations, what she noted."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import deleted
from bot.desk.tables import Digest, Tally
from bot.desk.team import let_go
from bot.people.people import traces
from bot.people.tables import Coordinator, DeskNote, Invitation
from bot.settings import YEAR_DAYS, Settings

# What she did beside others.
_DONE = (
    ("notes", DeskNote.text, DeskNote.author_id),
    ("invitations_made", Invitation.id, Invitation.created_by),
    ("invitations_used", Invitation.id, Invitation.used_by),
)


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return the seat of a coordinator, None for everybody else; her notes and invitations."""
    seat = await session.scalar(select(Coordinator).where(Coordinator.person_id == person_id))
    kept: dict[str, Any] = {
        "desk": seat
        and {
            "number": seat.number,
            "name": seat.name,
            "seat": seat.seat,
            "joined": seat.joined_at_utc.isoformat(),
        }
    }
    return kept | await traces(session, person_id, _DONE)


async def erase(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Forget a coordinator who erases herself; her acts stay in the audit log, by id."""
    await let_go(session, person_id, now)
    await session.execute(delete(Coordinator).where(Coordinator.person_id == person_id))
    await session.execute(
        delete(Invitation).where(
            (Invitation.created_by == person_id) | (Invitation.used_by == person_id)
        )
    )
    await session.execute(delete(DeskNote).where(DeskNote.author_id == person_id))


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete counts that are years old, though they name nobody, and which weeks had a digest.

    A seat is kept as long as somebody sits there.
    """
    before = now - timedelta(days=YEAR_DAYS * settings.tally_years)
    day = before.astimezone(settings.zone).date()
    return {
        "tallies": await deleted(session, delete(Tally).where(Tally.day < day)),
        "digests": await deleted(session, delete(Digest).where(Digest.handled_at_utc < before)),
    }
