"""The shapes of the pathway: nodes with a question and options, and what a situation asks."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.content.base import Model, Text
from bot.content.directory import OpportunityKind

NodeId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=20)]
Like = Literal[
    "people", "helping", "numbers", "building", "nature", "computers", "drawing", "writing",
    "speaking", "languages", "health", "teaching", "business", "law", "machines", "outdoors",
    "puzzles", "safety", "food", "stories",
]  # fmt: skip
Grade = Literal["8", "9", "10", "11", "12", "after"]
# Every question has an "I'm not sure" besides its options; this is how a step names it.
UNSURE = "unsure"


class Branch(Model):
    """Where a choice leads: to the next node, or to two or three careers."""

    next: NodeId | None = None
    outcome: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _somewhere(self) -> "Branch":
        if bool(self.next) == bool(self.outcome):
            raise ValueError("give either `next` or `outcome`, not both")
        return self


class Option(Branch):
    """One answer: what its button says, the reason it gives, and what it tells about her."""

    id: NodeId
    emoji: str
    label: Text
    # read after "because you": "like numbers"
    reason: Text | None = None
    tags: tuple[Like, ...] = ()
    needs: tuple[str, ...] = ()
    # who has told one of these grades need not be asked: this is her answer
    grades: tuple[Grade, ...] = ()

    @model_validator(mode="after")
    def _not_unsure(self) -> "Option":
        if self.id == UNSURE:
            raise ValueError(f"“{UNSURE}” is the name of the answer that every question has")
        return self


class Node(Model):
    """A question, why it is asked, and its answers."""

    id: NodeId
    question: Text
    why: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=4)]
    unsure: Branch

    def way(self, option_id: str) -> Branch | None:
        """Return where an answer leads; None when there is no such answer."""
        if option_id == UNSURE:
            return self.unsure
        return self.option(option_id)

    def option(self, option_id: str) -> Option | None:
        """Return an answer other than "I'm not sure"."""
        return next((option for option in self.options if option.id == option_id), None)


class NodeFile(Model):
    """One file of the tree."""

    nodes: tuple[Node, ...]


class GradeNote(Model):
    """What is said to who is in this grade."""

    id: Grade
    note: Text


class Need(Model):
    """What a girl's situation asks of her plan."""

    id: NodeId
    note: Text
    # in place of the note, for who has told such a grade
    by_grade: tuple[GradeNote, ...] = ()
    # whose need it is, as far as a grade was told; empty: everybody's
    grades: tuple[Grade, ...] = ()
    # the note for who has told her province
    with_province: Text | None = None
    faq: str
    hands_on: bool = False
    poor: bool = False
    seeks: tuple[OpportunityKind, ...] = ()

    def concerns(self, grade: str | None) -> bool:
        """Return whether it is a need of somebody in this grade, if she told it."""
        return grade is None or not self.grades or grade in self.grades

    def note_for(self, grade: str | None, province: str | None) -> Text:
        """Return the note for who told this grade and this province, as far as she did."""
        if province and self.with_province is not None:
            return self.with_province
        return next((of.note for of in self.by_grade if of.id == grade), self.note)


class NeedFile(Model):
    """All situations."""

    needs: tuple[Need, ...]
