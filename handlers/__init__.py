"""What the bot can be told, and who answers: every feature in order, and the way of a turn.

Read it first. Each feature says in its own `__init__.py` which commands, buttons, awaited answers
and chores are its own; `docs/doors.md` shows them all on one page.
"""

from bot.database import Database
from bot.language.khmer import fold
from bot.refusals import NotAllowedError, RefusedError, StaleError
from bot.screens.awaited import read_awaited
from bot.screens.taps import Who
from bot.timekeeper import Chore, Wake
from bot.turn import Services, Turn
from handlers import (
    announcements,
    answering,
    careers,
    desk,
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
from handlers.safety import care

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
ROUTES = Routes.of(FEATURES)
LEGACY_BUTTONS = {k: Door(f, v) for f in FEATURES for k, v in f.legacy_buttons.items()}
LEGACY_AWAITED = {k: Door(f, v) for f in FEATURES for k, v in f.legacy_awaited.items()}
LEGACY_PICTURES = {k: Door(f, v) for f in FEATURES for k, v in f.legacy_pictures.items()}


def chores(services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
    """Return every chore of the bot; `wake` tells the courier that something was staged."""
    return ROUTES.chores(services, database, wake)


async def take(turn: Turn) -> None:
    """Give a turn to its handler; what is refused has changed nothing."""
    if turn.new:
        await turn.count("new", "person")
    try:
        async with turn.session.begin_nested():
            await _route(turn)
    except RefusedError as refused:
        await turn.undo()
        await menu.refused(turn, refused)
    except StaleError:
        await turn.undo()
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
    stored = turn.conversation.awaiting
    asked = read_awaited(stored, {**ROUTES.awaited, **ROUTES.pictures})
    waits = asked is not None or (stored or {}).get("for") in LEGACY_AWAITED
    # A coordinator's own words to a girl speak of danger by nature: they are not a cry for help.
    writes_as_staff = turn.is_coordinator and waits
    # What a mentor writes to a girl, edits included, is watched by the relay, which holds it.
    if relay.writes_as_mentor(turn) and heard.kind == "edited" and await relay.edited(turn):
        return
    watched = not writes_as_staff and not relay.writes_as_mentor(turn)
    # Danger comes before everything else, in every state, captions and edits included.
    if heard.text and watched and await care.watch(turn):
        await relay.girl_in_danger(turn)
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
    if heard.picture is not None and type(asked) in ROUTES.pictures:
        await _enter(turn, ROUTES.pictures[type(asked)], asked, heard.picture)  # type: ignore[index]
        return
    if heard.picture is not None and (stored or {}).get("for") in LEGACY_PICTURES:
        await LEGACY_PICTURES[stored["for"]].handler(turn, heard.picture)  # type: ignore[index]
        return
    if heard.media is not None and not heard.text:
        await other.media(turn)
        return
    if heard.kind == "text" and type(asked) in ROUTES.awaited:
        await _enter(turn, ROUTES.awaited[type(asked)], asked, heard.text)  # type: ignore[index]
        return
    if heard.kind == "text" and (stored or {}).get("for") in LEGACY_AWAITED:
        await LEGACY_AWAITED[stored["for"]].handler(turn, heard.text)  # type: ignore[index]
        return
    # The number or the words of a button do what the button does.
    if (data := _button_meant(turn)) is not None:
        await _press(turn, data)
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
    prefix, _, argument = data.partition(":")
    if prefix in LEGACY_BUTTONS:
        await LEGACY_BUTTONS[prefix].handler(turn, argument)
        return
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
    if words.isdigit() and len(words) < 3 and 1 <= int(words) <= len(shown):
        return str(shown[int(words) - 1][1])
    for label, data in shown:
        if words and words == fold(label):
            return str(data)
    return None
