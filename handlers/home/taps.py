"""The buttons of home that no other feature shows."""

from bot.people.ages import Band
from bot.people.people import GRADES
from bot.screens.taps import Part, Tap, flag, maybe, number, one_of, page, rest, word

# In a choice, what she would rather not say.
UNSAID = "none"

# a language, and whether it was chosen below the welcome
LANGUAGE = Tap("lang", (word, flag("w")))
# In old messages.
CHOOSE_LANGUAGE_BEFORE = Tap("go:language")

# A grade that she chose; none yet asks for it.
GRADE = Tap("me:grade", (maybe(one_of(*GRADES, UNSAID)),), answers=True)
PROVINCES = Tap("me:provinces", (page,))
PROVINCE = Tap("me:province", (word,), answers=True)
# The same, when she is asked at first.
FIRST_GRADE = Tap("first:grade", (one_of(*GRADES, UNSAID),), answers=True)
FIRST_PROVINCES = Tap("first:provinces", (page,))
FIRST_PROVINCE = Tap("first:province", (word,), answers=True)

# A band, and what the button sends that she wanted when she was asked.
AGE = Tap("me:age", (Part(Band), rest), answers=True)
# What fixes it for long is asked once more.
AGE_FOR_SURE = Tap("me:age_yes", (Part(Band), rest), answers=True)
AGE_AGAIN = Tap("me:age_again", (rest,))
# In old messages, of when only those were asked who wished for a mentor.
AGE_BEFORE = Tap("intro:age", (Part(Band),))

PRIVACY_PAGES = ("kept", "long", "who", "stays", "phone")
PRIVACY_PAGE = Tap("data:page", (one_of(*PRIVACY_PAGES),))
MY_DATA = Tap("data:mine")
EXPORT = Tap("data:export")
ERASE = Tap("data:erase")
ERASE_FOR_SURE = Tap("data:erase_yes")

# Several girls on one phone. Each is named by her slot there.
SHARE = Tap("who:share")
NEW_PROFILE = Tap("who:new")
RENAME = Tap("who:name")
PIN = Tap("who:pin")
PIN_OFF = Tap("who:pin_off")
ALONE = Tap("who:alone")
HERE = Tap("who:here", (number,))
FORGOT_PIN = Tap("who:forgot", (number,))
FORGOT_PIN_YES = Tap("who:forgot_yes", (number,))
BEGIN_ANEW = Tap("who:anew", (number,))
BEGIN_ANEW_YES = Tap("who:anew_yes", (number,))
NAMES = Tap("who:names")
