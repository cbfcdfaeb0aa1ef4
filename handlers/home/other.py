"""What is not a question: pictures, voice, bare links, people who leave and come back."""

from bot.people import people, privacy
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import HELP, HOME, TOPICS

# The words for each kind; of one that is not known here, that it cannot be opened.
_WORDS = {
    **dict.fromkeys(("voice", "audio", "video_note"), "odd.voice"),
    **dict.fromkeys(("contact", "location", "venue"), "odd.card"),
    **dict.fromkeys(("photo", "video", "animation", "document", "paid_media"), "odd.media"),
    "live_photo": "odd.media",
    "sticker": "odd.sticker",
    "story": "odd.story",
    **dict.fromkeys(("poll", "checklist"), "odd.poll"),
    **dict.fromkeys(("dice", "game"), "odd.game"),
    "link": "odd.link",
    **dict.fromkeys(("gift", "unique_gift", "giveaway", "giveaway_winners"), "odd.gift"),
}


def media_screen(voice: Voice, media: str) -> Screen:
    """Return a kind reply to something that is not text, with no guess at what it shows."""
    return Screen(
        voice.say(_WORDS.get(media, "odd.other")),
        (
            (voice.button("home.topics", TOPICS(0)), voice.button("home.help", HELP())),
            (voice.button("back.home", HOME()),),
        ),
    )


async def media(turn: Turn) -> None:
    """Answer a picture, a voice message, a sticker and the like."""
    await turn.show(media_screen(turn.voice, turn.heard.media or ""))


async def came_or_went(turn: Turn) -> None:
    """Remember that a person blocked or unblocked the bot; nothing is said.

    Who leaves and is not known, as she erased herself before, stays unknown.
    """
    if turn.heard.kind == "left" and turn.new:
        await privacy.erase(turn.session, turn.person.id, turn.now)
    elif turn.heard.kind == "left":
        people.left(turn.person)
    else:
        people.came_back(turn.person)
