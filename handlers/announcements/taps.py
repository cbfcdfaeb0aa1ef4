"""The buttons of announcements: `cast:` is the coordinators' desk, `news:` what girls tap.

Two more of girls, to open and to mute, are made with a message: `bot/announcements/message.py`.
"""

from datetime import UTC, datetime

from bot.announcements.series import Rhythm
from bot.announcements.subscriptions import OPTIONAL
from bot.rights import May
from bot.screens.taps import Part, Tap, maybe, number, one_of, page, rest, word

_STAFF = May.ANNOUNCEMENTS
_LONGEST_SECONDS = 11


def _moment(text: str) -> datetime:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_SECONDS):
        raise ValueError("not a time")
    return datetime.fromtimestamp(int(text), UTC)


_moment_part = Part(_moment, lambda at: str(int(at.timestamp())))
# Whether the draft is just being begun, so that the words of the next language are asked for.
_first = Part(lambda text: {"": False, "0": False, "1": True}[text], lambda first: str(int(first)))


def _desk(name: str, *more: Part, undoes: tuple[str, ...] = ()) -> Tap:
    """A button about one announcement."""
    return Tap(f"cast:{name}", (number, *more), _STAFF, undoes)


# The list: in place, or below so that a progress bar is not written over.
LIST = Tap("cast:list", (page,), _STAFF)
LIST_BELOW = Tap("cast:new_list", (page,), _STAFF, page_like="cast:list")
NEW = Tap("cast:new", (), _STAFF)
BEGIN = Tap("cast:kind", (word,), _STAFF)
CARD = _desk("card")

# another kind for a draft that is just being begun
KINDS = _desk("kinds")
SET_KIND = _desk("rekind", word)

# Writing: the language, then what a button opens.
WRITE = _desk("text", word)
# to the language before, while it is just being begun
STEP_BACK = _desk("step", word)
LEAVE_OUT = _desk("clear", word, _first)
PICTURE = _desk("pic")
NO_PICTURE = _desk("nopic")
BUTTON = _desk("btn")
PAGES = _desk("pages")
TOPICS = _desk("topics", page)
TOPIC = _desk("topic", word, page)
EVENTS = _desk("events", page)
FIELDS = _desk("fields", page)
CAREERS = _desk("jobs", word, page)
SHELVES = _desk("dir")
ITEMS = _desk("items", word, page)
LINK = _desk("link")
SET_BUTTON = _desk("set", rest)

# For whom: a filter, a page of its options, an option.
AUDIENCE = _desk("who")
FILTER = _desk("opt", word, page)
OPTION = _desk("pick", word, page, word)

# Deciding; with the version that was seen.
CHECK = _desk("check")
SEND_NOW = _desk("now", number)
CHOOSE_TIME = _desk("at", number)
SEND_AT = _desk("on", number, _moment_part)
SHOW = _desk("show")
AGREE = _desk("yes", number)
SEND_BACK = _desk("no")
REDRAFT = _desk("undo", undoes=("cast:now", "cast:on"))
# Stopping is never taken for a slip.
PAUSE = _desk("pause")
RESUME = _desk("resume", undoes=("cast:pause",))
STOP = _desk("stop")
STOP_SURE = _desk("stopyes")
WITHDRAW = _desk("back")
WITHDRAW_SURE = _desk("backyes")
# how often it comes, and how many times; every time of a series
REPEAT = _desk("again")
REPEAT_SET = _desk("every", Part(Rhythm), number)
SERIES = _desk("series", page)
DISCARD = _desk("bin")
DISCARD_SURE = _desk("binyes")
CORRECT = _desk("fix")
# the words of a language stay as they are
KEEP_WORDS = _desk("fixkeep", word)
# The number of the proposal that was seen.
CORRECT_SURE = _desk("fixyes", number)

# What girls tap: a kind of messages, a field of work, a track.
_kind = one_of(*OPTIONAL)
SWITCH_ON = Tap("news:on", (_kind,), undoes=("news:off",))
SWITCH_OFF = Tap("news:off", (_kind,), undoes=("news:on",))
# Below an announcement, after "no more of these".
UNMUTE = Tap("news:unmute", (_kind,))
# a page of the fields of work; one of them, and the page on which it stands
INTERESTS = Tap("news:mine", (page,))
FIELD = Tap("news:field", (word, page))
TRACK = Tap("news:track", (maybe(word),))
