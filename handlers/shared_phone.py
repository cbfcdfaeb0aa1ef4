"""What is done on a phone that several girls use, before anything else: it may be nobody's.

While nobody has said that she is here only names, a PIN and help are answered. What belongs to the
time before, when another was here, is nobody's either: neither a button that stands there still,
nor an answer to such a message or an edit of one. Of danger in any of it nothing is kept, for it
is not known whose it is; the hotlines are shown at once.
"""

from bot.content import Content
from bot.content.safety import GENERAL
from bot.people import phones
from bot.people.people import TAPS_APART
from bot.people.phones import Phone
from bot.refusals import StaleError
from bot.safety.danger import Level
from bot.screens import deep_links
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import HELP, HOME, discreet
from handlers.feature import Routes
from handlers.home import door, menu
from handlers.home.taps import NAMES
from handlers.safety.hotlines import copy_rows, lines_for


def help_screen(voice: Voice, content: Content, kind: str, *, here: bool) -> Screen:
    """Return whom to call, for whoever holds the phone: a person answers who says who she is."""
    way = voice.button("back.home", HOME()) if here else voice.button("who.names", NAMES())
    return Screen(
        paragraphs(
            voice.say("verbatim", text=content.care(kind).reply.get(voice.tongue)),
            lines_for(voice, content, kind),
            voice.say("who.help_here" if here else "who.help_names"),
        ),
        (*copy_rows(voice, content, kind), (way,)),
        discreet(voice),
    )


async def takes(turn: Turn, routes: Routes) -> bool:
    """Take what is said on a shared phone and is nobody's; return whether it was."""
    phone, heard = turn.phone, turn.heard
    if phone is None:
        return False
    await phones.all_reached(turn.session, phone, left=heard.kind == "left")
    if heard.kind in ("left", "returned"):
        return phone.in_use is None
    before = any(
        phones.is_of_before(phone, number) for number in (heard.message_id, heard.replies_to)
    )
    if before and heard.kind == "button" and _follows(turn, phone):
        return True
    if phone.in_use is None:
        await _nobody(turn, routes, before=before)
        return True
    if before:
        await _of_before(turn)
    return before


def _follows(turn: Turn, phone: Phone) -> bool:
    """Return whether a tap is the second of a finger that said whose turn it is."""
    return abs(turn.received - phone.since_utc) < TAPS_APART


async def _nobody(turn: Turn, routes: Routes, *, before: bool) -> None:
    heard = turn.heard
    if heard.kind == "button":
        await _tapped(turn, routes, before=before)
        return
    if await _in_danger(turn, here=False) or heard.kind == "edited":
        return
    command = heard.command
    if command in (("help", ""), ("start", deep_links.HELP)):
        await turn.show(help_screen(turn.voice, turn.services.content, GENERAL, here=False))
    elif heard.kind != "text" or before or not await _says_who(turn):
        await door.show_names(turn, say="who.first_say" if command is None else None)


async def _says_who(turn: Turn) -> bool:
    """Return whether what is written was a PIN that is asked for, or one of the names."""
    return await door.try_pin(turn) or await door.try_name(turn)


async def _tapped(turn: Turn, routes: Routes, *, before: bool) -> None:
    if turn.heard.data == HELP() and not before:
        await turn.show(help_screen(turn.voice, turn.services.content, GENERAL, here=False))
        return
    try:
        found, values = routes.tapped(turn.heard.data)
        if before or found.handler not in door.OPEN:
            raise StaleError
        await found.handler(turn, *values)
    except StaleError:
        turn.toast = turn.voice.label("stale.toast")
        await door.show_names_below(turn)


async def _of_before(turn: Turn) -> None:
    """Answer what is of the time before: nothing of it is done, and home is there."""
    if turn.heard.kind != "button" and await _in_danger(turn, here=True):
        return
    if turn.heard.kind == "edited":
        # She may mend what stands there; nobody reads it any more.
        return
    turn.aside = Screen(turn.voice.say("who.before"))
    await menu.home_below(turn)


async def _in_danger(turn: Turn, *, here: bool) -> bool:
    """Show the hotlines where there is danger in what is nobody's; return whether there is."""
    danger = turn.services.answerer.danger(turn.heard.text) if turn.heard.text else None
    if danger is None or danger.level is not Level.CARE:
        return False
    turn.count("care", "reply")
    turn.count("sign", danger.kind)
    voice = turn.voice_for(turn.heard.text)
    screen = help_screen(voice, turn.services.content, danger.kind, here=here)
    await turn.show(screen, new_message=True)
    return True
