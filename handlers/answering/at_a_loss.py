"""What is said to one who wants nothing of what was offered, or does not know what to ask."""

from bot.content import Content
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering.entries import smalltalk_screen
from handlers.doors import HOME, PATH, TOPICS, homewards
from handlers.home.first import example_rows

# What is asked in fixed words (content/requests.yaml) and leads here.
DECLINES, NO_IDEA, KILLS_TIME = "declines", "no-idea", "kills-time"


def declined_screen(voice: Voice) -> Screen:
    """Return that nothing need be, and what else there is."""
    return Screen(
        voice.say("ask.declined"),
        (
            (voice.button("home.topics", TOPICS(0)), voice.button("home.path", PATH())),
            (voice.button("back.home", HOME()),),
        ),
    )


def no_idea_screen(voice: Voice, content: Content, grade: str | None) -> Screen:
    """Return questions to begin with, as girls of her grade ask them."""
    return Screen(
        voice.say("ask.no_idea"),
        (
            *example_rows(voice, content, grade),
            homewards(voice, voice.button("home.topics", TOPICS(0))),
        ),
    )


def agreed_screen(voice: Voice, content: Content) -> Screen:
    """Return what is said to a yes where nothing was offered."""
    return smalltalk_screen(voice, content, "ok")


async def agreed(turn: Turn) -> None:
    """Hear a yes to nothing in particular."""
    voice = turn.voice_for(turn.heard.text)
    await turn.show(agreed_screen(voice, turn.services.content), new_message=True)


def chat_screen(voice: Voice, content: Content) -> Screen:
    """Return what is said to one who has time to kill."""
    return smalltalk_screen(voice, content, "chat")


async def chat(turn: Turn) -> None:
    """Keep company with one who has time to kill."""
    voice = turn.voice_for(turn.heard.text)
    await turn.show(chat_screen(voice, turn.services.content), new_message=True)


async def declined(turn: Turn) -> None:
    """Leave in peace who wants nothing of what was offered."""
    await turn.show(declined_screen(turn.voice_for(turn.heard.text)), new_message=True)


async def no_idea(turn: Turn) -> None:
    """Offer questions to one who has none."""
    voice = turn.voice_for(turn.heard.text)
    await turn.show(no_idea_screen(voice, turn.services.content, turn.grade), new_message=True)
