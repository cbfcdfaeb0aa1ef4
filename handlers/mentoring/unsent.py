"""What one of a talk types without having entered it: it went nowhere, and she is told so.

She may send it after all, or ask the bot; where the talk rests or has to begin yet, she hears it.
Only a day long; a girl's plain question is answered as always, with a small button beside it.
"""

from collections.abc import Sequence

from bot.mentoring import relay
from bot.mentoring.introductions import Introduction
from bot.mentoring.states import State
from bot.refusals import RefusedError
from bot.safety import last_words
from bot.screens.screen import Button, Html, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering import ask
from handlers.doors import homewards
from handlers.mentoring import relay as talk
from handlers.mentoring.awaiting import InTalk
from handlers.mentoring.taps import BEGIN, TALK_ASK, TALK_CARD, TALK_SEND

# Of so many talks each has a button.
_MOST = 5


def unsent_screen(
    voice: Voice, names: Sequence[str], rows: Sequence[Button], ask: Button
) -> Screen:
    """Return that her words went to nobody, and where they can go."""
    text = (
        voice.say("talk.not_sent", name=names[0])
        if len(names) == 1
        else voice.say("talk.not_sent_yet")
    )
    return Screen(text, (*((button,) for button in rows), (ask,)))


def not_open_screen(
    voice: Voice, row: Introduction, name: str, ask: Button, *, girl: bool
) -> Screen:
    """Return that her words went to nobody, for the talk rests or has still to begin."""
    waits = row.state is State.ACCEPTED
    begins = waits and girl
    way = (
        voice.button("intro.begin", BEGIN(row.id))
        if begins
        else voice.button("talk.card", TALK_CARD(row.id))
    )
    key = "talk.not_sent_not_begun" if waits else "talk.not_sent_rests"
    return Screen(voice.say(key, name=name), ((way,), (ask,)))


async def offer(turn: Turn) -> bool:
    """Say that what she typed went to nobody in her talk; return whether that was all to say."""
    if turn.heard.kind != "text":
        return False
    talks = (await relay.alive(turn.actor))[:_MOST]
    closed = None if talks else await relay.not_open(turn.actor)
    word = await last_words.newest(turn.actor) if talks or closed else None
    if word is None:
        return False
    if closed is not None:
        return await _say_not_open(turn, closed, word)
    return await _offer_to_send(turn, talks, word)


async def _say_not_open(turn: Turn, row: Introduction, word: int) -> bool:
    """Say that her talk rests or has still to begin; return whether that was all to say."""
    is_girl = turn.person.id == row.student_id
    if is_girl and _is_answered(turn):
        return False
    name = await talk.name_of_other(turn, row.id)
    screen = not_open_screen(turn.voice, row, name, _asks_bot(turn, word), girl=is_girl)
    await turn.show(screen, new_message=True)
    return True


async def _offer_to_send(turn: Turn, talks: Sequence[Introduction], word: int) -> bool:
    """Offer to send her words after all; return whether that was all to say."""
    voice = turn.voice
    names = [await talk.name_of_other(turn, row.id) for row in talks]
    buttons = [
        voice.button("talk.send_this", TALK_SEND(row.id, word), name=name)
        for row, name in zip(talks, names, strict=True)
    ]
    if turn.person.id == talks[0].student_id and _is_answered(turn):
        beside = turn.aside or Screen(Html(""))
        turn.aside = beside.with_row(*buttons)
        return False
    screen = unsent_screen(voice, names, buttons, _asks_bot(turn, word))
    await turn.show(screen, new_message=True)
    return True


def _is_answered(turn: Turn) -> bool:
    """Return whether what she typed is a plain question, which is answered as always."""
    return turn.services.answerer.consider(turn.heard.text, safe=True).decision == "answer"


def _asks_bot(turn: Turn, word: int) -> Button:
    return turn.voice.button("talk.ask_bot", TALK_ASK(word))


async def send(turn: Turn, number: int, word: int) -> None:
    """Send what she typed to the other; what she writes on goes there too."""
    _, from_student = await relay.talk_of(turn.actor, number)
    text, message_id = await _kept(turn, word)
    turn.expect(InTalk(number, mentor=not from_student))
    if await relay.edited(turn.actor, message_id) is not None:
        sent = Screen(turn.voice.say("talk.sent_before"), (homewards(turn.voice),))
        await turn.show(sent, new_message=True)
        return
    await talk.carry(turn, number, text, message_id=message_id)


async def ask_bot(turn: Turn, word: int) -> None:
    """Answer what she typed as the question that it was."""
    text, _ = await _kept(turn, word)
    await ask.question(turn, text)


async def _kept(turn: Turn, word: int) -> tuple[str, int | None]:
    found = await last_words.message_of(turn.actor, word)
    if found is None:
        raise RefusedError("talk.not_kept")
    return found
