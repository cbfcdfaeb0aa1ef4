"""The buttons of home that no other feature shows."""

from bot.people.people import GRADES
from bot.screens.taps import Tap, maybe, one_of, page, word

# In a choice, what she would rather not say.
UNSAID = "none"

LANGUAGE = Tap("lang", (word,))
# In old messages.
CHOOSE_LANGUAGE_BEFORE = Tap("go:language")

# A grade that she chose; none yet asks for it.
GRADE = Tap("me:grade", (maybe(one_of(*GRADES, UNSAID)),))
PROVINCES = Tap("me:provinces", (page,))
PROVINCE = Tap("me:province", (word,))

EXPORT = Tap("data:export")
ERASE = Tap("data:erase")
ERASE_FOR_SURE = Tap("data:erase_yes")
