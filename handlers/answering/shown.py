"""What a verdict looks like: used by the bot and by `bongsrey ask`, all of it pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answering.answerer import Answerer
from bot.answering.ranking import Candidate
from bot.answering.suggestions import OFFERED
from bot.answering.verdict import Verdict
from bot.careers import directory
from bot.careers.directory import Wish
from bot.content import Content
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.voice import Voice
from handlers.answering import of_careers
from handlers.answering.taps import ASK_A_PERSON, NONE_OF_THESE
from handlers.answering.targets import button_of, lacks, page_of_career, screen_of
from handlers.careers.directory import list_screen, wish_button
from handlers.careers.screens import compare_screen
from handlers.doors import HELP, HOME, MENTOR_WISH, PATH, TOPICS, homewards

# What else may have been meant is offered below an answer, this much of it.
ALTERNATIVES = 2
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
    offered = (button_of(voice, content, c, wish, field) for c in candidates[:OFFERED])
    return Screen(
        voice.say("clarify.text"),
        (
            *((button,) for button in _one_a_door(offered)),
            homewards(voice, voice.button("clarify.none", NONE_OF_THESE())),
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
    home: str | None = None,
) -> list[Screen]:
    """Return what a verdict looks like; used by the bot and by `bongsrey ask`.

    `last` is the context of the answer before, as `Answerer.consider` was told it; `sad` says that
    her words tell of sorrow; `home` is her province, if she told it.
    """
    wish = wish_of(verdict, content)
    if verdict.decision in ("answer", "smalltalk"):
        screens = _shown(verdict, voice, content, wish, home)
        if asks_again(verdict, content, last):
            screens[-1] = _kept(voice, screens[-1])
        # The buttons are right below the words that name them.
        if verdict.doubtful:
            screens[-1] = _perhaps(verdict, voice, content, screens[-1], wish)
    elif verdict.decision == "clarify":
        screens = [clarify_screen(voice, content, verdict.candidates, wish, verdict.field)]
    elif wish is not None and lists_instead(verdict, content):
        screens = [list_screen(voice, content, wish, 0, home)]
    else:
        screens = [
            lost_screen(voice, "lost.outside" if verdict.outside else "lost.first", sad=sad)
        ]
    screens[-1] = with_buttons(screens[-1], beside(verdict, voice, content, wish))
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
    if verdict.decision == "handoff" and lists_instead(verdict, content):
        return f"list:{verdict.wish.shelf}" if verdict.wish else None
    return verdict.context


def lists_instead(verdict: Verdict, content: Content) -> bool:
    """Return whether no answer fits, but the directory holds what she is looking for."""
    return verdict.wish is not None and not verdict.outside and _found(content, verdict.wish)


def asks_again(verdict: Verdict, content: Content, last: str | None) -> bool:
    """Return whether she asks once more for what is not known of something that is."""
    unknown = any(lacks(content, candidate) for candidate in verdict.shown)
    return unknown and last is not None and verdict.context == last


def _found(content: Content, wish: Wish) -> bool:
    return bool(directory.search(content, wish))


def _shown(
    verdict: Verdict, voice: Voice, content: Content, wish: Wish | None, home: str | None
) -> list[Screen]:
    if (pair := _compared(verdict.shown)) is None:
        return [screen_of(voice, content, candidate, wish, home) for candidate in verdict.shown]
    first, second = pair
    one, other = content.careers[first.id], content.careers[second.id]
    back = homewards(voice)
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
    return replace(screen, text=text, rows=tuple(row for row in rows if row))


def beside(verdict: Verdict, voice: Voice, content: Content, wish: Wish | None) -> list[Button]:
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


def _perhaps(
    verdict: Verdict, voice: Voice, content: Content, screen: Screen, wish: Wish | None
) -> Screen:
    """Return an answer that is not sure; what else she may have meant are its first buttons."""
    shown = {candidate.key for candidate in verdict.shown}
    others = [c for c in verdict.candidates if c.key not in shown][:ALTERNATIVES]
    if not others:
        return screen
    offered = _one_a_door(
        button_of(voice, content, candidate, wish, verdict.field) for candidate in others
    )
    doors = {button.data for button in offered}
    rest = (tuple(b for b in row if b.data not in doors) for row in screen.rows)
    return replace(
        screen,
        text=paragraphs(screen.text, voice.say("answer.perhaps")),
        rows=(*((button,) for button in offered), *(row for row in rest if row)),
    )


def _one_a_door(buttons: Iterable[Button]) -> list[Button]:
    """Return the first button to each door: two pages of the bot may have one."""
    doors: dict[object, Button] = {}
    for button in buttons:
        doors.setdefault(button.data, button)
    return list(doors.values())


def with_buttons(screen: Screen, buttons: Sequence[Button]) -> Screen:
    """Return a screen with buttons above the way back, those that it does not have yet."""
    for button in buttons:
        if all(button.data != shown.data for row in screen.rows for shown in row):
            screen = screen.with_row_before_last(button)
    return screen
