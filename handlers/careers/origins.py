"""From which page she opened a career, so that its way back leads there: a woman, or a career.

The page is written short in the data of the button, and kept (`bot.people.trail`): `w.ID` or
`r.ID`.
"""

from bot.content import Content
from bot.content.careers import Career
from bot.content.people import RoleModel
from bot.language.words import shorten
from bot.screens.paging import page_of
from bot.screens.screen import Button
from bot.screens.taps import Data
from bot.screens.voice import Voice
from handlers.careers import taps

WOMEN_A_PAGE = 5
# As long as leaves room for the way to the list and home beside it.
_LONGEST_NAME = 40


def of_woman(woman: RoleModel) -> str:
    """Return what names the page of a woman."""
    return f"w.{woman.id}"


def of_career(career: Career) -> str:
    """Return what names the page of the careers next to one."""
    return f"r.{career.id}"


def to_woman(content: Content, woman: RoleModel) -> Data:
    """Return what a button to a woman sends; the list goes on from where she stands."""
    return taps.WOMAN(woman.id, page_of(content.women, woman, WOMEN_A_PAGE))


def way_back(voice: Voice, content: Content, origin: str | None) -> Button | None:
    """Return the way to the page from which she opened a career."""
    kind, _, name = (origin or "").partition(".")
    woman = next((w for w in content.women if kind == "w" and w.id == name), None)
    if woman is not None:
        return _to(voice, woman.known_as(voice.tongue), to_woman(content, woman))
    before = content.careers.get(name) if kind == "r" else None
    if before is not None:
        return _to(voice, before.name.get(voice.tongue), taps.RELATED(before.id, voice.tongue))
    return None


def _to(voice: Voice, name: str, data: Data) -> Button:
    return voice.button("back.to", data, name=shorten(name, _LONGEST_NAME))
