"""What is kept of which classes a girl joined, and of codes that she tried."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from bot.classes.classes import WITHIN
from bot.classes.tables import ClassMember, ClassTry, SchoolClass
from bot.database import Session, deleted
from bot.settings import Settings


async def export(session: Session, person_id: int) -> dict[str, Any]:
    """Return the classes that a person joined, and how many wrong codes she tried lately."""
    rows = await session.scalars(
        select(SchoolClass)
        .join(ClassMember, ClassMember.class_id == SchoolClass.id)
        .where(ClassMember.person_id == person_id)
    )
    tried = await session.get(ClassTry, person_id)
    return {
        "classes": [{"name": row.name, "school": row.school} for row in rows],
        "class_codes_tried": tried.tries if tried is not None else 0,
    }


async def erase(session: Session, person_id: int, _now: datetime) -> None:
    """Take a person out of her classes."""
    for table in (ClassMember, ClassTry):
        await session.execute(delete(table).where(table.person_id == person_id))


async def forget_old(session: Session, settings: Settings, now: datetime) -> dict[str, int]:
    """Close classes whose last day is over; delete those closed long ago, with who was in them."""
    today = now.astimezone(settings.zone).date()
    over = SchoolClass.closed_at_utc.is_(None), SchoolClass.until < today
    await session.execute(update(SchoolClass).where(*over).values(closed_at_utc=now))
    ended = SchoolClass.closed_at_utc < now - timedelta(days=settings.class_days)
    gone = select(SchoolClass.id).where(ended)
    await session.execute(delete(ClassMember).where(ClassMember.class_id.in_(gone)))
    classes = await deleted(session, delete(SchoolClass).where(ended))
    await session.execute(delete(ClassTry).where(ClassTry.since_utc < now - WITHIN))
    return {"classes": classes}
