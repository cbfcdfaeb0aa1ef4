"""What stands in somebody's chat and can be taken away: Telegram lets a bot do so for two days.

In a private chat a bot may delete what she wrote as well as what it wrote itself, so both go.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select, update

from bot.database import Session
from bot.people import chats
from bot.queues import outbox
from bot.queues.messages import Delete, DeleteMany
from bot.queues.outbox import HELD, NEW, Lane, is_due
from bot.queues.tables import InboxState, InboxUpdate, OutboxMessage, OutboxState

# Telegram refuses what is 48 hours old, and all that is asked for beside it.
REACHES_BACK = timedelta(hours=47)
# Telegram takes so many at once.
_AT_ONCE = 100
_EDITS = ("edit_message_text", "edit_message_caption")
# What waits for somebody who tidied her chat comes after so long at the latest, lest it be lost.
HELD_AT_MOST = timedelta(days=7)


async def in_chat(session: Session, person_id: int, now: datetime) -> list[int]:
    """Return the ids of what can be taken out of somebody's chat, the newest first.

    Whoever else reads in it: on a shared phone it is one chat.
    """
    since, chat_id = now - REACHES_BACK, chats.chat_of(person_id)
    hers = await session.scalars(
        select(InboxUpdate.message_id).where(
            InboxUpdate.chat_id == chat_id,
            InboxUpdate.message_id.is_not(None),
            InboxUpdate.received_at_utc > since,
        )
    )
    sent = await session.execute(
        select(OutboxMessage.message_id, OutboxMessage.method).where(
            chats.chat_in(OutboxMessage.chat_id) == chat_id,
            OutboxMessage.message_id.is_not(None),
            OutboxMessage.state == OutboxState.SENT,
            OutboxMessage.finished_at_utc > since,
        )
    )
    rows = [(number or 0, method) for number, method in sent]
    new = {number or 0 for number in hers}
    new |= {number for number, method in rows if method in NEW}
    # An edit may have come as a new message, or have changed one that is too old to be taken away:
    # numbers grow, so the first is above some that is new.
    oldest = min(new, default=None)
    edited = {number for number, _ in rows if oldest is not None and number > oldest}
    return sorted(new | edited, reverse=True)


async def take_away(session: Session, chat_id: int, found: list[int], *, key: str,
                    tapped: int | None, now: datetime) -> None:  # fmt: skip
    """Take out of a chat what was found `in_chat`, and the message whose button was tapped."""
    for at in range(0, len(found), _AT_ONCE):
        some = DeleteMany(tuple(found[at : at + _AT_ONCE]))
        await outbox.stage(session, some, to=chat_id, key=f"{key}:{at}", lane=Lane.REPLY, now=now)
    if tapped is not None and tapped not in found:
        # It may be older than what is known; where it is too old nothing happens.
        await outbox.stage(
            session, Delete(tapped), to=chat_id, key=f"{key}:tapped", lane=Lane.REPLY, now=now
        )


async def hold(session: Session, chat_id: int, now: datetime) -> None:
    """Let what is on its way to a chat that was just tidied wait until its person is there again.

    What would have come in place of a message that is gone now is not needed any more.
    """
    await session.execute(
        update(OutboxMessage)
        .where(_on_its_way(chat_id, now), OutboxMessage.method.in_(NEW))
        .values(due_at_utc=now + HELD_AT_MOST, attempts=0, failure=HELD)
        .execution_options(synchronize_session=False)
    )
    await drop_edits(session, chat_id, now)


async def drop_edits(session: Session, person_id: int, now: datetime) -> None:
    """Let go what would come in place of messages that were just taken away."""
    edits = _on_its_way(person_id, now) & OutboxMessage.method.in_(_EDITS)
    await outbox.drop_where(session, edits, "hidden", now)


async def forget_places(session: Session, chat_id: int) -> None:
    """Forget where messages stood that were taken away: whoever comes next is not shown when."""
    await session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.chat_id == chat_id, InboxUpdate.state != InboxState.WAITING)
        .values(chat_id=None, message_id=None)
        .execution_options(synchronize_session=False)
    )


async def comes_back(session: Session, person_id: int, now: datetime) -> None:
    """Let come, as new, what waited for somebody while another was on her phone."""
    await session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.state == OutboxState.WAITING,
            OutboxMessage.chat_id == person_id,
            or_(is_due(now), OutboxMessage.failure == HELD),
        )
        .values(due_at_utc=now, created_at_utc=now, failure=None, attempts=0)
        .execution_options(synchronize_session=False)
    )


async def let_come(session: Session, chat_id: int, now: datetime) -> None:
    """Let come what waits for somebody who tidied her chat: she writes or taps again."""
    await session.execute(
        update(OutboxMessage)
        .where(_of_her(chat_id), OutboxMessage.failure == HELD)
        .values(due_at_utc=now, created_at_utc=now, failure=None)
        .execution_options(synchronize_session=False)
    )


def _on_its_way(chat_id: int, now: datetime) -> ColumnElement[bool]:
    """What is due, or was tried and waits for another try."""
    return _of_her(chat_id) & or_(is_due(now), OutboxMessage.attempts > 0)


def _of_her(chat_id: int) -> ColumnElement[bool]:
    return and_(
        OutboxMessage.state == OutboxState.WAITING,
        OutboxMessage.lane.in_((int(Lane.REPLY), int(Lane.NOTE))),
        OutboxMessage.chat_id == chat_id,
    )


async def take_back(
    session: Session, key: str, now: datetime, *, but: tuple[int, int] | None = None
) -> None:
    """Let a message with this key, and its parts and copies, go unsent or be taken out again.

    The message `but` in a chat stays: it says something else by now.
    """
    hers = or_(OutboxMessage.key == key, OutboxMessage.key.startswith(f"{key}:", autoescape=True))
    await outbox.drop(session, keys=(key,), prefix=f"{key}:", why="redacted", now=now)
    arrived = await session.execute(
        select(OutboxMessage.id, OutboxMessage.chat_id, OutboxMessage.message_id)
        .where(
            hers,
            OutboxMessage.state == OutboxState.SENT,
            OutboxMessage.message_id.is_not(None),
            OutboxMessage.finished_at_utc > now - REACHES_BACK,
        )
        .order_by(OutboxMessage.id)
    )
    # Several rows may have changed the same message; the last of them names it.
    found = {(chat, number or 0): row for row, chat, number in arrived.all()}
    for (chat_id, message_id), row in found.items():
        if (chat_id, message_id) != but:
            await outbox.stage(
                session, Delete(message_id), to=chat_id, key=f"redacted:{row}", lane=Lane.NOTE,
                now=now,
            )  # fmt: skip
