"""Asking: an answer, "did you mean", or "I don't know, a person will answer you"."""

from datetime import timedelta

from bot.answering.answerer import Verdict
from bot.answering.ranking import Candidate
from bot.answering.targets import Kind
from bot.careers import directory, walks
from bot.content.base import Tongue
from bot.questions import asked, ratings
from bot.refusals import StaleError
from bot.safety import last_words
from bot.screens.screen import Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering.entries import entry_screen, related_to
from handlers.answering.shown import (
    asks_again,
    beside,
    context_of,
    lists_instead,
    lost_screen,
    screens_for,
    tells_of_sorrow,
    with_buttons,
)
from handlers.answering.targets import (
    door_of,
    is_known,
    lacks,
    page_of_career,
    screen_of,
    topic_of,
)
from handlers.careers import careers, pathway
from handlers.doors import HOME, SAVED, TOPICS

CONTEXT_LASTS = timedelta(minutes=30)
REWORDING_LASTS = timedelta(minutes=10)


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
    content, answerer = turn.services.content, turn.services.answerer
    last = recent(turn)
    verdict = answerer.consider(text, last, safe=True)
    voice = turn.voice_for(verdict.language)
    turn.conversation.unclear_id = None
    await _count(turn, text, verdict)
    if (about := context_of(verdict, content)) is not None:
        turn.about(about)
    if verdict.decision == "handoff":
        await _lost(turn, text, verdict, voice)
        return
    # What is asked for by its name is opened, as if its button were pressed.
    if len(verdict.shown) == 1:
        if (door := await _door(turn, verdict)) is not None:
            turn.leads_to = door
            return
        alone = not (verdict.doubtful or beside(verdict, voice, content, verdict.wish))
        if alone and page_of_career(verdict.shown[0]):
            career = verdict.shown[0].id
            await careers.open_page(turn, career, voice.tongue, new_message=True)
            return
    if asks_again(verdict, content, last):
        await _keep_gap(turn, text)
    elif verdict.decision == "clarify" or any(lacks(content, c) for c in verdict.shown):
        turn.conversation.unclear_id = await last_words.newest(turn.actor)
    *first, last_screen = screens_for(verdict, voice, content, last)
    for screen in first:
        await turn.show(screen, new_message=True)
    await turn.show(await pathway.offer_to_go_on(turn, last_screen), new_message=True)


def recent(turn: Turn) -> str | None:
    """Return what was shown last, while what she writes may be about it."""
    at = turn.conversation.last_entry_at_utc
    return turn.conversation.last_entry if at and turn.now - at < CONTEXT_LASTS else None


async def _door(turn: Turn, verdict: Verdict) -> Data | None:
    """Return where a page of the bot is opened; her plans where she has kept any."""
    (target,) = verdict.shown
    plans = target.key == "feature:plan" and await walks.saved(turn.session, turn.person.id)
    if plans:
        return SAVED(0)
    content = turn.services.content
    province = directory.province_in(verdict.text, content.provinces)
    return door_of(content, target, verdict.field, province)


# What a decision is counted as; small talk is no question.
_COUNTED = {"answer": "answered", "clarify": "clarified", "handoff": "lost"}


async def _count(turn: Turn, text: str, verdict: Verdict) -> None:
    """Count the decision, what it was about, and how it was written: no word of hers."""
    counted = _COUNTED.get(verdict.decision)
    if counted is None:
        return
    await turn.count("question", "outside" if verdict.outside else counted)
    await turn.count("language", verdict.language)
    if verdict.shown:
        topics = (topic_of(turn.services.content, shown) for shown in verdict.shown)
        await turn.count("topic", *dict.fromkeys(topic for topic in topics if topic))
    elif counted == "lost" and not verdict.outside:
        await _count_gap(turn, text)


async def _count_gap(turn: Turn, text: str) -> None:
    await turn.count("gap", *(turn.services.answerer.subjects(text) or ("other",)))


async def _keep_gap(turn: Turn, text: str) -> None:
    """Keep a question for a coordinator that an answer was shown for, but not all of it."""
    await _keep(turn, text)
    await _count_gap(turn, text)


async def _lost(turn: Turn, text: str, verdict: Verdict, voice: Voice) -> None:
    content = turn.services.content
    sad = tells_of_sorrow(turn.services.answerer, text)
    if verdict.outside or lists_instead(verdict, content):
        (screen,) = screens_for(verdict, voice, content, sad=sad)
        await turn.show(await pathway.offer_to_go_on(turn, screen), new_message=True)
        return
    before = turn.conversation.lost_at_utc
    again = before is not None and turn.now - before < REWORDING_LASTS
    if any(char.isalpha() for char in text):
        await _keep(turn, text)
        key = "lost.again" if again else "lost.first"
    else:
        key = "lost.wordless"
    screen = with_buttons(lost_screen(voice, key, sad=sad), beside(verdict, voice, content, None))
    await turn.show(await pathway.offer_to_go_on(turn, screen), new_message=True)


async def _keep(turn: Turn, text: str) -> None:
    """Keep a question for the coordinators; beside danger for those on call only."""
    private = await last_words.beside_danger(turn.actor, text)
    language = turn.services.answerer.language(text)
    await asked.keep(turn.actor, text, language, private=private)
    turn.conversation.lost_at_utc = turn.now


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
    related = [] if topic else related_to(content, entry_)
    turn.about(f"faq:{entry_id}")
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


async def of_thing(turn: Turn, kind: Kind, thing: str, aspect: str, tongue: Tongue | None) -> None:
    """Show what she asked about a thing, when it was the one that she meant."""
    content, candidate = turn.services.content, Candidate(thing, kind, 1.0, aspect)
    if not is_known(content, candidate):
        raise StaleError
    turn.about(candidate.key, aspect)
    if topic := topic_of(content, candidate):
        await turn.count("topic", topic)
    # Her question stays at hand where a person may have to answer it.
    if not lacks(content, candidate):
        turn.conversation.unclear_id = None
    screen = screen_of(turn.services.voice(tongue), content, candidate)
    await turn.show(screen, new_message=True)


async def none_of_these(turn: Turn) -> None:
    """None of the offered questions was meant: keep hers for a coordinator."""
    kept = await _keep_unclear(turn)
    await turn.show(lost_screen(turn.voice, "lost.first" if kept else "ask.invite"))


async def ask_a_person(turn: Turn) -> None:
    """She wants to know what the bot does not know of a thing: keep it for a coordinator."""
    kept = await _keep_unclear(turn)
    voice = turn.voice
    screen = Screen(
        voice.say("asked.kept" if kept else "ask.invite"),
        ((voice.button("home.topics", TOPICS(0)), voice.button("back.home", HOME())),),
    )
    await turn.show(screen, new_message=True)


async def _keep_unclear(turn: Turn) -> bool:
    """Keep the question that was not quite answered; return whether it was still at hand."""
    text = await last_words.text_of(turn.actor, turn.conversation.unclear_id)
    turn.conversation.unclear_id = None
    if text:
        await _keep_gap(turn, text)
    return bool(text)
