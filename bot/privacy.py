"""What is kept of a person: shown to her, erased for her, forgotten in time.

Each feature keeps its own part in a module `privacy`, and this is the list of them.
"""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import privacy as announcements
from bot.careers import privacy as careers
from bot.desk import privacy as desk
from bot.events import privacy as events
from bot.mentoring import privacy as mentoring
from bot.people import privacy as people
from bot.people.staff import Actor
from bot.questions import privacy as questions
from bot.queues import privacy as queues
from bot.safety import privacy as safety
from bot.settings import Settings


class Keeper(Protocol):
    """What a feature keeps of people; the module `privacy` of each is one."""

    async def export(self, session: AsyncSession, person_id: int, /) -> dict[str, Any]:
        """Return what is kept of a person, as plain values by name."""

    async def erase(self, session: AsyncSession, person_id: int, now: datetime, /) -> None:
        """Forget a person."""

    async def forget_old(
        self, session: AsyncSession, settings: Settings, now: datetime, /
    ) -> None:
        """Delete what has been kept as long as the settings allow."""


# In the order of erasing: first what others wait for, last the person herself.
KEEPERS: dict[str, Keeper] = {
    "desk": desk,
    "announcements": announcements,
    "mentoring": mentoring,
    "queues": queues,
    "questions": questions,
    "safety": safety,
    "events": events,
    "careers": careers,
    "people": people,
}


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return everything that is kept about a person, as plain values."""
    kept: dict[str, Any] = {}
    for keeper in reversed(KEEPERS.values()):
        kept |= await keeper.export(session, person_id)
    return kept


async def erase(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Forget a person: rows, questions, feedback, cases, sign-ups, walks, messages to her.

    An open case keeps nothing either: the coordinators were alerted, and her wish counts.
    What was reported in a talk with a mentor is kept until its retention time, and said so
    (`bot.mentoring.privacy`). Of announcements only the counts stay. A coordinator gives up
    her seat, and what she had taken is free again. The audit log keeps that an erasure happened;
    wordings of an answered question that a coordinator chose as ways of asking, with nothing
    about a person in them, stay in the FAQ.
    """
    for keeper in KEEPERS.values():
        await session.flush()
        # What a keeper deletes row by row must not come back from the memory of the session.
        session.expunge_all()
        await keeper.erase(session, person_id, now)
    await Actor(session, person_id, (), now).note("erased herself", "person")


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> None:
    """Delete what has been kept as long as the settings allow."""
    for keeper in KEEPERS.values():
        await keeper.forget_old(session, settings, now)
