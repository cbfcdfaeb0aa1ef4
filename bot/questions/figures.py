"""What is counted of open questions: since when girls wait for an answer. No names, no words."""

from datetime import datetime

from sqlalchemy import func, select

from bot.database import Session
from bot.questions.tables import GroupedQuestion, OpenQuestion


async def waiting_since(session: Session) -> list[datetime]:
    """Return since when each girl with an open question waits: since her oldest one."""
    rows = await session.scalars(
        select(func.min(OpenQuestion.asked_at_utc))
        .join(GroupedQuestion, GroupedQuestion.question_id == OpenQuestion.id)
        .where(OpenQuestion.answered_at_utc.is_(None))
        .group_by(OpenQuestion.person_id)
    )
    return [since for since in rows if since is not None]
