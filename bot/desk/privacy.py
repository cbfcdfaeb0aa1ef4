"""What the desk keeps about a person, and forgetting it: a seat, notes, groups left empty."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

pass
from bot.people.tables import Coordinator, DeskNote
from bot.questions.tables import GroupedQuestion, LearnedEntry, QuestionGroup
from bot.safety.tables import Case


async def export(session: AsyncSession, person_id: int) -> dict[str, Any] | None:
    """Return the seat of a coordinator; None for everybody else."""
    seat = await session.scalar(select(Coordinator).where(Coordinator.person_id == person_id))
    if seat is None:
        return None
    return {"number": seat.number, "name": seat.name, "joined": seat.joined_at_utc.isoformat()}


async def forget(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Forget a coordinator, and the notes about a girl's cases. Her questions go elsewhere."""
    await privacy.erase(session, person_id, now)
    await session.execute(delete(DeskNote).where(DeskNote.author_id == person_id))
    for column in (LearnedEntry.author_id, LearnedEntry.reviewed_by):
        await session.execute(
            update(LearnedEntry).where(column == person_id).values({column: None})
        )
    hers = select(Case.id).where(Case.person_id == person_id)
    await session.execute(
        delete(DeskNote).where(DeskNote.about == "case", DeskNote.about_id.in_(hers))
    )


async def sweep(session: AsyncSession) -> None:
    """Delete groups in which no question is left, with the notes about them."""
    filled = exists().where(GroupedQuestion.group_id == QuestionGroup.id)
    await session.execute(delete(QuestionGroup).where(~filled))
    await session.execute(
        delete(DeskNote).where(
            DeskNote.about == "group", DeskNote.about_id.not_in(select(QuestionGroup.id))
        )
    )
    await session.execute(
        delete(DeskNote).where(DeskNote.about == "case", DeskNote.about_id.not_in(select(Case.id)))
    )
