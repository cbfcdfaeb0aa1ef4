"""Danger first: a calm reply with a hotline, a person to talk to, and the way back.

Care does not swallow the rest. For half an hour a quiet line beside her answers says that the
person and the hotline are still there; only new signs of distress bring care again. What may or
may not be danger gets its ordinary answer, with a gentle word and a small button for help.
"""

from dataclasses import replace
from functools import partial
from typing import Literal

from bot.answering.answerer import Answerer
from bot.answering.verdict import Verdict
from bot.content import Content
from bot.content.safety import GENERAL
from bot.language.khmer import fold, khmer_share
from bot.questions import asked
from bot.safety import care_time, case_talk, cases, last_words, reports
from bot.safety.calling_off import waiting
from bot.safety.cases import CaseFile, Standing
from bot.safety.danger import Danger, Level
from bot.safety.watch import LIKENESS
from bot.screens.links import copy_number
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering import ask
from handlers.careers import pathway
from handlers.doors import ENTRY, HELP, HOME, TOPICS, discreet, hide_row
from handlers.safety import alerts
from handlers.safety.call_screens import is_label, off_button, over_screen, stop_button
from handlers.safety.calling_off import sure_screen
from handlers.safety.hotlines import copy_rows, lines_for
from handlers.safety.taps import (
    ALL_IS_WELL,
    NOT_MEANT,
    SAID_LAST,
    TALK_TO_A_PERSON,
    WELL_BESIDE,
    WRITE,
)

# What a text in the time of care is: that all is well, a reply to care, or something else.
After = Literal["relief", "reply", "other"]
# A reply such as "yes" or "he is here", and one that may carry a sorrow.
_SHORT, _REPLY = 25, 100
_SURE = 0.9
# Concepts that are of how she feels and of who is about her, not of what she may ask about.
_OF_HER = frozenset(
    {"fear", "sad", "shy", "stress", "panic", "alone", "hurt", "safe", "home", "mother", "father",
     "parents", "brother", "boy", "friends", "age", "message", "phone", "photo"}
)  # fmt: skip


def care_screen(
    voice: Voice,
    content: Content,
    kind: str,
    *,
    lasting: bool = False,
    taken: CaseFile | None = None,
) -> Screen:
    """Return the reply to a sign of danger, shorter when it is not the first.

    Where her case is `taken` a person is with her already, and she writes to that one.
    """
    care = content.care(kind)
    first = voice.say("verbatim", text=care.reply.get(voice.tongue))
    if voice.adult and kind == GENERAL:
        first = voice.say("care.grown_up")
    rows: list[tuple[Button, ...]] = [(voice.button("care.person", TALK_TO_A_PERSON()),)]
    if taken is not None:
        rows.insert(0, (voice.button("case.reply", WRITE(taken.id)),))
    if care.entry and care.entry in content.entries and not lasting:
        rows.append((voice.button("care.read", ENTRY(care.entry, voice.tongue, False)),))
    if kind != GENERAL:
        rows.append((voice.button("care.not_meant", NOT_MEANT()),))
    rows.append((voice.button("care.well", ALL_IS_WELL()),))
    rows += copy_rows(voice, content, kind)
    rows.append((*hide_row(voice), voice.button("back.home", HOME())))
    return Screen(
        paragraphs(
            voice.say("care.with_you") if taken is not None else "",
            voice.say("care.still") if lasting else first,
            lines_for(voice, content, kind),
            voice.say("care.honest"),
            "" if lasting else voice.say("care.safe_word"),
        ),
        tuple(rows),
        discreet(voice),
    )


def numbers_screen(voice: Voice, content: Content) -> Screen:
    """Return the numbers where people answer, for who asks for help while a case is open."""
    return Screen(
        paragraphs(voice.say("care.numbers"), lines_for(voice, content, GENERAL)),
        (*copy_rows(voice, content, GENERAL), hide_row(voice)),
        discreet(voice),
    )


