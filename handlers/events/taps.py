"""The buttons of events: in the calendar, on the desk, in the form, and of the feeds.

The names after the colon are on buttons in old chats and stay. A month of the calendar is shown
by other features too: `doors.CALENDAR`; so are the school year and how she is reminded.
"""

from datetime import UTC, datetime

from bot.events.details import KINDS
from bot.events.listing import read_filter
from bot.events.reminder_times import OFFSETS
from bot.rights import May
from bot.screens.taps import Part, Tap, flag, maybe, number, one_of, page, word

_STAFF = May.EVENTS


def _offset(text: str) -> int | None:
    if text == "usual":
        return None
    if not (text.isdecimal() and int(text) in OFFSETS):
        raise ValueError("no time before an event")
    return int(text)


def _moment(text: str) -> datetime:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) <= 10):
        raise ValueError("no time")
    return datetime.fromtimestamp(int(text) * 60, UTC)


# The filter of the calendar to go back to.
FILTER = Part(read_filter, lambda shown: shown.code, rest=True)
# Minutes before an event; None for the usual ones.
OFFSET = Part(_offset, lambda minutes: "usual" if minutes is None else str(minutes))
# A time by its minutes since 1970.
MOMENT = Part(_moment, lambda at: str(int(at.timestamp() // 60)))
# The same, or 0 for none.
NO_MOMENT = Part(
    lambda text: None if text in ("", "0") else _moment(text),
    lambda at: "0" if at is None else MOMENT.write(at),
)
# Whether a step of the form is one of a new event, after which the next is asked for.
GUIDED = Part(lambda text: {"g": True, "e": False}[text], lambda guided: "g" if guided else "e")

# the calendar
CHOOSE = Tap("ev:f", (FILTER,))
BY_PROVINCE = Tap("ev:fp", (page, FILTER))
BY_FIELD = Tap("ev:ff", (page, FILTER))
BY_GRADE = Tap("ev:fg", (FILTER,))

# one date
OPEN = Tap("ev:o", (number, FILTER))
GO = Tap("ev:y", (number, FILTER), undoes=("ev:n", "ev:nyes"))
# what frees a place for others is asked first
STAY = Tap("ev:n", (number, FILTER), undoes=("ev:y",))
STAY_SURE = Tap("ev:nyes", (number, FILTER))
FILE = Tap("ev:c", (number,))
REMINDERS = Tap("ev:r", (number,))
REMIND = Tap("ev:rt", (number, OFFSET))

# how she is reminded in general, after `doors.REMINDER_SETTINGS`; an hour left out is asked for
REMIND_ALL = Tap("ev:st", (OFFSET,))
QUIET_FROM = Tap("ev:sb", (maybe(number),))
QUIET_UNTIL = Tap("ev:se", (maybe(number),))

# a date of the school year, and the page of the list that it stands on
SCHOOL_DATE = Tap("ev:yd", (word, page))

# the desk
EVENTS = Tap("evd:list", (page,), _STAFF)
EVENT = Tap("evd:open", (number,), _STAFF)
DATES = Tap("evd:dates", (number, page), _STAFF)
CANCEL = Tap("evd:cancel", (number,), _STAFF)
CANCEL_YES = Tap("evd:cancelyes", (number,), _STAFF)
DATE = Tap("evd:date", (number,), _STAFF)
ATTENDANCE = Tap("evd:who", (number,), _STAFF)
CHECK_IN = Tap("evd:came", (number,), _STAFF)
CALL_OFF = Tap("evd:drop", (number,), _STAFF)
CALL_OFF_YES = Tap("evd:dropyes", (number,), _STAFF)
MOVE = Tap("evd:move", (number,), _STAFF)
MOVE_YES = Tap("evd:moveyes", (number, MOMENT, NO_MOMENT), _STAFF)

# the form: a draft, a step of it, whether the next step follows, a value
NEW = Tap("evf:new", who=_STAFF)
PASTE = Tap("evf:paste", who=_STAFF)
# a date of the school year, with which an event begins
TAKE_OVER = Tap("evf:take", (word,), _STAFF)
EDIT = Tap("evf:edit", (number,), _STAFF)
PREVIEW = Tap("evf:show", (number,), _STAFF)
MENU = Tap("evf:menu", (number, word), _STAFF)
ASK = Tap("evf:ask", (number, word, GUIDED, page), _STAFF)
SKIP = Tap("evf:skip", (number, word, GUIDED), _STAFF)
SET = Tap("evf:set", (number, word, GUIDED, word), _STAFF)
FLIP = Tap("evf:flip", (number, word, GUIDED, word), _STAFF)
# with what was seen of the draft
SAVE = Tap("evf:save", (number, maybe(word)), _STAFF)
# a draft, and whether she is sure
DISCARD = Tap("evf:drop", (number, flag()), _STAFF)

# the feeds
FEEDS = Tap("evs:list", who=_STAFF)
ADD_FEED = Tap("evs:add", who=_STAFF)
FEED_KIND = Tap("evs:kind", (one_of(*KINDS),), _STAFF)
FEED_MODE = Tap("evs:mode", (one_of(*KINDS), one_of("once", "often")), _STAFF)
FEED = Tap("evs:open", (number,), _STAFF)
# a feed, and whether she is sure
UNFOLLOW = Tap("evs:drop", (number, flag()), _STAFF)
OFFERS = Tap("evs:offers", who=_STAFF)
ACCEPT = Tap("evs:yes", (number,), _STAFF)
REJECT = Tap("evs:no", (number,), _STAFF)
