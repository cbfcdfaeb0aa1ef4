"""Her data is hers: what is kept, a copy of it, and forgetting all of it."""

import json

from bot import privacy
from bot.queues.messages import Document
from bot.refusals import StaleError
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Turn


def card_screen(voice: Voice, question_days: int) -> Screen:
    """Return what is kept and for how long."""
    return Screen(
        voice.say("data.text", days=voice.number(question_days)),
        (
            (voice.button("data.export", "data:export"),),
            (voice.button("data.erase", "data:erase"),),
            (voice.button("back.home", "go:home"),),
        ),
    )


def sure_screen(voice: Voice) -> Screen:
    """Return the question before everything is erased."""
    return Screen(
        voice.say("data.sure"),
        (
            (voice.button("data.erase_yes", "data:erase_yes"),),
            (voice.button("data.keep", "data:card"),),
        ),
    )


async def card(turn: Turn, _argument: str) -> None:
    """Show what is kept."""
    await turn.show(card_screen(turn.voice, turn.services.settings.question_days))


async def tapped(turn: Turn, what: str) -> None:
    """Follow a button of the card."""
    if what == "card":
        await card(turn, "")
    elif what == "export":
        kept = await privacy.export(turn.session, turn.person.id)
        text = json.dumps(kept, ensure_ascii=False, indent=2)
        caption = turn.voice.say("data.exported")
        await turn.send(Document("bongsrey.json", text.encode(), caption))
    elif what == "erase":
        await turn.show(sure_screen(turn.voice))
    elif what == "erase_yes":
        voice = turn.voice
        await privacy.erase(turn.session, turn.person.id, turn.now)
        await turn.show(Screen(voice.say("data.erased")))
    else:
        raise StaleError
