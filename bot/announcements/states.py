"""The one table of moves of an announcement: which state leads to which, and by which move.

The picture in `docs/announcements.md` is drawn from it. Who may make a move, and what else must
hold, is said in `lifecycle.py` and `corrections.py`.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    ASKED = "asked"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class RecipientState(StrEnum):
    """What became of an announcement for one person."""

    WAITING = "waiting"
    # in the outbox
    STAGED = "staged"
    DELIVERED = "delivered"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    FAILED = "failed"
    UNSENT = "unsent"


class Mend(StrEnum):
    """What became of a correction or withdrawal of one person's message."""

    STAGED = "staged"
    DONE = "done"
    FAILED = "failed"


STARTED = frozenset({State.SENDING, State.PAUSED, State.DONE, State.CANCELLED, State.WITHDRAWN})
# What was sent may get other words, or be taken back.
MENDABLE = STARTED - {State.WITHDRAWN}
# Who waits for it still goes without.
STOPPED = frozenset({State.CANCELLED, State.WITHDRAWN})


@dataclass(frozen=True)
class Move:
    """One arrow of the diagram."""

    name: str
    before: tuple[State, ...]
    after: State
    means: str


_S = State
MOVES: tuple[Move, ...] = (
    Move("ask", (_S.DRAFT, _S.SCHEDULED), _S.ASKED, "many fit: a second coordinator must agree"),
    Move("redraft", (_S.ASKED, _S.SCHEDULED), _S.DRAFT, "it is changed, or sent back"),
    Move("plan", (_S.DRAFT, _S.ASKED), _S.SCHEDULED, "for a time"),
    Move("start", (_S.DRAFT, _S.ASKED, _S.SCHEDULED), _S.SENDING, "now, or its time has come"),
    Move("pause", (_S.SENDING,), _S.PAUSED, "nothing more is staged"),
    Move("resume", (_S.PAUSED,), _S.SENDING, "it goes on"),
    Move("finish", (_S.SENDING,), _S.DONE, "everybody has it, or cannot have it"),
    Move("cancel", (_S.SENDING, _S.PAUSED), _S.CANCELLED, "nobody more gets it"),
    Move("withdraw", (_S.SENDING, _S.PAUSED, _S.DONE, _S.CANCELLED), _S.WITHDRAWN,
         "it is taken back from everybody"),
)  # fmt: skip
_BY_NAME = {move.name: move for move in MOVES}


def after(state: State, name: str) -> State | None:
    """Return the state that a move leads to; None where it may not be made."""
    move = _BY_NAME[name]
    return move.after if state in move.before else None


def drawing() -> str:
    """Return the moves as a Mermaid diagram, and what each means."""
    return "\n".join(
        (
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {State.DRAFT}",
            *(
                f"    {before} --> {move.after}: {move.name}"
                for move in MOVES
                for before in move.before
            ),
            "```",
            "",
            "| move | means |",
            "| --- | --- |",
            *(f"| {move.name} | {move.means} |" for move in MOVES),
        )
    )
