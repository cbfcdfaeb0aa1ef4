"""The buttons of mentoring: the girl's, her guardian's, the mentor's, the talk's, the desk's."""

from bot.mentoring.introductions import REASONS
from bot.mentoring.mentors import FORM, HOURS
from bot.mentoring.talks import OPINIONS, REPORTS
from bot.mentoring.vetting import CHECKLIST
from bot.rights import May
from bot.screens.taps import Part, Tap, Who, maybe, number, one_of, page, word

HOPES = ("day", "path", "afraid")
URGENCY = ("now", "soon")

_MENTORS = Who.MENTORS
_VETTING, _TALKS = May.MENTORS, May.TALKS
_yes = Part(lambda text: {"y": True, "n": False}[text], lambda value: "y" if value else "n")
# whom she would like to meet, by the name of her row and never by her id, or whoever is free
_mentor = Part(
    lambda text: None if text == "any" else word.read(text),
    lambda value: "any" if value is None else str(value),
)

# a girl asks; she begins at `doors.MENTORING` or `doors.MENTOR_WISH`
FIELDS = Tap("intro:fields", (page,))
FIELD = Tap("intro:field", (word,))
MENTOR = Tap("intro:mentor", (_mentor,))
HOPE = Tap("intro:hope", (one_of(*HOPES),))
REWRITE_HOPE = Tap("intro:rewrite")
# she chooses another first name, puts the form by, and goes on with it
RENAME = Tap("intro:name")
NOT_NOW = Tap("intro:later")
GO_ON = Tap("intro:go_on")
AGREE = Tap("intro:agree")
SEND_TO_GUARDIAN = Tap("intro:guardian")
# her guardian has no Telegram and signs a paper
ON_PAPER = Tap("intro:paper")
BEGIN = Tap("intro:begin", (number,))
# to be told when there is a mentor in a field
WAIT = Tap("intro:wait", (word,), undoes=("intro:unwait",))
WAIT_NO_MORE = Tap("intro:unwait", (word,), undoes=("intro:wait",))
WAITING = Tap("intro:waiting")
CANCEL = Tap("intro:cancel", (number,))
CANCEL_SURE = Tap("intro:cancel_yes", (number,))

# her guardian; the page is opened by a link and knows its secret
CONSENT = Tap("guard:home", (page,))
CONSENT_AGREE = Tap("guard:agree", (word,))
CONSENT_NO = Tap("guard:no")
# the page of the link that she has opened, once more
CONSENT_READ = Tap("guard:read")
NOT_A_GUARDIAN = Tap("guard:student")
NOT_A_GUARDIAN_SURE = Tap("guard:student_yes")
CONSENT_RIGHTS = Tap("guard:rights")
CONSENT_CALL = Tap("guard:call")
CONSENT_WORRY = Tap("guard:worry")
# she tells it to a coordinator without writing first
CONSENT_WORRY_SEND = Tap("guard:worry_yes")
CONSENT_WITHDRAW = Tap("guard:withdraw", (number,))
CONSENT_WITHDRAW_SURE = Tap("guard:withdraw_yes", (number,))

# a mentor: her form, her code of conduct, her profile, her girls
MENTOR_HOME = Tap("ment:home", (page,))
MENTOR_APPLY = Tap("ment:apply")
FORM_FIELDS = Tap("ment:fields", (page,))
FORM_FIELD = Tap("ment:field", (word,))
FORM_PROVINCES = Tap("ment:provinces", (page,))
FORM_PROVINCE = Tap("ment:set:province", (word,))
FORM_LANGUAGES = Tap("ment:set:languages", (word,))
FORM_HOURS = Tap("ment:set:hours", (one_of(*HOURS),))
FORM_PLACES = Tap("ment:set:places", (number,))
CODE = Tap("ment:code", (number,))
ACCEPT_CODE = Tap("ment:accept_code", (number,))
PROFILE = Tap("ment:profile")
EDIT = Tap("ment:edit", (one_of(*FORM),))
SEND_FORM = Tap("ment:send")
REST = Tap("ment:rest", who=_MENTORS, undoes=("ment:come_back",))
COME_BACK = Tap("ment:come_back", who=_MENTORS, undoes=("ment:rest",))
GIRL = Tap("ment:intro", (number,), _MENTORS)
OFFER_ACCEPT = Tap("ment:accept", (number,), _MENTORS)
OFFER_DECLINE = Tap("ment:decline", (number,), _MENTORS)
OFFER_PASS_ON = Tap("ment:no", (number, one_of(*REASONS)), _MENTORS)
# to write to the coordinators
WRITE_DESK = Tap("ment:desk")
RETIRE = Tap("ment:retire")
RETIRE_SURE = Tap("ment:retire_yes")

