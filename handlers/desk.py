"""The coordinators' desk: questions nobody has answered, and open cases."""

from bot import cases, questions
from bot.database.tables import Case, OpenQuestion
from bot.language.words import shorten
from bot.people import require_coordinator
from bot.screen import LONGEST_LABEL, Button, Screen, Voice
from bot.turn import Turn
from handlers import menu, pathway
from handlers.browse import page_row

LONGEST_ANSWER = 3000


def desk_screen(voice: Voice, open_questions: int, open_cases: list[Case]) -> Screen:
    """Return what waits for a coordinator."""
    rows = [
        (voice.button("desk.case", f"case:ack:{case.id}", case=voice.number(case.id)),)
        for case in open_cases[:5]
    ]
    return Screen(
        voice.say(
            "desk.text",
            questions=voice.number(open_questions),
            cases=voice.number(len(open_cases)),
        ),
        (
            *rows,
            (
                voice.button("desk.questions", "desk:list:0"),
                voice.button("desk.events", "evd:list:0"),
            ),
            (
                voice.button("desk.mentors", "over:home"),
                voice.button("desk.walks", "desk:walks"),
            ),
            (voice.button("desk.announcements", "cast:list:0"),),
            (voice.button("back.home", "go:home"),),
        ),
    )


def list_screen(voice: Voice, found: list[OpenQuestion], page: int, total: int) -> Screen:
    """Return a page of unanswered questions."""
    pages = max(1, -(-total // questions.PAGE))
    return Screen(
        voice.say("desk.list" if found else "desk.empty", total=voice.number(total)),
        (
            *((Button(shorten(q.text, LONGEST_LABEL), f"desk:open:{q.id}"),) for q in found),
            (*page_row(voice, "desk:list", page, pages), voice.button("back.desk", "desk:home")),
        ),
    )


def question_screen(voice: Voice, question: OpenQuestion, asked: str) -> Screen:
    """Return one question with what can be done about it."""
    return Screen(
        voice.say("desk.question", text=question.text, asked=asked),
        (
            (voice.button("desk.answer", f"desk:answer:{question.id}"),),
            (voice.button("back.desk", "desk:list:0"),),
        ),
    )


async def desk(turn: Turn, _argument: str) -> None:
    """Show the desk to a coordinator."""
    actor, staff = turn.person.id, turn.coordinators
    _, total = await questions.unanswered(turn.session, actor, staff)
    waiting = await cases.open_cases(turn.session, actor, staff)
    await turn.show(desk_screen(turn.voice, total, waiting))


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the desk."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, number = argument.partition(":")
    value = int(number) if number.isdecimal() and len(number) < 12 else 0
    if what == "home":
        await desk(turn, "")
    elif what == "list":
        found, total = await questions.unanswered(
            turn.session, turn.person.id, turn.coordinators, value
        )
        await turn.show(list_screen(turn.voice, found, value, total))
    elif what == "walks":
        await pathway.desk_counts(turn)
    elif what in ("open", "answer"):
        await _open(turn, value, answering=what == "answer")
    else:
        await menu.stale(turn, "")


async def _open(turn: Turn, question_id: int, *, answering: bool) -> None:
    question = await questions.find(turn.session, turn.person.id, turn.coordinators, question_id)
    if question is None:
        await turn.show(Screen(turn.voice.say("desk.gone")))
        return
    if answering:
        turn.conversation.awaiting = {"for": "answer", "question": question_id}
        screen = Screen(turn.voice.say("desk.write_now", text=question.text))
        await turn.show(screen, new_message=True)
        return
    asked = turn.voice.moment(question.asked_at_utc, turn.world.settings.zone)
    await turn.show(question_screen(turn.voice, question, asked))


async def answered(turn: Turn, text: str) -> None:
    """Send a coordinator's answer to the girl who asked."""
    question_id = int((turn.conversation.awaiting or {})["question"])
    turn.conversation.awaiting = None
    question = await questions.answer(
        turn.session, turn.person.id, turn.coordinators, question_id, turn.now
    )
    if question is None:
        await turn.show(Screen(turn.voice.say("desk.gone")))
        return
    asker = turn.world.voice("en" if question.language == "en" else "km")
    await turn.tell(
        question.person_id,
        Screen(
            asker.say("desk.reply", question=question.text, answer=text[:LONGEST_ANSWER]),
            ((asker.button("back.home", "go:home"),),),
        ),
        f"question:{question_id}:answer",
    )
    await turn.show(
        Screen(turn.voice.say("desk.sent"), ((turn.voice.button("back.desk", "desk:list:0"),),))
    )
