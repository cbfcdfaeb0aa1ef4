"""What the button of an announcement may open, for coordinators to choose and girls to tap."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.announcements import lifecycle
from bot.announcements.opens import ANSWER, CAREER, EVENT, ITEM, LINK, parted
from bot.events import listing
from bot.events.listing import Shown
from bot.refusals import RefusedError, StaleError
from bot.screens.screen import Screen
from bot.screens.taps import is_number
from bot.turn import Turn
from handlers.announcements.subscriptions import interests
from handlers.answering import ask, topics
from handlers.careers import careers, directory
from handlers.doors import HOME
from handlers.events import calendar
from handlers.home import menu
from handlers.safety import care

# what there is one of, by its word -> who shows it
OPENS: dict[str, Callable[[Turn], Awaitable[None]]] = {
    "home": menu.home,
    "topics": topics.topics,
    "mine": partial(interests, number=0),
    "help": care.help_now,
}


async def opened(turn: Turn, number: int) -> None:
    """Open what an announcement's button names, below it."""
    what, which = parted(await lifecycle.opened_by(turn.session, number) or "")
    # Shown as the answer to a text is: the announcement must stay to be read again.
    turn.heard = replace(turn.heard, kind="text")
    if what in OPENS:
        await OPENS[what](turn)
    elif what in _ONE_OF:
        await _ONE_OF[what](turn, which)
    else:
        raise StaleError


async def _answer(turn: Turn, entry_id: str) -> None:
    await ask.entry(turn, entry_id, turn.tongue)


async def _event(turn: Turn, event_id: str) -> None:
    """Show the next date of an event; say so where there is none any more."""
    if not is_number(event_id):
        raise StaleError
    date_id = await listing.next_date(turn.actor, int(event_id))
    if date_id is None:
        turn.way_back = ("back.home", HOME())
        raise RefusedError("news.event_over")
    await calendar.detail(turn, date_id, Shown())


async def _career(turn: Turn, career_id: str) -> None:
    if career_id not in turn.services.content.careers:
        raise StaleError
    await careers.open_page(turn, career_id, turn.tongue, new_message=True)


async def _item(turn: Turn, item_id: str) -> None:
    await directory.item(turn, item_id, "-", "-", "-")


async def _link(turn: Turn, link: str) -> None:
    """Say where it leads before she leaves Telegram; Telegram makes the address one to tap."""
    back = turn.voice.button("back.home", HOME())
    await turn.show(Screen(turn.voice.say("news.link", link=link), ((back,),)))


# what there are many of, by its word -> who shows one
_ONE_OF: dict[str, Callable[[Turn, str], Awaitable[None]]] = {
    ANSWER: _answer,
    EVENT: _event,
    CAREER: _career,
    ITEM: _item,
    LINK: _link,
}
