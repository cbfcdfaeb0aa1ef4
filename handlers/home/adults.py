"""What mentors, guardians and coordinators find beside their own home: the library, settings.

They are not asked for a grade, and the library is a place that they visit: it speaks to girls.
"""

from bot.people.staff import Role
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import (
    CALENDAR,
    CAREER_FIELDS,
    CHOOSE_LANGUAGE,
    DESK,
    DIRECTORY,
    FAMILY,
    GUIDE,
    LIBRARY,
    MENTORING,
    PATH,
    PRIVACY,
    SUBSCRIPTIONS,
    TOPICS,
    WOMEN,
    homewards,
)


def library_screen(voice: Voice) -> Screen:
    """Return the shelves of all that girls can read."""
    return Screen(
        voice.say("library.text"),
        (
            (voice.button("home.topics", TOPICS(0)), voice.button("home.directory", DIRECTORY())),
            (
                voice.button("home.careers", CAREER_FIELDS(0)),
                voice.button("home.events", CALENDAR("0", 0, "")),
            ),
            (voice.button("home.women", WOMEN(0)), voice.button("home.family", FAMILY(0))),
            (voice.button("library.path", PATH()), voice.button("library.help", GUIDE())),
            homewards(voice),
        ),
    )


def settings_screen(voice: Voice, role: Role) -> Screen:
    """Return what an adult can set, and the way to mentoring."""
    first = (
        voice.button("more.desk", DESK())
        if role is Role.COORDINATOR
        else voice.button("home.library", LIBRARY())
    )
    return Screen(
        voice.say("more.text"),
        (
            (first, voice.button("home.mentors", MENTORING())),
            (
                voice.button("more.language", CHOOSE_LANGUAGE()),
                voice.button("news.settings", SUBSCRIPTIONS()),
            ),
            (voice.button("more.privacy", PRIVACY()),),
            homewards(voice),
        ),
    )


async def library(turn: Turn) -> None:
    """Show everything there is to read."""
    await turn.show(library_screen(turn.voice))
