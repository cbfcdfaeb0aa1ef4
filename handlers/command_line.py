"""One line of `bongsrey ask`: the bot's own decision and screen, with no token or database."""

import html
import re
from typing import Any

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.language.detect import ANSWERED_IN
from bot.screens.voice import Voice
from handlers.answering.ask import screens_for
from handlers.careers.screens import page_screen
from handlers.safety.care import care_screen

_TAG = re.compile("<[^>]+>")


def answer_line(answerer: Answerer, content: Content, text: str) -> dict[str, Any]:
    """Return what a girl who sends `text` first gets, as plain values."""
    verdict = answerer.consider(text)
    voice = Voice(content, ANSWERED_IN[verdict.language])
    decision = verdict.decision
    if verdict.danger is not None:
        screens = [care_screen(voice, content, verdict.danger.kind)]
    elif (career := answerer.career(text)) is not None:
        decision = "answer"
        home = voice.button("back.home", "go:home")
        screens = [page_screen(voice, content.careers[career], home)]
    else:
        screens = screens_for(verdict, voice, content)
    return {
        "text": text,
        "language": verdict.language,
        "decision": decision,
        "id": verdict.candidates[0].id if verdict.candidates else None,
        "score": round(verdict.score, 4),
        "candidates": [{"id": c.id, "score": round(c.score, 4)} for c in verdict.candidates],
        "reply": "\n\n".join(html.unescape(_TAG.sub("", s.text)) for s in screens),
    }
