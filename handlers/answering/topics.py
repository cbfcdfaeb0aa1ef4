"""Browsing the FAQ by topic, in place, page by page."""

from bot.content.faq import FaqEntry, Topic
from bot.language.words import shorten
from bot.screens.paging import number, page_row
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn

TOPICS_A_PAGE = 5
ENTRIES_A_PAGE = 5


def topics_screen(voice: Voice, topics: tuple[Topic, ...], page: int) -> Screen:
    """Return a page of topics."""
    pages = max(1, -(-len(topics) // TOPICS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = topics[page * TOPICS_A_PAGE : (page + 1) * TOPICS_A_PAGE]
    buttons = [Button(f"{t.emoji} {t.label.get(voice.tongue)}", f"topic:{t.id}:0") for t in shown]
    return Screen(
        voice.say("topics.text", page=voice.number(page + 1), pages=voice.number(pages)),
        (
            *((button,) for button in buttons),
            (
                *page_row(voice, "topics", page, pages),
                voice.button("back.home", "go:home"),
            ),
        ),
    )


def topic_screen(voice: Voice, topic: Topic, entries: list[FaqEntry], page: int) -> Screen:
    """Return a page of one topic's questions."""
    pages = max(1, -(-len(entries) // ENTRIES_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = entries[page * ENTRIES_A_PAGE : (page + 1) * ENTRIES_A_PAGE]
    return Screen(
        voice.say(
            "topic.text",
            topic=f"{topic.emoji} {topic.label.get(voice.tongue)}",
            page=voice.number(page + 1),
            pages=voice.number(pages),
        ),
        (
            *(
                (
                    Button(
                        shorten(e.question.get(voice.tongue), LONGEST_LABEL),
                        f"faq:{e.id}:{voice.tongue}:t",
                    ),
                )
                for e in shown
            ),
            (
                *page_row(voice, f"topic:{topic.id}", page, pages),
                voice.button("back.topics", "topics:0"),
            ),
        ),
    )


async def topics(turn: Turn, page: str) -> None:
    """Show the topics."""
    await turn.show(topics_screen(turn.voice, turn.services.content.topics, number(page)))


async def topic(turn: Turn, argument: str) -> None:
    """Show one topic's questions."""
    topic_id, _, page = argument.partition(":")
    content = turn.services.content
    found = next((t for t in content.topics if t.id == topic_id), None)
    if found is None:
        raise StaleError
    await turn.show(topic_screen(turn.voice, found, content.in_topic(topic_id), number(page)))
