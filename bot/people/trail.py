"""Where somebody came from: the page of each list that she saw last, and from where she opened the
career that she reads. A way back leads there.
"""

from typing import Any

from bot.people.tables import Conversation

_PAGES, _CAREER, _PROVINCE, _KEPT = "pages", "career", "province", "kept"
# No list has more pages; a forged number is kept as this.
_MOST = 999


def saw(chat: Conversation, a_list: str, page: int) -> None:
    """Remember which page of a list she saw."""
    page = min(page, _MOST)
    if page != page_of(chat, a_list):
        kept = _kept(chat)
        chat.trail = {**kept, _PAGES: {**kept.get(_PAGES, {}), a_list: page}}


def page_of(chat: Conversation, a_list: str) -> int:
    """Return which page of a list she saw last; the first of one that she never saw."""
    pages: dict[str, int] = _kept(chat).get(_PAGES, {})
    return pages.get(a_list, 0)


def opened_from(chat: Conversation, career_id: str, origin: str) -> None:
    """Remember from which page she opened a career."""
    chat.trail = {**_kept(chat), _CAREER: [career_id, origin]}


def opened_by_itself(chat: Conversation) -> None:
    """Forget from where she opened the last: she is where careers are listed, or named."""
    if _CAREER in (kept := _kept(chat)):
        chat.trail = {name: value for name, value in kept.items() if name != _CAREER}


def origin_of(chat: Conversation, career_id: str) -> str | None:
    """Return from which page she opened this career, if she came to it from one."""
    opened, origin = _kept(chat).get(_CAREER, ("", ""))
    return origin if opened == career_id else None


def opened_kept(chat: Conversation, origin: str) -> None:
    """Remember from where she opened what she keeps; "" where she asked for it in words."""
    if origin != kept_origin(chat):
        rest = {name: value for name, value in _kept(chat).items() if name != _KEPT}
        chat.trail = {**rest, _KEPT: origin} if origin else rest


def kept_origin(chat: Conversation) -> str:
    """Return from where she opened what she keeps, if it was from a page."""
    origin: str = _kept(chat).get(_KEPT, "")
    return origin


def asks_province(chat: Conversation, *, asks: bool) -> None:
    """Remember that she is asked for her province, until she has answered."""
    rest = {name: value for name, value in _kept(chat).items() if name != _PROVINCE}
    chat.trail = {**rest, _PROVINCE: True} if asks else rest


def is_asked_province(chat: Conversation) -> bool:
    """Return whether she was asked for her province and has not answered."""
    return _PROVINCE in _kept(chat)


def _kept(chat: Conversation) -> dict[str, Any]:
    return chat.trail or {}
