"""Answers that came back with 👎: the entry as girls see it, the counts, "looked at"."""

from bot import small_counts
from bot.content import Content
from bot.language.words import shorten
from bot.questions import additions, ratings
from bot.questions.ratings import LowRated
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering.entries import name_of
from handlers.doors import DESK, LOW_RATED
from handlers.questions.taps import LOOK, LOOKED_AT, WITHDRAW


def list_screen(
    voice: Voice, content: Content, found: list[LowRated], number: int, total: int
) -> Screen:
    """Return a page of doubted entries, most doubted first."""
    page = Page(tuple(found), number, pages_of(total, ratings.PAGE))
    return Screen(
        voice.say("doubt.list" if total else "doubt.none", total=voice.number(total)),
        (
            *((Button(_title(voice, content, d), LOOK(d.entry_id)),) for d in page.items),
            (*page.ways(voice, LOW_RATED), voice.button("back.desk", DESK())),
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
    rows: list[tuple[Button, ...]] = [
        (voice.button("doubt.seen", LOOKED_AT(doubt.entry_id)),),
        (voice.button("back.desk", LOW_RATED.again()),),
    ]
    if (number := additions.number_of(doubt.entry_id)) is not None:
        rows.insert(1, (voice.button("learn.withdraw", WITHDRAW(number, False)),))
    return Screen(
        paragraphs(voice.say("doubt.counts", bad=bad, good=good, entry=doubt.entry_id), shown),
        tuple(rows),
    )


async def show_list(turn: Turn, page: int) -> None:
    """Show a page of the doubted entries."""
    found, total = await ratings.page(turn.actor, page)
    await turn.show(list_screen(turn.voice, turn.services.content, found, page, total))


async def look(turn: Turn, entry_id: str) -> None:
    """Show a doubted entry; the list when somebody has looked at it meanwhile."""
    doubt = await ratings.find(turn.actor, entry_id)
    if doubt is None:
        await show_list(turn, 0)
        return
    await turn.show(entry_screen(turn.voice, turn.services.content, doubt))


async def looked_at(turn: Turn, entry_id: str) -> None:
    """Take an entry off the list."""
    if await ratings.find(turn.actor, entry_id) is not None:
        await ratings.looked_at(turn.actor, entry_id)
        turn.toast = turn.voice.label("doubt.is_seen")
    await show_list(turn, 0)
