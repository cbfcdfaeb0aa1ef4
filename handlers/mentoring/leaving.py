"""A mentor writes to the coordinators, leaves, and what she finds here afterwards."""

from bot.mentoring import introductions, mentors
from bot.mentoring.mentors import Mentor
from bot.mentoring.states import MentorState
from bot.refusals import StaleError
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.colleagues import mentor_name
from handlers.doors import LIBRARY, MORE, homewards
from handlers.mentoring.awaiting import ToCoordinators
from handlers.mentoring.mentors import home, until
from handlers.mentoring.taps import MENTOR_HOME, RETIRE_SURE, SEND_FORM, WRITE_DESK
from handlers.safety import alerts


def former_home_screen(voice: Voice, mentor: Mentor, until: str) -> Screen:
    """Return home for one who was a mentor: where she stands, and the ways to the coordinators."""
    again: tuple[tuple[Button, ...], ...] = ()
    if mentors.may_apply_again(mentor):
        again = ((voice.button("mentor.apply_again", SEND_FORM()),),)
    return Screen(
        paragraphs(
            voice.say("home.former", name=mentor_name(voice, mentor)),
            voice.say(f"vetting_state.{mentor.state}", until=until, since=""),
        ),
        (
            *again,
            (voice.button("mentor.write_desk", WRITE_DESK()),),
            (voice.button("news.see", MENTOR_HOME(0)),),
            (voice.button("home.library", LIBRARY()), voice.button("home.more", MORE())),
        ),
    )


async def former_home(turn: Turn) -> Screen:
    """Return home for one who was a mentor."""
    mentor = await mentors.begin(turn.session, turn.person.id)
    return former_home_screen(turn.voice, mentor, until(turn, mentor))


async def _applied(turn: Turn) -> Mentor:
    """Return the row of one who has applied at least; raises StaleError for anybody else."""
    mentor = await mentors.find(turn.session, turn.person.id)
    if mentor is None or mentor.state is MentorState.DRAFT:
        raise StaleError
    return mentor


async def write_desk(turn: Turn) -> None:
    """Ask what she wants to write to the coordinators."""
    await _applied(turn)
    turn.expect(ToCoordinators())
    row = homewards(turn.voice, turn.voice.button("back.topic", MENTOR_HOME(0)))
    await turn.show(Screen(turn.voice.say("mentor.write_desk_ask"), (row,)), new_message=True)


async def wrote_desk(turn: Turn, _asked: ToCoordinators, text: str) -> None:
    """Call a coordinator with what she wrote; the two write to each other from here on."""
    await _applied(turn)
    turn.expect(None)
    await alerts.open_case(turn.services, turn.actor, "to_coordinators", [text])
    screen = Screen(turn.voice.say("mentor.write_desk_kept"), (homewards(turn.voice),))
    await turn.show(screen, new_message=True)


async def retire(turn: Turn) -> None:
    """Ask whether she is sure that she leaves, or takes back a form that is not decided about."""
    mentor = await mentors.find(turn.session, turn.person.id)
    applied = mentor is not None and mentor.state in (MentorState.APPLIED, MentorState.CHECKED)
    key = "mentor.take_back" if applied else "mentor.retire"
    await turn.show(sure_screen(turn.voice, key, MENTOR_HOME(0), RETIRE_SURE()))


async def retire_sure(turn: Turn) -> None:
    """Leave; her talks end, and who is offered to her passes to others."""
    await mentors.retire(turn.actor)
    await introductions.let_go(turn.actor, turn.person.id, turn.services.policy, ending=True)
    await home(turn)
