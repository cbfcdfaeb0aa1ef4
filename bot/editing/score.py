"""What an edit did to the understanding of questions: the labelled ones, before and after.

Each run is kept (`data/score.json`), so an editor runs it before an edit and after it, and sees
which questions found their entry before and do not any more.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.editing.labelled import Labelled

Outcome = dict[str, str]


def outcomes(answerer: Answerer, content: Content, questions: Iterable[Labelled]) -> Outcome:
    """Return for each question `right`, or what it got instead."""
    found: Outcome = {}
    for question in questions:
        if question.label not in content.entries and question.label != "oos":
            continue
        verdict = answerer.consider(question.text)
        if question.label == "oos":
            wrong = verdict.decision == "answer"
            found[question.text] = f"answered with {verdict.ids[0]}" if wrong else "right"
        else:
            first = verdict.candidates[0].id if verdict.candidates else "nothing"
            found[question.text] = "right" if first == question.label else f"finds {first}"
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
