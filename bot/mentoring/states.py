"""The one table of moves: which state leads to which, by which move, and who may make it.

`docs/mentoring.md` is drawn from it, so what is drawn is what runs.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where an introduction stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    PAUSED = "paused"
    BLOCKED = "blocked"
    ENDED = "ended"
    EXPIRED = "expired"
    DECLINED = "declined"


OPEN = frozenset(
    {
        State.REQUESTED, State.APPROVED, State.OFFERED, State.ACCEPTED, State.ACTIVE,
        State.PAUSED, State.BLOCKED,
    }
)  # fmt: skip
# States in which a mentor's place is taken.
HOLDING = frozenset(
    {State.OFFERED, State.ACCEPTED, State.ACTIVE, State.PAUSED, State.BLOCKED}
)  # fmt: skip
TALKING = frozenset({State.ACTIVE, State.PAUSED, State.BLOCKED})


class Who(StrEnum):
    """Who makes a move; `bot` is the clock and the domain's own rules."""

    STUDENT = "student"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    GUARDIAN = "guardian"
    BOT = "bot"


@dataclass(frozen=True)
class Move:
    """One arrow of the diagram; without `after` the state stays and only a step is taken."""

    name: str
    before: frozenset[State]
    who: frozenset[Who]
    after: State | None
    means: str


def _move(name: str, before: str, who: str, after: str | None, means: str) -> Move:
    return Move(
        name,
        frozenset(State(word) for word in before.split()),
        frozenset(Who(word) for word in who.split()),
        State(after) if after else None,
        means,
    )


MOVES: tuple[Move, ...] = (
    _move("ask", "", "student", "requested", "she asks, having read and agreed to the rules"),
    _move("remind", "requested accepted blocked", "bot", None,
          "whoever keeps it waiting is reminded, and she is told where it stands"),
    _move("approve", "requested", "coordinator", "approved",
          "a coordinator agrees; under 18 only with a guardian's consent"),
    _move("refuse", "requested approved", "coordinator", "declined",
          "a coordinator says not now, with other ways to go on"),
    _move("offer", "approved", "bot", "offered",
          "the next fitting mentor with a free place is asked"),
    _move("wait", "approved", "bot", None, "no mentor is free: she and the coordinators are told"),
    _move("nudge", "offered", "bot", None, "the mentor is reminded"),
    _move("accept", "offered", "mentor", "accepted", "the mentor says yes"),
    _move("pass_on", "offered", "mentor", "approved",
          "the mentor says no; the next is asked, and the girl never hears of a rejection"),
    _move("reoffer", "offered", "bot", "approved", "the mentor's time is over; the next is asked"),
    _move("release", "offered accepted", "bot", "approved",
          "the mentor was suspended, retired or her clearance lapsed; the next is asked"),
    _move("begin", "accepted", "student", "active", "she begins the talk herself"),
    _move("pause", "active", "student mentor coordinator", "paused", "one of the two rests"),
    _move("resume", "paused", "student mentor coordinator", "active",
          "whoever paused it goes on; nobody else can"),
    _move("warn", "active", "bot", None,
          "she tried again and again to pass contact details; coordinators are told"),
    _move("check_in", "active", "bot", None, "both, and the guardian, are asked how it goes"),
    _move("ask_more", "active", "bot", None, "before the planned end, both are asked"),
    _move("extend", "active", "bot", None, "both want more: the end moves on"),
    _move("report", "offered accepted active paused", "student mentor coordinator bot", "blocked",
          "frozen at once, by the bot where words look like an approach; the other side is told "
          "neither who nor why"),
    _move("reopen", "blocked", "coordinator", "paused",
          "looked into; only the one who reported can resume"),
    _move("take_back", "blocked", "student mentor", "paused",
          "who reported tapped by mistake and says so within a minute; nobody else can resume"),
    _move("end", "active paused", "student mentor coordinator guardian bot", "ended",
          "one of them ends it, the planned end is there, consent or clearance is gone"),
    _move("close", "blocked", "coordinator guardian bot", "ended",
          "after a report, for good; the two are never matched again"),
    _move("withdraw", "requested approved offered accepted", "student guardian bot", "ended",
          "she or her guardian takes the wish back"),
    _move("expire", "requested approved offered accepted", "bot", "expired",
          "it waited too long; she is told, with an apology"),
)  # fmt: skip
_BY_NAME = {move.name: move for move in MOVES}


