"""Cases: a coordinator acknowledges, and the two write to each other through the bot."""

from bot.people import notes as desk_notes
from bot.people import staff
from bot.safety import cases
from bot.safety.cases import CaseFile
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk import colleagues
from handlers.doors import CASE, DESK, HELP
from handlers.safety.awaiting import WordsInCase
from handlers.safety.taps import CLOSE, GIVE, NOTE, WRITE

LONGEST_NOTE = 3000


def case_screen(voice: Voice, case: CaseFile, opened: str, notes: Html) -> Screen:
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
            (voice.button("case.write", WRITE(case.id)),),
            (
                voice.button("inbox.add_note", NOTE(case.id)),
                voice.button("inbox.give", GIVE(case.id, None)),
            ),
            (voice.button("case.close", CLOSE(case.id)),),
        ),
    )


def message_screen(voice: Voice, case_id: int, text: str, *, to_girl: bool) -> Screen:
    """Return a message between the two of a case."""
    key = "case.note_to_girl" if to_girl else "case.note_to_staff"
    return Screen(
        voice.say(key, case=voice.number(case_id), text=text),
        ((voice.button("case.reply", WRITE(case_id)),),),
    )


async def acknowledge(turn: Turn, case_id: int) -> None:
    """Take a case, tell her so, and show it."""
    turn.way_back = ("back.desk", DESK())
    case = await cases.acknowledge(turn.actor, case_id)
    girl = await turn.voice_of(case.person_id)
    await turn.tell(
        case.person_id,
        Screen(
            girl.say("case.taken", case=girl.number(case.id)),
            ((girl.button("case.reply", WRITE(case.id)),),),
        ),
        f"case:{case.id}:taken",
    )
    opened = turn.voice.moment(case.opened_at_utc, turn.services.settings.zone)
    notes = await desk_notes.of(turn.actor, "case", case_id)
    shown = colleagues.notes_text(turn.voice, notes, await staff.aliases(turn.session))
    await turn.show(case_screen(turn.voice, case, opened, shown))


async def note(turn: Turn, case_id: int) -> None:
    """Ask for a note about a case."""
    await colleagues.ask_for_note(turn, "case", case_id)


async def give(turn: Turn, case_id: int, colleague: int | None) -> None:
    """Hand a case over: choose to whom, then tell her."""
    turn.way_back = ("back.desk", DESK())
    if colleague is None:
        members = await colleagues.others(turn)
        screen = colleagues.choice_screen(
            turn.voice, members, lambda to: GIVE(case_id, to), CASE(case_id)
        )
        await turn.show(screen)
        return
    to = await colleagues.chosen(turn, colleague)
    await cases.hand_over(turn.actor, case_id, to.person_id)
    voice = await turn.voice_of(to.person_id)
    who = await colleagues.actor_called(turn, voice)
    screen = colleagues.given_screen(
        voice, "inbox.given_case", who, voice.number(case_id), CASE(case_id)
    )
    await turn.tell(to.person_id, screen, f"case:{case_id}:given:{turn.update_id}")
    await turn.show(Screen(turn.voice.say("inbox.given")))


async def write(turn: Turn, case_id: int) -> None:
    """Ask one of the two for her words to the other."""
    await cases.correspondent(turn.actor, case_id)
    turn.expect(WordsInCase(case_id))
    await turn.show(Screen(turn.voice.say("case.write_now")), new_message=True)


async def close(turn: Turn, case_id: int) -> None:
    """Close a case and tell her."""
    turn.way_back = ("back.desk", DESK())
    case = await cases.close(turn.actor, case_id)
    girl = await turn.voice_of(case.person_id)
    await turn.tell(
        case.person_id,
        Screen(girl.say("case.closed_for_girl"), ((girl.button("home.help", HELP()),),)),
        f"case:{case.id}:closed",
    )
    await turn.show(Screen(turn.voice.say("case.closed", case=turn.voice.number(case.id))))


async def wrote(turn: Turn, asked: WordsInCase, text: str) -> None:
    """Carry a message between the two of a case."""
    turn.expect(None)
    other, to_girl = await cases.correspondent(turn.actor, asked.case)
    voice = await turn.voice_of(other)
    await turn.tell(
        other,
        message_screen(voice, asked.case, text[:LONGEST_NOTE], to_girl=to_girl),
        f"case:{asked.case}:update:{turn.update_id}",
    )
    await turn.show(
        Screen(
            turn.voice.say("case.sent"),
            ((turn.voice.button("case.more", WRITE(asked.case)),),),
        )
    )
