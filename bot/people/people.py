"""Who writes to the bot, and what she chose."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Tongue
from bot.people.tables import Conversation, Person, Reachability

GRADES = ("9", "10", "11", "12", "after")


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
            id=person_id, language=language, language_chosen=False,
            reach=Reachability.REACHABLE, joined_at_utc=now,
        )  # fmt: skip
        session.add(person)
        await session.flush()
    person.reach = Reachability.REACHABLE
    conversation = await session.get(Conversation, person_id)
    if conversation is None:
        conversation = Conversation(person_id=person_id, buttons=[])
        session.add(conversation)
    return person, conversation, new


def tongue_of(person: Person) -> Tongue:
    """Return the language of a person's menus."""
    return "en" if person.language == "en" else "km"
