"""Through the doors: by a command, by a button, by the words of one or the name of a page."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.people import trail
from bot.refusals import RefusedError
from bot.rights import May
from bot.screens.awaited import Awaited
from bot.screens.taps import Data
from bot.turn import Shown, Turn
from handlers import named
from handlers.doors import HELP
from handlers.feature import Door, Routes
from handlers.home import front, menu, typed

Handler = Callable[[Turn], Awaitable[None]]


async def command(turn: Turn, routes: Routes, name: str, argument: str = "") -> None:
    """Do what a command says."""
    door = routes.commands.get(name)
    if door is None:
        await menu.unknown(turn)
        return
    front.commanded(turn, name)
    await enter(turn, door, argument)


async def press(turn: Turn, routes: Routes, data: str) -> None:
    """Do what a button does."""
    shown = routes.list_of(data)
    if shown is not None and data == shown.again():
        data = shown(trail.page_of(turn.conversation, shown.list_name))
    door, values = routes.tapped(data)
    front.tapped(turn, data)
    await enter(turn, door, *values)
    if shown is not None:
        trail.saw(turn.conversation, shown.list_name, *values)


async def press_said(turn: Turn, routes: Routes, data: Data) -> None:
    """Do what a button does whose words she wrote: with it a question is answered or left."""
    turn.stays_open = lambda _before, _now: []
    await press(turn, routes, data)


async def enter(turn: Turn, door: Door, *values: object) -> None:
    """Go through a door; a refusal behind it leads back to where its feature says."""
    if isinstance(door.who, May):
        turn.actor.require(door.who)
    try:
        await door.handler(turn, *values)
    except RefusedError:
        turn.way_back = turn.way_back or door.feature.back
        raise


async def leads_to(turn: Turn, data: Data) -> None:
    """Do what a button does once all that she told on the way is kept."""
    turn.leads_to = data


def to_page(turn: Turn, routes: Routes, asked: Awaited | None) -> Handler | None:
    """Return what opens the page that she calls by its name; what stands open goes first.

    What a form asks for may have such a name. Help is opened come what may.
    """
    text, content = turn.heard.text, turn.services.content
    data = named.page(text, content)
    if data is not None and not turn.opens(data):
        return None
    if asked is not None and not asked.is_tapped and data != HELP():
        return None
    shown = shown_as(turn)
    if data is not None:
        return partial(leads_to, data=shown or data)
    if shown is not None:
        return None
    open_to_her = (
        name
        for name, door in routes.commands.items()
        if not isinstance(door.who, May) or turn.actor.may(door.who)
    )
    name = named.command(text, content, open_to_her)
    return None if name is None else partial(command, routes=routes, name=name)


def shown_as(turn: Turn) -> Data | None:
    """Return what the button sends, of those last shown, whose words hers are."""
    return typed.whole(turn.heard.text, turn.conversation.buttons)


def said(turn: Turn) -> Data | None:
    """Return what the button sends, of those last shown, that her words mean."""
    text, services = turn.heard.text, turn.services
    asked = services.answerer.request(text)
    return typed.pressed(text, turn.conversation.buttons, services.content, asked)


def stays_open(routes: Routes, before: Shown, now: Shown) -> Shown:
    """Return the answers to an open question, of which she was shown something else."""
    fresh = {data for _, data in now if routes.answers(data)}
    if not fresh <= {data for _, data in before}:
        return []
    return [[label, data] for label, data in before if routes.answers(data) and data not in fresh]
