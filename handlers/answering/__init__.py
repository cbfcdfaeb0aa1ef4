"""Questions and their answers, and the FAQ by topic."""

from handlers import doors
from handlers.answering import ask, taps, topics
from handlers.feature import Feature

FEATURE = Feature(
    "answering",
    commands={
        "ask": ask.invite,
        "topics": topics.topics,
    },
    taps={
        doors.ENTRY: ask.entry,
        taps.RATE: ask.rate,
        taps.NONE_OF_THESE: ask.none_of_these,
        doors.ASKED: ask.of_thing,
        taps.ASK_A_PERSON: ask.ask_a_person,
        doors.TOPICS: topics.page_of_topics,
        taps.TOPIC: topics.topic,
    },
    makes=(taps,),
)
