"""Questions and their answers, and the FAQ by topic."""

from handlers.answering import ask, topics
from handlers.feature import Feature

FEATURE = Feature(
    "answering",
    commands={
        "ask": ask.invite,
        "topics": topics.topics,
    },
    legacy_buttons={
        "topics": topics.topics,
        "topic": topics.topic,
        "faq": ask.entry,
        "rate": ask.rate,
        "none": ask.none_of_these,
    },
)
