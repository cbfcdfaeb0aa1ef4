"""For her who is invited to the desk: what her link means, and whether she takes the seat."""

from bot.desk import team
from bot.desk.team import Joining
from bot.mentoring import mentors
from bot.people.staff import Role
from bot.rights import Seat
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk import notices
from handlers.desk.taps import JOIN_NO, JOIN_YES, NAME
from handlers.desk.team import read_anew
from handlers.doors import DESK, homewards


async def join(turn: Turn, secret: str) -> bool:
    """Follow an invitation link; return whether it meant anything. A guess means nothing."""
    outcome, invitation = await team.follow(turn.actor, secret)
    if invitation is None:
        return False
    voice = turn.voice
    if outcome is Joining.INVITED:
        await turn.show(join_screen(voice, invitation.id, invitation.seat))
        return True
    await turn.show(Screen(voice.say(f"team.{outcome}"), (homewards(voice),)))
    mentor = await mentors.find(turn.session, turn.person.id)
    if outcome is Joining.BARRED and mentor is not None:
        await notices.tell_of_barred(turn, mentor)
    if outcome is Joining.MINOR:
        await notices.tell_of_minor(turn, invitation.id, invitation.seat)
    return True


def join_screen(voice: Voice, invitation_id: int, seat: Seat) -> Screen:
    """Return the question whether she takes the seat to which she is invited."""
    return Screen(
        paragraphs(
            voice.say("team.ask_join", seat=voice.label(f"seat.{seat}")),
            voice.say(f"seat.says.{seat}"),
        ),
        (
            (voice.button("team.join_yes", JOIN_YES(invitation_id)),),
            (voice.button("team.join_no", JOIN_NO(invitation_id)),),
        ),
    )


async def join_no(turn: Turn, invitation_id: int) -> None:
    """Leave everything as it is."""
    await team.refuse(turn.actor, invitation_id)
    await turn.show(Screen(turn.voice.say("team.not_joined"), (homewards(turn.voice),)))


async def join_yes(turn: Turn, invitation_id: int) -> None:
    """Take the seat to which she is invited; the others hear of it, and who she is here."""
    voice, before = turn.voice, turn.coordinators
    was = await _who_she_was(turn)
    if not await team.accept(turn.actor, invitation_id):
        key = "team.over" if turn.actor.seat is None else "team.already"
        await turn.show(Screen(voice.say(key), (homewards(voice),)))
        return
    invited_by = await team.inviter(turn.actor)
    await read_anew(turn)
    seat = turn.actor.seat or Seat.FULL
    await turn.set_commands(turn.person.id, seat, voice)
    joined = paragraphs(
        voice.say("team.joined"), voice.say(f"seat.says.{seat}"), voice.say("team.name_first")
    )
    ways = voice.button("team.name", NAME()), voice.button("more.desk", DESK())
    await turn.show(Screen(joined, (ways,)))
    await notices.tell_of(turn, before, "team.news", turn.person.id, seat, invited_by or 0, was)


async def _who_she_was(turn: Turn) -> str:
    """Return as what the bot knew one who joins the desk, before she did."""
    if turn.role in (Role.MENTOR, Role.GUARDIAN, Role.INVITED):
        return Role.GUARDIAN if turn.role is Role.INVITED else turn.role
    return "student" if turn.person.age_band is None else "adult"
