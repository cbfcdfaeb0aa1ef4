"""Asking: an answer, "did you mean", or "I don't know, a person will answer you"."""

from datetime import timedelta

from bot.answering.answerer import Verdict
from bot.careers import directory
from bot.content import Content
from bot.content.base import Tongue
from bot.content.faq import FaqEntry
from bot.language.detect import Language
from bot.language.words import shorten
from bot.questions import asked, ratings
from bot.refusals import StaleError
from bot.safety import last_words
from bot.screens.screen import LONGEST_LABEL, Button, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering.taps import NONE_OF_THESE, RATE, TOPIC
from handlers.careers import careers, pathway
from handlers.careers.directory import list_screen, wish_button
from handlers.careers.screens import page_screen
from handlers.doors import ENTRY, HELP, HOME, MENTOR_WISH, MENTORING_SAFETY, TOPICS

CONTEXT_LASTS = timedelta(minutes=30)
REWORDING_LASTS = timedelta(minutes=10)


def entry_screen(
    voice: Voice,
    entry: FaqEntry,
    related: list[FaqEntry],
    *,
    rated: bool = False,
    topic: str | None = None,
) -> Screen:
    """Return an answer with its source, related questions and 👍 👎."""
    tongue = voice.tongue
    rows: list[tuple[Button, ...]] = [(_entry_button(r, tongue),) for r in related]
    if not rated:
        rows.insert(
            0,
            (
                voice.button("answer.good", RATE(True, entry.id, tongue)),
                voice.button("answer.bad", RATE(False, entry.id, tongue)),
            ),
        )
    if topic:
        rows.append((voice.button("back.topic", TOPIC(topic, 0)),))
    else:
        rows.append((voice.button("back.home", HOME()),))
    return Screen(
        paragraphs(
            voice.say("answer.text", question=entry.question.get(tongue)),
            voice.say("verbatim", text=entry.answer.get(tongue)),
            source_note(voice, entry),
            voice.say("answer.thanks") if rated else "",
        ),
        tuple(rows),
    )


def _entry_button(entry: FaqEntry, tongue: Tongue) -> Button:
    return Button(
        shorten(entry.question.get(tongue), LONGEST_LABEL), ENTRY(entry.id, tongue, False)
    )


def clarify_screen(voice: Voice, candidates: list[FaqEntry]) -> Screen:
    """Return up to three "did you mean" questions and "none of these"."""
    return Screen(
        voice.say("clarify.text"),
        (
            *((_entry_button(c, voice.tongue),) for c in candidates),
            (voice.button("clarify.none", NONE_OF_THESE()),),
        ),
    )


def lost_screen(voice: Voice, key: str) -> Screen:
    """Return what is said when no answer is known."""
    return Screen(
        voice.say(key),
        (
            (voice.button("home.topics", TOPICS(0)),),
            (voice.button("home.help", HELP()), voice.button("back.home", HOME())),
        ),
    )


def smalltalk_screen(voice: Voice, content: Content, talk_id: str) -> Screen:
    """Return the short reply to a greeting, thanks or a question about the bot."""
    talk = next(t for t in content.smalltalk if t.id == talk_id)
    return Screen(
        voice.say("verbatim", text=talk.reply.get(voice.tongue)),
        ((voice.button("home.topics", TOPICS(0)), voice.button("back.home", HOME())),),
    )


def mentor_screen(voice: Voice, content: Content, field: str | None) -> Screen:
    """Return the offer of a talk with a woman of a field of work, or of any."""
    known = field if field in content.field else None
    return Screen(
        voice.say("intro.wished"),
        (
            (voice.button("intro.start", MENTOR_WISH(known, None)),),
            (voice.button("intro.safety", MENTORING_SAFETY()),),
        ),
    )


