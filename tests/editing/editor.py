"""An editor who is asked for something new, and what she wrote."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.content import Content
from bot.content.base import Model
from bot.content.careers import Career
from bot.content.directory import Institution, Opportunity
from bot.content.faq import FaqEntry
from bot.content.school_year import SchoolDate
from bot.editing.new.interview import interview
from bot.editing.new.kinds import KINDS
from bot.editing.new.talk import Talk

DAY = date(2026, 11, 29)
# So many lines are never said to her, unless the same question is asked without end.
PATIENCE = 1000
SHAPES: dict[str, type[Model]] = {
    "faq": FaqEntry,
    "career": Career,
    "institution": Institution,
    "opportunity": Opportunity,
    "date": SchoolDate,
}
# What nobody can leave open, by a part of the question.
LEAST = {
    "short name for": ["a-new-one"],
    "On which topic": ["family"],
    "In which field": ["software"],
    "Which emoji": ["🌉"],
    "school subjects": ["maths"],
    "Which track": ["either"],
    "must she like": ["people"],
    "kind of way": ["self"],
    "need a university": ["n"],
    "as on a button": ["NEW"],
    "Whose is it": ["public"],
    "What is it?": ["club"],
    "girls only": ["y"],
    "little money": ["n"],
    "mere examples": ["n"],
    "does it come": ["ask"],
    "kind of date": ["exam"],
    "sure is the day": ["usual"],
    "was it so far": ["8-10"],
    "need no source": ["General advice."],
    "Write it to": ["y"],
}


class Editor:
    """Answers with what she has ready for a question, the first that fits, else an empty line."""

    def __init__(self, *ready: dict[str, list[str]]) -> None:
        self._ready: dict[str, list[str]] = {}
        for some in ready:
            for part, lines in some.items():
                self._ready.setdefault(part, list(lines))
        self._question = ""
        self.heard: list[str] = []

    def say(self, text: str) -> None:
        self.heard.append(text)
        if text.startswith("\n"):
            self._question = text.splitlines()[-1]

    def hear(self, _prompt: str) -> str:
        ready = (lines for part, lines in self._ready.items() if part in self._question)
        lines = next(ready, [])
        assert lines or len(self.heard) < PATIENCE, f"no answer to {self._question}"
        answer = lines.pop(0) if lines else ""
        if answer == "Ctrl-C":
            raise KeyboardInterrupt
        if answer == "Ctrl-D":
            raise EOFError
        return answer

    @property
    def was_told(self) -> str:
        return "\n".join(self.heard)

    def adds(self, kind: str, content: Content, root: Path) -> bool:
        talk = Talk(content, DAY, say=self.say, hear=self.hear)
        return interview(KINDS[kind], talk, root)


def files(root: Path) -> dict[Path, str]:
    """Return the text of every file of a library."""
    return {path: path.read_text(encoding="utf-8") for path in root.rglob("*.yaml")}


def alone(root: Path, kind: str, content: Content) -> dict[str, Any]:
    """Return what was written to a library in which nothing stood, once it is seen to fit."""
    (text,) = files(root).values()
    (item,) = yaml.safe_load(text)[KINDS[kind].list_key]
    SHAPES[kind].model_validate(item, context=content.complete)
    return dict(item)
