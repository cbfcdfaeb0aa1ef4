"""Her data is hers: what is kept, a copy of it, and forgetting all of it."""

import json
from math import ceil

from bot import privacy
from bot.mentoring import minors, waiting
from bot.mentoring import privacy as mentoring
from bot.queues.messages import Document
from bot.queues.outbox import FAREWELL, Lane
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.settings import Settings
from bot.turn import Turn
from handlers.doors import PRIVACY, homewards, to_more
from handlers.home.taps import ERASE, ERASE_FOR_SURE, EXPORT


def card_screen(voice: Voice, settings: Settings) -> Screen:
    """Return what is kept and for how long."""
    return Screen(
        voice.say(
            "data.text",
            question_days=voice.number(settings.question_days),
            walk_days=voice.number(settings.walk_days),
            case_days=voice.number(settings.case_days),
            class_days=voice.number(settings.class_days),
            announce_days=voice.number(settings.announce_days),
            talk_days=voice.number(ceil(settings.mentor_transcript_days)),
            minor_days=voice.number(minors.LASTS.days),
            wait_days=voice.number(waiting.LASTS.days),
        ),
        (
            (voice.button("data.export", EXPORT()),),
            (voice.button("data.erase", ERASE()),),
            to_more(voice),
        ),
    )


def stays(voice: Voice, *, waits: bool) -> Html:
    """Return what stays of a mentor about whom something waits for a coordinator."""
    days = voice.number(mentoring.FROZEN_LASTS.days)
    return voice.say("data.stays", days=days) if waits else Html("")


def _said(voice: Voice, key: str, *, waits: bool) -> Html:
    """Return words about erasing, as one speaks to a mentor where something about her waits."""
    return voice.say(f"{key}_mentor" if waits else key)


def sure_screen(voice: Voice, *, waits: bool) -> Screen:
    """Return the question before everything is erased."""
    return Screen(
        paragraphs(_said(voice, "data.sure", waits=waits), stays(voice, waits=waits)),
        (
            (voice.button("data.erase_yes", ERASE_FOR_SURE()),),
            homewards(voice, voice.button("data.keep", PRIVACY())),
        ),
    )


async def card(turn: Turn, _argument: str = "") -> None:
    """Show what is kept."""
    await turn.show(card_screen(turn.voice, turn.services.settings))


async def export(turn: Turn) -> None:
    """Send her a copy of what is kept about her."""
    kept = await privacy.export(turn.session, turn.person.id)
    text = json.dumps(kept, ensure_ascii=False, indent=2)
    await turn.send(Document("bongsrey.json", text.encode(), turn.voice.say("data.exported")))


async def ask_again(turn: Turn) -> None:
    """Ask before everything is erased."""
    waits = await mentoring.held_back(turn.session, turn.person.id)
    await turn.show(sure_screen(turn.voice, waits=waits))


async def erase(turn: Turn) -> None:
    """Forget her, and say so; once, however often she taps."""
    voice = turn.voice
    waits = await mentoring.held_back(turn.session, turn.person.id)
    await privacy.erase(turn.session, turn.person.id, turn.now)
    if turn.new and not waits:
        # She was forgotten before, and was known only since this tap.
        turn.toast = voice.label("data.erased_before")
        return
    last = Screen(paragraphs(_said(voice, "data.erased", waits=waits), stays(voice, waits=waits)))
    # Not as an answer like others: nothing is kept of having sent it.
    await turn.tell(turn.person.id, last, f"{FAREWELL}{turn.update_id}", Lane.REPLY)
