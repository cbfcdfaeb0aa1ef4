"""The buttons of care and of cases that no other feature shows."""

from bot.screens.taps import Tap, Who, maybe, number

_STAFF = Who.COORDINATORS

TALK_TO_A_PERSON = Tap("care:person")
NOT_MEANT = Tap("care:not")
ALL_IS_WELL = Tap("care:well")

# the number of a case; both who talk in it may write
WRITE = Tap("case:write", (number,))
CLOSE = Tap("case:close", (number,), _STAFF)
NOTE = Tap("case:note", (number,), _STAFF)
# and the number of a coordinator; none yet asks for one
GIVE = Tap("case:give", (number, maybe(number)), _STAFF)