def quiet_line(voice: Voice, content: Content, kind: str, *, said: bool) -> Screen:
    """Return what stands beside an answer in the time of care: they are still there.

    Where that is not `said`, the buttons alone are there, and that all is well can be told.
    """
    number = content.hotline[content.care(kind).hotlines[0]].number
    return Screen(
        voice.say("care.quiet", number=number) if said else Html(""),
        (
            (voice.button("care.person", TALK_TO_A_PERSON()),),
            (copy_number(voice, number), voice.button("care.well", WELL_BESIDE())),
        ),
        discreet(voice) if said else Html(""),
    )


def gentle_line(voice: Voice) -> Screen:
    """Return what stands above an answer to words that may or may not be of danger."""
    button = voice.button("home.help", HELP())
    return Screen(voice.say("care.gentle"), ((button,),), discreet(voice))


def misread_screen(voice: Voice) -> Screen:
    """Return that she was misread, and what else she may do."""
    return Screen(
        voice.say("care.sorry"),
        (
            (voice.button("home.topics", TOPICS(0)),),
            (voice.button("home.help", HELP()), voice.button("back.home", HOME())),
        ),
        discreet(voice),
    )


def after(answerer: Answerer, content: Content, text: str) -> After:
    """Return what a text in the time of care is, in which no danger was seen."""
    if answerer.relieved(text) and not answerer.asks(text):
        return "relief"
    verdict = answerer.consider(text, safe=True)
    return "reply" if _is_reply(answerer, content, verdict) else "other"


def _is_reply(answerer: Answerer, content: Content, verdict: Verdict) -> bool:
    """Return whether a text in the time of care is a reply to care and no question."""
    text = verdict.text
    if answerer.is_cry(text):
        return True
    length, sad = len(fold(text)), answerer.still_distressed(text)
    of_her = _OF_HER.issuperset(answerer.subjects(text))
    if verdict.decision == "smalltalk":
        return sad or any(t.sign_of_life for t in content.smalltalk if t.id == verdict.shown[0].id)
    if verdict.decision == "answer":
        # What an answer speaks of danger itself, she may be telling of herself; so is a word or
        # two of how she feels, whatever they may mean elsewhere.
        told = any(entry in content.signs.spoken_of for entry in verdict.ids[:1])
        return sad and (told or (length <= _SHORT and of_her)) and not answerer.asks(text)
    if verdict.decision == "clarify" and not (sad and of_her):
        return False
    if sad:
        return length <= _REPLY
    return length <= _SHORT and of_her and not verdict.outside and not answerer.asks(text)


async def watch(turn: Turn, words: str, *, to_bot: bool, form: bool = False) -> Danger | None:
    """Read her words with those before them, and answer danger; return what was seen.

    What is asked of the bot itself (`to_bot`) alarms only as the end of those before it. In an
    open case care is shown once, and once more when it gets worse: a person is there. Over the
    answer to a `form` stands no gentle word, unless a sign says so.
    """
    answerer = turn.services.answerer
    look = partial(answerer.danger, to_bot=to_bot)
    found = await last_words.heard(turn.actor, words, turn.heard.message_id, look)
    if found is None:
        return None
    danger = found.danger
    if danger.level is Level.GENTLE:
        if found.together:
            # Pieces that were taken for questions may be private, as the whole is.
            await asked.set_apart(turn.actor, (await last_words.alarming(turn.actor)).words)
        if not form or danger.sign != LIKENESS:
            await _gently(turn, words)
        return danger
    chat, said = turn.conversation, words
    if found.together:
        told = await last_words.alarming(turn.actor)
        said = " ".join(told.words)
        # Pieces that were taken for questions are words of danger: they wait in no inbox.
        await asked.withdraw(turn.actor, told.words)
    voice = _voice_for(turn, danger, said)
    if not await cases.to_be_met(turn.actor, danger.kind):
        chat.care_tongue = voice.tongue
        if danger.kind == GENERAL:
            # Care promised the numbers whenever she asks for them; her words go to the person.
            await turn.show(numbers_screen(voice, turn.services.content), new_message=True)
        return danger
    care_time.begin(chat, danger.kind, voice.tongue, turn.now)
    turn.count("care", "reply")
    turn.count("sign", danger.kind)
    await turn.show(care_screen(voice, turn.services.content, danger.kind), new_message=True)
    return danger


