"""How coordinators see each other: names, notes between them, and handing something over.

And how a mentor is called, to whomever she is named.
"""

from collections.abc import Callable

from bot.desk import team
from bot.desk.team import Member
from bot.mentoring.mentors import Mentor
from bot.people import staff
from bot.people.notes import About, Note
from bot.questions import groups
from bot.refusals import StaleError
from bot.rights import Seat
from bot.safety import case_work
from bot.screens.screen import Button, Html, Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.awaiting import NoteAbout
from handlers.doors import CASE, QUESTION

Aliases = dict[int, tuple[int, str | None]]


def called(voice: Voice, number: int, name: str | None) -> str:
    """Return what a coordinator is called: her number, and the name she chose."""
    known = voice.label("team.member", number=voice.number(number))
    return f"{name} ({known})" if name else known


def called_by_id(voice: Voice, known: Aliases, person_id: int) -> str:
    """Return what a coordinator is called, by her id."""
    number, name = known.get(person_id, (0, None))
    return called(voice, number, name)


def mentor_name(voice: Voice, mentor: Mentor | None) -> str:
    """Return the first name of a mentor, or words for one who has none, or none any more."""
    return (mentor.first_name if mentor is not None else None) or voice.label("news.a_mentor")


def notes_text(voice: Voice, notes: list[Note], known: Aliases) -> Html:
    """Return the notes about something, with who wrote each."""
    return Html(
        "\n".join(
            voice.say("inbox.note", who=called_by_id(voice, known, n.author_id), text=n.text)
            for n in notes
        )
    )


def choice_screen(
    voice: Voice, members: list[Member], to: Callable[[int], Data], back: Data
) -> Screen:
    """Return to whom something can be handed over; `to` is the button for a colleague."""
    return Screen(
        voice.say("inbox.give_to" if members else "inbox.nobody_else"),
        (
            *((Button(called(voice, m.number, m.name), to(m.number)),) for m in members),
            (voice.button("back.desk", back),),
        ),
    )


def given_screen(voice: Voice, key: str, who: str, subject: str, data: Data) -> Screen:
    """Return what the one hears to whom something was handed over."""
    return Screen(voice.say(key, who=who, subject=subject), ((voice.button("inbox.open", data),),))


async def others(turn: Turn) -> list[Member]:
    """Return every other full coordinator: who has a part of the work takes nothing over."""
    members = await team.team(turn.actor, turn.services.settings.coordinator_ids)
    hers = turn.person.id
    return [m for m in members if m.seat is Seat.FULL and m.person_id != hers]


async def chosen(turn: Turn, number: int) -> Member:
    """Return the colleague a button names."""
    for member in await others(turn):
        if member.number == number:
            return member
    raise StaleError


async def actor_called(turn: Turn, voice: Voice) -> str:
    """Return what the actor is called, in somebody's words."""
    return called_by_id(voice, await staff.aliases(turn.session), turn.person.id)


async def ask_for_note(turn: Turn, about: About, about_id: int) -> None:
    """Ask for a note."""
    turn.expect(NoteAbout(about, about_id))
    back = (turn.voice.button("back.desk", _open(about, about_id)),)
    await turn.show(Screen(turn.voice.say("inbox.write_note"), (back,)), new_message=True)


def _open(about: About, about_id: int) -> Data:
    return CASE(about_id) if about == "case" else QUESTION(about_id)


async def noted(turn: Turn, asked: NoteAbout, text: str) -> None:
    """Keep a note about a group of questions or a case; a refused one may be written again."""
    if asked.about == "case":
        await case_work.add_note(turn.actor, asked.id, text)
    else:
        await groups.add_note(turn.actor, asked.id, text)
    turn.expect(None)
    await turn.show(
        Screen(
            turn.voice.say("inbox.noted"),
            ((turn.voice.button("back.desk", _open(asked.about, asked.id)),),),
        )
    )
