"""The forms that an answer may have, from one line to a group of questions asked again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Protocol

from babel import Locale

from bot.content.base import BASE_TONGUE, Tongue
from bot.editing.new.readings import Read, past_day, words
from bot.editing.new.talk import Empty, Talk, UnfitError
from bot.editing.writing import BLANK
from bot.language.khmer import khmer_share
from bot.language.words import utf16_length


class Form(Protocol):
    """How an answer is asked for; it returns a value that can be written, or Empty.LEFT_OUT."""

    def ask(self, talk: Talk) -> Any:
        """Ask until the answer will do."""


@dataclass(frozen=True)
class Question:
    """One thing to be asked: where the answer goes, the words, what helps, and its form."""

    key: str
    words: str
    form: Form
    hint: str = ""
    example: str = ""
    # asked only where nothing was said for this other key
    instead_of: str = ""
    # asked only where this other key was answered so
    only_where: tuple[str, Any] | None = None
    # a day that may not lie before the one said for this other key
    not_before: str = ""


def answers(
    questions: Iterable[Question], talk: Talk, known: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Ask one question after the other; return what was said, after what is known already."""
    said = dict(known or {})
    for question in questions:
        if not _is_asked(question, said):
            continue
        value = put(question, talk)
        while question.not_before and value < said[question.not_before]:
            talk.say(
                f"  That is before {said[question.not_before]}: please write a day from then on."
            )
            value = question.form.ask(talk)
        if value is not Empty.LEFT_OUT:
            said[question.key] = value
    return said


def _is_asked(question: Question, said: dict[str, Any]) -> bool:
    if question.instead_of and question.instead_of in said:
        return False
    if question.only_where is None:
        return True
    key, answer = question.only_where
    return bool(said.get(key) == answer)


def put(question: Question, talk: Talk) -> Any:
    """Put one question; return what was said."""
    talk.say(f"\n{question.words}")
    if question.hint:
        talk.say(f"  {question.hint}")
    if question.example:
        talk.say(f"  Example: {question.example}")
    return question.form.ask(talk)


@dataclass(frozen=True)
class Line:
    """One line; `empty` is what an empty one means."""

    read: Read = words
    empty: Any = Empty.ASK_AGAIN

    def ask(self, talk: Talk) -> Any:
        """Return what was read."""
        return talk.ask("> ", partial(self._read, talk))

    def _read(self, talk: Talk, line: str) -> Any:
        if line:
            return self.read(line, talk)
        if self.empty is Empty.ASK_AGAIN:
            raise UnfitError("This cannot be left empty: please write something.")
        return self.empty


@dataclass(frozen=True)
class Today:
    """A day that has been; an empty line is today."""

    def ask(self, talk: Talk) -> date:
        """Return the day."""
        return talk.ask("> ", lambda line: past_day(line, talk) if line else talk.day)


@dataclass(frozen=True)
class YesNo:
    """Yes or no."""

    def ask(self, talk: Talk) -> bool:
        """Return whether it is so."""
        return talk.ask("y/n > ", self._read)

    @staticmethod
    def _read(line: str) -> bool:
        if line.casefold() not in ("y", "yes", "n", "no"):
            raise UnfitError("Please answer y for yes or n for no.")
        return line.casefold().startswith("y")


@dataclass(frozen=True)
class Lines:
    """Several lines, each a value of its own, until an empty one."""

    def ask(self, talk: Talk) -> list[str]:
        """Return the lines, each once."""
        said: list[str] = []
        while line := talk.ask("> ", lambda line: words(line, talk)):
            if line in said:
                talk.say("  You have written this one already.")
            else:
                said.append(line)
        return said


@dataclass(frozen=True)
class Both:
    """The same words in every language that must be complete, the base language first.

    What is not known yet becomes the blank, or is left out where that is `optional`.
    """

    most: int | None = None
    optional: bool = False
    # several lines, until an empty one
    block: bool = False
    # names may stand in Latin letters in Khmer too
    name: bool = False

    def ask(self, talk: Talk) -> Any:
        """Return the words by language."""
        said: dict[Tongue, str] = {}
        for tongue in talk.content.complete:
            written = self._ask_in(tongue, talk)
            if self.optional and not said and not written:
                return Empty.LEFT_OUT
            said[tongue] = written or BLANK
        return said

    def _ask_in(self, tongue: Tongue, talk: Talk) -> str:
        prompt = f"{Locale.parse(tongue).get_display_name('en')} > "
        if not self.block:
            return talk.ask(prompt, partial(self._read, tongue, talk))
        while True:
            lines: list[str] = []
            while line := talk.hear(" " * len(prompt) if lines else prompt).strip():
                lines.append(line)
            try:
                return self._read(tongue, talk, "\n".join(lines))
            except UnfitError as error:
                talk.say(f"  {error}")

    def _read(self, tongue: Tongue, talk: Talk, written: str) -> str:
        text = words(written, talk)
        if text in ("", BLANK):
            return text
        if self.most and (size := utf16_length(text)) > self.most:
            raise UnfitError(
                f"These are {size} characters, and {self.most} fit: please shorten it."
            )
        khmer = khmer_share(text)
        if tongue == BASE_TONGUE and not khmer and not self.name:
            raise UnfitError("There is no Khmer in it: please write the Khmer here.")
        if tongue != BASE_TONGUE and khmer > 1 / 2:
            raise UnfitError("This is Khmer: please write it in the other language here.")
        return text


@dataclass(frozen=True)
class Parts:
    """One value made of several questions."""

    questions: tuple[Question, ...]

    def ask(self, talk: Talk) -> dict[str, Any]:
        """Return what was said to each."""
        return answers(self.questions, talk)


@dataclass(frozen=True)
class Several:
    """The same questions again and again, until the first one is left empty."""

    questions: tuple[Question, ...]
    fewest: int = 0

    def ask(self, talk: Talk) -> Any:
        """Return a value for each round."""
        first, *others = self.questions
        said: list[dict[str, Any]] = []
        while True:
            begun = put(first, talk)
            if begun is not Empty.LEFT_OUT:
                said.append(answers(others, talk, {first.key: begun}))
            elif len(said) < self.fewest:
                talk.say(f"  Please name {self.fewest} at least.")
            else:
                return said or Empty.LEFT_OUT
