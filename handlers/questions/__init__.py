"""The inbox of open questions, additions to the FAQ, low ratings."""

from bot.desk.places import Place
from bot.questions import additions as to_review
from bot.questions import groups, ratings
from handlers.doors import LOW_RATED, QUESTION, QUESTIONS
from handlers.feature import Feature
from handlers.questions import (
    additions,
    asking_back,
    chores,
    inbox,
    known,
    low_ratings,
    ready,
    taps,
)
from handlers.questions.awaiting import (
    AnswerBack,
    AnswerToGroup,
    AskBack,
    PartOfAddition,
    TopicOfAddition,
)

FEATURE = Feature(
    "questions",
    taps={
        QUESTIONS: inbox.show_list,
        QUESTION: inbox.show_group,
        taps.ANSWER: inbox.answer,
        taps.DRAFT: inbox.draft,
        taps.SEND: inbox.send,
        taps.STOP: inbox.stop,
        taps.WORDINGS: inbox.wordings,
        taps.TAKE_OUT: inbox.take_out,
        taps.KNOWN: known.which,
        taps.IS_KNOWN: known.is_known,
        taps.READY_ANSWER: ready.choose,
        taps.ASK_WHOM: asking_back.whom,
        taps.ASK_BACK: asking_back.ask,
        taps.ASK_READY: asking_back.ask_ready,
        taps.SAY_BACK: asking_back.say,
        taps.ADD_NOTE: inbox.add_note,
        taps.GIVE: inbox.give,
        taps.SET_ASIDE: inbox.set_aside,
        taps.ADDITIONS: additions.show_list,
        taps.BEGIN: additions.begin,
        taps.ADDITION: additions.show_addition,
        taps.ASKED: additions.asked,
        taps.SKIP: additions.skip,
        taps.TOPICS: additions.topics,
        taps.TOPIC: additions.topic,
        taps.WAYS: additions.ways,
        taps.TOGGLE: additions.toggle,
        taps.PUBLISH: additions.publish,
        taps.WITHDRAW: additions.withdraw,
        taps.REVIEW: additions.review,
        LOW_RATED: low_ratings.show_list,
        taps.LOOK: low_ratings.look,
        taps.LOOKED_AT: low_ratings.looked_at,
    },
    awaited={
        AnswerToGroup: inbox.wrote,
        AskBack: asking_back.wrote,
        AnswerBack: asking_back.said,
        PartOfAddition: additions.wrote,
        TopicOfAddition: additions.wrote_no_topic,
    },
    duties=chores.DUTIES,
    desk=(
        Place("desk.questions", QUESTIONS(0), groups.how_many),
        Place("desk.doubts", LOW_RATED(0), ratings.how_many),
        Place("desk.learned", taps.ADDITIONS(0), to_review.how_many),
    ),
    makes=(taps,),
    back=("back.desk", QUESTIONS.again()),
)
