"""The open case of a girl who erased herself: it may be that somebody else holds her telephone.

That it is there outlives her wish for a while (`bot/safety/privacy.py`). Nothing is said on her
phone unasked, and what is written there goes to nobody, until whoever holds it asks for a person
or taps that she answers one; a coordinator may write, with care, and what follows is an answer.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.people.tables import DeskNote, Person, Reachability
from bot.queues import hiding
from bot.queues.tables import OutboxMessage, OutboxState
from bot.safety.tables import Case, CaseMessage


@dataclass(frozen=True)
class LeftOpen:
    """A case that outlives the wish of its girl to be forgotten: who has it, and since when."""

    id: int
    held_by: int | None
    # whether she had erased herself before, and has not written in it since
    before: bool


async def left_open(session: AsyncSession, person_id: int) -> LeftOpen | None:
    """Return the open case of somebody, of which something stays when she erases herself."""
    case = await session.scalar(
        select(Case).where(Case.person_id == person_id, Case.closed_at_utc.is_(None)).limit(1)
    )
    if case is None:
        return None
    return LeftOpen(case.id, case.acknowledged_by, case.erased_at_utc is not None)


async def empty(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Take all words out of the open cases of who erases herself, and all notes about them.

    What of it is on its way to a coordinator goes unsent, and what stands in her chat since two
    days or less is taken out of it.
    """
    for case in await session.scalars(select(Case).where(Case.person_id == person_id)):
        case.erased_at_utc = case.erased_at_utc or now
        await hiding.take_back(session, words_key(case.id), now)
        await session.execute(delete(CaseMessage).where(CaseMessage.case_id == case.id))
        await session.execute(
            delete(DeskNote).where(DeskNote.about == "case", DeskNote.about_id == case.id)
        )


def words_key(case_id: int) -> str:
    """Return how the key of all begins by which words of a case are shown to anybody."""
    return f"case:{case_id}:said"


def is_back(case: Case, now: datetime) -> None:
    """Take it that her words go to her case again; who had erased herself begins it anew."""
    if case.erased_at_utc is not None:
        case.erased_at_utc = None
        case.acknowledged_at_utc = case.acknowledged_at_utc and now


async def is_reachable(session: AsyncSession, person_id: int) -> bool:
    """Return whether somebody can be written to; of who erased herself the last message tells."""
    person = await session.get(Person, person_id)
    if person is not None:
        return person.reach is Reachability.REACHABLE
    last = await session.scalar(
        select(OutboxMessage.failure)
        .where(OutboxMessage.chat_id == person_id, OutboxMessage.state != OutboxState.WAITING)
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    )
    return last not in tuple(Reachability)
