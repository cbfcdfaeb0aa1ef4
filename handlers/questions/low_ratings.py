"""Answers that came back with 👎: the entry as girls see it, the counts, "looked at"."""

from bot import small_counts
from bot.content import Content
from bot.language.words import shorten
from bot.people.staff import require_coordinator
from bot.questions import ratings
from bot.questions.ratings import LowRated
from bot.screens.paging import number_of, page_row
from bot.screens.screen import LONGEST_LABEL, Button, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering.ask import name_of


def list_screen(
    voice: Voice, content: Content, found: list[LowRated], page: int, total: int
) -> Screen:
    """Return a page of doubted entries, most doubted first."""
    pages = max(1, -(-total // ratings.PAGE))
    return Screen(
        voice.say("doubt.list" if total else "doubt.none", total=voice.number(total)),
        (
            *((Button(_title(voice, content, d), f"doubt:open:{d.entry_id}"),) for d in found),
            (*page_row(voice, "doubt:list", page, pages), voice.button("back.desk", "desk:home")),
        ),
    )


def _title(voice: Voice, content: Content, doubt: LowRated) -> str:
    bad = voice.amount(small_counts.shown(doubt.bad))
    return shorten(f"👎 {bad} · {name_of(voice, content, doubt.entry_id)}", LONGEST_LABEL)


def entry_screen(voice: Voice, content: Content, doubt: LowRated) -> Screen:
    """Return a doubted entry with its counts."""
    entry = content.entries.get(doubt.entry_id)
    shown = (
        voice.say("doubt.gone", entry=doubt.entry_id)
        if entry is None
        else paragraphs(
            voice.say("answer.text", question=entry.question.get(voice.tongue)),
            voice.say("verbatim", text=entry.answer.get(voice.tongue)),
            source_note(voice, entry),
        )
    )
    bad, good = (voice.amount(small_counts.shown(n)) for n in (doubt.bad, doubt.good))
    number = doubt.entry_id.removeprefix("learned-")
    rows: list[tuple[Button, ...]] = [
        (voice.button("doubt.seen", f"doubt:seen:{doubt.entry_id}"),),
        (voice.button("back.desk", "doubt:list:0"),),
    ]
    if number != doubt.entry_id:
        rows.insert(1, (voice.button("learn.withdraw", f"learn:withdraw:{number}"),))
    return Screen(
        paragraphs(voice.say("doubt.counts", bad=bad, good=good, entry=doubt.entry_id), shown),
        tuple(rows),
    )


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the doubted entries."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, value = argument.partition(":")
    if what == "list":
        await _list(turn, number_of(value))
        return
    doubt = await ratings.find(*turn.at_desk, value)
    if what not in ("open", "seen"):
        raise StaleError
    if doubt is None:
        await _list(turn, 0)
    elif what == "open":
        await turn.show(entry_screen(turn.voice, turn.services.content, doubt))
    else:
        await ratings.looked_at(*turn.at_desk, value, turn.now)
        turn.toast = turn.voice.label("doubt.is_seen")
        await _list(turn, 0)


async def _list(turn: Turn, page: int) -> None:
    found, total = await ratings.page(*turn.at_desk, page)
    await turn.show(list_screen(turn.voice, turn.services.content, found, page, total))
