"""One line of `bongsrey ask`: the bot's own decision and screen, with no token or database."""

import html
import re
from typing import Any

from bot.answering.answerer import Answerer, Verdict
from bot.content import Content
from bot.language.detect import ANSWERED_IN
from bot.screens.voice import Voice
from handlers.answering.ask import screens_for
from handlers.safety.care import care_screen

_TAG = re.compile("<[^>]+>")


def answer_line(answerer: Answerer, content: Content, text: str) -> dict[str, Any]:
    """Return what a girl who sends `text` first gets, as plain values.

    `decision` knows five words, so what opens a page of a feature is an answer; `target` says
    which page. `id` is an entry of the library or null.
    """
    verdict = answerer.consider(text)
    voice = Voice(content, ANSWERED_IN[verdict.language])
    if verdict.danger is not None:
        screens = [care_screen(voice, content, verdict.danger.kind)]
    else:
        screens = screens_for(verdict, voice, content)
    opened = verdict.decision in ("career", "mentor")
    first = verdict.candidates[0].id if verdict.candidates else None
    return {
        "text": text,
        "language": verdict.language,
        "decision": "answer" if opened else verdict.decision,
        "id": None if opened and not verdict.answers else first,
        "target": _target(verdict),
        "score": round(verdict.score, 4),
        "candidates": [{"id": c.id, "score": round(c.score, 4)} for c in verdict.candidates],
        "reply": "\n\n".join(html.unescape(_TAG.sub("", s.text)) for s in screens),
    }


def _target(verdict: Verdict) -> str | None:
    if verdict.decision == "mentor":
        return "feature:mentor"
    if verdict.decision == "career":
        return f"career:{verdict.career}"
    return f"faq:{verdict.ids[0]}" if verdict.decision == "answer" else None
