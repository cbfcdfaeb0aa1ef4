"""Asking: an answer, "did you mean", or "I don't know, a person will answer you"."""

from dataclasses import replace
from datetime import timedelta

from bot.answering.ranking import Candidate
from bot.answering.targets import Kind
from bot.answering.verdict import Verdict
from bot.careers import directory
from bot.careers.directory import Wish
from bot.content.base import Tongue
from bot.language.links import is_link
from bot.questions import asked, ratings
from bot.refusals import StaleError
from bot.safety import last_words
from bot.screens.screen import Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.teaching import examples, giving
from bot.teaching.targets import can_be_learned
from bot.turn import Turn
from handlers.answering import offered
from handlers.answering.entries import entry_screen
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
from handlers.answering.topics import way_to
from handlers.careers import careers, pathway, plans
from handlers.careers.directory import to_shelf
from handlers.doors import LET_LEARN, TOPICS, homewards
from handlers.home import first
from handlers.home.other import media_screen
from handlers.home.typed import province_alone

CONTEXT_LASTS = timedelta(minutes=30)
REWORDING_LASTS = timedelta(minutes=10)


async def invite(turn: Turn, text: str) -> None:
    """Answer `/ask`, with or without a question behind it."""
    if text:
        await question(turn, text)
        return
    await turn.show(
        Screen(
            turn.voice.say("ask.invite"),
            (homewards(turn.voice, turn.voice.button("home.topics", TOPICS(0))),),
        )
    )


async def question(turn: Turn, text: str) -> None:
    """Answer a question in the language it was asked in. Danger was looked for before."""
    verdict = turn.services.answerer.consider(text, recent(turn), safe=True)
    await _answer(turn, text, verdict)


async def answered(turn: Turn, text: str, apart: frozenset[str]) -> bool:
    """Answer a question with anything but what is set `apart`; return whether there was such."""
    verdict = turn.services.answerer.consider(text, recent(turn), safe=True)
    shown = tuple(one for one in verdict.shown if one.key not in apart)
    if verdict.decision != "answer" or not shown or shown[0] != verdict.shown[0]:
        return False
    others = tuple(one for one in verdict.candidates if one.key not in apart)
    await _answer(turn, text, replace(verdict, shown=shown, candidates=others))
    return True


async def _answer(turn: Turn, text: str, verdict: Verdict) -> None:
    content, last = turn.services.content, recent(turn)
    voice = turn.voice_for(text)
    turn.conversation.unclear_id = None
    if verdict.decision in ("clarify", "handoff") and is_link(text):
        await turn.show(media_screen(voice, "link"))
        return
    if province_alone(text, content.provinces) is None:
        _count(turn, text, verdict)
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
    await offered.remember(turn, verdict, voice, last)
    home = turn.person.province
    *first, last_screen = screens_for(verdict, voice, content, last, home=home)
    for screen in first:
        await turn.show(screen, new_message=True)
    await turn.show(await pathway.offer_to_go_on(turn, voice, last_screen), new_message=True)


def recent(turn: Turn) -> str | None:
    """Return what was shown last, while what she writes may be about it."""
    at = turn.conversation.last_entry_at_utc
    return turn.conversation.last_entry if at and turn.now - at < CONTEXT_LASTS else None


async def _door(turn: Turn, verdict: Verdict) -> Data | None:
    """Return where a page of the bot is opened; her plans where she has kept any."""
    (target,) = verdict.shown
    if target.key == "feature:plan" and (plan := await plans.of(turn, verdict.text)) is not None:
        return plan
    content = turn.services.content
    province = directory.province_in(verdict.text, content.provinces)
    return door_of(content, target, verdict.field, province)


# What a decision is counted as; small talk is no question.
_COUNTED = {"answer": "answered", "clarify": "clarified", "handoff": "lost"}


def _count(turn: Turn, text: str, verdict: Verdict) -> None:
    """Count the decision, what it was about, and how it was written: no word of hers."""
    counted = _COUNTED.get(verdict.decision)
    if counted is None:
        return
    turn.count("question", "outside" if verdict.outside else counted)
    turn.count("language", turn.language_of(text))
    if verdict.shown:
        topics = (topic_of(turn.services.content, shown) for shown in verdict.shown)
        turn.count("topic", *dict.fromkeys(topic for topic in topics if topic))
    elif counted == "lost" and not verdict.outside:
        _count_gap(turn, text)


def _count_gap(turn: Turn, text: str) -> None:
    turn.count("gap", *(turn.services.answerer.subjects(text) or ("other",)))


async def _keep_gap(turn: Turn, text: str) -> None:
    """Keep a question for a coordinator that an answer was shown for, but not all of it."""
    await _keep(turn, text)
    _count_gap(turn, text)


