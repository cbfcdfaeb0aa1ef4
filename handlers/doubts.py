"""Answers that came back with 👎: the entry as girls see it, the counts, "looked at"."""

from bot import doubts, tallies
from bot.content import Content
from bot.doubts import Doubt
from bot.language.words import shorten
from bot.people import require_coordinator
from bot.screen import LONGEST_LABEL, Button, Screen, Voice, paragraphs
from bot.turn import Turn
from handlers import menu
from handlers.browse import page_row
from handlers.desk import amount, number_of
from handlers.footnote import source_note


def list_screen(
    voice: Voice, content: Content, found: list[Doubt], page: int, total: int
) -> Screen:
    """Return a page of doubted entries, most doubted first."""
    pages = max(1, -(-total // doubts.PAGE))
    return Screen(
        voice.say("doubt.list" if total else "doubt.none", total=voice.number(total)),
        (
            *((Button(_title(voice, content, d), f"doubt:open:{d.entry_id}"),) for d in found),
            (*page_row(voice, "doubt:list", page, pages), voice.button("back.desk", "desk:home")),
        ),
    )


def _title(voice: Voice, content: Content, doubt: Doubt) -> str:
    bad = amount(voice, tallies.shown(doubt.bad))
    return shorten(f"👎 {bad} · {name_of(voice, content, doubt.entry_id)}", LONGEST_LABEL)


def name_of(voice: Voice, content: Content, entry_id: str) -> str:
    """Return an entry's question; the id of one that is gone."""
    entry = content.entries.get(entry_id)
    return entry.question.get(voice.tongue) if entry else entry_id


def entry_screen(voice: Voice, content: Content, doubt: Doubt) -> Screen:
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
    bad, good = (amount(voice, tallies.shown(n)) for n in (doubt.bad, doubt.good))
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
    doubt = await doubts.find(*turn.at_desk, value)
    if what not in ("open", "seen"):
        await menu.stale(turn, "")
    elif doubt is None:
        await _list(turn, 0)
    elif what == "open":
        await turn.show(entry_screen(turn.voice, turn.world.content, doubt))
    else:
        await doubts.looked_at(*turn.at_desk, value, turn.now)
        turn.toast = turn.voice.label("doubt.is_seen")
        await _list(turn, 0)


async def _list(turn: Turn, page: int) -> None:
    found, total = await doubts.page(*turn.at_desk, page)
    await turn.show(list_screen(turn.voice, turn.world.content, found, page, total))
