"""The buttons of careers, plans, the walk, women and the directory."""

from bot.screens.taps import Tap, maybe, number, page, word

# the careers of a field; in old messages, those that she keeps
FIELD = Tap("jobs:in", (word, page))
KEPT = Tap("jobs:saved", (page,))

# a view of a career, and the language in which it is read
_CAREER = (word, maybe(word))
CAREER = Tap("job:page", _CAREER)
# and from which page she opened it (`handlers.careers.trail`)
CAREER_FROM = Tap("job:from", (word, word, word))
MORE = Tap("job:more", _CAREER)
WAYS = Tap("job:ways", _CAREER)
SUBJECTS = Tap("job:subjects", _CAREER)
PICTURE = Tap("job:picture", _CAREER)
FIRST_STEP = Tap("job:step", _CAREER)
WITH_AI = Tap("job:ai", _CAREER)
MYTH = Tap("job:myth", _CAREER)
FIGURES = Tap("job:figures", _CAREER)
RELATED = Tap("job:related", _CAREER)
QUESTIONS = Tap("job:faq", _CAREER)
KEEP = Tap("job:save", _CAREER, undoes=("job:unsave",))
LET_GO = Tap("job:unsave", _CAREER, undoes=("job:save",))
# and a place to study, which of her role models, a story, the career it is compared with
PLACE = Tap("job:place", (*_CAREER, word))
MODELS = Tap("job:women", (*_CAREER, page))
STORY = Tap("job:story", (*_CAREER, number))
COMPARE = Tap("job:with", (*_CAREER, word))

# the plan for a career
PLAN = Tap("plan:show", _CAREER)
SUPPORT = Tap("plan:help", _CAREER)
# and a page of the whole of it
WHOLE_PLAN = Tap("plan:whole", (*_CAREER, page))
CARD = Tap("plan:card", _CAREER)
KEEP_PLANNED = Tap("plan:save", _CAREER, undoes=("plan:unsave",))
LET_PLANNED_GO = Tap("plan:unsave", _CAREER, undoes=("plan:save",))

# the step of the week: checked off, and asked about
STEP_DONE = Tap("plan:did", _CAREER)
STEP_UNDO = Tap("plan:undo", _CAREER, undoes=("plan:did",))
STEP_ASK = Tap("plan:ask", _CAREER, undoes=("plan:mute",))
STEP_ASK_NO_MORE = Tap("plan:mute", _CAREER, undoes=("plan:ask",))
STEP_NOT_YET = Tap("plan:later", _CAREER)

# the walk: an answer is a question and one of its options; then the careers it led to
BEGIN = Tap("path:new")
ANSWER = Tap("path:pick", (word, word), answers=True)
BACK = Tap("path:back")
AGAIN = Tap("path:again")
STOP = Tap("path:stop")
KEEP_FOUND = Tap("path:save")
COMPARE_FOUND = Tap("path:compare")
PAIR = Tap("path:pair", (word, word))

# the directory: the three parts of a wish (`bot.careers.directory.Wish.key`)
_WISH = (word, word, word)
SHELF = Tap("dir:list", (*_WISH, page))
ITEM = Tap("dir:item", (word, *_WISH))
KEEP_ITEM = Tap("dir:keep", (word, *_WISH), undoes=("dir:drop",))
LET_ITEM_GO = Tap("dir:drop", (word, *_WISH), undoes=("dir:keep",))

# a woman, and the page of the list that she stands on
WOMAN = Tap("women:one", (word, page))

# the page for the family, and an answer to what parents say
FAMILY_PAGE = Tap("family:page")
OBJECTION = Tap("family:says", (word,))
