"""Cases: a coordinator acknowledges, and the two write to each other through the bot."""

from bot.people import notes as desk_notes
from bot.people import staff
from bot.people.staff import require_coordinator
from bot.refusals import StaleError
from bot.safety import cases
from bot.safety.tables import Case
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk import colleagues

LONGEST_NOTE = 3000


def case_screen(voice: Voice, case: Case, opened: str, notes: Html) -> Screen:
    """Return a case for the coordinator who took it."""
    return Screen(
        paragraphs(
            voice.say(
                "case.text",
                case=voice.number(case.id),
                kind=voice.label(f"kind.{case.kind}"),
                opened=opened,
            ),
            voice.say("case.words", words=case.words) if case.words else "",
            notes,
            voice.say("case.advice"),
        ),
        (
            (voice.button("case.write", f"case:write:{case.id}"),),
            (
                voice.button("inbox.add_note", f"case:note:{case.id}"),
                voice.button("inbox.give", f"case:give:{case.id}"),
            ),
            (voice.button("case.close", f"case:close:{case.id}"),),
        ),
    )


def note_screen(voice: Voice, case_id: int, text: str, *, to_girl: bool) -> Screen:
    """Return a message between the two of a case."""
    key = "case.note_to_girl" if to_girl else "case.note_to_staff"
    return Screen(
        voice.say(key, case=voice.number(case_id), text=text),
        ((voice.button("case.reply", f"case:write:{case_id}"),),),
    )


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of a case."""
    what, _, rest = argument.partition(":")
    number, _, colleague = rest.partition(":")
    if not number.isdecimal() or len(number) > 12:
        raise StaleError
    case_id = int(number)
    if what == "ack":
        await _acknowledge(turn, case_id)
    elif what == "write":
        await _write(turn, case_id)
    elif what == "close":
        await _close(turn, case_id)
    elif what == "note":
        require_coordinator(turn.person.id, turn.coordinators)
        await colleagues.ask_for_note(turn, "case", case_id)
    elif what == "give":
        require_coordinator(turn.person.id, turn.coordinators)
        await _give(turn, case_id, colleague)
    else:
        raise StaleError


async def _acknowledge(turn: Turn, case_id: int) -> None:
    case = await cases.acknowledge(*turn.at_desk, case_id, turn.now)
    if case is None:
        await turn.show(_gone(turn.voice))
        return
    girl = await turn.voice_of(case.person_id)
    await turn.tell(
        case.person_id,
        Screen(
            girl.say("case.taken", case=girl.number(case.id)),
            ((girl.button("case.reply", f"case:write:{case.id}"),),),
        ),
        f"case:{case.id}:taken",
    )
    opened = turn.voice.moment(case.opened_at_utc, turn.services.settings.zone)
    notes = await desk_notes.of(*turn.at_desk, "case", case_id)
    shown = colleagues.notes_text(turn.voice, notes, await staff.aliases(turn.session))
    await turn.show(case_screen(turn.voice, case, opened, shown))


async def _give(turn: Turn, case_id: int, colleague: str) -> None:
    """Hand a case over: choose to whom, then tell her."""
    if not colleague:
        members = await colleagues.others(turn)
        back = f"case:ack:{case_id}"
        screen = colleagues.choice_screen(turn.voice, members, f"case:give:{case_id}", back)
        await turn.show(screen)
        return
    to = await colleagues.chosen(turn, colleague)
    case = to and await cases.hand_over(*turn.at_desk, case_id, to.person_id, turn.now)
    if to is None or case is None:
        await turn.show(_gone(turn.voice))
        return
    voice = await turn.voice_of(to.person_id)
    who = await colleagues.actor_called(turn, voice)
    screen = colleagues.given_screen(
        voice, "inbox.given_case", who, voice.number(case_id), f"case:ack:{case_id}"
    )
    await turn.tell(to.person_id, screen, f"case:{case_id}:given:{turn.update_id}")
    await turn.show(Screen(turn.voice.say("inbox.given")))


async def _write(turn: Turn, case_id: int) -> None:
    try:
        await cases.correspondent(turn.session, turn.person.id, case_id)
    except cases.NobodyYetError:
        await turn.show(_nobody_yet(turn.voice, case_id), new_message=True)
        return
    turn.conversation.awaiting = {"for": "case", "case": case_id}
    await turn.show(Screen(turn.voice.say("case.write_now")), new_message=True)


async def _close(turn: Turn, case_id: int) -> None:
    case = await cases.close(*turn.at_desk, case_id, turn.now)
    if case is None:
        await turn.show(_gone(turn.voice))
        return
    girl = await turn.voice_of(case.person_id)
    await turn.tell(
        case.person_id,
        Screen(girl.say("case.closed_for_girl"), ((girl.button("home.help", "care:help"),),)),
        f"case:{case.id}:closed",
    )
    await turn.show(Screen(turn.voice.say("case.closed", case=turn.voice.number(case.id))))


async def wrote(turn: Turn, text: str) -> None:
    """Carry a message between the two of a case."""
    case_id = int((turn.conversation.awaiting or {})["case"])
    turn.conversation.awaiting = None
    try:
        other, to_girl = await cases.correspondent(turn.session, turn.person.id, case_id)
    except cases.NobodyYetError:
        await turn.show(_nobody_yet(turn.voice, case_id))
        return
    voice = await turn.voice_of(other)
    await turn.tell(
        other,
        note_screen(voice, case_id, text[:LONGEST_NOTE], to_girl=to_girl),
        f"case:{case_id}:update:{turn.update_id}",
    )
    await turn.show(
        Screen(
            turn.voice.say("case.sent"),
            ((turn.voice.button("case.more", f"case:write:{case_id}"),),),
        )
    )


def _nobody_yet(voice: Voice, case_id: int) -> Screen:
    return Screen(
        voice.say("case.nobody_yet", case=voice.number(case_id)),
        ((voice.button("home.help", "care:help"),),),
    )


def _gone(voice: Voice) -> Screen:
    return Screen(voice.say("case.gone"))
