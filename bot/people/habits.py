"""Which doors of home a person opens most: they come first, and nothing moves under her finger.

What comes first is settled once a day, when she first sees home on it. A door that came first
stays while she uses it as much as another; what she did weeks ago fades.
"""

from datetime import date
from typing import Any

from bot.people.tables import Conversation

# So many doors come before the others, and so often each was opened before it does.
MOST_FIRST, OFTEN = 2, 3
# When one was opened so often, all counts are halved.
_FADES_AT = 20
_USED, _FIRST, _ON = "used", "first", "on"


def opened(chat: Conversation, door: str) -> None:
    """Count that a door was opened."""
    kept = _kept(chat)
    used = {**kept[_USED], door: kept[_USED].get(door, 0) + 1}
    if used[door] >= _FADES_AT:
        used = {name: count // 2 for name, count in used.items()}
    chat.doors = {**kept, _USED: used}


def first(chat: Conversation, today: date) -> tuple[str, ...]:
    """Return the doors that come first today, the one she opens most before the other."""
    kept = _kept(chat)
    if kept[_ON] != today.isoformat():
        kept = {**kept, _FIRST: _settled(kept[_USED], kept[_FIRST]), _ON: today.isoformat()}
        chat.doors = kept
    return tuple(kept[_FIRST])


def _settled(used: dict[str, int], before: list[str]) -> list[str]:
    often = [door for door, count in used.items() if count >= OFTEN or door in before]
    often.sort(key=lambda door: (-used[door], door not in before, door))
    return often[:MOST_FIRST]


def _kept(chat: Conversation) -> dict[str, Any]:
    return chat.doors or {_USED: {}, _FIRST: [], _ON: ""}
