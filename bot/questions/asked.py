"""Questions the bot could not answer: kept with the asker for the coordinators' inbox.

Also what people thought of the answers they got.
"""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.questions import groups
from bot.questions.tables import OpenQuestion

LONGEST_KEPT = 1000


async def keep(
    session: AsyncSession, person_id: int, text: str, language: str, now: datetime
) -> None:
    """Keep a question for a coordinator; the same words from the same person count once."""
    text = text[:LONGEST_KEPT]
    again = await session.scalar(
        select(OpenQuestion.id).where(
            OpenQuestion.person_id == person_id,
            OpenQuestion.text == text,
            OpenQuestion.answered_at_utc.is_(None),
        )
    )
    if again is None:
        question = OpenQuestion(
            person_id=person_id, text=text, language=language, asked_at_utc=now
        )
        session.add(question)
        await session.flush()
        await groups.place(session, question.id, now)


async def withdraw_since(session: AsyncSession, person_id: int, since: datetime) -> None:
    """Drop the open questions of a person that another wording has answered meanwhile."""
    await session.execute(
        delete(OpenQuestion).where(
            OpenQuestion.person_id == person_id,
            OpenQuestion.asked_at_utc >= since,
            OpenQuestion.answered_at_utc.is_(None),
        )
    )
