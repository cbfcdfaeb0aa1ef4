"""Asking: an answer, "did you mean", or "I don't know, a person will answer you"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.answering.answerer import Answerer, Verdict
from bot.answering.ranking import Candidate
from bot.answering.targets import Kind
from bot.careers import directory, walks
from bot.careers.directory import Wish
from bot.content import Content
from bot.content.base import Tongue
from bot.questions import asked, ratings
from bot.refusals import StaleError
from bot.safety import last_words
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering import of_careers
from handlers.answering.entries import entry_screen
from handlers.answering.taps import ASK_A_PERSON, NONE_OF_THESE
from handlers.answering.targets import (
    button_of,
    door_of,
    is_known,
    lacks,
    page_of_career,
    screen_of,
    topic_of,
)
from handlers.careers import careers, pathway
from handlers.careers.directory import list_screen, wish_button
from handlers.careers.screens import compare_screen
from handlers.careers.taps import KEPT
from handlers.doors import HELP, HOME, MENTOR_WISH, PATH, TOPICS

CONTEXT_LASTS = timedelta(minutes=30)
REWORDING_LASTS = timedelta(minutes=10)
# What else may have been meant is offered below an answer, this much of it.
ALTERNATIVES = 2
OFFERED = 3
# What is shown of these may be less than all that she looks for in the directory.
_OF_A_SUBJECT = ("faq", "career", "institution", "opportunity")
# Concepts of sorrow (content/concepts.yaml).
_SORROW = frozenset({"sad", "stress", "panic"})


def clarify_screen(
    voice: Voice,
    content: Content,
    candidates: Sequence[Candidate],
    wish: Wish | None = None,
    field: str | None = None,
) -> Screen:
    """Return up to three things that may be meant, of whatever kind, and "none of these"."""
    offered = [button_of(voice, content, c, wish, field) for c in candidates[:OFFERED]]
    # Two pages of the bot may have one door.
    buttons = {button.data: button for button in reversed(offered)}
    return Screen(
        voice.say("clarify.text"),
        (
            *((button,) for button in reversed(buttons.values())),
            (voice.button("clarify.none", NONE_OF_THESE()),),
        ),
    )


def lost_screen(voice: Voice, key: str, *, sad: bool = False) -> Screen:
    """Return what is said when no answer is known: kindly where she is sad, with the ways on."""
    return Screen(
        paragraphs(voice.say("lost.warm") if sad else "", voice.say(key)),
        (
            (voice.button("home.topics", TOPICS(0)),),
            (voice.button("home.path", PATH()),),
            (voice.button("home.help", HELP()), voice.button("back.home", HOME())),
        ),
    )


def screens_for(
    verdict: Verdict,
    voice: Voice,
    content: Content,
    last: str | None = None,
    *,
    sad: bool = False,
) -> list[Screen]:
    """Return what a verdict looks like; used by the bot and by `bongsrey ask`.

    `last` is the context of the answer before, as `Answerer.consider` was told it; `sad` says that
    her words tell of sorrow.
    """
    wish = wish_of(verdict, content)
    if verdict.decision in ("answer", "smalltalk"):
        screens = _shown(verdict, voice, content, wish)
        if verdict.doubtful:
            screens[-1] = _perhaps(verdict, voice, content, screens[-1])
        if asks_again(verdict, content, last):
            screens[-1] = _kept(voice, screens[-1])
    elif verdict.decision == "clarify":
        screens = [clarify_screen(voice, content, verdict.candidates, wish, verdict.field)]
    elif wish is not None and _lists_instead(verdict, content):
        screens = [list_screen(voice, content, wish, 0)]
    else:
        screens = [
            lost_screen(voice, "lost.outside" if verdict.outside else "lost.first", sad=sad)
        ]
    screens[-1] = _with(screens[-1], _beside(verdict, voice, content, wish))
    return screens


def tells_of_sorrow(answerer: Answerer, text: str) -> bool:
    """Return whether a text says that she is unhappy, whatever it asks."""
    return answerer.still_distressed(text) or not _SORROW.isdisjoint(answerer.subjects(text))


def wish_of(verdict: Verdict, content: Content) -> Wish | None:
    """Return what she looks for in the directory, on the shelf that is shown if one is."""
    wish, target = verdict.wish, verdict.target
    shelf = next((s for s in directory.SHELVES if target and target.key == f"list:{s}"), None)
    if shelf is None:
        return wish
    if wish is not None:
        return replace(wish, shelf=shelf)
    return Wish(shelf, directory.province_in(verdict.text, content.provinces))


def context_of(verdict: Verdict, content: Content) -> str | None:
    """Return what a follow-up would be about: what is shown, be it only a list."""
    if verdict.decision == "handoff" and _lists_instead(verdict, content):
        return f"list:{verdict.wish.shelf}" if verdict.wish else None
    return verdict.context


def _lists_instead(verdict: Verdict, content: Content) -> bool:
    """Return whether no answer fits, but the directory holds what she is looking for."""
    return verdict.wish is not None and not verdict.outside and _found(content, verdict.wish)


def asks_again(verdict: Verdict, content: Content, last: str | None) -> bool:
    """Return whether she asks once more for what is not known of something that is."""
    unknown = any(lacks(content, candidate) for candidate in verdict.shown)
    return unknown and last is not None and verdict.context == last


def _found(content: Content, wish: Wish) -> bool:
    return bool(directory.search(content, wish))


def _shown(verdict: Verdict, voice: Voice, content: Content, wish: Wish | None) -> list[Screen]:
    if (pair := _compared(verdict.shown)) is None:
        return [screen_of(voice, content, candidate, wish) for candidate in verdict.shown]
    first, second = pair
    one, other = content.careers[first.id], content.careers[second.id]
    back = voice.button("back.home", HOME())
    screen = compare_screen(voice, content, one, other, back)
    if first.aspect is not None and lacks(content, first) and lacks(content, second):
        line = of_careers.unknown_line(voice, first.aspect)
        screen = replace(screen, text=paragraphs(line, screen.text))
    return [screen]


def _compared(shown: Sequence[Candidate]) -> tuple[Candidate, Candidate] | None:
    """Return two careers that are compared; none where something else is asked of each."""
    if len(shown) != 2 or any(candidate.kind != "career" for candidate in shown):
        return None
    first, second = shown
    different = not (page_of_career(first) or page_of_career(second))
    return None if different and first.aspect != second.aspect else (first, second)


def _kept(voice: Voice, screen: Screen) -> Screen:
    """Return a screen that says that her question is kept, and no longer offers to keep it."""
    rows = (tuple(b for b in row if b.data != ASK_A_PERSON()) for row in screen.rows)
    text = paragraphs(screen.text, voice.say("asked.kept"))
    return Screen(text, tuple(row for row in rows if row))


def _beside(verdict: Verdict, voice: Voice, content: Content, wish: Wish | None) -> list[Button]:
    """Return the buttons to what her words wish for as well."""
    buttons = []
    kinds = {candidate.kind for candidate in verdict.shown}
    offers = verdict.decision == "clarify" or not kinds.isdisjoint(_OF_A_SUBJECT)
    if wish is not None and offers and _found(content, wish):
        buttons.append(wish_button(voice, content, wish))
    target = verdict.target
    asked_for = target is not None and target.key == "feature:mentor"
    if verdict.field is not None and verdict.decision != "smalltalk" and not asked_for:
        known = verdict.field if verdict.field in content.field else None
        buttons.append(voice.button("intro.start", MENTOR_WISH(known, None)))
    return buttons


def _perhaps(verdict: Verdict, voice: Voice, content: Content, screen: Screen) -> Screen:
    """Return an answer that is not sure, with what else she may have meant below it."""
    shown = {candidate.key for candidate in verdict.shown}
    others = [c for c in verdict.candidates if c.key not in shown][:ALTERNATIVES]
    if not others:
        return screen
    buttons = [button_of(voice, content, candidate) for candidate in others]
    text = paragraphs(screen.text, voice.say("answer.perhaps"))
    return _with(replace(screen, text=text), buttons)


def _with(screen: Screen, buttons: Sequence[Button]) -> Screen:
    """Return a screen with buttons above the way back, those that it does not have yet."""
    for button in buttons:
        if all(button.data != shown.data for row in screen.rows for shown in row):
            screen = screen.with_row_before_last(button)
    return screen


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
        alone = not (verdict.doubtful or _beside(verdict, voice, content, verdict.wish))
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
        return KEPT(0)
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
    if verdict.outside or _lists_instead(verdict, content):
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
    screen = _with(lost_screen(voice, key, sad=sad), _beside(verdict, voice, content, None))
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
    related = (
        [] if topic else [content.entries[r] for r in turn.services.answerer.related(entry_id)]
    )
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
