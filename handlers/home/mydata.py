"""What is kept of her: shown in plain words, and given to her as a page and as data."""

import json

from bot import privacy
from bot.queues.messages import Document
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import PRIVACY, homewards
from handlers.home.mydata_page import page
from handlers.home.mydata_words import Reader, how_many, sections
from handlers.home.taps import ERASE, EXPORT

# Names that tell nobody who sees her files whose they are or what is in them.
PAGE, DATA = "bongsrey.html", "bongsrey.json"
_LINES = 12
# Whoever holds her phone does not see from the summary that she asked for help.
_ONLY_IN_THE_COPY = ("last_words", "talks_with_a_person")


def card_screen(voice: Voice, lines: list[Html], *, more: int) -> Screen:
    """Return what is kept, a line each, and the way to the whole of it."""
    return Screen(
        paragraphs(
            voice.say("mine.text"),
            Html("\n".join(lines)),
            voice.say("mine.more", n=voice.number(more)) if more else "",
        ),
        (
            (voice.button("data.export", EXPORT()),),
            (voice.button("data.erase", ERASE()),),
            homewards(voice, voice.button("back.data", PRIVACY())),
        ),
    )


async def card(turn: Turn, _argument: str = "") -> None:
    """Show what is kept of her, in words."""
    reader = _reader(turn)
    voice, found = turn.voice, sections(await privacy.export(turn.session, turn.person.id))
    own = found.pop("you", {})
    for name in _ONLY_IN_THE_COPY:
        found.pop(name, None)
    told = [
        voice.say("mine.told", name=reader.name(field), value=reader.words(field, own[field]))
        for field in ("language", "grade", "province", "age_band")
        if own.get(field)
    ]
    kept = [_line(reader, name, how_many(value)) for name, value in found.items()]
    lines = [*told, *kept]
    await turn.show(card_screen(voice, lines[:_LINES], more=max(0, len(lines) - _LINES)))


def _line(reader: Reader, section: str, count: int | None) -> Html:
    voice, title = reader.voice, reader.title(section)
    if count is None:
        return voice.say("mine.line", title=title)
    return voice.say("mine.counted", title=title, n=voice.number(count))


async def export(turn: Turn) -> None:
    """Send her a copy of what is kept: a page to read, and the same as data."""
    kept = await privacy.export(turn.session, turn.person.id)
    voice, zone = turn.voice, turn.services.settings.zone
    local = turn.now.astimezone(zone)
    made = f"{voice.day(local.date())}, {voice.clock(local)}"
    data = json.dumps(kept, ensure_ascii=False, indent=2).encode()
    await turn.send(Document(PAGE, page(_reader(turn), kept, made), voice.say("data.exported")))
    await turn.send(Document(DATA, data, voice.say("data.exported_data")))


def _reader(turn: Turn) -> Reader:
    settings = turn.services.settings
    return Reader(turn.voice, turn.services.content, settings.zone, settings.minimum_age)
