"""What an entry of the FAQ looks like, and the reply to small talk."""

from bot.content import Content
from bot.content.faq import FaqEntry
from bot.language.words import shorten
from bot.screens.screen import LONGEST_LABEL, Button, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import Data
from bot.screens.voice import Voice
from handlers.answering.taps import RATE
from handlers.doors import ENTRY, TOPICS, homewards

RELATED_SHOWN = 3


def entry_screen(
    voice: Voice,
    entry: FaqEntry,
    related: list[FaqEntry],
    *,
    rated: bool = False,
    topic: Data | None = None,
) -> Screen:
    """Return an answer with its source, related questions and 👍 👎.

    `topic` leads back to the page of its topic from which it was opened.
    """
    tongue = voice.tongue
    rows: list[tuple[Button, ...]] = [(entry_button(voice, r),) for r in related]
    if not rated:
        rows.insert(
            0,
            (
                voice.button("answer.good", RATE(True, entry.id, tongue, topic is not None)),
                voice.button("answer.bad", RATE(False, entry.id, tongue, topic is not None)),
            ),
        )
    rows.append(homewards(voice, *([voice.button("back.topic", topic)] if topic else [])))
    return Screen(
        paragraphs(
            voice.say("answer.text", question=entry.question.get(tongue)),
            voice.say("verbatim", text=entry.answer.get(tongue)),
            source_note(voice, entry),
            voice.say("answer.thanks") if rated else "",
        ),
        tuple(rows),
    )


def related_to(content: Content, entry: FaqEntry) -> list[FaqEntry]:
    """Return the entries to offer after one."""
    return [content.entries[r] for r in entry.related if r in content.entries][:RELATED_SHOWN]


def entry_button(voice: Voice, entry: FaqEntry) -> Button:
    """Return a button that opens an entry."""
    label = shorten(entry.question.get(voice.tongue), LONGEST_LABEL)
    return Button(label, ENTRY(entry.id, voice.tongue, False))


def smalltalk_screen(voice: Voice, content: Content, talk_id: str) -> Screen:
    """Return the short reply to a greeting, thanks or a question about the bot."""
    talk = next(t for t in content.smalltalk if t.id == talk_id)
    return Screen(
        voice.say("verbatim", text=talk.reply.get(voice.tongue)),
        (homewards(voice, voice.button("home.topics", TOPICS(0))),),
    )


def name_of(voice: Voice, content: Content, entry_id: str) -> str:
    """Return an entry's question; the id of one that is gone."""
    entry = content.entries.get(entry_id)
    return entry.question.get(voice.tongue) if entry else entry_id
