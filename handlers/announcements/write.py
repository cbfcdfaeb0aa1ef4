"""Writing an announcement: its words, its picture, what its button opens, a correction."""

from bot.announcements import corrections, lifecycle
from bot.announcements.lifecycle import Announcement
from bot.content.base import Tongue
from bot.language.words import shorten
from bot.refusals import RefusedError, StaleError
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.turn import Turn
from handlers.announcements import screens, taps
from handlers.announcements.awaiting import CorrectionOf, PictureOf, StartOf, WordsOf
from handlers.announcements.card import card, show_words
from handlers.announcements.opening import ANSWER, OPENS
from handlers.answering.topics import ENTRIES_A_PAGE, TOPICS_A_PAGE

_NOTHING = "none"


async def begin(turn: Turn, kind: str) -> None:
    """Begin a draft and ask for its words, language by language."""
    broadcast = await lifecycle.begin(turn.actor, kind)
    await _ask(turn, broadcast, next(iter(turn.services.content.tongues)), first=True)


async def ask_words(turn: Turn, number: int, code: str) -> None:
    """Ask for the words of one language."""
    broadcast = await lifecycle.draft(turn.actor, number)
    await _ask(turn, broadcast, turn.services.tongue(code), first=False)


async def _ask(turn: Turn, broadcast: Announcement, tongue: Tongue, *, first: bool) -> None:
    turn.expect(WordsOf(broadcast.id, tongue, first))
    skip = turn.voice.button("cast.skip", taps.LEAVE_OUT(broadcast.id, tongue, first))
    await turn.show(_write_screen(turn, "cast.write", broadcast, tongue, skip))


def _write_screen(
    turn: Turn, key: str, broadcast: Announcement, tongue: Tongue, way_out: Button
) -> Screen:
    own = turn.services.content.tongues[tongue].name
    name = turn.voice.label_or(f"languages.{tongue}", own)
    now = broadcast.words.get(tongue)
    return screens.write_screen(turn.voice, key, now, way_out, language=name)


async def leave_out(turn: Turn, number: int, code: str, first: bool) -> None:
    """Leave out the words of one language."""
    tongue = turn.services.tongue(code)
    broadcast = await lifecycle.write(turn.actor, number, tongue, None)
    await _go_on(turn, broadcast, tongue, first=first)


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
    await turn.show(screens.write_screen(turn.voice, "cast.picture", None, without))


async def pictured(turn: Turn, asked: PictureOf | WordsOf | StartOf, file_id: str) -> None:
    """Take the picture, also from one who was to write and sends it first."""
    turn.expect(None)
    await lifecycle.illustrate(turn.actor, asked.id, file_id)
    await card(turn, asked.id)


async def wrote_no_picture(_turn: Turn, _asked: PictureOf, _text: str) -> None:
    """Say that words are no picture."""
    raise RefusedError("cast.not_a_picture")


async def no_picture(turn: Turn, number: int) -> None:
    """Take the picture out."""
    await lifecycle.illustrate(turn.actor, number, None)
    await card(turn, number)


async def ask_button(turn: Turn, number: int) -> None:
    """Offer what the button may open."""
    await lifecycle.draft(turn.actor, number)
    voice = turn.voice
    rows = [(voice.button(f"news.open.{t}", taps.SET_BUTTON(number, t)),) for t in OPENS]
    rows.append((voice.button("cast.an_answer", taps.TOPICS(number, 0)),))
    rows.append((voice.button("cast.no_button", taps.SET_BUTTON(number, _NOTHING)),))
    rows.append((voice.button("cast.card", taps.CARD(number)),))
    await turn.show(Screen(voice.say("cast.button"), tuple(rows)))


async def topics(turn: Turn, number: int, at: int) -> None:
    """Offer the topics of the library, to find an answer in."""
    voice = turn.voice
    page = Page.of(turn.services.content.topics, at, TOPICS_A_PAGE)
    rows = [
        (Button(f"{t.emoji} {t.label.get(voice.tongue)}", taps.TOPIC(number, t.id, 0)),)
        for t in page.items
    ]
    head = voice.say(
        "cast.topics", page=voice.number(page.number + 1), pages=voice.number(page.pages)
    )
    turning = page.ways(voice, lambda to: taps.TOPICS(number, to))
    back = voice.button("back.desk", taps.BUTTON(number))
    await turn.show(Screen(head, (*rows, (*turning, back))))


async def topic(turn: Turn, number: int, name: str, at: int) -> None:
    """Offer the answers of one topic."""
    voice = turn.voice
    page = Page.of(turn.services.content.in_topic(name), at, ENTRIES_A_PAGE)
    rows = [
        (
            Button(
                shorten(e.question.get(voice.tongue), LONGEST_LABEL),
                taps.SET_BUTTON(number, f"{ANSWER}:{e.id}"),
            ),
        )
        for e in page.items
    ]
    head = voice.say(
        "cast.entries", page=voice.number(page.number + 1), pages=voice.number(page.pages)
    )
    turning = page.ways(voice, lambda to: taps.TOPIC(number, name, to))
    back = voice.button("back.topics", taps.TOPICS(number, 0))
    await turn.show(Screen(head, (*rows, (*turning, back))))


async def set_button(turn: Turn, number: int, opens: str) -> None:
    """Set what the button opens."""
    what, _, entry = opens.partition(":")
    known = opens == _NOTHING or opens in OPENS
    if not known and not (what == ANSWER and entry in turn.services.content.entries):
        raise StaleError
    await lifecycle.open_with(turn.actor, number, None if opens == _NOTHING else opens)
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
    turn.expect(CorrectionOf(broadcast.id, left[0], written))
    keep = turn.voice.button("cast.keep", taps.CARD(broadcast.id))
    shown = _write_screen(turn, "cast.fix_write", broadcast, left[0], keep)
    await turn.show(shown, new_message=True)
    return True


async def wrote_correction(turn: Turn, asked: CorrectionOf, text: str) -> None:
    """Take the corrected words of one language; after the last, show how it will look."""
    written = {**asked.written, asked.tongue: text}
    broadcast = await corrections.propose(turn.actor, asked.id, written)
    if await _ask_correction(turn, broadcast, written):
        return
    turn.expect(None)
    await show_words(turn, corrections.as_proposed(broadcast))
    await turn.show(screens.correction_screen(turn.voice, broadcast, 0, second=False))