def screens_for(verdict: Verdict, voice: Voice, content: Content) -> list[Screen]:
    """Return what a verdict looks like; used by the bot and by `bongsrey ask`."""
    if verdict.decision == "career" and verdict.career is not None:
        home = voice.button("back.home", HOME())
        return [page_screen(voice, content.careers[verdict.career], home)]
    if verdict.decision == "mentor":
        first = _from_library(verdict, voice, content) if verdict.answers else []
        return [*first, mentor_screen(voice, content, verdict.mentor)]
    return _from_library(verdict, voice, content)


def _from_library(verdict: Verdict, voice: Voice, content: Content) -> list[Screen]:
    wish = verdict.wish
    found = wish is not None and bool(directory.search(content, wish))
    if verdict.library == "answer":
        screens = [
            entry_screen(
                voice,
                content.entries[i],
                [content.entries[r] for r in content.entries[i].related[:3]],
            )
            for i in verdict.ids
        ]
        if wish is not None and found:
            screens[-1] = screens[-1].with_row_before_last(wish_button(voice, content, wish))
        return screens
    if verdict.library == "smalltalk":
        return [smalltalk_screen(voice, content, verdict.ids[0])]
    if verdict.library == "clarify":
        screen = clarify_screen(voice, [content.entries[c.id] for c in verdict.candidates])
        if wish is not None and found:
            screen = screen.with_row_before_last(wish_button(voice, content, wish))
        return [screen]
    if wish is not None and found and not verdict.outside:
        # No answer fits, but the directory holds what she is looking for.
        return [list_screen(voice, content, wish, 0)]
    return [lost_screen(voice, "lost.outside" if verdict.outside else "lost.first")]


async def invite(turn: Turn, text: str) -> None:
    """Answer `/ask`, with or without a question behind it."""
    if text:
        await question(turn, text)
        return
    await turn.show(
        Screen(turn.voice.say("ask.invite"), ((turn.voice.button("home.topics", TOPICS(0)),),))
    )


async def question(turn: Turn, text: str) -> None:
    """Answer a question in the language it was asked in. Danger was looked for before."""
    last = turn.conversation.last_entry
    at = turn.conversation.last_entry_at_utc
    recent = last if at and turn.now - at < CONTEXT_LASTS else None
    verdict = turn.services.answerer.consider(text, recent, safe=True)
    voice = turn.voice_for(verdict.language)
    turn.conversation.unclear_id = None
    # A wish for a job is no question: the career itself is the answer.
    if verdict.decision == "career" and verdict.career is not None:
        await careers.open_page(turn, verdict.career, voice.tongue, new_message=True)
        return
    # Nor is a wish to talk with a woman, but it may have an answer as well.
    if verdict.decision == "mentor" and not verdict.answers:
        await turn.show(
            mentor_screen(voice, turn.services.content, verdict.mentor), new_message=True
        )
        return
    await _count(turn, text, verdict)
    if verdict.decision == "handoff":
        await _lost(turn, text, verdict, voice)
        return
    if verdict.decision == "clarify":
        turn.conversation.unclear_id = await last_words.newest(turn.actor)
    if verdict.answers:
        _remember(turn, verdict.ids[-1])
    *first, last_screen = screens_for(verdict, voice, turn.services.content)
    for screen in first:
        await turn.show(screen, new_message=True)
    await turn.show(await pathway.offer_to_go_on(turn, last_screen), new_message=True)


# What a decision is counted as; small talk is no question.
_COUNTED = {"answer": "answered", "clarify": "clarified", "handoff": "lost"}


async def _count(turn: Turn, text: str, verdict: Verdict) -> None:
    """Count the decision, what it was about, and how it was written: no word of hers."""
    counted = _COUNTED.get(verdict.library)
    if counted is None:
        return
    await turn.count("question", "outside" if verdict.outside else counted)
    await turn.count("language", verdict.language)
    if verdict.answers:
        topics = [turn.services.content.topic_of[i] for i in verdict.ids]
        await turn.count("topic", *dict.fromkeys(topics))
    elif counted == "lost" and not verdict.outside:
        await turn.count("gap", *(turn.services.answerer.subjects(text) or ("other",)))


