"""Home, the second page of the menu, and what to say when a command or button is not known."""

from bot.content import Content
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn

# As many as leave the screen at eight buttons.
EXAMPLES = 2


def home_screen(voice: Voice, content: Content, grade: str | None) -> Screen:
    """Return the home screen: the path, questions to start with, and the ways on."""
    examples = content.examples.get(grade or "any", ())[:EXAMPLES]
    entries = [content.entries[e] for e in examples]
    return Screen(
        voice.say("home.text"),
        (
            (voice.button("home.path", "path:home"),),
            *(
                (Button(e.question.get(voice.tongue), f"faq:{e.id}:{voice.tongue}"),)
                for e in entries
            ),
            (
                voice.button("home.careers", "jobs:fields:0"),
                voice.button("home.topics", "topics:0"),
            ),
            (voice.button("home.events", "ev:m:0:0:"), voice.button("home.more", "go:more")),
            (voice.button("home.help", "care:help"),),
        ),
    )


def more_screen(voice: Voice, *, coordinator: bool) -> Screen:
    """Return the second page of the menu."""
    rows = [
        (voice.button("more.directory", "dir:home"),),
        (voice.button("more.women", "women:list:0"), voice.button("more.family", "family:list:0")),
        (voice.button("more.me", "me:card"), voice.button("more.language", "lang:choose")),
        (voice.button("more.mentor", "intro:home"), voice.button("news.settings", "news:card:")),
        (voice.button("more.privacy", "data:card"),),
        (voice.button("back.home", "go:home"),),
    ]
    if coordinator:
        rows.insert(0, (voice.button("more.desk", "desk:home"),))
    return Screen(voice.say("more.text"), tuple(rows))


async def home(turn: Turn, _argument: str) -> None:
    """Show home."""
    await turn.show(home_screen(turn.voice, turn.services.content, turn.person.grade))


async def go(turn: Turn, where: str) -> None:
    """Follow a button of the menu."""
    if where == "more":
        await turn.show(more_screen(turn.voice, coordinator=turn.is_coordinator))
    else:
        await home(turn, "")


async def unknown(turn: Turn, _argument: str) -> None:
    """Say kindly that a command is not known."""
    voice = turn.voice
    await turn.show(
        Screen(voice.say("unknown.command"), ((voice.button("back.home", "go:home"),),)),
        new_message=True,
    )


async def stale(turn: Turn, _argument: str) -> None:
    """Answer a button that is no longer understood with a fresh home screen."""
    turn.toast = turn.voice.label("stale.toast")
    screen = home_screen(turn.voice, turn.services.content, turn.person.grade)
    await turn.show(screen, new_message=True)
