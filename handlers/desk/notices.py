"""What coordinators are told of who comes to the desk, gets another seat or is kept away."""

from collections.abc import Sequence
from dataclasses import replace

from bot.mentoring import mentors, records
from bot.mentoring.mentors import Mentor
from bot.people import staff
from bot.rights import Seat
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.colleagues import called, called_by_id, mentor_name
from handlers.doors import TEAM, VET_MENTOR


async def tell_of(
    turn: Turn,
    readers: Sequence[int],
    key: str,
    person_id: int,
    seat: Seat,
    by: int,
    was: str | None = None,
) -> None:
    """Tell coordinators of a colleague's seat, as what the bot knows her, and what is known of
    her as a mentor.
    """
    known = await staff.aliases(turn.session)
    number, name = known[person_id]
    mentor = await mentors.find(turn.session, person_id)
    for other in readers:
        theirs = await turn.voice_of(other)
        text = paragraphs(
            theirs.say(
                key,
                who=called(theirs, number, name),
                by=called_by_id(theirs, known, by),
                seat=theirs.label(f"seat.{seat}"),
            ),
            theirs.say(f"team.was.{was}", mentor=mentor_name(theirs, mentor)) if was else "",
            await _as_mentor(turn, theirs, other, mentor),
        )
        screen = Screen(text, ((theirs.button("desk.team", TEAM()),),))
        await turn.tell(other, screen, f"team:{number}:{key}:{turn.update_id}:{other}")


async def _as_mentor(turn: Turn, voice: Voice, reader: int, mentor: Mentor | None) -> Html | str:
    """Return what a coordinator must know of a new colleague who is or was a mentor."""
    if mentor is None:
        return ""
    record = await records.of(replace(turn.actor, id=reader, staff=(reader,)), mentor)
    if not record.marked:
        return ""
    return voice.say(
        "team.marked",
        mentor=mentor_name(voice, mentor),
        reports=voice.number(record.against_her),
        stopped=voice.number(record.stopped),
    )


async def tell_of_barred(turn: Turn, mentor: Mentor) -> None:
    """Warn the coordinators of a suspended mentor who followed an invitation; once a day each."""
    for other in turn.coordinators:
        voice = await turn.voice_of(other)
        look = voice.button("news.look", VET_MENTOR(mentor.public_id))
        screen = Screen(
            voice.say("team.barred_news", mentor=mentor_name(voice, mentor)), ((look,),)
        )
        await turn.tell(other, screen, f"team:barred:{mentor.public_id}:{turn.today}:{other}")


async def tell_of_minor(turn: Turn, invitation_id: int, seat: Seat) -> None:
    """Warn the coordinators of one who is not grown up and followed an invitation; once a day."""
    for other in turn.coordinators:
        voice = await turn.voice_of(other)
        words = voice.say(
            "team.minor_news",
            id=voice.number(invitation_id),
            seat=voice.label(f"seat.{seat}"),
        )
        screen = Screen(words, ((voice.button("desk.team", TEAM()),),))
        await turn.tell(other, screen, f"team:minor:{invitation_id}:{turn.today}:{other}")
