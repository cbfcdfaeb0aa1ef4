"""Questions the bot could not answer: kept with the asker for the coordinators' inbox."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.staff import Actor
from bot.questions import groups
from bot.questions.tables import AskedBack, OpenQuestion


async def keep(actor: Actor, text: str, language: str, *, private: bool = False) -> None:
    """Keep a question for a coordinator, whole; the same words from the same person count once.

    One that may be private is put beside no other.
    """
    session = actor.session
    again = await session.scalar(
        select(OpenQuestion.id).where(_open_of(actor.id), OpenQuestion.text == text)
    )
    if again is None:
        question = OpenQuestion(
            person_id=actor.id,
            text=text,
            language=language,
            asked_at_utc=actor.now,
            private=private,
        )
        session.add(question)
        await session.flush()
        await groups.place(session, question.id, actor.now, stays=private)


async def withdraw_since(session: AsyncSession, person_id: int, since: datetime) -> None:
    """Drop the open questions of a person that another wording has answered meanwhile."""
    await session.execute(
        delete(OpenQuestion).where(_open_of(person_id), OpenQuestion.asked_at_utc >= since)
    )


async def withdraw(actor: Actor, texts: Iterable[str]) -> None:
    """Drop open questions of the actor: these words were pieces of something else."""
    await actor.session.execute(
        delete(OpenQuestion).where(_open_of(actor.id), _holds(list(texts)))
    )


async def set_apart(actor: Actor, texts: Iterable[str]) -> None:
    """Take open questions of the actor as private, each in a group of its own."""
    found = await actor.session.scalars(
        select(OpenQuestion).where(_open_of(actor.id), _holds(list(texts)), ~OpenQuestion.private)
    )
    for question in found:
        question.private = True
        await groups.place(actor.session, question.id, actor.now, stays=True)


def _holds(texts: list[str]) -> ColumnElement[bool]:
    """Questions that are one of these texts, or that she explained in one of them."""
    explained = select(AskedBack.question_id).where(AskedBack.answer.in_(texts))
    return or_(OpenQuestion.text.in_(texts), OpenQuestion.id.in_(explained))


def _open_of(person_id: int) -> ColumnElement[bool]:
    return and_(OpenQuestion.person_id == person_id, OpenQuestion.answered_at_utc.is_(None))
