"""What the next text answers in mentoring."""

from dataclasses import dataclass

from bot.rights import May
from bot.screens.awaited import Awaited

# What of a mentor's form is chosen; the rest is written.
_TAPPED = frozenset({"field", "province", "languages", "hours", "places", "code"})


@dataclass(frozen=True)
class FirstName(Awaited, name="alias"):
    """The name by which a girl wants to be called."""


@dataclass(frozen=True)
class Hope(Awaited, name="hope"):
    """What a girl hopes to learn."""


@dataclass(frozen=True)
class Worry(Awaited, name="guard_worry"):
    """What worries a guardian, for a coordinator."""


@dataclass(frozen=True)
class FormAnswer(Awaited, name="mentor_form"):
    """A field of a mentor's form, or the next item of the code of conduct."""

    field: str

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered with a button."""
        return self.field in _TAPPED


@dataclass(frozen=True)
class ToCoordinators(Awaited, name="mentor_to_desk"):
    """What a mentor, or one who applied, writes to the coordinators."""


@dataclass(frozen=True)
class InTalk(Awaited, name="talk"):
    """A message for the other in a talk; it goes on until she leaves it."""

    talk: int
    # whether she writes as the mentor
    mentor: bool = False


@dataclass(frozen=True)
class Evidence(Awaited, name="evidence", who=May.MENTORS):
    """Where the proof for an item of a mentor's checklist is kept; she is named as on buttons."""

    mentor: str
    item: str


@dataclass(frozen=True)
class Attestation(Awaited, name="attest", who=May.TALKS):
    """Where a guardian's consent on paper is kept."""

    introduction: int


@dataclass(frozen=True)
class Rewriting(Awaited, name="rewrite", who=May.TALKS):
    """A held message as it should arrive."""

    message: int
