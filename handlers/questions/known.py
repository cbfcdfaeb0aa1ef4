"""“The library knows it”: how a group asked is learned for what answers it already."""

from bot.answering.answerer import Answerer
from bot.answering.ranking import Candidate
from bot.content import Content
from bot.questions import groups
from bot.questions.groups import Question
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.voice import Voice
from bot.teaching import examples
from bot.teaching.examples import Heard, Knows
from bot.teaching.targets import can_be_learned
from bot.turn import Turn
from handlers.answering.targets import button_of
from handlers.doors import QUESTIONS, WAYS
from handlers.questions.inbox_screens import wordings_text
from handlers.questions.taps import IS_KNOWN

SHOWN = 5


def which_screen(
    voice: Voice, content: Content, group_id: int, asked: list[Question], may: list[Candidate]
) -> Screen:
    """Return what a group may have asked for, to choose from."""
    rows = [(Button(button_of(voice, content, c).label, IS_KNOWN(group_id, c.key)),) for c in may]
    return Screen(
        paragraphs(
            wordings_text(voice, tuple(asked)),
            voice.say("learn.which" if may else "learn.which_none"),
        ),
        (*rows, (voice.button("back.desk", QUESTIONS.again()),)),
    )


def candidates(answerer: Answerer, content: Content, asked: list[Question]) -> list[Candidate]:
    """Return what questions may ask for, the likeliest first."""
    found: dict[str, Candidate] = {}
    for question in asked[: examples.MOST_AT_ONCE]:
        verdict = answerer.consider(question.text, safe=True)
        for one in (*verdict.shown, *verdict.candidates):
            if can_be_learned(content, one.key) and one.aspect is None:
                found.setdefault(one.key, one)
    return sorted(found.values(), key=lambda one: -one.score)[:SHOWN]


async def which(turn: Turn, group_id: int) -> None:
    """Ask what it is that the library has on an answered group."""
    asked = await groups.answered(turn.actor, group_id)
    content = turn.services.content
    may = candidates(turn.services.answerer, content, asked)
    await turn.show(which_screen(turn.voice, content, group_id, asked, may))


async def is_known(turn: Turn, group_id: int, target: str) -> None:
    """Take how a group asked as ways of asking for something, for a look at each."""
    asked = await groups.answered(turn.actor, group_id)
    heard = [Heard(q.person_id, q.text, q.language, q.asked_at) for q in asked]
    knows = Knows(turn.services.content, turn.services.answerer)
    kept = await examples.of_group(turn.actor, heard, target, knows)
    turn.toast = turn.voice.label("learn.kept" if kept else "learn.kept_none")
    turn.leads_to = WAYS(0)
