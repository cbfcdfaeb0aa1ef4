"""The buttons of care, of cases and of drills that no other feature shows."""

from bot.rights import May
from bot.safety.states import CHOSEN
from bot.screens.taps import Tap, flag, maybe, number, one_of, page

_STAFF = May.CASES
_OUTCOME = one_of(*CHOSEN)

TALK_TO_A_PERSON = Tap("care:person")
NOT_MEANT = Tap("care:not")
ALL_IS_WELL = Tap("care:well")
# the same beside an answer, which stays
WELL_BESIDE = Tap("care:well_too")

# she calls off her call, which nobody has taken: asked, sure, and taken back; or where it stands
CALL = Tap("case:call")
CALL_OFF = Tap("case:off")
CALL_OFF_SURE = Tap("case:off_yes")
CALL_ON = Tap("case:on", (number,), undoes=("case:off_yes", "case:stop_yes"))
# she ends the talk with who has taken it: asked, and sure
STOP_TALK = Tap("case:stop")
STOP_TALK_SURE = Tap("case:stop_yes")
# a coordinator asks after her all the same
ASK_AFTER = Tap("case:after", (number,), _STAFF)

# the number of a case; both who talk in it may write
WRITE = Tap("case:write", (number,))
# what she wrote to the person was meant for the form that waits
FOR_FORM = Tap("case:form")
# she reads again what was written to her
SAID_LAST = Tap("case:said")
# a coordinator sends words that look like something
SEND = Tap("case:send", (number,), _STAFF)
# words that she typed when she had taken it, before she said that they are for the girl
SEND_TYPED = Tap("case:typed", (number,), _STAFF)
# how it ended is asked, and said
CLOSE = Tap("case:close", (number,), _STAFF)
CLOSE_AS = Tap("case:end", (number, _OUTCOME), _STAFF)
REOPEN = Tap("case:reopen", (number,), _STAFF, undoes=("case:end",))
# a page of what was written in it
READ = Tap("case:read", (number, page), _STAFF)
NOTE = Tap("case:note", (number,), _STAFF)
# and the number of a coordinator; none yet asks for one
GIVE = Tap("case:give", (number, maybe(number)), _STAFF)

# a page of the last drills
DRILLS = Tap("drill:list", (page,), _STAFF)
# whether she is sure
BEGIN_DRILL = Tap("drill:begin", (flag(),), _STAFF)
# who was called for a drill is there
HERE = Tap("drill:here", (number,), _STAFF)
