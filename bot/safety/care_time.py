"""The time of care: for half an hour after a sign of danger, help stays beside every answer.

It begins anew with each sign, is not made longer by ordinary questions, and ends when she says
that all is well, when she asks for help as anybody may, and when her case is closed.
"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.safety import GENERAL
from bot.people.tables import Conversation

LASTS = timedelta(minutes=30)
# How grave a kind of danger is. A call for help, a report and a worry about others tell nothing.
_GRAVITY = {
    "selfharm": 3, "sexual": 2, "abuse": 2, GENERAL: 0, "concern": 0,
    "report": 0, "report_student": 0, "report_mentor": 0,
}  # fmt: skip
# How often the gentle word may be said to the same girl.
GENTLE_EVERY = timedelta(minutes=10)


def gravity(kind: str) -> int:
    """Return how grave a kind of danger is, to tell whether it gets worse."""
    return _GRAVITY.get(kind, 1)


def begin(chat: Conversation, kind: str, tongue: str, now: datetime) -> None:
    """Begin the time of care, or begin it anew; what she is told next is in `tongue`."""
    chat.care_until_utc, chat.care_kind, chat.care_tongue = now + LASTS, kind, tongue
    # What is said beside her answers is said anew.
    chat.gentle_at_utc = None


def lasts(chat: Conversation, now: datetime) -> bool:
    """Return whether it is the time of care."""
    return chat.care_until_utc is not None and now <= chat.care_until_utc


def end(chat: Conversation) -> None:
    """End the time of care; in which language she spoke of danger is still known."""
    chat.care_until_utc = chat.care_kind = None


async def over(session: AsyncSession, person_id: int) -> None:
    """End the time of care of somebody else, whose case is closed."""
    chat = await session.get(Conversation, person_id)
    if chat is not None:
        end(chat)


def is_told(kind: str | None, *, before: bool) -> bool:
    """Return whether a line beside her answers tells that help is there, told `before` or not.

    After a mere call for help it is told once; the buttons stay beside every answer. After a sign
    of danger it stays as well.
    """
    return kind != GENERAL or not before


def quiet_is_due(chat: Conversation, now: datetime) -> bool:
    """Return whether the quiet line beside her answers is due, and take it as said."""
    before = chat.gentle_at_utc is not None
    chat.gentle_at_utc = now
    return is_told(chat.care_kind, before=before)


def gentle_is_due(chat: Conversation, now: datetime) -> bool:
    """Return whether the gentle word may be said, and take it as said."""
    said = chat.gentle_at_utc
    if said is not None and now - said < GENTLE_EVERY:
        return False
    chat.gentle_at_utc = now
    return True
