"""A girl's home: every door of the bot in a steady order, those that she opens most first."""

from collections.abc import Mapping, Sequence

from bot.people import habits
from bot.screens.screen import Screen, in_rows
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import (
    CALENDAR,
    CAREER_FIELDS,
    CHOOSE_LANGUAGE,
    DIRECTORY,
    FAMILY,
    GUIDE,
    HELP,
    HOME,
    MENTORING,
    MORE,
    PATH,
    PRIVACY,
    PROFILE,
    SUBSCRIPTIONS,
    TEACH,
    TOPICS,
    WOMEN,
)

# Each door by the name under which it is counted, in the order of one who has no habits yet.
DOORS: Mapping[str, Data] = {
    "path": PATH(),
    "careers": CAREER_FIELDS(0),
    "directory": DIRECTORY(),
    "events": CALENDAR("0", 0, ""),
    "mentors": MENTORING(),
    "women": WOMEN(0),
    "family": FAMILY(0),
}
# The commands that open one of them.
_COMMANDS = {
    "path": "path", "careers": "careers", "find": "directory", "events": "events",
    "mentor": "mentors", "family": "family",
}  # fmt: skip
_NAMES = {data: name for name, data in DOORS.items()}


def home_screen(voice: Voice, first: Sequence[str] = ()) -> Screen:
    """Return home: one door on a row of its own, the others two by two, help and the rest."""
    names = [name for name in first if name in DOORS]
    names += [name for name in DOORS if name not in names]
    doors = [voice.button(f"home.{name}", DOORS[name]) for name in names]
    return Screen(
        voice.say("home.text"),
        (
            (doors[0],),
            *in_rows(doors[1:]),
            (voice.button("home.help", HELP()), voice.button("home.more", MORE())),
        ),
    )


def more_screen(voice: Voice) -> Screen:
    """Return the second page of the menu: what she told, what she is sent, how all this works."""
    rows = (
        (voice.button("more.guide", GUIDE()), voice.button("home.topics", TOPICS(0))),
        (voice.button("more.me", PROFILE()), voice.button("more.language", CHOOSE_LANGUAGE())),
        (voice.button("news.settings", SUBSCRIPTIONS()), voice.button("more.privacy", PRIVACY())),
        (voice.button("more.teach", TEACH()),),
        (voice.button("back.home", HOME()),),
    )
    return Screen(voice.say("more.text"), rows)


def shown(turn: Turn) -> Screen:
    """Return home as it is for her today."""
    return home_screen(turn.voice, habits.first(turn.conversation, turn.today))


def tapped(turn: Turn, data: str) -> None:
    """Count a button that opens one of the doors; any other is not counted."""
    _count(turn, _NAMES.get(Data(data)))


def commanded(turn: Turn, command: str) -> None:
    """Count a command that opens one of the doors; any other is not counted."""
    _count(turn, _COMMANDS.get(command))


def _count(turn: Turn, door: str | None) -> None:
    # The home of adults has an order of its own.
    if door is not None and not turn.role.is_adult:
        habits.opened(turn.conversation, door)
