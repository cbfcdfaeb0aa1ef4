"""The buttons of the desk: its lists, its figures, its team, the audit log."""

from bot.desk.figures import FIGURES as KNOWN_FIGURES
from bot.screens.taps import Part, Tap, Who, flag, maybe, number, one_of, page, word

_STAFF = Who.COORDINATORS
# Buttons in old chats name figures that are now parts of others.
_BEFORE = {
    "topics": "asked", "languages": "asked", "provinces": "people", "grades": "people",
    "pathways": "careers", "walks": "careers",
}  # fmt: skip


def _now_or_before(known: Part) -> Part:
    return Part(lambda text: known.read(_BEFORE.get(text, text)))


_figure = _now_or_before(one_of(*KNOWN_FIGURES))

CASES = Tap("desk:cases", (page,), _STAFF)
WALKS = Tap("desk:walks", who=_STAFF)

FIGURES = Tap("fig:menu", who=_STAFF)
FIGURE = Tap("fig:show", (_figure,), _STAFF)
TABLE = Tap("fig:csv", (_figure,), _STAFF)
WORKBOOK = Tap("fig:xlsx", who=_STAFF)
POSTER = Tap("fig:poster", who=_STAFF)
DIGEST = Tap("fig:digest", who=_STAFF)

INVITE = Tap("team:invite", who=_STAFF)
NAME = Tap("team:name", who=_STAFF)
# an invitation, and whether she is sure
REVOKE = Tap("team:revoke", (number, flag()), _STAFF)
INVITATIONS = Tap("team:invitations", (page,), _STAFF)
MEMBERS = Tap("team:members", (page,), _STAFF)
# a colleague, and whether she is sure
REMOVE = Tap("team:remove", (number, flag()), _STAFF)
AUDIT = Tap("audit", (page,), _STAFF)
# of the log what one coordinator did, or what was done to one kind of thing
_WANTED = (maybe(number), maybe(word))
AUDIT_BY = Tap("audit:by", (*_WANTED, page), _STAFF)
AUDIT_CHOOSE = Tap("audit:choose", (*_WANTED, page), _STAFF)
AUDIT_KINDS = Tap("audit:kinds", (*_WANTED, page), _STAFF)
AUDIT_TABLE = Tap("audit:csv", _WANTED, _STAFF)
