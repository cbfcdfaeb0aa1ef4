"""Asking one girl back about her question, and taking her answer."""

from bot.content import Content
from bot.content.base import BASE_TONGUE
from bot.language.words import shorten
from bot.questions import asking_back, groups
from bot.questions.groups import Group, Question
from bot.refusals import StaleError
from bot.safety import last_words
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import HOME, QUESTION, discreet, hide_row, homewards
from handlers.questions.awaiting import AnswerBack, AskBack
from handlers.questions.inbox import alone
from handlers.questions.inbox_screens import language_name, wordings_text
from handlers.questions.taps import ASK_BACK, ASK_READY, ASK_WHOM, SAY_BACK

QUESTIONS_A_PAGE = 5
READY = "ready.ask."


def ready_names(content: Content, prefix: str) -> list[str]:
    """Return the names of what editors have written to be sent as it is."""
    keys = content.locales[BASE_TONGUE]
    return [key.removeprefix(prefix) for key in keys if key.startswith(prefix)]


def whom_screen(voice: Voice, group: Group, number: int) -> Screen:
    """Return the choice of the question about which one girl is asked."""
    page = Page.of(group.questions, number, QUESTIONS_A_PAGE)
    return Screen(
        voice.say("back.whom"),
        (
            *((Button(shorten(q.text, LONGEST_LABEL), ASK_BACK(q.id)),) for q in page.items),
            (
                *page.ways(voice, lambda other: ASK_WHOM(group.id, other)),
                voice.button("back.topic", QUESTION(group.id)),
            ),
        ),
    )


def ask_screen(voice: Voice, question: Question, group_id: int, ready: list[str]) -> Screen:
    """Return the invitation to ask, with what is written already to choose from."""
    rows = [
        (Button(shorten(voice.label(f"{READY}{one}"), LONGEST_LABEL),
                ASK_READY(question.id, one, False)),)
        for one in ready
    ]  # fmt: skip
    return Screen(
        paragraphs(
            wordings_text(voice, (question,)),
            voice.say("back.write", language=language_name(voice, question.tongue)),
        ),
        (*rows, (voice.button("back.topic", QUESTION(group_id)),)),
    )


def to_her_screen(voice: Voice, question: Question, asked: asking_back.Asked) -> Screen:
    """Return what the girl is asked; what may be private begins with a line that tells nothing."""
    private = question.private
    return Screen(
        voice.say("back.to_her", question=question.text, text=asked.text),
        (
            (voice.button("back.say", SAY_BACK(asked.id)),),
            *((hide_row(voice),) if private else ()),
            (voice.button("back.home", HOME()),),
        ),
        discreet(voice) if private else Html(""),
    )


async def whom(turn: Turn, group_id: int, page: int) -> None:
    """Choose the question about which a girl is asked; of one alone nothing is chosen."""
    group = await groups.look(turn.actor, group_id)
    if len(group.questions) == 1:
        await ask(turn, group.questions[0].id)
        return
    await turn.show(whom_screen(turn.voice, group, page))


async def ask(turn: Turn, question_id: int) -> None:
    """Ask for the words, or offer what is written already."""
    async with alone(turn):
        question = await asking_back.question(turn.actor, question_id)
        group = await groups.of_question(turn.actor, question_id)
    turn.expect(AskBack(question_id))
    ready = ready_names(turn.services.content, READY)
    await turn.show(ask_screen(turn.voice, question, group.id, ready))


async def ask_ready(turn: Turn, question_id: int, name: str, sure: bool) -> None:
    """Show what is written already as she will read it; send it when that is meant."""
    if name not in ready_names(turn.services.content, READY):
        raise StaleError
    async with alone(turn):
        question = await asking_back.question(turn.actor, question_id)
    words = turn.services.voice(question.tongue).label(f"{READY}{name}")
    if sure:
        await _send(turn, question_id, words)
        return
    voice = turn.voice
    yes = voice.button("back.send", ASK_READY(question_id, name, True))
    back = voice.button("back.topic", ASK_BACK(question_id))
    await turn.show(Screen(voice.say("back.she_reads", text=words), ((yes,), (back,))))


async def wrote(turn: Turn, asked: AskBack, text: str) -> None:
    """Ask her what the coordinator wrote."""
    await _send(turn, asked.question, text)
    turn.expect(None)


async def _send(turn: Turn, question_id: int, text: str) -> None:
    async with alone(turn):
        question, asked = await asking_back.ask(
            turn.actor, turn.services.content, question_id, text
        )
        group = await groups.of_question(turn.actor, question_id)
    hers = turn.services.voice(question.tongue)
    screen = to_her_screen(hers, question, asked)
    await turn.tell(question.person_id, screen, f"question:{question_id}:asked:{asked.id}")
    back = turn.voice.button("back.topic", QUESTION(group.id))
    await turn.show(Screen(turn.voice.say("back.asked"), ((back,),)))


async def say(turn: Turn, number: int) -> None:
    """Let what she writes next answer the coordinator."""
    turn.way_back = ("back.home", HOME())
    asked = await asking_back.to_answer(turn.actor, number)
    turn.expect(AnswerBack(number))
    screen = Screen(turn.voice.say("back.say_now", text=asked.text), (homewards(turn.voice),))
    await turn.show(screen, new_message=True)


async def said(turn: Turn, asked: AnswerBack, text: str) -> None:
    """Bring her answer to her question, and to the coordinator who is at work on it."""
    turn.way_back = ("back.home", HOME())
    private = await last_words.beside_danger(turn.actor, text)
    found = await asking_back.answer(turn.actor, asked.number, text, private=private)
    turn.expect(None)
    if found.to_id is not None:
        voice = await turn.voice_of(found.to_id)
        look = voice.button("inbox.open", QUESTION(found.group_id))
        screen = Screen(voice.say("back.she_said", text=found.text), ((look,),))
        await turn.tell(found.to_id, screen, f"question:said:{asked.number}")
    home = turn.voice.button("back.home", HOME())
    await turn.show(Screen(turn.voice.say("back.thanks"), ((home,),)))
