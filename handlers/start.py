"""First contact: who I am, what I keep, which language; deep links open what they name."""

from bot.announcements import subscriptions
from bot.content import Content
from bot.content.base import BASE_TONGUE
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements.subscriptions import back_screen
from handlers.answering import ask
from handlers.careers import careers
from handlers.desk import team
from handlers.feature import Feature
from handlers.home import menu
from handlers.home.language import language_rows
from handlers.mentoring import guardians

# What is asked in fixed words (content/requests.yaml) and leads here.
ASKED_TO_BEGIN = "start"


def welcome_screen(content: Content) -> Screen:
    """Return the first screen, in every language that has words for it."""
    voice = Voice(content, BASE_TONGUE)
    brief = [content.locales[tongue].get("start.welcome.other", "") for tongue in voice.others]
    return Screen(voice.say("start.welcome", others=paragraphs(*brief)), language_rows(content))


async def begin(turn: Turn, payload: str = "") -> None:
    """Welcome a new person; greet one who comes back; open what a deep link names."""
    kind, _, entry_id = payload.partition("_")
    if kind == "faq" and entry_id in turn.services.content.entries:
        await ask.show_entry(turn, entry_id, turn.tongue)
        return
    if kind == "guardian":
        await guardians.opened(turn, entry_id)
        return
    if kind == "career" and entry_id in turn.services.content.careers:
        await careers.open_page(turn, entry_id, turn.tongue, new_message=True)
        return
    # Who had said "no more" is brought back, as she was told; a link to one answer does not.
    off = await subscriptions.muted(turn.session, turn.person.id)
    if off and not payload:
        await subscriptions.unmute(turn.session, turn.person.id)
        await turn.show(back_screen(turn.voice, off))
    if kind == team.JOIN and await team.join(turn, entry_id):
        return
    if turn.person.language_chosen:
        await menu.home(turn, "")
        return
    await turn.show(welcome_screen(turn.services.content))


FEATURE = Feature("start", commands={"start": begin})