async def _lost(turn: Turn, text: str, verdict: Verdict, voice: Voice) -> None:
    content = turn.services.content
    if (province := province_alone(text, content.provinces)) is not None:
        # The name of a province is no question: there is something in most of them.
        first.kept_later(turn, province)
        turn.leads_to = to_shelf(Wish("study", province.id))
        return
    sad = tells_of_sorrow(turn.services.answerer, text)
    if verdict.outside or lists_instead(verdict, content):
        (screen,) = screens_for(verdict, voice, content, sad=sad, home=turn.person.province)
        await turn.show(await pathway.offer_to_go_on(turn, voice, screen), new_message=True)
        return
    if any(char.isalpha() for char in text):
        key = "lost.again" if _is_lost_again(turn) else "lost.first"
        await _keep(turn, text)
        turn.conversation.lost_at_utc = turn.now
    else:
        key = "lost.wordless"
    screen = with_buttons(lost_screen(voice, key, sad=sad), beside(verdict, voice, content, None))
    await turn.show(await pathway.offer_to_go_on(turn, voice, screen), new_message=True)


def _is_lost_again(turn: Turn) -> bool:
    """Return whether she was just told that no answer is known, and has been shown none since."""
    chat = turn.conversation
    lost, shown = chat.lost_at_utc, chat.last_entry_at_utc
    if lost is None or turn.now - lost >= REWORDING_LASTS:
        return False
    return shown is None or shown <= lost


async def _keep(turn: Turn, text: str) -> None:
    """Keep a question for the coordinators; beside danger for those on call only."""
    private = await last_words.beside_danger(turn.actor, text)
    language = turn.language_of(text)
    await asked.keep(turn.actor, text, language, private=private)


async def show_entry(
    turn: Turn,
    entry_id: str,
    tongue: Tongue | None,
    *,
    topic: Data | None = None,
    rated: bool = False,
    let_learn: bool = False,
) -> None:
    """Show one entry: in place while browsing, as a new message elsewhere.

    `let_learn` offers to let the bot learn from how she asked.
    """
    content = turn.services.content
    entry_ = content.entries[entry_id]
    turn.about(f"faq:{entry_id}")
    turn.conversation.unclear_id = None
    if not rated:
        turn.count("topic", content.topic_of[entry_id])
    voice = turn.services.voice(tongue)
    screen = entry_screen(voice, content, entry_, rated=rated, topic=topic)
    if let_learn:
        screen = screen.with_row_before_last(voice.button("teach.let_learn", LET_LEARN()))
    await turn.show(screen, new_message=not (topic or rated))


async def entry(
    turn: Turn, entry_id: str, tongue: Tongue | None, from_topic: bool = False
) -> None:
    """Open the entry a button names."""
    content = turn.services.content
    if entry_id not in content.entries:
        raise StaleError
    back = way_to(content, entry_id) if from_topic else None
    await show_entry(turn, entry_id, tongue, topic=back)


async def rate(
    turn: Turn, helpful: bool, entry_id: str, tongue: Tongue | None, from_topic: bool = False
) -> None:
    """Keep a 👍 or 👎, and say thanks in the message itself."""
    content = turn.services.content
    if entry_id not in content.entries:
        raise StaleError
    await ratings.give_feedback(turn.actor, entry_id, helpful)
    turn.count("rated", "good" if helpful else "bad")
    if helpful:
        since = turn.now - REWORDING_LASTS
        await asked.withdraw_since(turn.session, turn.person.id, since)
    else:
        await examples.was_wrong(turn.actor, f"faq:{entry_id}")
    turn.toast = turn.voice.label("rate.good" if helpful else "rate.bad")
    back = way_to(content, entry_id) if from_topic else None
    asks = helpful and not from_topic and can_be_learned(content, f"faq:{entry_id}")
    let_learn = asks and await giving.may_be_asked_to_let_learn(turn.actor, turn.role)
    await show_entry(turn, entry_id, tongue, topic=back, rated=True, let_learn=let_learn)


async def of_thing(turn: Turn, kind: Kind, thing: str, aspect: str, tongue: Tongue | None) -> None:
    """Show what she asked about a thing, when it was the one that she meant."""
    content, candidate = turn.services.content, Candidate(thing, kind, 1.0, aspect)
    if not is_known(content, candidate):
        raise StaleError
    turn.about(candidate.key, aspect)
    if topic := topic_of(content, candidate):
        turn.count("topic", topic)
    # Her question stays at hand where a person may have to answer it.
    if not lacks(content, candidate):
        turn.conversation.unclear_id = None
    voice, home = turn.services.voice(tongue), turn.person.province
    screen = screen_of(voice, content, candidate, home=home)
    await turn.show(screen, new_message=True)


async def none_of_these(turn: Turn) -> None:
    """None of the offered questions was meant: keep hers for a coordinator."""
    kept = await _keep_unclear(turn)
    if kept:
        turn.conversation.lost_at_utc = turn.now
    await turn.show(lost_screen(turn.voice, "lost.first" if kept else "ask.invite"))


async def ask_a_person(turn: Turn) -> None:
    """She wants to know what the bot does not know of a thing: keep it for a coordinator."""
    kept = await _keep_unclear(turn)
    voice = turn.voice
    screen = Screen(
        voice.say("asked.kept" if kept else "ask.invite"),
        (homewards(voice, voice.button("home.topics", TOPICS(0))),),
    )
    await turn.show(screen, new_message=True)


async def _keep_unclear(turn: Turn) -> bool:
    """Keep the question that was not quite answered; return whether it was still at hand."""
    text = await last_words.text_of(turn.actor, turn.conversation.unclear_id)
    turn.conversation.unclear_id = None
    if text:
        await _keep_gap(turn, text)
    return bool(text)
