"""What is left of people who erased themselves: in which columns their ids still stand.

Nowhere but where safeguarding keeps them for a while (`bot.privacy.PROTECTS`).
"""

from collections.abc import Collection, Iterator
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import count
from bot.mentoring.states import MentorState, Passage
from bot.mentoring.tables import Introduction, IntroductionMove, Mentor, RelayMessage
from bot.people import chats
from bot.people.tables import AuditLine, Person, Phone, Profile
from bot.privacy import ERASED, EXEMPT
from bot.queues.outbox import FAREWELL
from bot.queues.tables import InboxUpdate, OutboxMessage, OutboxState
from bot.safety.tables import Case
from bot.tables import metadata

# Long numbers of Telegram's that are nobody's.
_NO_PERSON = ("message_id", "update_id", "tapped_on", "before_message_id")
# Lists in which ids stand among others.
_LISTS = ("cases.alerted", "drills.alerted", "drills.passed", "introductions.tried")
_reported = select(Introduction.id).where(Introduction.reported_by.is_not(None))


def _came_back(person: Any, at: Any) -> ColumnElement[bool]:
    """Return that something is of a time when somebody had erased herself already.

    Whoever writes again is told something before she is known again, or without ever being so:
    what she sent waits, cannot be read, or stands in a group.
    """
    erased_at = select(func.max(AuditLine.at_utc)).where(
        AuditLine.actor_id == person, AuditLine.action == ERASED
    )
    return cast(ColumnElement[bool], at >= erased_at.scalar_subquery())


# Where the id of one who erased herself may stay, and of which rows (`bot.privacy.PROTECTS`).
_MAY_STAY: dict[str, ColumnElement[bool]] = {
    "cases.person_id": Case.erased_at_utc.is_not(None),
    "introductions.student_id": Introduction.reported_by.is_not(None),
    "introductions.mentor_id": Introduction.reported_by.is_not(None),
    # What is done about a report afterwards names the mentor anew.
    "introduction_moves.mentor_id": IntroductionMove.introduction_id.in_(_reported),
    "relay_messages.sender_id": or_(
        RelayMessage.introduction_id.in_(_reported),
        RelayMessage.state.in_((Passage.STOPPED, Passage.HELD)),
        # It was held when she erased herself, and a coordinator has decided since.
        RelayMessage.decided_by.is_not(None),
    ),
    # Whatever a coordinator decides about her afterwards, nothing is in it that she told.
    "mentors.person_id": and_(
        Mentor.state != MentorState.DRAFT, Mentor.first_name.is_(None), Mentor.story.is_(None)
    ),
    # The others on her phone go on without her.
    "phones.chat_id": exists().where(chats.chat_in(Profile.person_id) == Phone.chat_id),
    "inbox.chat_id": _came_back(InboxUpdate.chat_id, InboxUpdate.received_at_utc),
    # Her last words, which go as soon as they have arrived; answers to what she did afterwards;
    # and what a coordinator wrote to her in the case that outlives her, for as long as it does.
    "outbox.chat_id": or_(
        and_(OutboxMessage.key.startswith(FAREWELL), OutboxMessage.state == OutboxState.WAITING),
        and_(
            OutboxMessage.key.startswith("turn:"),
            _came_back(OutboxMessage.chat_id, OutboxMessage.created_at_utc),
        ),
        OutboxMessage.chat_id.in_(select(Case.person_id).where(Case.erased_at_utc.is_not(None))),
    ),
}


async def leftovers(
    session: AsyncSession, coordinator_ids: Collection[int] = ()
) -> list[tuple[Column[Any], int]]:
    """Return the columns that lead to one who erased herself, and in how many rows.

    `coordinator_ids` are those of the settings: they stay known.
    """
    gone = _erased(coordinator_ids)
    found = [(column, await _left_of(session, column, gone)) for column in _of_people()]
    return [(column, left) for column, left in found if left]


def _erased(but: Collection[int]) -> Select[Any]:
    """Select who erased herself and has not come back since."""
    return select(AuditLine.actor_id).where(
        AuditLine.action == ERASED,
        AuditLine.actor_id.not_in(select(Person.id)),
        AuditLine.actor_id.not_in(but),
    )


def _of_people() -> Iterator[Column[Any]]:
    """Yield each column in which the id of one who erased herself may not stand."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            number = isinstance(column.type, BigInteger) and column.name not in _NO_PERSON
            hangs = any(key.column.table.name == "people" for key in column.foreign_keys)
            if (number or hangs or str(column) in _LISTS) and str(column) not in EXEMPT:
                yield column


async def _left_of(session: AsyncSession, column: Column[Any], gone: Select[Any]) -> int:
    """Return in how many rows a column holds somebody of these, but where she may stay.

    Counted in the database: of a large one no more than lists, which are few, is brought here.
    """
    if isinstance(column.type, JSON):
        ids = set(await session.scalars(gone))
        return sum(not ids.isdisjoint(row or ()) for row in await session.scalars(select(column)))
    query = select(func.count()).select_from(column.table).where(column.in_(gone))
    if str(column) in _MAY_STAY:
        query = query.where(~_MAY_STAY[str(column)])
    return await count(session, query)
