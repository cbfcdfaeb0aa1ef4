"""What is kept of a person's path: her walks, and what she saved."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from bot.careers import saved, weekly
from bot.careers.tables import SavedCareer, SavedItem, Walk, WeeklyStep
from bot.database import Session, deleted
from bot.settings import Settings


async def export(session: Session, person_id: int) -> dict[str, Any]:
    """Return a person's walks and what she saved."""
    walks = await session.scalars(select(Walk).where(Walk.person_id == person_id))
    kept = await session.scalars(select(SavedCareer).where(SavedCareer.person_id == person_id))
    step = await weekly.of(session, person_id)
    return {
        "walks": [
            {"started": w.started_at_utc.isoformat(), "answers": w.steps, "next_question": w.at}
            for w in walks
        ],
        "saved_careers": [career.career_id for career in kept],
        "saved_items": list(await saved.kept(session, person_id)),
        "weekly_step": step
        and {
            "career": step.career_id,
            "done": step.done_at_utc and step.done_at_utc.isoformat(),
            "asked_next": step.ask_at_utc and step.ask_at_utc.isoformat(),
        },
    }


async def erase(session: Session, person_id: int, _now: datetime) -> None:
    """Forget a person's walks and what she saved."""
    for table in (Walk, SavedCareer, SavedItem, WeeklyStep):
        await session.execute(delete(table).where(table.person_id == person_id))


async def forget_old(session: Session, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete walks that nobody has touched for long, and steps of as long ago."""
    before = now - timedelta(days=settings.walk_days)
    walks = await deleted(session, delete(Walk).where(Walk.touched_at_utc < before))
    await weekly.forget_old(session, before)
    return {"walks": walks}
