"""What is kept of a person's questions, of her ratings, and of who wrote additions to the FAQ."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import deleted
from bot.people.people import FORGOTTEN, traces
from bot.questions import groups
from bot.questions.tables import (
    AskedBack,
    EntryLook,
    Feedback,
    LearnedEntry,
    OpenQuestion,
    QuestionGroup,
)
from bot.settings import Settings

# What a coordinator did.
_AT_THE_DESK = (
    ("groups_taken", QuestionGroup.id, QuestionGroup.claimed_by),
    ("questions_answered", OpenQuestion.id, OpenQuestion.answered_by),
    ("asked_back", AskedBack.text, AskedBack.asked_by),
    ("entries_added", LearnedEntry.id, LearnedEntry.author_id),
    ("entries_reviewed", LearnedEntry.id, LearnedEntry.reviewed_by),
    ("entries_looked_at", EntryLook.entry_id, EntryLook.looked_by),
)


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return a person's questions, and which answers she found helpful.

    Of a coordinator also what she answered, added and looked at.
    """
    questions = await session.scalars(
        select(OpenQuestion).where(OpenQuestion.person_id == person_id)
    )
    feedback = await session.scalars(select(Feedback).where(Feedback.person_id == person_id))
    asked = await session.execute(
        select(AskedBack.text, AskedBack.answer)
        .join(OpenQuestion, OpenQuestion.id == AskedBack.question_id)
        .where(OpenQuestion.person_id == person_id)
        .order_by(AskedBack.id)
    )
    kept: dict[str, Any] = {
        "asked_about_questions": [{"question": text, "reply": answer} for text, answer in asked],
        "questions": [{"text": q.text, "asked": q.asked_at_utc.isoformat()} for q in questions],
        "helpful": {f.entry_id: f.helpful for f in feedback},
    }
    return kept | await traces(session, person_id, _AT_THE_DESK)


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Forget a person's questions and ratings; what she added to the FAQ stays without her."""
    for table in (OpenQuestion, Feedback):
        await session.execute(delete(table).where(table.person_id == person_id))
    for column in (LearnedEntry.author_id, LearnedEntry.reviewed_by):
        await session.execute(
            update(LearnedEntry).where(column == person_id).values({column: None})
        )
    for query in (
        update(OpenQuestion).where(OpenQuestion.answered_by == person_id).values(answered_by=None),
        update(AskedBack).where(AskedBack.asked_by == person_id).values(asked_by=None),
        update(EntryLook).where(EntryLook.looked_by == person_id).values(looked_by=FORGOTTEN),
    ):
        await session.execute(query)
    await groups.sweep(session)


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Delete old questions, answered or not, and the groups they leave empty.

    One that may be private is kept no longer than a case.
    """
    before = now - timedelta(days=settings.question_days)
    private = now - timedelta(days=min(settings.question_days, settings.case_days))
    old = (OpenQuestion.asked_at_utc < before) | (
        OpenQuestion.private & (OpenQuestion.asked_at_utc < private)
    )
    questions = await deleted(session, delete(OpenQuestion).where(old))
    await groups.sweep(session)
    return {"questions": questions}
