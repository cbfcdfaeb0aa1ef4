"""What a girl who teaches is shown: pure functions of values."""

from bot.content import Content
from bot.content.faq import FaqEntry
from bot.language.words import shorten
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from bot.teaching import giving, words
from bot.teaching.giving import Given, Teaching
from bot.teaching.judging import Task
from handlers.answering.entries import name_of
from handlers.doors import LET_LEARN, TEACH, homewards, to_more
from handlers.teaching.taps import (
    ABOUT_OPEN,
    ASK,
    BETTER,
    JOIN,
    JUDGE,
    MINE,
    NOT_NICE,
    SAYS,
    STOP,
    TAKE_BACK,
)


def invite_screen(voice: Voice) -> Screen:
    """Return what teaching is, before she joins."""
    return Screen(
        voice.say("teach.invite"), ((voice.button("teach.join", JOIN()),), to_more(voice))
    )


def home_screen(voice: Voice, teaching: Teaching) -> Screen:
    """Return what she has given, and what she can do."""
    return Screen(
        paragraphs(
            voice.say("teach.home"),
            *_counts(voice, teaching),
            voice.say("teach.is_open" if teaching.open else "teach.is_not_open"),
            voice.say("teach.learns" if teaching.learns else "teach.learns_not"),
        ),
        (
            (voice.button("teach.ask", ASK(0)),),
            (voice.button("teach.judge", JUDGE()), voice.button("teach.mine", MINE(0))),
            (
                voice.button("teach.open_button", ABOUT_OPEN()),
                voice.button("teach.learn_button", LET_LEARN()),
            ),
            (voice.button("teach.stop", STOP(False)),),
            to_more(voice),
        ),
    )


def _counts(voice: Voice, teaching: Teaching) -> tuple[Html, ...]:
    """Return how many questions she gave the Khmer language, and how many wait."""
    given = voice.say("teach.given", n=voice.number(teaching.accepted))
    waits = voice.say("teach.waits", n=voice.number(teaching.waiting))
    return (
        given if teaching.accepted else Html(""),
        waits if teaching.waiting else Html(""),
    )


def ask_screen(voice: Voice, entry: FaqEntry, number: int) -> Screen:
    """Return a question, and ask how she would put it."""
    return Screen(
        voice.say(
            "teach.how",
            question=entry.question.get(voice.tongue),
            most=voice.number(words.LONGEST),
        ),
        (
            (voice.button("teach.another", ASK(number + 1)),),
            homewards(voice, voice.button("back.teach", TEACH())),
        ),
    )


def thanks_screen(voice: Voice, teaching: Teaching) -> Screen:
    """Return thanks for what she gave, with the ways on."""
    return Screen(
        paragraphs(voice.say("teach.thanks"), *_counts(voice, teaching)),
        (
            (voice.button("teach.one_more", ASK(0)), voice.button("teach.judge", JUDGE())),
            homewards(voice, voice.button("back.teach", TEACH())),
        ),
    )


def agree_screen(voice: Voice, key: str, tap: Tap, *, agreed: bool) -> Screen:
    """Return what she would agree to in plain words, or has agreed to, and the choice."""
    change = (
        voice.button(f"{key}_no", tap("off")) if agreed else voice.button(f"{key}_yes", tap("on"))
    )
    return Screen(
        paragraphs(voice.say(key), voice.say("teach.agreed") if agreed else ""),
        ((change,), homewards(voice, voice.button("back.teach", TEACH()))),
    )


def mine_screen(
    voice: Voice, content: Content, found: list[Given], number: int, total: int
) -> Screen:
    """Return a page of what she gave, each to be taken back."""
    page = Page(tuple(found), number, pages_of(total, giving.PAGE))
    lines = [
        voice.say(
            "teach.line",
            state=voice.label(f"way_state.{one.state}"),
            text=one.text,
            question=_question(voice, content, one.target),
        )
        for one in page.items
    ]
    return Screen(
        paragraphs(
            voice.say("teach.mine_text" if total else "teach.gave_none"), Html("\n".join(lines))
        ),
        (
            *(
                (Button(shorten(f"🗑 {one.text}", LONGEST_LABEL), TAKE_BACK(one.id, False)),)
                for one in page.items
            ),
            page.ways(voice, MINE),
            homewards(voice, voice.button("back.teach", TEACH())),
        ),
    )


def _question(voice: Voice, content: Content, target: str) -> str:
    return name_of(voice, content, target.removeprefix("faq:"))


def take_back_screen(voice: Voice, given: Given) -> Screen:
    """Return the question before one that she gave goes."""
    keep, sure = MINE.again(), TAKE_BACK(given.id, True)
    return sure_screen(voice, "teach.take_back", keep, sure, text=given.text)


def judge_screen(voice: Voice, content: Content, task: Task) -> Screen:
    """Return what is to be judged: one way of asking, or two side by side."""
    back = homewards(voice, voice.button("back.teach", TEACH()))
    question = _question(voice, content, task.target)
    if len(task.ways) == 1:
        (way,) = task.ways
        return Screen(
            voice.say("judge.same", question=question, text=way.text),
            (
                (
                    voice.button("judge.yes", SAYS(way.id, "yes")),
                    voice.button("judge.no", SAYS(way.id, "no")),
                ),
                (
                    voice.button("judge.unsure", SAYS(way.id, "unsure")),
                    voice.button("judge.not_nice", NOT_NICE(way.id)),
                ),
                back,
            ),
        )
    first, second = task.ways
    two = first.id, second.id
    return Screen(
        voice.say("judge.better", question=question, first=first.text, second=second.text),
        (
            (
                voice.button("judge.first", BETTER(*two, "first")),
                voice.button("judge.second", BETTER(*two, "second")),
            ),
            (
                voice.button("judge.both", BETTER(*two, "both")),
                voice.button("judge.none", BETTER(*two, "none")),
            ),
            (
                voice.button("judge.first_not_nice", NOT_NICE(first.id)),
                voice.button("judge.second_not_nice", NOT_NICE(second.id)),
            ),
            back,
        ),
    )


def judged_screen(voice: Voice) -> Screen:
    """Return that there is nothing (more) to judge today."""
    return Screen(
        voice.say("judge.nothing"),
        (
            (voice.button("teach.ask", ASK(0)),),
            homewards(voice, voice.button("back.teach", TEACH())),
        ),
    )
