"""The buttons of the desk: its lists, its figures, its team, the audit log."""

from bot.desk.figures import FIGURES as KNOWN_FIGURES
from bot.desk.redaction import Place
from bot.rights import May, Seat
from bot.screens.taps import Part, Tap, flag, maybe, number, one_of, page, word

_FIGURES, _TEAM, _LOG, _CASES = May.FIGURES, May.TEAM, May.LOG, May.CASES
# Buttons in old chats name figures that are now parts of others.
_BEFORE = {
    "topics": "asked", "languages": "asked", "provinces": "people", "grades": "people",
    "pathways": "careers", "walks": "careers",
}  # fmt: skip


def _now_or_before(known: Part) -> Part:
    return Part(lambda text: known.read(_BEFORE.get(text, text)))


_figure = _now_or_before(one_of(*KNOWN_FIGURES))

CASES = Tap("desk:cases", (page,), _CASES)
WALKS = Tap("desk:walks", who=_FIGURES)

# a page of the figures there are
FIGURES = Tap("fig:menu", (page,), _FIGURES)
FIGURE = Tap("fig:show", (_figure,), _FIGURES)
TABLE = Tap("fig:csv", (_figure,), _FIGURES)
WORKBOOK = Tap("fig:xlsx", who=_FIGURES)
POSTER = Tap("fig:poster", who=_FIGURES)
DIGEST = Tap("fig:digest", who=_FIGURES)

INVITE = Tap("team:invite", who=_TEAM)
# as what she is invited, or may sit there from now on
_seat = Part(Seat)
INVITE_AS = Tap("team:as", (_seat,), _TEAM)
MEMBER = Tap("team:member", (number,), _TEAM)
GIVE = Tap("team:give", (number, _seat), _TEAM)
NAME = Tap("team:name", who=May.DESK)
# an invitation that she opened
JOIN_YES = Tap("team:join", (number,))
JOIN_NO = Tap("team:join_no", (number,))
# an invitation, and whether she is sure
REVOKE = Tap("team:revoke", (number, flag()), _TEAM)
INVITATIONS = Tap("team:invitations", (page,), _TEAM)
MEMBERS = Tap("team:members", (page,), _TEAM)
# a colleague, and whether she is sure
REMOVE = Tap("team:remove", (number, flag()), _TEAM)
# on call or off, and off though nobody else is on call
_on = Part(lambda text: {"y": True, "n": False}[text], lambda value: "y" if value else "n")
DUTY = Tap("over:duty", (_on,), _CASES, undoes=("over:duty",))
DUTY_OFF_SURE = Tap("over:duty_off", who=_CASES)
# her quiet hours: the choice, from one hour until another, none, and what is not offered
QUIET = Tap("roster:quiet", who=_CASES)
QUIET_SET = Tap("roster:hours", (number, number), _CASES)
QUIET_NONE = Tap("roster:none", who=_CASES)
QUIET_TYPE = Tap("roster:type", who=_CASES)
# a page of who may be her deputy; a colleague, or nobody
DEPUTIES = Tap("roster:deputies", (page,), _CASES)
DEPUTY = Tap("roster:deputy", (maybe(number),), _CASES)
# a message, and whether she is sure
REDACT_ONE = Tap("redact:one", (Part(Place), number, flag()), May.REDACT)
AUDIT = Tap("audit", (page,), _LOG)
# of the log what one coordinator did, or what was done to one kind of thing
_WANTED = (maybe(number), maybe(word))
AUDIT_BY = Tap("audit:by", (*_WANTED, page), _LOG)
AUDIT_CHOOSE = Tap("audit:choose", (*_WANTED, page), _LOG)
AUDIT_KINDS = Tap("audit:kinds", (*_WANTED, page), _LOG)
AUDIT_TABLE = Tap("audit:csv", _WANTED, _LOG)
