"""The pages of the bot by their names: what menus, offers and the list of commands call them.

A name is one in every language, with or without its sign; it opens its page as a whole message
only, for as a part of one it is a word like any other.
"""

from collections.abc import Iterable, Iterator

from bot.content import Content
from bot.language.khmer import fold
from bot.people.staff import Role
from bot.screens.screen import Button
from bot.screens.taps import Data
from bot.screens.voice import Voice
from handlers.answering.pages import PAGES
from handlers.doors import SAVED, hide_row
from handlers.home import adults, front

# What she asks so is answered (`answering/ask.py`): where her plan is depends on what she keeps,
# and before data are deleted she reads what that means.
_FOUND_OTHERWISE = ("plan", "delete-data")


def page(text: str, content: Content) -> Data | None:
    """Return what the button sends whose words a text is, in whatever language."""
    key = _key(text)
    found = (b for voice in _voices(content) for b in _buttons(voice) if _key(b.label) == key)
    return next((Data(button.pressed) for button in found), None) if key else None


def command(text: str, content: Content, names: Iterable[str]) -> str | None:
    """Return the command of these that is described by a text, in whatever language."""
    key = _key(text)
    found = (
        name
        for name in names
        for voice in _voices(content)
        if key and key == _key(voice.label_or(f"command.{name}", ""))
    )
    return next(found, None)


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


def _voices(content: Content) -> Iterator[Voice]:
    """Return how each language speaks, to girls first."""
    for adult in (False, True):
        for tongue in content.locales:
            yield Voice(content, tongue, adult=adult)


def _buttons(voice: Voice) -> Iterator[Button]:
    """Return the buttons that lead to a page from wherever somebody is."""
    screens = (
        front.home_screen(voice),
        front.more_screen(voice),
        adults.library_screen(voice),
        *(adults.settings_screen(voice, role) for role in (Role.COORDINATOR, Role.GUARDIAN)),
    )
    for screen in screens:
        for row in screen.rows:
            yield from row
    yield voice.button("saved.list", SAVED(0))
    yield from hide_row(voice)
    for name, data in PAGES.items():
        if name not in _FOUND_OTHERWISE:
            yield voice.button(f"page.{name}", data)
