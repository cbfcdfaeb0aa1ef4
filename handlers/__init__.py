"""What the bot can be told, and who answers: every feature in order, and the way of a turn.

Read it first. Each feature says in its own `__init__.py` which commands, buttons, awaited answers
and chores are its own; `docs/doors.md` shows them all on one page.
"""

from dataclasses import replace
from functools import partial

from bot.database import Database
from bot.mentoring import roles
from bot.people import people
from bot.people.ages import AgeUnknownError, TooYoungError
from bot.queues import hiding
from bot.refusals import GoneError, NotAllowedError, RefusedError, StaleError
from bot.safety import cases as case_file
from bot.safety.danger import Danger, Level
from bot.screens.awaited import Awaited
from bot.screens.screen import Screen
from bot.timekeeper import Chore, Wake
from bot.turn import Services, Turn
from handlers import (
    announcements,
    answering,
    careers,
    classes,
    desk,
    doors,
    entering,
    events,
    hearing,
    home,
    mentoring,
    questions,
    safety,
    shared_phone,
    start,
    teaching,
)
from handlers.announcements import subscriptions
from handlers.answering import ask, at_a_loss
from handlers.answering.entries import MOST_BUTTONS
from handlers.careers import plans, saved
from handlers.careers.taps import ANSWER
from handlers.classes import classes as class_doors
from handlers.entering import Handler
from handlers.feature import Routes
from handlers.home import age, menu, other, typed
from handlers.mentoring import asked_of_guardian, notices, relay, unsent
from handlers.mentoring import mentors as mentors_side
from handlers.mentoring.awaiting import FormAnswer, InTalk
from handlers.questions.awaiting import AnswerBack
from handlers.safety import calling_off, care, cases
from handlers.safety.awaiting import WordsInCase
from handlers.teaching import learning

FEATURES = (
    start.FEATURE,
    home.FEATURE,
    answering.FEATURE,
    careers.FEATURE,
    classes.FEATURE,
    safety.FEATURE,
    questions.FEATURE,
    teaching.FEATURE,
    mentoring.FEATURE,
    events.FEATURE,
    announcements.FEATURE,
    desk.FEATURE,
)
ROUTES = Routes.of(FEATURES, doors)
# Where what is asked of the bot in fixed words leads (content/requests.yaml).
REQUESTS: dict[str, Handler] = {
    subscriptions.NO_MESSAGES: subscriptions.asked_to_stop,
    menu.ASKED_FOR_HOME: menu.home,
    menu.ASKED_BACK: menu.back,
    menu.ASKED_ON: menu.onward,
    menu.ASKED_TO_SKIP: menu.skipped,
    start.ASKED_TO_BEGIN: start.begin,
    at_a_loss.DECLINES: at_a_loss.declined,
    at_a_loss.NO_IDEA: at_a_loss.no_idea,
    at_a_loss.KILLS_TIME: at_a_loss.chat,
    plans.ASKED_FOR: plans.asked_for,
    saved.ASKED_TO_KEEP: saved.keep_shown,
    saved.ASKED_FOR: saved.asked_for,
    asked_of_guardian.OF_CONSENT: asked_of_guardian.read,
    asked_of_guardian.WITHDRAWS: asked_of_guardian.withdraw,
}


# What she says of the person is kept for that one, and answered by the bot.
_TO_BOT_ALONE = (calling_off.ask, calling_off.ask_to_stop)


