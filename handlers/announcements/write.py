"""Writing an announcement: its words, its picture, a correction."""

from functools import partial

from bot.announcements import audience, corrections, lifecycle
from bot.announcements.lifecycle import Announcement
from bot.content.base import Tongue
from bot.events import listing
from bot.refusals import RefusedError
from bot.rights import May
from bot.screens.screen import Button, Screen
from bot.screens.taps import Data
from bot.turn import Turn
from handlers.announcements import screens, taps
from handlers.announcements.awaiting import CorrectionOf, KindOf, PictureOf, StartOf, WordsOf
from handlers.announcements.card import card, pointed_out, show_words


async def begin(turn: Turn, kind: str) -> None:
    """Begin a draft and ask for its words, language by language."""
    broadcast = await lifecycle.begin(turn.actor, kind)
    await _ask(turn, broadcast, next(iter(turn.services.content.tongues)), first=True)


async def to_comers(turn: Turn, event_id: int) -> None:
    """Begin a message to those who signed up for an event."""
    await listing.dates_for_staff(turn.actor, event_id)
    begun = await lifecycle.begin(turn.actor, "event", audience.guests_of(event_id))
    await _ask(turn, begun, next(iter(turn.services.content.tongues)), first=True)


async def ask_words(turn: Turn, number: int, code: str) -> None:
    """Ask for the words of one language."""
    broadcast = await lifecycle.draft(turn.actor, number)
    await _ask(turn, broadcast, turn.services.tongue(code), first=False)


async def _ask(turn: Turn, broadcast: Announcement, tongue: Tongue, *, first: bool) -> None:
    turn.expect(WordsOf(broadcast.id, tongue, first))
    voice = turn.voice
    ways = [voice.button("cast.skip", taps.LEAVE_OUT(broadcast.id, tongue, first))]
    if first:
        ways.append(voice.button("back.topic", _step_before(turn, broadcast.id, tongue)))
        ways.append(voice.button("cast.cancel", taps.DISCARD(broadcast.id)))
    else:
        ways.append(voice.button("cast.card", taps.CARD(broadcast.id)))
    await turn.show(_write_screen(turn, "cast.write", broadcast, tongue, *ways))


def _step_before(turn: Turn, number: int, tongue: Tongue) -> Data:
    """Return the way to the language before, or to the kinds of messages."""
    tongues = tuple(turn.services.content.tongues)
    at = tongues.index(tongue)
    return taps.STEP_BACK(number, tongues[at - 1]) if at else taps.KINDS(number)


async def kinds(turn: Turn, number: int) -> None:
    """Offer another kind for a draft that is just being begun."""
    await lifecycle.draft(turn.actor, number)
    turn.expect(KindOf(number))
    await turn.show(screens.kinds_screen(turn.voice, partial(taps.SET_KIND, number)))


async def new(turn: Turn) -> None:
    """Ask which kind of message it shall be."""
    turn.expect(KindOf())
    await turn.show(screens.kinds_screen(turn.voice, taps.BEGIN))


async def wrote_no_kind(turn: Turn, asked: KindOf, _text: str) -> None:
    """Ask again for what is chosen with a button."""
    turn.actor.require(May.ANNOUNCEMENTS)
    turn.aside = Screen(turn.voice.say("form.tap_one"))
    await (new(turn) if asked.id is None else kinds(turn, asked.id))


async def set_kind(turn: Turn, number: int, kind: str) -> None:
    """Take another kind, and ask for the words again."""
    if (asked := WordsOf.read(turn.left)) is not None and asked.id == number:
        await _where_it_stands(turn, await lifecycle.draft(turn.actor, number), asked)
        return
    broadcast = await lifecycle.set_kind(turn.actor, number, kind)
    await _ask(turn, broadcast, next(iter(turn.services.content.tongues)), first=True)


async def step_back(turn: Turn, number: int, code: str) -> None:
    """Ask once more for a language of a draft that is just being begun."""
    broadcast = await lifecycle.draft(turn.actor, number)
    await _ask(turn, broadcast, turn.services.tongue(code), first=True)


def _language(turn: Turn, tongue: Tongue) -> str:
    own = turn.services.content.tongues[tongue].name
    return turn.voice.label_or(f"languages.{tongue}", own)


def _write_screen(
    turn: Turn, key: str, broadcast: Announcement, tongue: Tongue, *ways: Button
) -> Screen:
    now = broadcast.words.get(tongue)
    name = _language(turn, tongue)
    return screens.write_screen(turn.voice, key, now, *ways, language=name)


async def leave_out(turn: Turn, number: int, code: str, first: bool) -> None:
    """Leave out the words of one language."""
    tongue, asked = turn.services.tongue(code), WordsOf.read(turn.left)
    if asked is not None and asked.id != number:
        asked = None
    if asked is None or asked.tongue != tongue:
        broadcast = await lifecycle.find(turn.actor, number)
        if asked is not None or broadcast.words.get(tongue):
            await _where_it_stands(turn, broadcast, asked)
            return
    broadcast = await lifecycle.write(turn.actor, number, tongue, None)
    await _go_on(turn, broadcast, tongue, first=first)


