"""Questions the bot could not answer: kept with the asker until a coordinator answers.

Also what people thought of the answers they got.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database.tables import Feedback, OpenQuestion
from bot.people import note, require_coordinator

LONGEST_KEPT = 1000
PAGE = 5


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
        session.add(
            OpenQuestion(person_id=person_id, text=text, language=language, asked_at_utc=now)
        )
        await session.flush()


async def unanswered(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], page: int = 0
) -> tuple[list[OpenQuestion], int]:
    """Return a page of open questions, oldest first, and how many there are.

    Raises NotAllowedError for anyone but a coordinator.
    """
    require_coordinator(actor_id, coordinators)
    is_open = OpenQuestion.answered_at_utc.is_(None)
    rows = await session.scalars(
        select(OpenQuestion)
        .where(is_open)
        .order_by(OpenQuestion.id)
        .offset(max(page, 0) * PAGE)
        .limit(PAGE)
    )
    total = await session.scalar(select(func.count()).select_from(OpenQuestion).where(is_open))
    return list(rows), int(total or 0)


async def find(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], question_id: int
) -> OpenQuestion | None:
    """Return one open question; None when it is answered or gone. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    question = await session.get(OpenQuestion, question_id)
    return question if question and question.answered_at_utc is None else None


async def answer(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    question_id: int,
    now: datetime,
) -> OpenQuestion | None:
    """Mark an open question as answered and return it; None when another was quicker."""
    question = await find(session, actor_id, coordinators, question_id)
    if question is None:
        return None
    question.answered_at_utc, question.answered_by = now, actor_id
    await note(session, actor_id, "answered", f"question {question_id}", now)
    return question


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
    """Delete questions older than `days`, answered or not."""
    await session.execute(
        delete(OpenQuestion).where(OpenQuestion.asked_at_utc < now - timedelta(days=days))
    )


async def withdraw_since(session: AsyncSession, person_id: int, since: datetime) -> None:
    """Drop the open questions of a person that another wording has answered meanwhile."""
    await session.execute(
        delete(OpenQuestion).where(
            OpenQuestion.person_id == person_id,
            OpenQuestion.asked_at_utc >= since,
            OpenQuestion.answered_at_utc.is_(None),
        )
    )
