"""The buttons that features show of one another, so that none must import another for them.

A feature's own buttons are in its `taps.py`. Which handler stands behind each is said in the
feature's `__init__.py`; `docs/doors.md` lists them all.
"""

from dataclasses import replace

from bot.answering.targets import NAMED
from bot.desk.redaction import Place
from bot.rights import May
from bot.screens.screen import Button, Html, Screen
from bot.screens.taps import Part, Tap, flag, maybe, number, one_of, page, rest, word
from bot.screens.voice import Voice

# home
HOME = Tap("go:home")
# the second page of the menu
MORE = Tap("go:more")
# everything there is to read, for whom home is something else
LIBRARY = Tap("go:library")
CHOOSE_LANGUAGE = Tap("lang:choose")
PROFILE = Tap("me:card")
PRIVACY = Tap("data:card")
# what stands in the chat is taken away
HIDE = Tap("hide")

# several girls on one phone: the page of it, and that it is another's turn
SHARED_PHONE = Tap("who:page")
NEXT_TURN = Tap("who:leave")

# answering: an entry, in which language, and whether she came from its topic
ENTRY = Tap("faq", (word, maybe(word), flag("t")))
TOPICS = Tap("topics", (page,))
# a thing, one of its aspects, and the language it is read in; its kind by the first letter, for
# its id may be long
_KINDS = {kind[0]: kind for kind in NAMED}
_kind = Part(lambda text: _KINDS[text], lambda kind: str(kind)[0])
ASKED = Tap("asked", (_kind, word, word, maybe(word)))

# careers
PATH = Tap("path:home")
# the same, below what is there: an answer stays to be read
PATH_BELOW = Tap("path:below")
CAREER_FIELDS = Tap("jobs:fields", (page,))
DIRECTORY = Tap("dir:home")
# what she keeps
SAVED = Tap("saved:list", (page,))
WOMEN = Tap("women:list", (page,))
FAMILY = Tap("family:list", (page,))

# classes: those that she joined
MY_CLASSES = Tap("class:mine")

# safety: help now, and what the bot can do
GUIDE = Tap("go:guide")
HELP = Tap("care:help")
CASE = Tap("case:ack", (number,), May.CASES)

# events: a month as YYYYMM or 0, a page of it, and the code of a filter
CALENDAR = Tap("ev:m", (maybe(word), page, rest))
# a page of the school year
SCHOOL_YEAR = Tap("ev:yl", (page,))
# whether she is reminded of the last days of what she keeps
DEADLINES = Tap("saved:remind", (one_of("on", "off"),), undoes=("saved:remind",))
# how she is reminded in general
REMINDER_SETTINGS = Tap("ev:s")

# mentoring
MENTORING = Tap("intro:home")
MENTORING_SAFETY = Tap("intro:safety")
# a field and a career that she comes from
MENTOR_WISH = Tap("intro:start", (maybe(word), maybe(word)))

# a mentor at the desk, by the name of her row
VET_MENTOR = Tap("vet:mentor", (word,), May.MENTORS)

# a page of the messages up to a report
INTRODUCTION = Tap("over:intro", (number,), May.TALKS)
TRANSCRIPT = Tap("over:transcript", (number, maybe(page)), May.TALKS)

# announcements
SUBSCRIPTIONS = Tap("news:card")
# an event, of which an announcement is made
ANNOUNCE_EVENT = Tap("cast:event", (number,), May.ANNOUNCEMENTS)
# an event, to whose guests an announcement is written
WRITE_TO_COMERS = Tap("cast:comers", (number,), May.ANNOUNCEMENTS)

# the messages of a group of questions, a case or a talk of which one can be redacted, and a page
REDACT = Tap("redact:list", (Part(Place), number, page), May.REDACT)

# teaching: the girl's page, what it means that the bot learns from her, and the desk's list
TEACH = Tap("teach:home")
LET_LEARN = Tap("teach:learnq")
WAYS = Tap("way:list", (page,), May.QUESTIONS)

# desk
DESK = Tap("desk:home", who=May.DESK)
# its places that are not needed every day
DESK_REST = Tap("desk:rest", who=May.DESK)
TEAM = Tap("team:list", who=May.TEAM)
# a page of who is called first
ROSTER = Tap("roster:page", (page,), May.CASES)
QUESTIONS = Tap("group:list", (page,), May.QUESTIONS)
QUESTION = Tap("group:open", (number,), May.QUESTIONS)
LOW_RATED = Tap("doubt:list", (page,), May.QUESTIONS)


def homewards(voice: Voice, *back: Button) -> tuple[Button, ...]:
    """Return the last row of a screen: the ways to where she came from, and home."""
    return (*back, voice.button("back.home", HOME()))


def hide_row(voice: Voice) -> tuple[Button, ...]:
    """Return the row below what others must not read by chance."""
    return (voice.button("hide.button", HIDE()),)


def discreet(voice: Voice) -> Html:
    """Return the opening of what others must not read by chance: it says nothing of it."""
    return voice.say("hide.opening")


def with_home(voice: Voice, screen: Screen) -> Screen:
    """Return a screen that ends in a way back with the way home beside it, if it has none."""
    if not screen.rows or not screen.rows[-1][-1].label.startswith("‹"):
        return screen
    if any(button.data == HOME() for row in screen.rows for button in row):
        return screen
    *above, last = screen.rows
    beside = (last[:-1],) if last[:-1] else ()
    return replace(screen, rows=(*above, *beside, homewards(voice, last[-1])))


def to_more(voice: Voice) -> tuple[Button, ...]:
    """Return the last row of what opens from the second page of the menu."""
    return homewards(voice, voice.button("back.more", MORE()))
