"""What is kept of a person's cases, with the notes that coordinators wrote about them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.safety import cases
from bot.safety.tables import Case
from bot.settings import Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return a person's cases."""
    hers = await session.scalars(select(Case).where(Case.person_id == person_id))
    return {
        "talks_with_a_person": [
            {"case": c.id, "opened": c.opened_at_utc.isoformat(), "words": c.words} for c in hers
        ]
    }


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Forget a person's cases, open ones too, and the notes about them."""
    await session.execute(delete(Case).where(Case.person_id == person_id))
    await cases.sweep(session)


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> None:
    """Delete cases that were closed long ago, and the notes about them."""
    before = now - timedelta(days=settings.case_days)
    await session.execute(delete(Case).where(Case.closed_at_utc < before))
    await cases.sweep(session)
