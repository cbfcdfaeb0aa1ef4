"""What the bot can do, in short; and first of all how to reach a person, for it is called help."""

from bot.content import Content
from bot.content.safety import GENERAL
from bot.safety import cases, last_words
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk import home as desk
from handlers.doors import PRIVACY, to_more
from handlers.home.first import example_rows
from handlers.safety import care
from handlers.safety.hotlines import copy_rows, lines_for
from handlers.safety.taps import TALK_TO_A_PERSON


def guide_screen(voice: Voice, content: Content, grade: str | None) -> Screen:
    """Return how to reach a person, what she can ask, questions to tap, and how to erase."""
    return Screen(
        paragraphs(
            voice.say("guide.person", lines=lines_for(voice, content, GENERAL)),
            voice.say("guide.text"),
            voice.say("guide.data"),
        ),
        (
            (voice.button("care.person", TALK_TO_A_PERSON()),),
            *copy_rows(voice, content, GENERAL),
            *example_rows(voice, content, grade),
            (voice.button("more.privacy", PRIVACY()),),
            to_more(voice),
        ),
    )


async def help_or_guide(turn: Turn, _argument: str = "") -> None:
    """Show help to who may be in danger; to everybody else what the bot can do, help included.

    At the desk it is what can be done there, and what girls are told is a tap away.
    """
    told = await last_words.alarming(turn.actor)
    if care.is_near(turn) or told.words or await cases.has_open(turn.actor):
        await care.help_now(turn)
        return
    await (desk.guide if turn.is_coordinator else guide)(turn)


async def guide(turn: Turn) -> None:
    """Show what the bot can do, and how to reach a person."""
    await turn.show(guide_screen(turn.voice, turn.services.content, turn.grade))
