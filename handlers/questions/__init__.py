"""The inbox of open questions, additions to the FAQ, low ratings."""

from handlers.feature import Feature
from handlers.questions import additions, chores, inbox, low_ratings

FEATURE = Feature(
    "questions",
    legacy_buttons={
        "group": inbox.tapped,
        "learn": additions.tapped,
        "doubt": low_ratings.tapped,
    },
    legacy_awaited={
        "answer": inbox.wrote,
        "learn": additions.wrote,
    },
    duties=chores.DUTIES,
)
