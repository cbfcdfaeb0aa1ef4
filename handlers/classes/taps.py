"""The buttons of classes."""

from bot.rights import May
from bot.screens.taps import Tap, flag, number, page, word

_DESK = May.ANNOUNCEMENTS

# a girl; the code is in the button, so that nobody joins by a number
JOIN = Tap("class:join", (word,), undoes=("class:leave",))
NOT_NOW = Tap("class:no")
TYPE_CODE = Tap("class:code")
LEAVE = Tap("class:leave", (number,), undoes=("class:join",))

# a coordinator
LIST = Tap("cls:list", (page,), _DESK)
NEW = Tap("cls:new", who=_DESK)
SHOW = Tap("cls:show", (number,), _DESK)
HAND_OUT = Tap("cls:slip", (number,), _DESK)
UNTIL = Tap("cls:until", (number,), _DESK)
# whether she is sure
RENEW = Tap("cls:renew", (number, flag()), _DESK)
CLOSE = Tap("cls:close", (number, flag()), _DESK)
REOPEN = Tap("cls:open", (number,), _DESK)