def _voice_for(turn: Turn, danger: Danger, words: str) -> Voice:
    """Return the voice of care: of a word that calls for help only the script tells a language."""
    if danger.kind != GENERAL:
        return turn.voice_for(words)
    return turn.voice_for(words) if khmer_share(words) else turn.voice


async def _gently(turn: Turn, words: str) -> None:
    """Put a warm word above her answer, but not beside care, nor again and again."""
    chat = turn.conversation
    if care_time.lasts(chat, turn.now) or await cases.has_open(turn.actor):
        return
    voice = turn.voice_for(words)
    chat.care_tongue = voice.tongue
    if care_time.gentle_is_due(chat, turn.now):
        turn.count("care", "gentle")
        turn.aside = gentle_line(voice)


async def goes_on(turn: Turn) -> bool:
    """Go on caring after a sign of danger; return whether the message was answered so.

    What is no reply to care is left to be answered as always, under a quiet line.
    """
    chat, services, text = turn.conversation, turn.services, turn.heard.text
    if not care_time.lasts(chat, turn.now):
        return False
    said = after(services.answerer, services.content, text)
    if said == "relief":
        await all_is_well(turn)
        return True
    kind = chat.care_kind or GENERAL
    if said == "other":
        due = care_time.quiet_is_due(chat, turn.now)
        turn.aside = quiet_line(turn.voice_for(text), services.content, kind, said=due)
        return False
    # "ok" says nothing of the language, so the care goes on in the one it began in.
    began = services.voice(chat.care_tongue, adult=turn.role.is_adult)
    voice = turn.voice_for(text) if khmer_share(text) else began
    care_time.begin(chat, kind, voice.tongue, turn.now)
    await turn.show(care_screen(voice, services.content, kind, lasting=True))
    return True


def is_near(turn: Turn) -> bool:
    """Return whether it is the time of care."""
    return care_time.lasts(turn.conversation, turn.now)


async def is_relieved_in_talk(turn: Turn) -> bool:
    """Return whether she writes, to the person who is there for her, that all is well."""
    answerer, text = turn.services.answerer, turn.heard.text
    said = is_label(turn.services.content, text, "care.well")
    if not said and (not answerer.relieved(text) or answerer.asks(text)):
        return False
    return await case_talk.taken_of(turn.actor) is not None


async def is_answered_too(turn: Turn) -> bool:
    """Return whether her text in a case is also a question that the library answers.

    Surely, or because it asks or looks for something in the directory, and tells of no distress.
    Where a talk was reported and no danger told, so is all that may be meant for the library.
    """
    answerer, text = turn.services.answerer, turn.heard.text
    verdict = answerer.consider(text, safe=True)
    if _is_reply(answerer, turn.services.content, verdict):
        return False
    if verdict.decision == "answer" and verdict.score >= _SURE:
        return True
    if verdict.decision in ("answer", "clarify") and await reports.only_reported(turn.actor):
        return not answerer.still_distressed(text)
    asks = answerer.asks(text) or verdict.wish is not None
    return verdict.decision == "answer" and asks and not answerer.still_distressed(text)


def is_for_form(turn: Turn) -> bool:
    """Return whether her words, in which no danger was seen, may be what a form asks for."""
    answerer, text = turn.services.answerer, turn.heard.text
    return not (answerer.still_distressed(text) or answerer.is_cry(text))


