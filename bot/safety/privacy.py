"""What is kept of a person's cases, with the notes that coordinators wrote about them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.people import FORGOTTEN
from bot.safety import cases
from bot.safety.tables import Case
from bot.settings import Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return a person's cases; of a coordinator also which she took or was alerted of."""
    cases = list(await session.scalars(select(Case).order_by(Case.id)))
    kept: dict[str, Any] = {
        "talks_with_a_person": [
            {"case": c.id, "opened": c.opened_at_utc.isoformat(), "words": c.words}
            for c in cases
            if c.person_id == person_id
        ]
    }
    if taken := [c.id for c in cases if c.acknowledged_by == person_id]:
        kept["cases_taken"] = taken
    if alerted := [c.id for c in cases if person_id in c.alerted]:
        kept["cases_alerted_of"] = alerted
    return kept


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Forget a person's cases, open ones too, and the notes about them.

    Those of others forget that she took them or was alerted of them.
    """
    await session.execute(delete(Case).where(Case.person_id == person_id))
    await cases.sweep(session)
    for case in await session.scalars(select(Case)):
        if case.acknowledged_by == person_id:
            case.acknowledged_by = FORGOTTEN
        case.alerted = [FORGOTTEN if told == person_id else told for told in case.alerted]
    await session.flush()


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> None:
    """Delete cases that were closed long ago, and the notes about them."""
    before = now - timedelta(days=settings.case_days)
    await session.execute(delete(Case).where(Case.closed_at_utc < before))
    await cases.sweep(session)
