"""What the bot can be told, and who answers: every feature in order, and the way of a turn.

Read it first. Each feature says in its own `__init__.py` which commands, buttons, awaited answers
and chores are its own; `docs/doors.md` shows them all on one page.
"""

from bot.database import Database
from bot.language.khmer import fold
from bot.refusals import GoneError, NotAllowedError, RefusedError, StaleError
from bot.screens.taps import Who
from bot.timekeeper import Chore, Wake
from bot.turn import Services, Turn
from handlers import (
    announcements,
    answering,
    careers,
    desk,
    doors,
    events,
    home,
    mentoring,
    questions,
    safety,
    start,
)
from handlers.answering import ask
from handlers.feature import Door, Routes
from handlers.home import menu, other
from handlers.mentoring import notices, relay
from handlers.safety import care, cases

FEATURES = (
    start.FEATURE,
    home.FEATURE,
    answering.FEATURE,
    careers.FEATURE,
    safety.FEATURE,
    questions.FEATURE,
    mentoring.FEATURE,
    events.FEATURE,
    announcements.FEATURE,
    desk.FEATURE,
)
ROUTES = Routes.of(FEATURES, doors)


def chores(services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
    """Return every chore of the bot; `wake` tells the courier that something was staged."""
    return ROUTES.chores(services, database, wake)


async def take(turn: Turn) -> None:
    """Give a turn to its handler; what is refused has changed nothing."""
    turn.desk_places = ROUTES.desk_places
    if turn.new:
        await turn.count("new", "person")
    try:
        async with turn.session.begin_nested():
            await _route(turn)
    except RefusedError as refused:
        await turn.undo()
        if isinstance(refused, GoneError):
            turn.expect(None)
        await menu.refused(turn, refused)
    except StaleError:
        await turn.undo()
        # What a text was to answer is gone: nothing is awaited.
        turn.expect(None)
        await menu.stale(turn)
    except NotAllowedError:
        # Who guesses a command or forges a button hears what she would hear of any that does
        # not exist.
        await turn.undo()
        turn.expect(None)
        await (menu.stale if turn.heard.kind == "button" else menu.unknown)(turn)
    await notices.tell_news(turn.services, turn.actor)


async def _route(turn: Turn) -> None:
    """Find the door of what was said or tapped. The order below matters and says why."""
    heard = turn.heard
    if heard.kind == "button":
        turn.expect(None)
        await _press(turn, heard.data)
        return
    if heard.kind in ("left", "returned"):
        await other.came_or_went(turn)
        return
    asked = ROUTES.expected(turn.conversation.awaiting)
    # A coordinator's own words to a girl speak of danger by nature: they are not a cry for help.
    writes_as_staff = turn.is_coordinator and asked is not None
    # What a mentor writes to a girl, edits included, is watched by the relay, which holds it.
    if relay.writes_as_mentor(turn) and heard.kind == "edited" and await relay.edited(turn):
        return
    watched = not writes_as_staff and not relay.writes_as_mentor(turn)
    # Danger comes before everything else, in every state, captions and edits included.
    if heard.text and watched and await care.watch(turn):
        await relay.girl_in_danger(turn)
        # Whoever has an open case is heard by the coordinator who has it, whatever she writes.
        await cases.girl_wrote(turn)
        return
    # A command leaves whatever was awaited, so nobody is ever stuck.
    if heard.command is not None:
        name, argument = heard.command
        turn.expect(None)
        await _command(turn, name, argument)
        return
    if heard.kind == "edited" and await relay.edited(turn):
        return
    if heard.media is not None and await relay.media(turn):
        return
    if heard.picture is not None and asked and (door := ROUTES.pictures.get(type(asked))):
        await _enter(turn, door, asked, heard.picture)
        return
    if heard.media is not None and not heard.text:
        await other.media(turn)
        return
    if heard.kind == "text" and asked and (door := ROUTES.awaited.get(type(asked))):
        await _enter(turn, door, asked, heard.text)
        return
    # The number or the words of a button do what the button does.
    if (data := _button_meant(turn)) is not None:
        await _press(turn, data)
        return
    if heard.text and await cases.girl_wrote(turn):
        return
    # After a danger message, "ok" and "I'm scared" are not questions for the FAQ.
    if await care.in_care(turn):
        return
    await ask.question(turn, heard.text)


async def _command(turn: Turn, name: str, argument: str) -> None:
    door = ROUTES.commands.get(name)
    if door is None:
        await menu.unknown(turn)
        return
    await _enter(turn, door, argument)


async def _press(turn: Turn, data: str) -> None:
    door, values = ROUTES.tapped(data)
    await _enter(turn, door, *values)


async def _enter(turn: Turn, door: Door, *values: object) -> None:
    """Go through a door; a refusal behind it leads back to where its feature says."""
    if door.who is Who.COORDINATORS:
        turn.actor.require_staff()
    try:
        await door.handler(turn, *values)
    except RefusedError:
        turn.way_back = turn.way_back or door.feature.back
        raise


def _button_meant(turn: Turn) -> str | None:
    words = fold(turn.heard.text)
    shown = turn.conversation.buttons
    if words.isdecimal() and len(words) < 3 and 1 <= int(words) <= len(shown):
        return str(shown[int(words) - 1][1])
    for label, data in shown:
        if words and words == fold(label):
            return str(data)
    return None
