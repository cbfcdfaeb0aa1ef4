"""The buttons of the inbox, of the additions to the FAQ and of the low ratings."""

from bot.questions.additions import Step
from bot.rights import May
from bot.screens.taps import Part, Tap, flag, maybe, number, page, word
from bot.teaching.targets import KINDS

_STAFF = May.QUESTIONS


def _read_choice(text: str) -> tuple[int, int]:
    question, _, shown_on = text.partition(".")
    return number.read(question), page.read(shown_on)


def _read_target(text: str) -> str:
    kind, dot, name = word.read(text).partition(".")
    if not dot or kind not in KINDS:
        raise ValueError("no target")
    return f"{kind}:{name}"


# the key of a target, with a dot in place of the colon
_target = Part(_read_target, lambda key: str(key).replace(":", ".", 1))
_step = Part(Step.read, lambda step: step.name)
# a question, and the page that shows it: “12.0”
_choice = Part(_read_choice, lambda choice: f"{choice[0]}.{choice[1]}")

# A group of questions, by its number.
ANSWER = Tap("group:answer", (number,), _STAFF)
DRAFT = Tap("group:draft", (number,), _STAFF)
SEND = Tap("group:send", (number,), _STAFF)
STOP = Tap("group:drop", (number,), _STAFF)
WORDINGS = Tap("group:words", (number, page), _STAFF)
ADD_NOTE = Tap("group:note", (number,), _STAFF)
# to a colleague, once she is chosen
GIVE = Tap("group:give", (number, maybe(number)), _STAFF)
# whether she is sure
SET_ASIDE = Tap("group:aside", (number, flag()), _STAFF)
# a single question
TAKE_OUT = Tap("group:out", (number,), _STAFF)
# what the library has on an answered group: to choose it; its key, once it is chosen
KNOWN = Tap("group:known", (number,), _STAFF)
IS_KNOWN = Tap("group:is", (number, _target), _STAFF)
# answers that are written already; one of them, once it is chosen
READY_ANSWER = Tap("group:ready", (number, maybe(word)), _STAFF)
# whose question is asked about; the question; what is written already, and whether it is meant
ASK_WHOM = Tap("group:whom", (number, page), _STAFF)
ASK_BACK = Tap("group:ask", (number,), _STAFF)
ASK_READY = Tap("group:askready", (number, word, flag()), _STAFF)
# what the girl was asked
SAY_BACK = Tap("back:say", (number,))

# An addition to the FAQ, by its number.
ADDITIONS = Tap("learn:list", (page,), _STAFF)
# a group that was answered
BEGIN = Tap("learn:begin", (number,), _STAFF)
ADDITION = Tap("learn:show", (number,), _STAFF)
# how the askers asked, beside what is to be written
ASKED = Tap("learn:asked", (number, page), _STAFF)
SKIP = Tap("learn:skip", (number, _step), _STAFF)
TOPICS = Tap("learn:topics", (number, page), _STAFF)
TOPIC = Tap("learn:topic", (number, word), _STAFF)
WAYS = Tap("learn:ways", (number, page), _STAFF)
TOGGLE = Tap("learn:toggle", (number, _choice), _STAFF)
PUBLISH = Tap("learn:publish", (number,), _STAFF)
# an entry or a draft, and whether she is sure
WITHDRAW = Tap("learn:withdraw", (number, flag()), _STAFF)
REVIEW = Tap("learn:review", (number,), _STAFF)

# An entry of the FAQ, by its id.
LOOK = Tap("doubt:open", (word,), _STAFF)
LOOKED_AT = Tap("doubt:seen", (word,), _STAFF)
