"""What coordinators are asked to write about questions."""

from dataclasses import dataclass

from bot.questions.additions import Step
from bot.rights import May
from bot.screens.awaited import Awaited


@dataclass(frozen=True)
class AnswerToGroup(Awaited, name="answer", who=May.QUESTIONS):
    """The answer for all who asked, in one language."""

    group: int


@dataclass(frozen=True)
class AskBack(Awaited, name="ask_back", who=May.QUESTIONS):
    """What a coordinator asks the girl of a question."""

    question: int


@dataclass(frozen=True)
class AnswerBack(Awaited, name="answer_back"):
    """What a girl answers to a coordinator who asked her, by the number of what was asked."""

    number: int


@dataclass(frozen=True)
class PartOfAddition(Awaited, name="learn", who=May.QUESTIONS):
    """One part of an addition to the FAQ; `step` is the name of an `additions.Step`."""

    entry: int
    step: str

    def __post_init__(self) -> None:
        """Refuse, with ValueError, a name that no step has."""
        Step.read(self.step)
