"""The step of the week: she checks it off on her plan, and is asked about it if she wishes."""

from datetime import datetime, timedelta

from bot.careers import weekly
from bot.careers.weekly import Asked
from bot.content.careers import Career
from bot.database import Database
from bot.queues.outbox import Lane
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.timekeeper import Wake
from bot.turn import Services, Turn, tell
from handlers.careers import taps
from handlers.careers.careers import named
from handlers.careers.screens import career_view, title
from handlers.doors import homewards
from handlers.feature import Duty


def done_screen(voice: Voice, career: Career, *, asked: bool) -> Screen:
    """Return the praise for a step; who is not asked yet may wish to be, in a week."""
    plan = (career_view(voice, "plan", taps.PLAN, career),)
    undo, home = (undo_button(voice, career),), homewards(voice)
    if asked:
        return Screen(voice.say("step.did_again"), (plan, (_no_more(voice, career),), undo, home))
    ask = voice.button("step.ask", taps.STEP_ASK(career.id, voice.tongue))
    return Screen(voice.say("step.did"), ((ask,), plan, undo, home))


def undo_button(voice: Voice, career: Career) -> Button:
    """Return the button by which she takes back that she has done the step."""
    return voice.button("step.undo", taps.STEP_UNDO(career.id, voice.tongue))


def asking_screen(voice: Voice, career: Career, *, on: bool) -> Screen:
    """Return whether she is asked from now on, and the way to choose otherwise."""
    ask = voice.button("step.ask", taps.STEP_ASK(career.id, voice.tongue))
    other = _no_more(voice, career) if on else ask
    return Screen(
        voice.say("step.will_ask" if on else "step.no_more"),
        ((career_view(voice, "plan", taps.PLAN, career),), (other,), homewards(voice)),
    )


def question_screen(voice: Voice, career: Career) -> Screen:
    """Return the question of the week, with which no answer is wrong."""
    return Screen(
        voice.say("step.question", title=title(voice, career)),
        (
            (
                voice.button("step.yes", taps.STEP_DONE(career.id, voice.tongue)),
                voice.button("step.not_yet", taps.STEP_NOT_YET(career.id, voice.tongue)),
            ),
            (_no_more(voice, career),),
            homewards(voice),
        ),
    )


def over_screen(voice: Voice, career: Career) -> Screen:
    """Return that she is asked no more, as two questions stayed without an answer."""
    ask = voice.button("step.ask", taps.STEP_ASK(career.id, voice.tongue))
    return Screen(
        voice.say("step.over"),
        ((career_view(voice, "plan", taps.PLAN, career),), (ask,), homewards(voice)),
    )


def _no_more(voice: Voice, career: Career) -> Button:
    return voice.button("step.stop", taps.STEP_ASK_NO_MORE(career.id, voice.tongue))


async def done(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Check off the step of the week, and ask whether to ask."""
    career, voice = named(turn, career_id, tongue)
    await weekly.check_off(turn.actor, career.id)
    row = await weekly.of(turn.session, turn.person.id)
    asked = row is not None and row.ask_at_utc is not None
    await turn.show(done_screen(voice, career, asked=asked))


async def undo(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Take back that she has done the step, and show her plan."""
    career, voice = named(turn, career_id, tongue)
    await weekly.take_back(turn.actor)
    turn.leads_to = taps.PLAN(career.id, voice.tongue)


async def not_yet(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Take no step for an answer as good as any, and show the first step again."""
    career, voice = named(turn, career_id, tongue)
    await weekly.not_yet(turn.actor)
    text = career.first_step.get(voice.tongue)
    plan = (career_view(voice, "plan", taps.PLAN, career),)
    rows = (plan, (_no_more(voice, career),), homewards(voice))
    await turn.show(Screen(voice.say("step.fine", text=text), rows))


async def ask_me(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Ask her in a week."""
    career, voice = named(turn, career_id, tongue)
    await weekly.ask_me(turn.actor, on=True)
    await turn.show(asking_screen(voice, career, on=True))


async def ask_no_more(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Ask her no more."""
    career, voice = named(turn, career_id, tongue)
    await weekly.ask_me(turn.actor, on=False)
    await turn.show(asking_screen(voice, career, on=False))


async def ask_about_steps(services: Services, database: Database, wake: Wake) -> datetime | None:
    """Ask whoever wished it about her step, a week after the last; return when the next is due."""
    now = services.clock()
    async with database.read() as session:
        due = await weekly.next_question(session)
    while due is not None and due <= now and await _ask_some(services, database, now):
        wake()
    return due if due is not None and due > now else None


async def _ask_some(services: Services, database: Database, now: datetime) -> bool:
    """Ask a batch; return whether anybody was asked."""
    async with database.write() as session:
        asked = await weekly.take_due(session, now, services.settings.zone)
        for one in asked:
            if (screen := _screen_for(services, one)) is not None:
                await tell(session, one.person_id, screen, one.key, now, Lane.REMINDER)
    return bool(asked)


def _screen_for(services: Services, one: Asked) -> Screen | None:
    """Return what she is asked or told; nothing where the career is gone from the library."""
    career = services.content.careers.get(one.career_id)
    if career is None:
        return None
    voice = services.voice(one.tongue)
    return over_screen(voice, career) if one.last else question_screen(voice, career)


DUTIES = (Duty("ask about steps", timedelta(minutes=5), ask_about_steps),)
