"""An announcement made of an event: its words in every language that it is written in."""

from bot.announcements import audience, lifecycle
from bot.announcements.opens import EVENT, names
from bot.content import Content
from bot.events import listing
from bot.events.details import said_in
from bot.events.happening import Happening
from bot.language.words import shorten, utf16_length
from bot.screens.parts import plain
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements.card import card
from handlers.events.screens import for_whom, when_of, where_of

_KIND = "event"


async def announce(turn: Turn, event_id: int) -> None:
    """Begin an announcement of an event; it is looked at and agreed to as every other."""
    happening = (await listing.dates_for_staff(turn.actor, event_id))[0]
    opens = names(EVENT, event_id)
    begun = await lifecycle.draft_that_opens(turn.actor, opens)
    if begun is None:
        begun = await lifecycle.begin(turn.actor, _KIND, audience.told_to(happening.grades))
        await lifecycle.open_with(turn.actor, begun.id, opens)
        for tongue in turn.services.content.tongues:
            if said_in(happening.title, tongue):
                words = _words(turn, happening, turn.services.voice(tongue))
                await lifecycle.write(turn.actor, begun.id, tongue, words)
    await card(turn, begun.id)


def _words(turn: Turn, happening: Happening, voice: Voice) -> str:
    """Return an event in words: what, when and where whole, of the rest as much as fits."""
    content, zone = turn.services.content, turn.services.settings.zone
    head = "\n".join(
        (
            f"{happening.title.get(voice.tongue)}",
            "",
            f"🗓 {plain(when_of(voice, happening, zone))}",
            plain(where_of(voice, content, happening)),
            *_for_whom(voice, content, happening),
        )
    )
    text = said_in(happening.text, voice.tongue)
    wide = utf16_length(text) - len(text)
    room = lifecycle.LONGEST_TEXT - utf16_length(head) - 2 - wide
    return f"{head}\n\n{shorten(text, room)}" if text and room > 0 else head


def _for_whom(voice: Voice, content: Content, happening: Happening) -> list[str]:
    return [plain(line) for line in for_whom(voice, content, happening.fields, happening.grades)]