async def spoken_voice(turn: Turn) -> Voice:
    """Return the voice of danger while that is near, else of what she wrote last, if anything."""
    voice = await _her_voice(turn)
    if voice.tongue != turn.tongue:
        return voice
    text = await last_words.text_of(turn.actor, await last_words.newest(turn.actor))
    near = is_near(turn) and turn.conversation.care_tongue
    if text is None or near:
        return voice
    return turn.voice_for(text)


async def help_now(turn: Turn, _argument: str = "") -> None:
    """Show the hotlines and the way to a person, to anyone, at any time."""
    voice = await _her_voice(turn)
    care_time.end(turn.conversation)
    taken = await case_talk.taken_of(turn.actor)
    screen = care_screen(voice, turn.services.content, GENERAL, taken=taken)
    if await case_talk.said_last(turn.actor) is not None:
        screen = screen.with_row_before_last(voice.button("case.read_again", SAID_LAST()))
    await turn.show(screen)


async def talk_to_a_person(turn: Turn) -> None:
    """Open a case and say who was told; where nobody is there, say so."""
    services, chat = turn.services, turn.conversation
    voice = await _her_voice(turn)
    told = await last_words.since_alarm(turn.actor)
    kind = told.kind or (chat.care_kind if care_time.lasts(chat, turn.now) else None) or GENERAL
    # A case that opens keeps this language, in which she is answered in it.
    care_time.begin(chat, kind, voice.tongue, turn.now)
    case = await alerts.open_case(services, turn.actor, kind, told.words)
    voice = services.voice(case.tongue, adult=turn.role.is_adult)
    text = paragraphs(
        voice.say(f"care.person_{case.standing}"), lines_for(voice, services.content, kind)
    )
    rows = (
        *(() if case.standing is Standing.TAKEN else ((off_button(voice),),)),
        (voice.button("care.well", ALL_IS_WELL()),),
        *copy_rows(voice, services.content, kind),
        (*hide_row(voice), voice.button("back.home", HOME())),
    )
    await turn.show(Screen(text, rows, discreet(voice)))


async def _her_voice(turn: Turn) -> Voice:
    """Return the voice that she spoke of danger in, while that is near; else of her menus."""
    chat = turn.conversation
    near = care_time.lasts(chat, turn.now) or (await last_words.alarming(turn.actor)).words
    if not near or not chat.care_tongue:
        return turn.voice
    return turn.services.voice(chat.care_tongue, adult=turn.role.is_adult)


async def not_meant(turn: Turn) -> None:
    """She says it was no alarm: apologise lightly and go on where she was."""
    voice = await _her_voice(turn)
    text = await last_words.not_meant(turn.actor)
    care_time.end(turn.conversation)
    of_danger = {f"faq:{entry_id}" for entry_id in turn.services.content.sensitive}
    if text and await ask.answered(turn, text, frozenset({*of_danger, "feature:person"})):
        return
    await turn.show(await pathway.offer_to_go_on(turn, voice, misread_screen(voice)))


async def well_beside(turn: Turn) -> None:
    """She says beside an answer that all is well: the answer stays where it is."""
    await all_is_well(turn, below=True)


async def all_is_well(turn: Turn, *, below: bool = False) -> None:
    """She says that all is well: end the care and go on where she was."""
    voice = await _her_voice(turn)
    await last_words.forget(turn.session, turn.person.id)
    care_time.end(turn.conversation)
    if (case := await waiting(turn.actor)) is not None:
        # Somebody is being called for her still: it is for her to say whether that shall go on.
        await turn.show(sure_screen(voice, case, relieved=True), new_message=below)
        return
    over = over_screen(voice, "care.relieved")
    if await case_talk.taken_of(turn.actor) is not None:
        # It is for her to say whether the talk shall end.
        text = paragraphs(over.text, voice.say("case.there_still"))
        over = replace(over, text=text, rows=((stop_button(voice),), *over.rows))
    over = await pathway.offer_to_go_on(turn, voice, over)
    await turn.show(over, new_message=below)
