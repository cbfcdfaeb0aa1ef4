"""The pages of the bot that answers lead to, by their names in `content/pages.yaml`."""

from collections.abc import Mapping

from bot.screens.taps import Data
from handlers.doors import (
    CALENDAR,
    CHOOSE_LANGUAGE,
    FAMILY,
    HELP,
    MENTORING,
    PATH,
    PRIVACY,
    PROFILE,
    REMINDER_SETTINGS,
    SCHOOL_YEAR,
    SUBSCRIPTIONS,
    TEACH,
    TOPICS,
    WOMEN,
)

PAGES: Mapping[str, Data] = {
    "mentor": MENTORING(),
    "person": HELP(),
    "events": CALENDAR("0", 0, ""),
    "reminders": REMINDER_SETTINGS(),
    "school-year": SCHOOL_YEAR(0),
    "delete-data": PRIVACY(),
    "privacy": PRIVACY(),
    "language": CHOOSE_LANGUAGE(),
    "pathway": PATH(),
    "stop-messages": SUBSCRIPTIONS(),
    "women": WOMEN(0),
    "family": FAMILY(0),
    "topics": TOPICS(0),
    "profile": PROFILE(),
    "plan": PATH(),
    "volunteer": MENTORING(),
    "teach": TEACH(),
}
