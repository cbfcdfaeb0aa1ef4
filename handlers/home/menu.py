"""Home, the second page of the menu, and what to say when a command or button is not known."""

from bot.content import Content
from bot.mentoring import roles
from bot.refusals import RefusedError
from bot.screens.screen import Button, Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import (
    CALENDAR,
    CAREER_FIELDS,
    CHOOSE_LANGUAGE,
    DIRECTORY,
    ENTRY,
    FAMILY,
    HELP,
    HOME,
    MENTORING,
    MORE,
    PATH,
    PRIVACY,
    PROFILE,
    SUBSCRIPTIONS,
    TOPICS,
    WOMEN,
    homewards,
)
from handlers.home.adults import settings_screen

# What is asked in fixed words (content/requests.yaml) and leads here.
ASKED_FOR_HOME, ASKED_BACK = "home", "back"
_BACK = "‹"
# They begin like a way back, and turn a page.
_PAGES = ("page.previous", "events.before", "case.older")
# As many as leave the screen at eight buttons.
EXAMPLES = 2


def home_screen(voice: Voice, content: Content, grade: str | None) -> Screen:
    """Return the home screen: the path, questions to start with, and the ways on."""
    examples = content.examples.get(grade or "any", ())[:EXAMPLES]
    entries = [content.entries[e] for e in examples]
    return Screen(
        voice.say("home.text"),
        (
            (voice.button("home.path", PATH()),),
            *(
                (Button(e.question.get(voice.tongue), ENTRY(e.id, voice.tongue, False)),)
                for e in entries
            ),
            (
                voice.button("home.careers", CAREER_FIELDS(0)),
                voice.button("home.topics", TOPICS(0)),
            ),
            (voice.button("home.events", CALENDAR("0", 0, "")), voice.button("home.more", MORE())),
            (voice.button("home.help", HELP()),),
        ),
    )


def more_screen(voice: Voice) -> Screen:
    """Return the second page of a girl's menu."""
    rows = (
        (voice.button("more.directory", DIRECTORY()),),
        (voice.button("more.women", WOMEN(0)), voice.button("more.family", FAMILY(0))),
        (voice.button("more.me", PROFILE()), voice.button("more.language", CHOOSE_LANGUAGE())),
        (voice.button("more.mentor", MENTORING()), voice.button("news.settings", SUBSCRIPTIONS())),
        (voice.button("more.privacy", PRIVACY()),),
        (voice.button("back.home", HOME()),),
    )
    return Screen(voice.say("more.text"), rows)


async def home(turn: Turn, _argument: str = "") -> None:
    """Show home."""
    await turn.show(await _home(turn))


async def _home(turn: Turn) -> Screen:
    """Return home for whoever she is by now."""
    show = turn.homes.get(await roles.role(turn.actor))
    if show is not None:
        return await show(turn)
    return home_screen(turn.voice, turn.services.content, turn.person.grade)


async def back(turn: Turn) -> None:
    """Go the way back that she was last shown; home where there was none."""
    content = turn.services.content
    pages = {words.get(key) for words in content.locales.values() for key in _PAGES}
    ways = [
        Data(data)
        for label, data in turn.conversation.buttons
        if label.startswith(_BACK) and label not in pages
    ]
    turn.leads_to = ways[-1] if ways else HOME()


async def more(turn: Turn) -> None:
    """Show the second page of the menu."""
    role = await roles.role(turn.actor)
    await turn.show(
        settings_screen(turn.voice, role) if role.is_adult else more_screen(turn.voice)
    )


async def unknown(turn: Turn) -> None:
    """Say kindly that a command is not known."""
    voice = turn.voice
    await turn.show(
        Screen(voice.say("unknown.command"), ((voice.button("back.home", HOME()),),)),
        new_message=True,
    )


async def stale(turn: Turn) -> None:
    """Answer a button that is no longer understood with a fresh home screen."""
    turn.toast = turn.voice.label("stale.toast")
    await turn.show(await _home(turn), new_message=True)


async def refused(turn: Turn, refused: RefusedError) -> None:
    """Say why something cannot be done, with a way back."""
    voice = turn.voice
    values = {k: voice.number(v) if isinstance(v, int) else v for k, v in refused.values.items()}
    back = [voice.button(*turn.way_back)] if turn.way_back else []
    await turn.show(
        Screen(voice.say(refused.key, **values), (homewards(voice, *back),)), new_message=True
    )
