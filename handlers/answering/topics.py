"""Browsing the FAQ by topic, in place, page by page."""

from bot.content import Content
from bot.content.faq import FaqEntry, Topic
from bot.language.words import shorten
from bot.refusals import StaleError
from bot.screens.paging import Page, page_of
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering.taps import TOPIC
from handlers.doors import ENTRY, TOPICS, homewards, to_more

TOPICS_A_PAGE = 5
ENTRIES_A_PAGE = 5


def topics_screen(voice: Voice, topics: tuple[Topic, ...], number: int) -> Screen:
    """Return a page of topics."""
    page = Page.of(topics, number, TOPICS_A_PAGE)
    return Screen(
        voice.say(
            "topics.text", page=voice.number(page.number + 1), pages=voice.number(page.pages)
        ),
        (
            *(
                (Button(f"{t.emoji} {t.label.get(voice.tongue)}", TOPIC(t.id, 0)),)
                for t in page.items
            ),
            page.ways(voice, TOPICS),
            to_more(voice),
        ),
    )


def topic_screen(
    voice: Voice, topic: Topic, entries: list[FaqEntry], number: int, above: int
) -> Screen:
    """Return a page of one topic's questions; `above` is the page of the topics it stands on."""
    page = Page.of(entries, number, ENTRIES_A_PAGE)
    return Screen(
        voice.say(
            "topic.text",
            topic=f"{topic.emoji} {topic.label.get(voice.tongue)}",
            page=voice.number(page.number + 1),
            pages=voice.number(page.pages),
        ),
        (
            *((_question(voice, entry),) for entry in page.items),
            page.ways(voice, lambda to: TOPIC(topic.id, to)),
            homewards(voice, voice.button("back.topics", TOPICS(above))),
        ),
    )


def _question(voice: Voice, entry: FaqEntry) -> Button:
    words = shorten(entry.question.get(voice.tongue), LONGEST_LABEL)
    return Button(words, ENTRY(entry.id, voice.tongue, True))


def way_to(content: Content, entry_id: str) -> Data:
    """Return the way to the page of its topic on which an entry stands."""
    topic = content.topic_of[entry_id]
    listed = [entry.id for entry in content.in_topic(topic)]
    return TOPIC(topic, page_of(listed, entry_id, ENTRIES_A_PAGE))


async def topics(turn: Turn, _argument: str = "") -> None:
    """Show the topics."""
    await page_of_topics(turn, 0)


async def page_of_topics(turn: Turn, page: int) -> None:
    """Show a page of the topics."""
    await turn.show(topics_screen(turn.voice, turn.services.content.topics, page))


async def topic(turn: Turn, topic_id: str, page: int) -> None:
    """Show one topic's questions."""
    content = turn.services.content
    found = next((t for t in content.topics if t.id == topic_id), None)
    if found is None:
        raise StaleError
    above = page_of(content.topics, found, TOPICS_A_PAGE)
    await turn.show(topic_screen(turn.voice, found, content.in_topic(topic_id), page, above))
