"""Who writes to the bot, and what she chose."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Tongue
from bot.people.tables import Conversation, Person, Reachability

GRADES = ("9", "10", "11", "12", "after")


async def meet(
    session: AsyncSession, person_id: int, tongue: Tongue, now: datetime
) -> tuple[Person, Conversation, bool]:
    """Return the person, her conversation, and whether she is new; writing makes her reachable.

    A new person starts in `tongue`.
    """
    person = await session.get(Person, person_id)
    new = person is None
    if person is None:
        person = Person(
            id=person_id, language=tongue, language_chosen=False,
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
