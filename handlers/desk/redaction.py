"""A coordinator redacts one message that she may read: she chooses it, is asked, it is gone."""

from bot.desk import redaction
from bot.desk.redaction import Piece, Place
from bot.language.words import shorten
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.sure import sure_screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.taps import REDACT_ONE
from handlers.doors import CASE, DESK, QUESTION, REDACT, TRANSCRIPT

A_PAGE = 5


def _way_back(place: Place, within: int) -> Data:
    """Return the button to where the messages are read."""
    match place:
        case Place.QUESTION:
            return QUESTION(within)
        case Place.CASE:
            return CASE(within)
        case Place.TALK:
            return TRANSCRIPT(within, None)


def list_screen(
    voice: Voice, found: list[Piece], place: Place, within: int, number: int, leads_back: Data
) -> Screen:
    """Return a page of the messages that can be redacted, the newest first."""
    page = Page.of(found[::-1], number, A_PAGE)
    ways = page.ways(voice, lambda other: REDACT(place, within, other))
    back = voice.button("back.desk", leads_back)
    return Screen(
        voice.say("redact.which" if found else "redact.none"),
        (
            *(
                (
                    Button(
                        shorten(f"▇ {one.text}", LONGEST_LABEL), REDACT_ONE(place, one.id, False)
                    ),
                )
                for one in page.items
            ),
            (*ways, back),
        ),
    )


async def which(turn: Turn, place: Place, within: int, page: int) -> None:
    """Show which messages can be redacted."""
    turn.way_back = ("back.desk", DESK())
    found = await redaction.pieces(turn.actor, place, within)
    back = _way_back(place, within)
    await turn.show(list_screen(turn.voice, found, place, within, page, back))


async def one(turn: Turn, place: Place, number: int, sure: bool) -> None:
    """Redact a message, once she is sure."""
    turn.way_back = ("back.desk", DESK())
    voice = turn.voice
    # A typed yes asks again: only under a finger is it known which message quotes the words.
    if not sure or turn.heard.kind != "button":
        found = await redaction.piece(turn.actor, place, number)
        keep = REDACT(place, found.within, 0)
        screen = sure_screen(
            voice, "redact.one", keep, REDACT_ONE(place, number, True), text=found.text
        )
        await turn.show(screen)
        return
    # The question on which she tapped quotes the words: what says that they are gone replaces it.
    done = await redaction.redact(turn.actor, place, number, shown=turn.heard.message_id)
    back = voice.button("back.desk", _way_back(place, done.within))
    key = "redact.done_stays" if done.stays_in_chats else "redact.done"
    await turn.show(Screen(voice.say(key), ((back,),)))
