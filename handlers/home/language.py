"""The first screen, and the language of the menus.

A question is answered in its own language whatever is set here.
"""

from bot.content import Content
from bot.content.base import BASE_TONGUE
from bot.mentoring import mentors
from bot.people import people
from bot.refusals import StaleError
from bot.screens.screen import Button, Rows, Screen, in_rows, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import to_more
from handlers.home import first as minutes
from handlers.home import menu
from handlers.home.taps import LANGUAGE


def language_rows(content: Content, *, first: bool) -> Rows:
    """Return a button for each language, in its own words."""
    tongues = content.tongues.items()
    buttons = [Button(of.name, LANGUAGE(tongue, first)) for tongue, of in tongues]
    return in_rows(buttons)


def welcome_screen(content: Content, *, adult: bool = False) -> Screen:
    """Return the first screen, in every language that has words for it."""
    voice = Voice(content, BASE_TONGUE, adult=adult)
    others = [Voice(content, tongue, adult=adult) for tongue in voice.others]
    key = "start.welcome.other"
    brief = [other.say(key) for other in others if key in content.locales[other.tongue]]
    return Screen(
        paragraphs(voice.say("start.welcome"), *brief), language_rows(content, first=True)
    )


def language_screen(voice: Voice, content: Content) -> Screen:
    """Return the choice of languages."""
    return Screen(
        voice.say("language.text"), (*language_rows(content, first=False), to_more(voice))
    )


async def choose(turn: Turn, _argument: str = "") -> None:
    """Offer the languages."""
    await turn.show(language_screen(turn.voice, turn.services.content))


async def chosen(turn: Turn, tongue: str, first: bool = False) -> None:
    """Set the language and go on in it; the welcome stays, and is read in her language."""
    if tongue not in turn.services.content.tongues:
        raise StaleError
    people.choose_language(turn.person, tongue)
    await turn.set_commands(turn.person.id, turn.actor.seat, turn.voice)
    if first:
        await turn.show(Screen(turn.voice.say("start.welcome")))
    else:
        turn.toast = turn.voice.label("language.done")
    await go_on(turn, below=first)


async def go_on(turn: Turn, *, below: bool) -> None:
    """Ask what is asked once, or show home: below what is there, or in its place."""
    # Who is about to apply as a mentor is in no grade.
    if minutes.is_due(turn) and await mentors.find(turn.session, turn.person.id) is None:
        await minutes.ask(turn)
    elif below:
        await menu.home_below(turn)
    else:
        await menu.home(turn)
