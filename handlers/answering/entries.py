"""What an entry of the FAQ looks like, and the reply to small talk."""

import re

from bot.content import Content
from bot.content.faq import FaqEntry
from bot.language.words import shorten
from bot.screens import deep_links
from bot.screens.deep_links import share
from bot.screens.links import copy_number
from bot.screens.prose import prose
from bot.screens.screen import LONGEST_LABEL, Button, Html, Rows, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import Data
from bot.screens.voice import Voice
from handlers.answering.pages import PAGES
from handlers.answering.taps import RATE
from handlers.doors import ENTRY, TOPICS, discreet, hide_row, homewards

RELATED_SHOWN = 3
# As many as a phone has room for, besides the ways back and home.
MOST_BUTTONS = 8


def entry_screen(
    voice: Voice,
    content: Content,
    entry: FaqEntry,
    *,
    rated: bool = False,
    topic: Data | None = None,
) -> Screen:
    """Return an answer with its source, related questions, 👍 👎 and what to do with it.

    `topic` leads back to the page of its topic from which it was opened. It can be sent to a
    friend, but for what is of danger: of that its numbers can be copied, and it can be hidden.
    """
    tongue = voice.tongue
    question = entry.question.get(tongue)
    private, sensitive = entry.id in content.stays_private, entry.id in content.sensitive
    passed_on = (
        _numbers(voice, content, entry)
        if private
        else (share(voice, question, deep_links.ANSWER, entry.id),)
    )
    opens = page_button(voice, entry.opens)
    room = MOST_BUTTONS - (0 if rated else 2) - sum(map(len, passed_on)) - sensitive
    room -= opens is not None
    related = [] if topic else _related_to(content, entry)[:room]
    rows: list[tuple[Button, ...]] = [(entry_button(voice, r),) for r in related]
    if not rated:
        rows.insert(
            0,
            (
                voice.button("answer.good", RATE(True, entry.id, tongue, topic is not None)),
                voice.button("answer.bad", RATE(False, entry.id, tongue, topic is not None)),
            ),
        )
    rows += passed_on
    if opens is not None:
        rows.append((opens,))
    if sensitive:
        rows.append(hide_row(voice))
    rows.append(homewards(voice, *([voice.button("back.topic", topic)] if topic else [])))
    return Screen(
        paragraphs(
            voice.say("answer.text", question=question),
            prose(voice, voice.to_adult(f"faq.{entry.id}") or entry.answer.get(tongue)),
            source_note(voice, entry),
            voice.say("answer.thanks") if rated else "",
        ),
        tuple(rows),
        discreet(voice) if sensitive else Html(""),
    )


def _numbers(voice: Voice, content: Content, entry: FaqEntry) -> Rows:
    """Return a row with the hotlines that an answer names, to be copied."""
    said = entry.answer.get(voice.tongue)
    named = [h.number for h in content.hotlines if _names(said, h.number)]
    return (tuple(copy_number(voice, number) for number in named),) if named else ()


def _names(said: str, number: str) -> bool:
    return re.search(rf"(?<!\d){re.escape(number)}(?!\d)", said) is not None


def _related_to(content: Content, entry: FaqEntry) -> list[FaqEntry]:
    return [content.entries[r] for r in entry.related if r in content.entries][:RELATED_SHOWN]


def entry_button(voice: Voice, entry: FaqEntry) -> Button:
    """Return a button that opens an entry."""
    label = shorten(entry.question.get(voice.tongue), LONGEST_LABEL)
    return Button(label, ENTRY(entry.id, voice.tongue, False))


def page_button(voice: Voice, page: str | None) -> Button | None:
    """Return the button that opens a page of the bot; None for no page."""
    return None if page is None else voice.button(f"page.{page}", PAGES[page])


def smalltalk_screen(voice: Voice, content: Content, talk_id: str) -> Screen:
    """Return the short reply to a greeting, thanks or a question about the bot."""
    talk = next(t for t in content.smalltalk if t.id == talk_id)
    said = voice.to_adult(f"smalltalk.{talk.id}") or talk.reply.get(voice.tongue)
    rows: list[tuple[Button, ...]] = []
    if talk.offers is not None:
        question = content.entries[talk.offers].question.get(voice.tongue)
        label = shorten(voice.label("offer.show", question=question), LONGEST_LABEL)
        rows.append((Button(label, ENTRY(talk.offers, voice.tongue, False)),))
    if (opens := page_button(voice, talk.opens)) is not None:
        rows.append((opens,))
    return Screen(
        voice.say("verbatim", text=said),
        (*rows, homewards(voice, voice.button("home.topics", TOPICS(0)))),
    )


def name_of(voice: Voice, content: Content, entry_id: str) -> str:
    """Return an entry's question; the id of one that is gone."""
    entry = content.entries.get(entry_id)
    return entry.question.get(voice.tongue) if entry else entry_id