def chores(services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
    """Return every chore of the bot; `wake` tells the courier that something was staged."""
    return ROUTES.chores(services, database, wake)


async def take(turn: Turn) -> None:
    """Give a turn to its handler; what is refused has changed nothing."""
    turn.role = await roles.role(turn.actor)
    turn.opens = lambda data: ROUTES.opens(turn.actor, data)
    turn.finished = lambda screen: doors.with_home(turn.voice, _with_draft(turn, screen))
    turn.desk_places, turn.homes = ROUTES.desk_places, ROUTES.homes
    if await shared_phone.takes(turn, ROUTES):
        return
    if turn.new and turn.heard.kind != "left":
        turn.count("new", "person")
    if turn.heard.kind not in ("left", "returned"):
        await hiding.let_come(turn.session, turn.person.id, turn.now)
    if await hearing.says_nothing_new(turn):
        return
    if turn.heard.kind == "button" and _tapped_twice(turn):
        return
    asked = ROUTES.expected(turn.conversation.awaiting)
    if (
        turn.heard.kind == "text"
        and asked
        and not asked.takes(turn.heard.text, turn.services.content)
    ):
        turn.expect(None)
        asked = None
    # What is said to a girl in danger, and her words, stay whatever is refused after them.
    wanted = await _request(turn, asked)
    danger = await _danger(
        turn, asked, to_bot=wanted is not None or hearing.tells_name(turn, asked)
    )
    turn.keep()
    try:
        async with turn.session.begin_nested():
            await _route(turn, danger, wanted)
        # What she told on the way stays, whatever becomes of where it leads.
        turn.keep()
        if turn.leads_to is not None:
            async with turn.session.begin_nested():
                await entering.press(turn, ROUTES, turn.leads_to)
    except (AgeUnknownError, TooYoungError) as refused:
        await turn.undo()
        await age.refused(turn, refused)
    except RefusedError as refused:
        await turn.undo()
        if isinstance(refused, GoneError):
            turn.expect(None)
        await menu.refused(turn, refused)
    except StaleError:
        await turn.undo()
        # What a text was to answer is gone: nothing is awaited.
        turn.expect(None)
        await menu.stale(turn)
    except NotAllowedError:
        # Who guesses a command or forges a button hears what she would hear of any that does
        # not exist.
        await turn.undo()
        turn.expect(None)
        await (menu.stale if turn.heard.kind == "button" else menu.unknown)(turn)
    await notices.tell_news(turn.services, turn.actor)


def _with_draft(turn: Turn, screen: Screen) -> Screen:
    """Return a screen that was tapped beside something that she writes, with the way on with it.

    What she types next is no longer taken for it, and she must be able to see that.
    """
    if turn.heard.kind != "button" or turn.conversation.awaiting is not None:
        return screen
    left = ROUTES.expected(turn.left)
    on = None if left is None else left.goes_on
    buttons = [button for row in screen.rows for button in row]
    if (
        on is None
        or turn.heard.data.partition(":")[0] == on.partition(":")[0]
        or len(buttons) >= MOST_BUTTONS
        or any(button.data == on for button in buttons)
    ):
        return screen
    row = (turn.voice.button("form.go_on", on),)
    return replace(screen, rows=(row, *screen.rows))


def _tapped_twice(turn: Turn) -> bool:
    """Return whether a tap is the second of a finger that meant one: it does nothing.

    It is the same button again, or the one that came under the finger and would undo the first.
    """
    data = turn.heard.data
    before = people.taps(turn.conversation, turn.heard.message_id, data, turn.received)
    return before is not None and (data == before or ROUTES.undoes(data, before))


async def _danger(turn: Turn, asked: Awaited | None, *, to_bot: bool) -> Danger | None:
    """Look for danger before everything else, in every state, captions and edits included.

    What is said `to_bot` alarms only as the end of what she said before.
    """
    words = _words(turn)
    if not words or turn.heard.kind == "button" or hearing.tells_number(turn, asked):
        return None
    if await hearing.is_of_others(turn, asked):
        return None
    form = asked is not None and not isinstance(asked, WordsInCase | InTalk | AnswerBack)
    return await care.watch(turn, words, to_bot=to_bot, form=form)


async def _route(turn: Turn, danger: Danger | None, wanted: Handler | None) -> None:
    """Find the door of what was said or tapped. The order below matters and says why."""
    heard = turn.heard
    if heard.kind == "button":
        turn.expect(None)
        await learning.tapped(turn, heard.data)
        await entering.press(turn, ROUTES, heard.data)
        asked = ROUTES.expected(turn.conversation.awaiting)
        if turn.again is not None and asked and (door := ROUTES.awaited.get(type(asked))):
            await entering.enter(turn, door, asked, turn.again)
        return
    turn.conversation.offered = None
    if heard.kind in ("left", "returned"):
        await other.came_or_went(turn)
        return
    asked = ROUTES.expected(turn.conversation.awaiting)
    # whether a form waits for what is written
    form = (
        heard.kind == "text"
        and heard.command is None
        and asked is not None
        and not isinstance(asked, WordsInCase)
    )
    # What a mentor writes to a girl, edits included, is watched by the relay, which holds it.
    if heard.kind == "edited" and await relay.writes_as_mentor(turn) and await relay.edited(turn):
        return
    # Care was shown; her words go to the people who are there for her.
    if danger is not None and danger.level is Level.CARE:
        if not await relay.girl_in_danger(turn):
            await cases.girl_wrote(turn, _words(turn), form=form)
        return
    to_person = not await hearing.writes_to_girl(turn, asked) and not isinstance(asked, InTalk)
    # A command leaves whatever was awaited, so nobody is ever stuck. So does a fixed request,
    # which may be written as a command that is none: “/home”.
    known = heard.command is not None and heard.command[0] in ROUTES.commands
    if heard.command is not None and (known or wanted is None):
        name, argument = heard.command
        turn.expect(None)
        if to_person and (words := _words(turn)):
            await cases.girl_wrote(turn, words)
        await entering.command(turn, ROUTES, name, argument)
        return
    if wanted is not None:
        turn.expect(None)
        await cases.girl_wrote(turn, heard.text, silently=wanted in _TO_BOT_ALONE)
        await wanted(turn)
        return
    # What she writes now may be no answer to a question of the bot, which stays open beside it.
    turn.stays_open = partial(entering.stays_open, ROUTES)
    if heard.kind == "edited" and asked and asked.corrected_by(heard.text, turn.services.content):
        await entering.enter(turn, ROUTES.awaited[type(asked)], asked, heard.text)
        return
    if heard.kind == "edited" and (await relay.edited(turn) or await cases.staff_edited(turn)):
        return
    if heard.media is not None and await relay.media(turn):
        return
    if heard.picture is not None and asked and (door := ROUTES.pictures.get(type(asked))):
        await entering.enter(turn, door, asked, heard.picture)
        return
    if heard.media is not None and asked and turn.actor.is_staff:
        await cases.text_only(turn)
        return
    if heard.kind == "text" and asked and hearing.tells_number(turn, asked):
        await entering.enter(turn, ROUTES.awaited[type(asked)], asked, heard.text)
        return
    # A form that she has begun since is answered, and nobody reads it, unless her words tell of
    # danger, of how it is with her, or are not what the form asks for.
    if form and asked and to_person and danger is None and await _answers_form(turn, asked):
        return
    # In an open case she talks with a person. What a button says it does as well, and what the
    # library knows she hears.
    if to_person and await cases.girl_wrote(turn, heard.text, form=form):
        if heard.kind != "text" or asked:
            return
        if (data := entering.said(turn)) is not None:
            await entering.press_said(turn, ROUTES, data)
        elif danger is None and await care.is_relieved_in_talk(turn):
            await care.well_beside(turn)
        elif danger is None and await care.is_answered_too(turn):
            await ask.question(turn, heard.text)
        return
    if heard.media is not None and not heard.text:
        if isinstance(asked, FormAnswer):
            await mentors_side.text_only(turn)
            return
        await other.media(turn)
        return
    if heard.kind == "text" and asked and (door := ROUTES.awaited.get(type(asked))):
        data = entering.said(turn) if asked.is_tapped else None
        if data is None:
            await entering.enter(turn, door, asked, heard.text)
        else:
            turn.expect(None)
            await entering.press_said(turn, ROUTES, data)
        return
    # The words of a button do what the button does.
    if (data := entering.said(turn)) is not None:
        await entering.press_said(turn, ROUTES, data)
        return
    # The code of a class, as it stands on the slip that her teacher gave her.
    if await class_doors.typed(turn):
        return
    # After a danger message, "ok" and "I'm scared" are not questions for the FAQ.
    if await care.goes_on(turn):
        return
    # Who is in a talk may have meant it for the other, who does not have it.
    if await unsent.offer(turn):
        return
    if turn.services.answerer.request(heard.text) == typed.YES:
        await at_a_loss.agreed(turn)
        return
    # A word of an answer to the open question of her walk may be meant for it.
    options = [one for one in turn.conversation.buttons if one[1].startswith(f"{ANSWER.name}:")]
    if (meant := typed.nearly(heard.text, options)) is not None:
        await turn.show(typed.nearly_screen(turn.voice, *meant), new_message=True)
        return
    await ask.question(turn, heard.text)


async def _answers_form(turn: Turn, asked: Awaited) -> bool:
    """Give her words in an open case to the form that waits; return whether it has taken them."""
    door = ROUTES.awaited.get(type(asked))
    if door is None or not care.is_for_form(turn) or not await case_file.has_open(turn.actor):
        return False
    try:
        async with turn.session.begin_nested():
            await entering.enter(turn, door, asked, turn.heard.text)
    except RefusedError:
        await turn.undo()
        return False
    return True


async def _request(turn: Turn, asked: Awaited | None) -> Handler | None:
    """Return what answers a request in fixed words; what is said to a person is none.

    After danger a bare “stop” is said to whoever hurts her, and “go home” by who cannot.
    """
    heard, answerer = turn.heard, turn.services.answerer
    if heard.kind != "text" or await hearing.writes_to_girl(turn, asked):
        return None
    # While somebody is being called, that this shall stop is said to the bot.
    if not any(map(turn.expected, (InTalk, AnswerBack))) and await calling_off.is_asked_for(turn):
        return calling_off.ask
    if await calling_off.is_asked_to_stop(turn):
        return calling_off.ask_to_stop
    if any(map(turn.expected, (InTalk, WordsInCase, AnswerBack))):
        return None
    request = answerer.request(_words(turn))
    wanted = REQUESTS.get(request or "")
    if wanted is not None and not await asked_of_guardian.concerns(turn, request):
        return None
    # To a form that has no such step it is an answer like any other.
    if asked is not None and menu.has_no_step(turn, request):
        return None
    if wanted is not None and (data := entering.shown_as(turn)) is not None:
        wanted = partial(entering.leads_to, data=data)
    if wanted is None and heard.command is None:
        return entering.to_page(turn, ROUTES, asked)
    if wanted is None or heard.command is not None or not answerer.is_cry(heard.text):
        return wanted
    near = care.is_near(turn) or await case_file.has_open(turn.actor)
    return None if near else wanted


def _words(turn: Turn) -> str:
    return hearing.words(turn, ROUTES.commands)
