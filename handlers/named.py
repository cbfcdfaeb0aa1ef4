"""The pages of the bot by their names: what menus, offers and the list of commands call them.

A name is one in every language, with or without its sign; it opens its page as a whole message
only, for as a part of one it is a word like any other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.content import Content
from bot.content.base import BASE_TONGUE
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
# What the keys of the words begin with that describe a command.
_COMMAND = "command."


def page(text: str, content: Content) -> Data | None:
    """Return what the button sends whose words a text is, in whatever language."""
    return _named(content).pages.get(_key(text))


def command(text: str, content: Content, names: Iterable[str]) -> str | None:
    """Return the command of these that is described by a text, in whatever language."""
    described = _named(content).commands.get(_key(text), ())
    return next((name for name in names if name in described), None)


@dataclass(frozen=True)
class _Named:
    """What has a name in some content: pages by their labels, commands by what is said of them."""

    content: Content
    pages: dict[str, Data]
    commands: dict[str, set[str]]


_last: list[_Named] = []


def _named(content: Content) -> _Named:
    """Return the names in a content; read once, for each message is looked up in them."""
    if not _last or _last[0].content is not content:
        _last[:] = [_read(content)]
    return _last[0]


def _read(content: Content) -> _Named:
    pages: dict[str, Data] = {}
    commands: dict[str, set[str]] = {}
    for voice in _voices(content):
        for button in _buttons(voice):
            if key := _key(button.label):
                pages.setdefault(key, Data(button.pressed))
        for name in _described(content):
            if key := _key(voice.label_or(f"{_COMMAND}{name}", "")):
                commands.setdefault(key, set()).add(name)
    return _Named(content, pages, commands)


def _described(content: Content) -> Iterator[str]:
    """Return the commands that are described."""
    for key in content.locales[BASE_TONGUE]:
        if key.startswith(_COMMAND):
            yield key.removeprefix(_COMMAND)


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
