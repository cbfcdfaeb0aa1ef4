"""The language of the menus. A question is answered in its own language whatever is set here."""

from bot.content import Content
from bot.people import people
from bot.refusals import StaleError
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import to_more
from handlers.home import menu
from handlers.home.taps import LANGUAGE

_A_ROW = 2


def language_rows(content: Content) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each language, in its own words."""
    buttons = [Button(of.name, LANGUAGE(tongue)) for tongue, of in content.tongues.items()]
    return tuple(tuple(buttons[i : i + _A_ROW]) for i in range(0, len(buttons), _A_ROW))


def language_screen(voice: Voice, content: Content) -> Screen:
    """Return the choice of languages."""
    return Screen(voice.say("language.text"), (*language_rows(content), to_more(voice)))


async def choose(turn: Turn, _argument: str = "") -> None:
    """Offer the languages."""
    await turn.show(language_screen(turn.voice, turn.services.content))


async def chosen(turn: Turn, tongue: str) -> None:
    """Set the language and go home in it."""
    if tongue not in turn.services.content.tongues:
        raise StaleError
    people.choose_language(turn.person, tongue)
    turn.toast = turn.voice.label("language.done")
    await menu.home(turn)
