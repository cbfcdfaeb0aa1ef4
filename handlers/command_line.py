"""One line of `bongsrey ask`: the bot's own decision and screens, with no token or database.

A line is a message of somebody who writes for the first time, or a talk: a JSON object with her
messages in order, of which the last is answered as the bot would answer it there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.answering.answerer import Answerer
from bot.answering.verdict import Verdict
from bot.content import Content
from bot.incoming import whole
from bot.language.detect import ANSWERED_IN
from bot.language.khmer import khmer_share
from bot.safety import care_time, last_words
from bot.safety.danger import Danger, Level
from bot.safety.last_words import Word
from bot.screens.parts import plain
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from handlers.announcements.subscriptions import NO_MESSAGES, card_screen
from handlers.answering import at_a_loss
from handlers.answering.shown import context_of, screens_for, tells_of_sorrow
from handlers.home.typed import UNSURE, YES
from handlers.safety import care
from handlers.safety.call_screens import over_screen

# The page of the kinds of messages that can be switched off.
_MESSAGES = "feature:stop-messages"


class LineError(ValueError):
    """A line of the input is meant for JSON and cannot be read; the message says why."""


def messages_of(line: str) -> tuple[str, ...]:
    """Return what a line of the input says: one message, or those of a talk in order.

    A JSON object names a message as its `text`, which may have several lines, or a `talk`. Every
    other line is a message as it stands. Raises LineError for what begins as an object and is
    none of these: read as her words, what is half of a message would be answered.
    """
    if not line.lstrip().startswith("{"):
        return (line,)
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise LineError(
            "the line begins with { and is no JSON object: mend its quotes and brackets, such as "
            '{"text": "hello"}'
        ) from None
    talk = said.get("talk", [said.get("text")])
    if isinstance(talk, list) and talk and all(isinstance(text, str) for text in talk):
        return tuple(map(whole, talk))
    raise LineError(
        "the object names no message: write "
        '{"text": "hello"} or {"talk": ["hello", "how are you"]}'
    )


def answer_line(answerer: Answerer, content: Content, line: str) -> dict[str, Any]:
    """Return what a girl who sends a line gets, as plain values.

    `decision` knows five words, so what opens a page of a feature is an answer. `target` is what
    is answered with, by its kind and id (“career:pilot”, “faq:what-is-ai”, “list:scholarship”,
    “feature:events”), and `aspect` what is asked about it; both may be null. `id` is an entry of
    the library, or null where the target, or else the likeliest one, is none. Of a candidate that
    is no entry `id` is the key of the target. `care` says what was seen of danger:
    “care”, which is the decision “safety”, or “gentle”, beside the decision that it would have
    been, or null.
    """
    return answer_with_buttons(answerer, content, line)[0]


def answer_with_buttons(
    answerer: Answerer, content: Content, line: str
) -> tuple[dict[str, Any], list[str]]:
    """Return what a girl who sends a line gets, and what stands on the buttons below it."""
    talk, messages = _Talk(answerer, content), messages_of(line)
    for text in messages:
        said = talk.say(text)
    verdict = said.verdict
    labels = [b.label for s in said.screens for row in s.rows for b in row]
    values = {
        "text": messages[-1],
        "language": verdict.language,
        "decision": said.decision,
        "care": said.care,
        "id": None if said.page else _entry(verdict),
        "target": said.target,
        "aspect": said.aspect,
        "score": round(verdict.score, 4),
        "candidates": [
            {"id": c.id if c.kind == "faq" else c.key, "score": round(c.score, 4)}
            for c in verdict.candidates
        ],
        "reply": "\n\n".join(plain(s.words) for s in said.screens),
    }
    return values, labels


@dataclass(frozen=True)
class _Said:
    """What came of one message of a talk."""

    verdict: Verdict
    decision: str
    screens: Sequence[Screen]
    care: Level | None = None
    target: str | None = None
    aspect: str | None = None
    # whether it is a page of a feature and no entry of the library
    page: bool = False


@dataclass
class _Talk:
    """What the bot remembers of one talk without a break."""

    answerer: Answerer
    content: Content
    words: list[Word] = field(default_factory=list)
    # what the answer before was about
    context: str | None = None
    # whether she was told gently that help is there
    told: bool = False
    # the kind of danger that was met with care, and in which language
    kind: str | None = None
    tongue: str = ""

    def say(self, text: str) -> _Said:
        """Return what the bot says to the next message."""
        answerer, content = self.answerer, self.content
        verdict = answerer.consider(text, self.context, safe=True)
        voice = Voice(content, ANSWERED_IN[verdict.language])
        near = self.kind is not None and answerer.is_cry(text)
        asked = None if near else answerer.request(text)
        danger = self._danger(text, to_bot=asked not in (None, YES, UNSURE))
        if danger is not None and danger.level is Level.CARE:
            self.kind, self.tongue, self.told = danger.kind, voice.tongue, False
            return self._cared(verdict, care.care_screen(voice, content, danger.kind))
        if asked == NO_MESSAGES:
            screens = [card_screen(voice, frozenset())]
            return _Said(verdict, "answer", screens, None, _MESSAGES, page=True)
        if asked == at_a_loss.DECLINES:
            return _Said(verdict, "smalltalk", [at_a_loss.declined_screen(voice)])
        if asked == at_a_loss.NO_IDEA:
            return _Said(verdict, "smalltalk", [at_a_loss.no_idea_screen(voice, content, None)])
        if asked == at_a_loss.KILLS_TIME:
            return _Said(verdict, "smalltalk", [at_a_loss.chat_screen(voice, content)])
        if asked in (None, YES, UNSURE) and self.kind is not None:
            after = care.after(answerer, content, text)
            if after == "relief":
                self.kind, self.words = None, []
                screen = over_screen(Voice(content, self.tongue), "care.relieved")
                return _Said(verdict, "smalltalk", [screen])
            if after == "reply":
                began = voice if khmer_share(text) else Voice(content, self.tongue)
                return self._cared(
                    verdict, care.care_screen(began, content, self.kind, lasting=True)
                )
        if asked == YES:
            return _Said(verdict, "smalltalk", [at_a_loss.agreed_screen(voice, content)])
        return self._answered(verdict, voice, danger)

    def _danger(self, text: str, *, to_bot: bool) -> Danger | None:
        words = [*self.words, Word(text)][-last_words.MOST :]
        found = last_words.look(partial(self.answerer.danger, to_bot=to_bot), words)
        self.words = last_words.met(words, found)
        return None if found is None else found.danger

    def _cared(self, verdict: Verdict, screen: Screen) -> _Said:
        return _Said(verdict, "safety", [screen], Level.CARE)

    def _answered(self, verdict: Verdict, voice: Voice, danger: Danger | None) -> _Said:
        """Answer as always, under the line that belongs above it, if any."""
        sad = tells_of_sorrow(self.answerer, verdict.text)
        screens = screens_for(verdict, voice, self.content, self.context, sad=sad)
        if self.kind is not None:
            said = care_time.is_told(self.kind, before=self.told)
            self.told = True
            line = care.quiet_line(voice, self.content, self.kind, said=said)
            screens[0] = screens[0].below(line)
        elif danger is not None and not self.told:
            self.told = True
            screens[0] = screens[0].below(care.gentle_line(voice))
        self.context = context_of(verdict, self.content) or self.context
        target = verdict.target if verdict.decision == "answer" else None
        return _Said(
            verdict,
            verdict.decision,
            screens,
            None if danger is None else danger.level,
            None if target is None else target.key,
            None if target is None else target.aspect,
        )


def _entry(verdict: Verdict) -> str | None:
    first = verdict.target or next(iter(verdict.candidates), None)
    return first.id if first is not None and first.kind == "faq" else None
