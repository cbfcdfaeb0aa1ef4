"""The buttons of the desk: its lists, its figures, its team, the audit log."""

from bot.desk.figures import FIGURES as KNOWN_FIGURES
from bot.desk.redaction import Place
from bot.rights import May, Seat
from bot.screens.taps import Part, Tap, flag, maybe, number, one_of, page, word

_FIGURES, _TEAM, _LOG = May.FIGURES, May.TEAM, May.LOG
# Buttons in old chats name figures that are now parts of others.
_BEFORE = {
    "topics": "asked", "languages": "asked", "provinces": "people", "grades": "people",
    "pathways": "careers", "walks": "careers",
}  # fmt: skip


def _now_or_before(known: Part) -> Part:
    return Part(lambda text: known.read(_BEFORE.get(text, text)))


_figure = _now_or_before(one_of(*KNOWN_FIGURES))

CASES = Tap("desk:cases", (page,), May.CASES)
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
# a message, and whether she is sure
REDACT_ONE = Tap("redact:one", (Part(Place), number, flag()), May.REDACT)
AUDIT = Tap("audit", (page,), _LOG)
# of the log what one coordinator did, or what was done to one kind of thing
_WANTED = (maybe(number), maybe(word))
AUDIT_BY = Tap("audit:by", (*_WANTED, page), _LOG)
AUDIT_CHOOSE = Tap("audit:choose", (*_WANTED, page), _LOG)
AUDIT_KINDS = Tap("audit:kinds", (*_WANTED, page), _LOG)
AUDIT_TABLE = Tap("audit:csv", _WANTED, _LOG)
