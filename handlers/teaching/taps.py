"""The buttons of “Teach Bong Srey Khmer”, and of the desk's look at what was learned."""

from bot.rights import May
from bot.screens.taps import Tap, flag, number, one_of, page

_DESK = May.QUESTIONS

# A girl
JOIN = Tap("teach:join")
# another question, by how many were passed over
ASK = Tap("teach:ask", (number,))
MINE = Tap("teach:mine", (page,))
# one that she gave, and whether she is sure
TAKE_BACK = Tap("teach:back", (number, flag()))
# what is explained before she agrees: that it is published
ABOUT_OPEN = Tap("teach:openq")
OPEN = Tap("teach:open", (one_of("on", "off"),), undoes=("teach:open",))
LEARN = Tap("teach:learn", (one_of("on", "off"),), undoes=("teach:learn",))
STOP = Tap("teach:stop", (flag(),))
JUDGE = Tap("teach:judge")
# whether a way asks the same
SAYS = Tap("teach:says", (number, one_of("yes", "no", "unsure")))
# which of two ways says it better
BETTER = Tap("teach:better", (number, number, one_of("first", "second", "both", "none")))
NOT_NICE = Tap("teach:flag", (number,))

# A coordinator
WAY = Tap("way:open", (number,), _DESK)
ACCEPT = Tap("way:yes", (number,), _DESK)
DROP = Tap("way:no", (number,), _DESK)
LEARNED = Tap("way:learned", (page,), _DESK)
# one that was taken up, and whether she is sure
WITHDRAW = Tap("way:out", (number, flag()), _DESK)
