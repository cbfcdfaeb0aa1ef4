"""Who writes to the bot, what they chose, what they may do; see, export and erase."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import recipients
from bot.content_models import Tongue
from bot.database.broadcast_tables import Interest, Mute
from bot.database.desk_tables import Coordinator
from bot.database.events_tables import (
    Event,
    EventDate,
    EventSignup,
    Reminder,
    ReminderChoice,
)
from bot.database.pathway_tables import SavedCareer, Walk
from bot.database.tables import (
    AuditLine,
    Case,
    Conversation,
    Feedback,
    OpenQuestion,
    OutboxMessage,
    Person,
)

GRADES = ("9", "10", "11", "12", "after")


class Role(StrEnum):
    """What a person may do; every privileged action asks for one of these."""

    STUDENT = "student"
    # who is one is asked of the table of mentors: `bot.mentoring.mentors.role`
    MENTOR = "mentor"
    COORDINATOR = "coordinator"


class NotAllowedError(Exception):
    """A person tried what her role does not permit; she is told nothing and nothing changes."""


def role_of(person_id: int, coordinators: tuple[int, ...]) -> Role:
    """Return the role of a person."""
    return Role.COORDINATOR if person_id in coordinators else Role.STUDENT


def require_coordinator(person_id: int, coordinators: tuple[int, ...]) -> None:
    """Raise NotAllowedError unless the person is a coordinator."""
    if role_of(person_id, coordinators) is not Role.COORDINATOR:
        raise NotAllowedError


async def coordinators_of(session: AsyncSession, first: tuple[int, ...]) -> tuple[int, ...]:
    """Return all coordinators, those of the settings first, in the order of alerts."""
    invited = await session.scalars(
        select(Coordinator.person_id)
        .where(Coordinator.invited, Coordinator.removed_at_utc.is_(None))
        .order_by(Coordinator.joined_at_utc, Coordinator.number)
    )
    return tuple(dict.fromkeys((*first, *invited)))


async def meet(
    session: AsyncSession, person_id: int, language_code: str | None, now: datetime
) -> tuple[Person, Conversation, bool]:
    """Return the person, her conversation, and whether she is new; writing makes her reachable.

    Khmer is the first language: only a telephone set to English starts in English.
    """
    person = await session.get(Person, person_id)
    new = person is None
    if person is None:
        language = "en" if (language_code or "").lower().startswith("en") else "km"
        person = Person(
            id=person_id, language=language, language_chosen=False, reach="reachable",
            joined_at_utc=now,
        )  # fmt: skip
        session.add(person)
        await session.flush()
    person.reach = "reachable"
    conversation = await session.get(Conversation, person_id)
    if conversation is None:
        conversation = Conversation(person_id=person_id, buttons=[])
        session.add(conversation)
    return person, conversation, new


def tongue_of(person: Person) -> Tongue:
    """Return the language of a person's menus."""
    return "en" if person.language == "en" else "km"


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return everything that is kept about a person, as plain values."""
    from bot import desk_memory  # it builds on this module
    from bot.mentoring import forgetting  # it builds on this module

    person = await session.get_one(Person, person_id)
    questions = await session.scalars(
        select(OpenQuestion).where(OpenQuestion.person_id == person_id)
    )
    feedback = await session.scalars(select(Feedback).where(Feedback.person_id == person_id))
    cases = await session.scalars(select(Case).where(Case.person_id == person_id))
    choice = await session.get(ReminderChoice, person_id)
    mutes = await session.scalars(select(Mute.kind).where(Mute.person_id == person_id))
    interests = await session.scalars(select(Interest).where(Interest.person_id == person_id))
    walks = await session.scalars(select(Walk).where(Walk.person_id == person_id))
    kept = await session.scalars(select(SavedCareer).where(SavedCareer.person_id == person_id))
    return {
        "telegram_id": person.id,
        "language": person.language,
        "grade": person.grade,
        "province": person.province,
        "joined": person.joined_at_utc.isoformat(),
        "questions": [{"text": q.text, "asked": q.asked_at_utc.isoformat()} for q in questions],
        "messages_switched_off": sorted(mutes),
        "interests": sorted(interest.value for interest in interests),
        "announcements": await recipients.of_person(session, person_id),
        "helpful": {f.entry_id: f.helpful for f in feedback},
        "talks_with_a_person": [
            {"case": c.id, "opened": c.opened_at_utc.isoformat(), "words": c.words} for c in cases
        ],
        "mentoring": await forgetting.export(session, person_id),
        "events": await _events_of(session, person_id),
        "reminders": choice
        and {"before": choice.offsets, "quiet": [choice.quiet_from, choice.quiet_until]},
        "walks": [
            {"started": w.started_at_utc.isoformat(), "answers": w.steps, "at": w.at}
            for w in walks
        ],
        "saved_careers": [career.career_id for career in kept],
        "desk": await desk_memory.export(session, person_id),
    }


async def _events_of(session: AsyncSession, person_id: int) -> list[dict[str, Any]]:
    query = (
        select(EventSignup, EventDate, Event)
        .join(EventDate, EventDate.id == EventSignup.date_id)
        .join(Event, Event.id == EventDate.event_id)
        .where(EventSignup.person_id == person_id)
        .order_by(EventDate.starts_at_utc)
    )
    return [
        {
            "title": event.title_en,
            "starts": date.starts_at_utc.isoformat(),
            "answer": signup.state,
            "answered": signup.answered_at_utc.isoformat(),
        }
        for signup, date, event in (await session.execute(query))
    ]


async def erase(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Forget a person: rows, questions, feedback, cases, sign-ups, walks, messages to her.

    An open case keeps nothing either: the coordinators were alerted, and her wish counts.
    What was reported in a talk with a mentor is kept until its retention time, and said so
    (`bot.mentoring.forgetting`). Of announcements only the counts stay. A coordinator gives up
    her seat, and what she had taken is free again. The audit log keeps that an erasure happened;
    wordings of an answered question that a coordinator chose as ways of asking, with nothing
    about a person in them, stay in the FAQ.
    """
    from bot import desk_memory  # both build on this module
    from bot.mentoring import forgetting

    await session.flush()
    await desk_memory.forget(session, person_id, now)
    await recipients.forget_person(session, person_id)
    await session.flush()
    session.expunge_all()
    await forgetting.forget_person(session, person_id, now)
    await session.execute(delete(OutboxMessage).where(OutboxMessage.chat_id == person_id))
    for table in (
        OpenQuestion, Feedback, Case, Conversation, EventSignup, Reminder, ReminderChoice,
        Mute, Interest,
        Walk, SavedCareer,
    ):  # fmt: skip
        await session.execute(delete(table).where(table.person_id == person_id))
    await session.execute(delete(Person).where(Person.id == person_id))
    await desk_memory.sweep(session)
    await note(session, person_id, "erased herself", "person", now)


async def note(
    session: AsyncSession, actor_id: int, action: str, subject: str, now: datetime
) -> None:
    """Append a line to the audit log."""
    session.add(AuditLine(at_utc=now, actor_id=actor_id, action=action, subject=subject))
    await session.flush()
