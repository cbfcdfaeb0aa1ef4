"""Questions the bot could not answer: kept with the asker for the coordinators' inbox.

Also what people thought of the answers they got.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot import desk_memory, question_groups
from bot.database.tables import Feedback, OpenQuestion

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
        await question_groups.place(session, question.id, now)


async def give_feedback(
    session: AsyncSession, person_id: int, entry_id: str, helpful: bool, now: datetime
) -> None:
    """Keep what a person thought of an entry; the latest opinion counts."""
    row = {
        "person_id": person_id,
        "entry_id": entry_id,
        "helpful": helpful,
        "given_at_utc": now,
    }
    statement = insert(Feedback).values(row)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "entry_id"],
            set_={"helpful": helpful, "given_at_utc": now},
        )
    )


async def forget_old(session: AsyncSession, now: datetime, days: int) -> None:
    """Delete questions older than `days`, answered or not, and the groups they leave empty."""
    await session.execute(
        delete(OpenQuestion).where(OpenQuestion.asked_at_utc < now - timedelta(days=days))
    )
    await desk_memory.sweep(session)


async def withdraw_since(session: AsyncSession, person_id: int, since: datetime) -> None:
    """Drop the open questions of a person that another wording has answered meanwhile."""
    await session.execute(
        delete(OpenQuestion).where(
            OpenQuestion.person_id == person_id,
            OpenQuestion.asked_at_utc >= since,
            OpenQuestion.answered_at_utc.is_(None),
        )
    )
