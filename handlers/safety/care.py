"""Danger first: a calm reply with a hotline, a person to talk to, and the way back.

The care lasts: what she writes in the next half hour is met with care, not with the FAQ,
until she says that all is well or that she did not mean it.
"""

from datetime import timedelta

from bot.content import Content
from bot.language.khmer import fold, khmer_share
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering import ask
from handlers.careers import pathway
from handlers.doors import ENTRY, HELP, HOME
from handlers.safety import alerts
from handlers.safety.hotlines import hotline_lines, lines_for
from handlers.safety.taps import ALL_IS_WELL, NOT_MEANT, TALK_TO_A_PERSON

CARE_LASTS = timedelta(minutes=30)
_SHORT = 25
_SURE = 0.9
GENERAL = "help"


def care_screen(voice: Voice, content: Content, kind: str, *, lasting: bool = False) -> Screen:
    """Return the reply to a sign of danger, shorter when it is not the first."""
    care = content.care_for.get(kind) or content.care_for[GENERAL]
    first = voice.say("verbatim", text=care.reply.get(voice.tongue))
    rows = [(voice.button("care.person", TALK_TO_A_PERSON()),)]
    if care.entry and care.entry in content.entries and not lasting:
        rows.append((voice.button("care.read", ENTRY(care.entry, voice.tongue, False)),))
    if kind != GENERAL:
        rows.append((voice.button("care.not_meant", NOT_MEANT()),))
    rows.append((voice.button("care.well", ALL_IS_WELL()),))
    return Screen(
        paragraphs(
            voice.say("care.still") if lasting else first,
            hotline_lines(voice, content, care.hotlines),
            voice.say("care.honest"),
            "" if lasting else voice.say("care.safe_word"),
        ),
        tuple(rows),
    )


async def watch(turn: Turn) -> bool:
    """Answer a sign of danger; return whether there was one."""
    danger = turn.services.answerer.danger(turn.heard.text)
    if danger is None:
        return False
    language = turn.services.answerer.language(turn.heard.text)
    await turn.count("care", "reply")
    turn.conversation.care_until_utc = turn.now + CARE_LASTS
    turn.conversation.care_kind = danger.kind
    turn.conversation.pending_text = turn.heard.text
    voice = turn.voice if danger.kind == GENERAL else turn.voice_for(language)
    turn.conversation.care_tongue = voice.tongue
    await turn.show(care_screen(voice, turn.services.content, danger.kind), new_message=True)
    return True


async def in_care(turn: Turn) -> bool:
    """Keep caring after a sign of danger; return whether the message was answered so."""
    until = turn.conversation.care_until_utc
    if until is None or turn.now > until:
        return False
    answerer, text = turn.services.answerer, turn.heard.text
    if answerer.relieved(text):
        await all_is_well(turn)
        return True
    verdict = answerer.consider(text, safe=True)
    asks = verdict.library == "answer" and verdict.score >= _SURE and len(fold(text)) > _SHORT
    if asks and not answerer.still_distressed(text):
        return False
    turn.conversation.care_until_utc = turn.now + CARE_LASTS
    kind = turn.conversation.care_kind or GENERAL
    # "ok" says nothing of the language, so the care goes on in the one it began in.
    began = turn.services.voice(turn.conversation.care_tongue)
    voice = turn.voice_for("km") if khmer_share(text) else began
    await turn.show(care_screen(voice, turn.services.content, kind, lasting=True))
    return True


async def help_now(turn: Turn, _argument: str = "") -> None:
    """Show the hotlines and the way to a person, to anyone, at any time."""
    screen = care_screen(turn.voice, turn.services.content, GENERAL)
    await turn.show(screen.with_row(turn.voice.button("back.home", HOME())))


async def talk_to_a_person(turn: Turn) -> None:
    """Open a case and say who was told; where nobody is there, say so."""
    services = turn.services
    kind = turn.conversation.care_kind or GENERAL
    words = [turn.conversation.pending_text] if turn.conversation.pending_text else []
    case = await alerts.open_case(services, turn.actor, kind, words)
    voice = services.voice(case.tongue)
    text = paragraphs(
        voice.say(f"care.person_{case.standing}"), lines_for(voice, services.content, kind)
    )
    turn.conversation.care_until_utc = turn.now + CARE_LASTS
    await turn.show(Screen(text, ((voice.button("care.well", ALL_IS_WELL()),),)))


async def not_meant(turn: Turn) -> None:
    """She says it was no alarm: apologise lightly and go on where she was."""
    text = turn.conversation.pending_text
    _end(turn)
    if text:
        await ask.question(turn, text)
        return
    await turn.show(await pathway.offer_to_go_on(turn, _back(turn.voice, "care.sorry")))


async def all_is_well(turn: Turn) -> None:
    """She says that all is well: end the care and go on where she was."""
    _end(turn)
    await turn.show(await pathway.offer_to_go_on(turn, _back(turn.voice, "care.relieved")))


def _end(turn: Turn) -> None:
    turn.conversation.care_until_utc = None
    turn.conversation.care_kind = None
    turn.conversation.pending_text = None


def _back(voice: Voice, key: str) -> Screen:
    return Screen(
        voice.say(key),
        ((voice.button("home.help", HELP()), voice.button("back.home", HOME())),),
    )