async def _where_it_stands(turn: Turn, broadcast: Announcement, asked: WordsOf | None) -> None:
    """Ask again what is asked, for a button of an earlier step; nothing has changed."""
    turn.toast = turn.voice.label("form.earlier")
    if asked is None:
        await card(turn, broadcast.id)
    else:
        await _ask(turn, broadcast, turn.services.tongue(asked.tongue), first=asked.first)


async def wrote(turn: Turn, asked: WordsOf, text: str) -> None:
    """Take the words of one language."""
    tongue = turn.services.tongue(asked.tongue)
    broadcast = await lifecycle.write(turn.actor, asked.id, tongue, text)
    turn.expect(None)
    await _go_on(turn, broadcast, tongue, first=asked.first)


async def _go_on(turn: Turn, broadcast: Announcement, tongue: Tongue, *, first: bool) -> None:
    """Ask for the next language of a draft that is just being begun, or show the card."""
    tongues = tuple(turn.services.content.tongues)
    left = tongues[tongues.index(tongue) + 1 :] if first else ()
    if left:
        await _ask(turn, broadcast, left[0], first=True)
    else:
        await card(turn, broadcast.id)


async def ask_picture(turn: Turn, number: int) -> None:
    """Ask for a picture."""
    await lifecycle.draft(turn.actor, number)
    turn.expect(PictureOf(number))
    without = turn.voice.button("cast.no_picture", taps.NO_PICTURE(number))
    back = turn.voice.button("cast.card", taps.CARD(number))
    await turn.show(screens.write_screen(turn.voice, "cast.picture", None, without, back))


async def pictured(turn: Turn, asked: PictureOf | WordsOf | StartOf, file_id: str) -> None:
    """Take the picture, also from one who was to write and sends it first."""
    turn.expect(None)
    await lifecycle.illustrate(turn.actor, asked.id, file_id)
    await card(turn, asked.id)


async def wrote_no_picture(_turn: Turn, _asked: PictureOf, _text: str) -> None:
    """Say that words are no picture."""
    raise RefusedError("cast.not_a_picture")


async def no_picture(turn: Turn, number: int) -> None:
    """Take the picture out; an old button leaves it."""
    asked = PictureOf.read(turn.left)
    if asked is None or asked.id != number:
        turn.toast = turn.voice.label("form.earlier")
        await card(turn, number)
        return
    await lifecycle.illustrate(turn.actor, number, None)
    await card(turn, number)


async def ask_correction(turn: Turn, number: int) -> None:
    """Ask for the corrected words, language by language as it was written."""
    broadcast = await lifecycle.find(turn.actor, number)
    await _ask_correction(turn, broadcast, {})


async def _ask_correction(turn: Turn, broadcast: Announcement, written: dict[Tongue, str]) -> bool:
    """Ask for the next language; return whether there was one."""
    left = [t for t in turn.services.content.tongues if t in broadcast.words and t not in written]
    if not left:
        return False
    tongue, number, voice = left[0], broadcast.id, turn.voice
    turn.expect(CorrectionOf(number, tongue, written))
    language = _language(turn, tongue)
    ways = [voice.button("cast.keep_words", taps.KEEP_WORDS(number, tongue), language=language)]
    if written:
        ways.append(voice.button("back.topic", taps.CORRECT(number)))
    ways.append(voice.button("cast.fix_drop", taps.CARD(number)))
    shown = _write_screen(turn, "cast.fix_write", broadcast, tongue, *ways)
    await turn.show(shown, new_message=True)
    return True


async def keep_words(turn: Turn, number: int, code: str) -> None:
    """Keep the words of one language of a correction as they are; an old one begins anew."""
    broadcast = await lifecycle.find(turn.actor, number)
    tongue = turn.services.tongue(code)
    asked, words = CorrectionOf.read(turn.left), broadcast.words.get(tongue)
    if asked is None or (asked.id, asked.tongue) != (number, tongue) or words is None:
        await _ask_correction(turn, broadcast, {})
        return
    await _corrected(turn, asked, words)


async def wrote_correction(turn: Turn, asked: CorrectionOf, text: str) -> None:
    """Take the corrected words of one language; after the last, show how it will look."""
    await _corrected(turn, asked, text)


async def _corrected(turn: Turn, asked: CorrectionOf, text: str) -> None:
    written = {**asked.written, asked.tongue: text}
    if written == (await lifecycle.find(turn.actor, asked.id)).words:
        # Everything was kept as it is.
        turn.expect(None)
        await card(turn, asked.id)
        return
    broadcast = await corrections.propose(turn.actor, asked.id, written)
    if await _ask_correction(turn, broadcast, written):
        return
    turn.expect(None)
    await show_words(turn, corrections.as_proposed(broadcast))
    shown = screens.correction_screen(turn.voice, broadcast, 0, second=False)
    await turn.show(pointed_out(turn.voice, shown, written))
