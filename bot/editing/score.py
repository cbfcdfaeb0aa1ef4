"""What an edit did to the understanding of questions: those of the street, before and after.

Each run is kept (`data/score.json`), so an editor runs it before an edit and after it, and sees
which questions found what meets them before and do not any more.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.editing.street import Street

Outcome = dict[str, str]


def outcomes(answerer: Answerer, questions: Iterable[Street]) -> Outcome:
    """Return for each question `right`, or what it got instead.

    A question is right when something that meets it comes first, what is none for this bot when
    it is not answered. What asks for nothing that is here, danger and small talk are left out.
    """
    found: Outcome = {}
    for question in questions:
        if question.kind == "outside":
            verdict = answerer.consider(question.text, safe=True)
            wrong = verdict.decision == "answer" and verdict.shown[0].key not in question.full
            found[question.text] = f"answered with {verdict.shown[0].key}" if wrong else "right"
        elif question.kind in ("question", "two") and question.full:
            verdict = answerer.consider(question.text, safe=True)
            first = verdict.candidates[0].key if verdict.candidates else "nothing"
            found[question.text] = "right" if first in question.full else f"finds {first}"
    return found


def compare(before: Outcome, after: Outcome) -> tuple[list[str], list[str]]:
    """Return plain sentences for the questions that broke, and for those that were mended."""
    broke = [
        f"broke: “{text}” now {now}"
        for text, now in after.items()
        if now != "right" and before.get(text) == "right"
    ]
    mended = [
        f"mended: “{text}”"
        for text, now in after.items()
        if now == "right" and before.get(text, "right") != "right"
    ]
    return broke, mended


def read_last(file: Path) -> Outcome:
    """Return the outcome of the last run; empty when there was none."""
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def keep(file: Path, outcome: Outcome) -> None:
    """Keep an outcome for the next comparison."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(outcome, ensure_ascii=False, indent=0), encoding="utf-8")