def after(state: State | None, name: str, who: Who) -> State | None:
    """Return the state that a move leads to; None where nobody, or not `who`, may make it."""
    move = _BY_NAME[name]
    if who not in move.who:
        return None
    if state is None:
        return move.after if not move.before else None
    if state not in move.before:
        return None
    return move.after or state


class MentorState(StrEnum):
    """Where a mentor's vetting stands."""

    DRAFT = "draft"
    APPLIED = "applied"
    CHECKED = "checked"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    RETIRED = "retired"
    REFUSED = "refused"
    # she erased herself while something about her waits for a coordinator
    FROZEN = "frozen"


# Who once thought of being a mentor, and never was one.
NEVER_A_MENTOR = (MentorState.DRAFT, MentorState.REFUSED)


@dataclass(frozen=True)
class MentorMove:
    """One arrow of vetting."""

    name: str
    before: tuple[MentorState, ...]
    who: Who
    after: MentorState
    means: str


_M = MentorState
MENTOR_MOVES: tuple[MentorMove, ...] = (
    MentorMove("apply", (_M.DRAFT,), Who.MENTOR, _M.APPLIED,
               "the form is whole and every item of the code of conduct accepted"),
    MentorMove("check", (_M.APPLIED,), Who.COORDINATOR, _M.CHECKED,
               "every item of the checklist has somebody who saw the proof"),
    MentorMove("uncheck", (_M.CHECKED,), Who.COORDINATOR, _M.APPLIED,
               "an item of the checklist is taken back before anybody signed"),
    MentorMove("approve", (_M.CHECKED,), Who.COORDINATOR, _M.APPROVED,
               "a second coordinator signs; students may see her from here on"),
    MentorMove("refuse", (_M.APPLIED, _M.CHECKED), Who.COORDINATOR, _M.REFUSED, "not now"),
    MentorMove("suspend", (_M.APPROVED, _M.FROZEN), Who.COORDINATOR, _M.SUSPENDED,
               "at once; all her introductions end or pass to others"),
    MentorMove("lapse", (_M.APPROVED,), Who.BOT, _M.LAPSED, "her clearance ran out"),
    MentorMove("recheck", (_M.SUSPENDED, _M.LAPSED, _M.REFUSED), Who.COORDINATOR, _M.APPLIED,
               "the checklist begins anew"),
    MentorMove("retire", (_M.APPLIED, _M.CHECKED, _M.APPROVED, _M.LAPSED), Who.MENTOR, _M.RETIRED,
               "she leaves; a coordinator can do it for her"),
    MentorMove("remove", (_M.APPLIED, _M.CHECKED, _M.APPROVED, _M.SUSPENDED, _M.LAPSED),
               Who.COORDINATOR, _M.RETIRED, "a coordinator retires her"),
    MentorMove("freeze", (_M.APPLIED, _M.CHECKED, _M.APPROVED, _M.LAPSED), Who.MENTOR, _M.FROZEN,
               "she erased herself while a report about her waits: an id and a state are kept"),
    MentorMove("clear", (_M.FROZEN,), Who.COORDINATOR, _M.RETIRED,
               "nothing was found: what was kept of her is erased as well"),
    MentorMove("reapply", (_M.RETIRED,), Who.MENTOR, _M.APPLIED,
               "she applies again after she left, and is checked like anybody"),
    MentorMove("return", (_M.RETIRED,), Who.COORDINATOR, _M.APPLIED,
               "she comes back, and is checked like anybody"),
)  # fmt: skip
_MENTOR_BY_NAME = {move.name: move for move in MENTOR_MOVES}


def mentor_after(state: MentorState, name: str, who: Who) -> MentorState | None:
    """Return the state of vetting that a move leads to; None where it may not be made."""
    move = _MENTOR_BY_NAME[name]
    return move.after if who is move.who and state in move.before else None


class Passage(StrEnum):
    """What became of a message between the two, as it is kept."""

    SENT = "sent"
    # waits for the morning
    NIGHT = "night"
    # waits for a coordinator
    HELD = "held"
    # had contact details in it
    STOPPED = "stopped"
    # by a coordinator, or because the talk was closed when the morning came
    REFUSED = "refused"
    # a newer version of it was decided on or goes in its place, before it was delivered
    REPLACED = "replaced"


class ConsentMethod(StrEnum):
    """How a guardian agreed."""

    LINK = "link"
    # on paper, which a coordinator has seen
    ATTESTED = "attested"
