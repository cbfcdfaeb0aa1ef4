"""What coordinators are asked to write about questions."""

from dataclasses import dataclass

from bot.questions.additions import Step
from bot.rights import May
from bot.screens.awaited import Awaited
from bot.screens.taps import Data
from handlers.questions.taps import ADDITION, ANSWER


@dataclass(frozen=True)
class AnswerToGroup(Awaited, name="answer", who=May.QUESTIONS):
    """The answer for all who asked, in one language."""

    group: int

    @property
    def goes_on(self) -> Data:
        """The button that leads back to the answer."""
        return ANSWER(self.group)


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

    @property
    def goes_on(self) -> Data:
        """The button that leads back to the draft."""
        return ADDITION(self.entry)

    def __post_init__(self) -> None:
        """Refuse, with ValueError, a name that no step has."""
        Step.read(self.step)


@dataclass(frozen=True)
class TopicOfAddition(Awaited, name="learn_topic", who=May.QUESTIONS):
    """The topic of an addition to the FAQ."""

    entry: int

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered with a button."""
        return True

    @property
    def goes_on(self) -> Data:
        """The button that leads back to the draft."""
        return ADDITION(self.entry)