# the talk, from both sides
TALK_WELL = Tap("talk:well")
TALK_WRITE = Tap("talk:write", (number,))
# of what she wrote without being in the talk: to send it after all, or to ask the bot
TALK_SEND = Tap("talk:send", (number, number))
TALK_ASK = Tap("talk:ask", (number,))
TALK_CARD = Tap("talk:card", (number,))
TALK_PAUSE = Tap("talk:pause", (number,))
TALK_RESUME = Tap("talk:resume", (number,))
TALK_END = Tap("talk:end", (number,))
TALK_END_SURE = Tap("talk:end_yes", (number,))
TALK_REPORT = Tap("talk:report", (number,))
# a report that was tapped by mistake
TALK_MISTAKE = Tap("talk:mistake", (number,))
TALK_WHY = Tap("talk:why", (number, one_of(*REPORTS)))
TALK_MORE = Tap("talk:more", (number, _yes))
TALK_OPINION = Tap("talk:opinion", (number, one_of(*OPINIONS)))
TALK_WORRY = Tap("talk:worry", (number, maybe(one_of(*URGENCY))))

# coordinators vet a mentor, whom the buttons know by the name of her row (`doors.VET_MENTOR`)
VET_LIST = Tap("vet:list", (page,), _VETTING)
VET_CHECKLIST = Tap("vet:list_of", (word,), _VETTING)
VET_CHECK = Tap("vet:check", (word, one_of(*CHECKLIST)), _VETTING)
# and whether she is sure
VET_UNCHECK = Tap("vet:uncheck", (word, one_of(*CHECKLIST), _yes), _VETTING)
VET_STORY = Tap("vet:story", (word, _yes), _VETTING)
VET_APPROVE = Tap("vet:approve", (word,), _VETTING)
VET_RENEW = Tap("vet:renew", (word,), _VETTING)
VET_REFUSE = Tap("vet:refuse", (word,), _VETTING)
VET_SUSPEND = Tap("vet:suspend", (word,), _VETTING)
VET_CLEAR = Tap("vet:clear", (word,), _VETTING)
VET_RECHECK = Tap("vet:recheck", (word,), _VETTING)
VET_REMOVE = Tap("vet:remove", (word,), _VETTING)
VET_RETURN = Tap("vet:return", (word,), _VETTING)
# of these moves it is asked first whether she is sure
VET_ASKED = ("refuse", "suspend", "clear", "recheck", "remove", "let_write")
VET_SURE = Tap("vet:yes", (word, one_of(*VET_ASKED)), _VETTING)
VET_REPORTS = Tap("vet:reports", (word, page), _VETTING)
VET_HISTORY = Tap("vet:history", (word, page), _VETTING)
VET_TRIES = Tap("vet:tries", (word,), _VETTING)
VET_LET_WRITE = Tap("vet:write", (word,), _VETTING)
VET_LIFT = Tap("vet:lift", (word,), _VETTING)

# coordinators oversee the introductions
DESK = Tap("over:home", who=_VETTING)
DESK_LIST = Tap("over:list", (page,), _TALKS)
DESK_APPROVE = Tap("over:approve", (number,), _TALKS)
DESK_REFUSE = Tap("over:refuse_intro", (number,), _TALKS)
DESK_ATTEST = Tap("over:attest", (number,), _TALKS)
# Stopping is never taken for a slip.
DESK_PAUSE = Tap("over:pause", (number,), _TALKS)
DESK_RESUME = Tap("over:resume", (number,), _TALKS, undoes=("over:pause",))
DESK_FREEZE = Tap("over:freeze", (number,), _TALKS)
DESK_REOPEN = Tap("over:reopen", (number,), _TALKS, undoes=("over:freeze",))
DESK_CLOSE = Tap("over:close", (number,), _TALKS)
# of these it is asked first whether she is sure
DESK_ASKED = ("refuse", "close", "reopen")
DESK_SURE = Tap("over:yes", (number, one_of(*DESK_ASKED)), _TALKS)
# a page of it, or the last, which ends with the report
# the one that an alert named, or the oldest
DESK_HELD = Tap("over:held", (maybe(number),), _TALKS)
DESK_ALLOW = Tap("over:allow", (number,), _TALKS)
DESK_REWRITE = Tap("over:rewrite", (number,), _TALKS)
DESK_HOLD_BACK = Tap("over:refuse", (number,), _TALKS)
DESK_SAMPLE = Tap("over:sample", who=_TALKS)
DESK_RELAY = Tap("over:relay", (_yes,), _TALKS, undoes=("over:relay_off",))
DESK_RELAY_OFF_SURE = Tap("over:relay_off", who=_TALKS)
