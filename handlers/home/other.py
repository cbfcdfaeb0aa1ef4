"""What is not a question: pictures and voice, people who leave and come back, groups."""

from bot.people import people
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import HELP, TOPICS

_SPOKEN = ("voice", "audio", "video_note")
_CARDS = ("contact", "location", "venue")


def media_screen(voice: Voice, media: str) -> Screen:
    """Return a kind reply to something that is not text, with no guess at what it shows."""
    key = "odd.voice" if media in _SPOKEN else "odd.card" if media in _CARDS else "odd.media"
    return Screen(
        voice.say("odd.sticker" if media == "sticker" else key),
        ((voice.button("home.topics", TOPICS(0)), voice.button("home.help", HELP())),),
    )


async def media(turn: Turn) -> None:
    """Answer a picture, a voice message, a sticker and the like."""
    await turn.show(media_screen(turn.voice, turn.heard.media or ""))


async def came_or_went(turn: Turn) -> None:
    """Remember that a person blocked or unblocked the bot; nothing is said."""
    if turn.heard.kind == "left":
        people.left(turn.person)
    else:
        people.came_back(turn.person)
