"""What the button of an announcement may open, for coordinators to choose and girls to tap."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.announcements import lifecycle
from bot.refusals import StaleError
from bot.turn import Turn
from handlers.announcements.subscriptions import interests
from handlers.answering import ask, topics
from handlers.home import menu
from handlers.safety import care

# An answer of the library: this word, a colon and its id are kept.
ANSWER = "faq"
# everything else by its word -> who shows it
OPENS: dict[str, Callable[[Turn], Awaitable[None]]] = {
    "home": menu.home,
    "topics": topics.topics,
    "mine": interests,
    "help": care.help_now,
}


async def opened(turn: Turn, number: int) -> None:
    """Open what an announcement's button names, below it."""
    what, _, value = (await lifecycle.opened_by(turn.session, number) or "").partition(":")
    # Shown as the answer to a text is: the announcement must stay to be read again.
    turn.heard = replace(turn.heard, kind="text")
    if what == ANSWER:
        await ask.entry(turn, value, turn.tongue)
    elif what in OPENS:
        await OPENS[what](turn)
    else:
        raise StaleError