async def _lost(turn: Turn, text: str, verdict: Verdict, voice: Voice) -> None:
    if verdict.outside:
        screen = lost_screen(voice, "lost.outside")
        await turn.show(await pathway.offer_to_go_on(turn, screen), new_message=True)
        return
    if verdict.wish is not None and directory.search(turn.services.content, verdict.wish):
        for screen in screens_for(verdict, voice, turn.services.content):
            await turn.show(screen, new_message=True)
        return
    before = turn.conversation.lost_at_utc
    again = before is not None and turn.now - before < REWORDING_LASTS
    turn.conversation.lost_at_utc = turn.now
    if any(char.isalpha() for char in text):
        await _keep(turn, text, verdict.language)
        key = "lost.again" if again else "lost.first"
    else:
        key = "lost.wordless"
    screen = await pathway.offer_to_go_on(turn, lost_screen(voice, key))
    await turn.show(screen, new_message=True)


async def _keep(turn: Turn, text: str, language: Language) -> None:
    """Keep a question for the coordinators; beside danger for those on call only."""
    private = await last_words.beside_danger(turn.actor, text)
    await asked.keep(turn.actor, text, language, private=private)


async def show_entry(
    turn: Turn,
    entry_id: str,
    tongue: Tongue | None,
    *,
    topic: str | None = None,
    rated: bool = False,
) -> None:
    """Show one entry: in place while browsing, as a new message elsewhere."""
    content = turn.services.content
    entry_ = content.entries[entry_id]
    related = (
        [] if topic else [content.entries[r] for r in turn.services.answerer.related(entry_id)]
    )
    _remember(turn, entry_id)
    turn.conversation.unclear_id = None
    if not rated:
        await turn.count("topic", content.topic_of[entry_id])
    screen = entry_screen(turn.services.voice(tongue), entry_, related, rated=rated, topic=topic)
    await turn.show(screen, new_message=not (topic or rated))


async def entry(
    turn: Turn, entry_id: str, tongue: Tongue | None, from_topic: bool = False
) -> None:
    """Open the entry a button names."""
    content = turn.services.content
    if entry_id not in content.entries:
        raise StaleError
    topic = content.topic_of[entry_id] if from_topic else None
    await show_entry(turn, entry_id, tongue, topic=topic)


async def rate(turn: Turn, helpful: bool, entry_id: str, tongue: Tongue | None) -> None:
    """Keep a 👍 or 👎, and say thanks in the message itself."""
    if entry_id not in turn.services.content.entries:
        raise StaleError
    await ratings.give_feedback(turn.actor, entry_id, helpful)
    await turn.count("rated", "good" if helpful else "bad")
    if helpful and turn.conversation.lost_at_utc is not None:
        since = turn.now - REWORDING_LASTS
        await asked.withdraw_since(turn.session, turn.person.id, since)
    turn.toast = turn.voice.label("rate.good" if helpful else "rate.bad")
    await show_entry(turn, entry_id, tongue, rated=True)


async def none_of_these(turn: Turn) -> None:
    """None of the offered questions was meant: keep hers for a coordinator."""
    text = await last_words.text_of(turn.actor, turn.conversation.unclear_id)
    turn.conversation.unclear_id = None
    if text:
        language = turn.services.answerer.language(text)
        await _keep(turn, text, language)
        await turn.count("gap", *(turn.services.answerer.subjects(text) or ("other",)))
        turn.conversation.lost_at_utc = turn.now
    await turn.show(lost_screen(turn.voice, "lost.first" if text else "ask.invite"))


def _remember(turn: Turn, entry_id: str) -> None:
    turn.conversation.last_entry = entry_id
    turn.conversation.last_entry_at_utc = turn.now


def name_of(voice: Voice, content: Content, entry_id: str) -> str:
    """Return an entry's question; the id of one that is gone."""
    entry = content.entries.get(entry_id)
    return entry.question.get(voice.tongue) if entry else entry_id
