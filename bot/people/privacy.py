"""What is kept of who a person is: what she chose, and where her chat stands."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import deleted
from bot.people import chats, phones
from bot.people.tables import AuditLine, Conversation, Person, Phone, Profile
from bot.settings import YEAR_DAYS, Settings


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return what a person chose, where her chat stands, how she is known on a shared phone."""
    person = await session.get_one(Person, person_id)
    chat = await session.get(Conversation, person_id)
    return await _of_phone(session, person_id) | {
        "telegram_id": chats.chat_of(person.id),
        "language": person.language,
        "grade": person.grade,
        "grade_told": person.grade_told_on and person.grade_told_on.isoformat(),
        "province": person.province,
        "age_band": person.age_band,
        "age_told": person.age_told_on and person.age_told_on.isoformat(),
        "asked_of_her": person.asked_of_her,
        "joined": person.joined_at_utc.isoformat(),
        "chat": chat
        and {
            "last_answer": chat.last_entry,
            "in_care": chat.care_kind,
            "asked_for": chat.awaiting,
            "doors_of_home": chat.doors,
            "where_she_was": chat.trail,
            "buttons_below_her_question": chat.offered and sorted(chat.offered["opens"].values()),
        },
    }


async def _of_phone(session: AsyncSession, person_id: int) -> dict[str, Any]:
    known = await session.get(Profile, person_id)
    phone = await session.scalar(
        select(Phone).where(
            or_(
                Phone.chat_id == chats.chat_of(person_id),
                Phone.in_use == person_id,
                Phone.asked == person_id,
            )
        )
    )
    if phone is None and known is None:
        return {}
    return {
        "shared_phone": {
            "name": known and known.name,
            "pin": known is not None and known.pin is not None,
            "pin_tried_wrong": known and known.tries,
            "pin_forgotten": known and known.forgot_at_utc and known.forgot_at_utc.isoformat(),
            "here_since": phone and phone.since_utc.isoformat(),
        }
    }


async def erase(session: AsyncSession, person_id: int, _now: datetime) -> None:
    """Forget a person, where her chat stood, and how she was known on a shared phone.

    The audit log is not changed by it.
    """
    await phones.is_gone(session, person_id)
    await session.execute(delete(Conversation).where(Conversation.person_id == person_id))
    await session.execute(delete(Person).where(Person.id == person_id))


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> dict[str, int]:
    """Forget lines of the audit log that are very old; what a person chose she erases herself.

    The database itself keeps those of the last year, whoever asks (migration 0032).
    """
    before = now - timedelta(days=YEAR_DAYS * settings.audit_years)
    return {"audit": await deleted(session, delete(AuditLine).where(AuditLine.at_utc < before))}
