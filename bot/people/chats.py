"""Whose chat is whose: several girls may share one phone, and so one chat with the bot.

The owner of a Telegram account is the person with its id. Each further girl on that phone has an
id that is reckoned from it and from a slot of her own, so that everybody can tell which chat she
reads in without asking the database. Ids of groups lie in between, and are left alone.

There is one more id for each chat: the door, which is nobody. What is said to whoever holds the
phone, while nobody has said who she is, is said to the door.
"""

from typing import Any, cast

from sqlalchemy import ColumnElement, case

from bot.settings import BEYOND_IDS

# Slots are not used again: nobody finds what was kept for safety of one who had hers before.
MOST_SLOTS = 1000
_DOOR = MOST_SLOTS + 1
# Below every id that somebody can have: where a list of all people begins.
BEFORE_ALL = -((_DOOR + 1) * BEYOND_IDS)


def further(chat_id: int, slot: int) -> int:
    """Return the id of a further girl on the phone of an account."""
    if not 0 < chat_id < BEYOND_IDS or not 0 < slot <= MOST_SLOTS:
        raise ValueError("no such place on a phone")
    return -(slot * BEYOND_IDS + chat_id)


def door(chat_id: int) -> int:
    """Return the id of nobody in particular, who holds the phone of an account."""
    return -(_DOOR * BEYOND_IDS + chat_id)


def chat_of(person_id: int) -> int:
    """Return the chat in which somebody reads; of a group the group itself."""
    return person_id if person_id > -BEYOND_IDS else -person_id % BEYOND_IDS


def slot_of(person_id: int) -> int:
    """Return the slot of somebody in her chat, which buttons name her by; none is the owner's."""
    return 0 if not is_further(person_id) else -person_id // BEYOND_IDS


def at(chat_id: int, slot: int) -> int | None:
    """Return who has a slot in a chat; None for what can be nobody's."""
    if slot > MOST_SLOTS:
        return None
    return further(chat_id, slot) if slot else chat_id


def is_further(person_id: int) -> bool:
    """Return whether somebody is not the owner of the account through which she writes."""
    return chat_of(person_id) != person_id


def is_door(column: Any) -> ColumnElement[bool]:
    """Return that a column holds the id of nobody in particular, for a query."""
    return cast(ColumnElement[bool], column < -_DOOR * BEYOND_IDS)


def chat_in(column: Any) -> ColumnElement[int]:
    """Return the same of a column that holds ids, for a query."""
    return case((column > -BEYOND_IDS, column), else_=-column % BEYOND_IDS)
