"""The language of the menus. A question is answered in its own language whatever is set here."""

from bot.screens.screen import Button, Screen
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.home import menu


def language_screen(voice: Voice) -> Screen:
    """Return the choice of languages."""
    return Screen(
        voice.say("language.text"),
        (
            (Button("ខ្មែរ", "lang:km"), Button("English", "lang:en")),
            (voice.button("back.home", "go:home"),),
        ),
    )


async def choose(turn: Turn, _argument: str) -> None:
    """Offer the languages."""
    await turn.show(language_screen(turn.voice))


async def chosen(turn: Turn, tongue: str) -> None:
    """Set the language and go home in it; `choose` offers the languages."""
    if tongue == "choose":
        await choose(turn, "")
        return
    if tongue not in ("km", "en"):
        raise StaleError
    turn.person.language = tongue
    turn.person.language_chosen = True
    turn.toast = turn.voice.label("language.done")
    await menu.home(turn, "")
