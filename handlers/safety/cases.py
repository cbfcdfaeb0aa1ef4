"""Cases: a coordinator takes one, and the two write to each other through the bot.

Whoever has an open case need do nothing but write: `girl_wrote` carries it. A coordinator writes
from the case until she leaves it by any command or button. What she writes passes the filter of
the relay, but for the official numbers: nobody gives a girl a way past the bot.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.mentoring import guardians, introductions, mentors
from bot.mentoring.contact.look import look
from bot.people import notes as desk_notes
from bot.people import staff
from bot.refusals import GoneError, RefusedError
from bot.rights import May
from bot.safety import calling_off, case_talk, case_work, cases, erased, last_words, official
from bot.safety.case_talk import Talk
from bot.safety.cases import CaseFile
from bot.safety.states import Outcome
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn, tell
from handlers.answering import ask
from handlers.desk import colleagues
from handlers.desk.colleagues import mentor_name
from handlers.doors import CASE, DESK
from handlers.safety import alerts, call_screens, case_screens
from handlers.safety import calling_off as off_screens
from handlers.safety.awaiting import (
    AfterCase,
    DoubtfulWords,
    JustTaken,
    TypedWords,
    WordsInCase,
)
from handlers.safety.case_screens import Caller
from handlers.safety.taps import GIVE

# So long after she took a case what a coordinator types may be for its girl.
_JUST_TAKEN = timedelta(minutes=10)
# What is no text, by what it is called to the two.
_MEDIA = {
    "voice": "voice", "audio": "voice", "photo": "picture", "sticker": "sticker",
    "animation": "sticker", "video": "video", "video_note": "video", "document": "file",
    "location": "place", "venue": "place", "contact": "contact",
}  # fmt: skip


async def her_voice(turn: Turn, case: CaseFile) -> Voice:
    """Return the words for the one who asked: in the language in which she asked for help."""
    return await call_screens.her_voice(turn.services, turn.session, case)


async def acknowledge(turn: Turn, case_id: int) -> None:
    """Take a case, tell her so, and show it; one that is hers already is shown."""
    turn.way_back = ("back.desk", DESK())
    if (off := await calling_off.was_called_off(turn.actor, case_id)) is not None:
        kind, was_taken = off
        await turn.show(off_screens.staff_screen(turn.voice, case_id, kind, taken=was_taken))
        return
    before = await case_work.taken_by(turn.actor, case_id)
    case, taken = await case_work.acknowledge(turn.actor, case_id)
    await alerts.require_far(turn.session, case.person_id, turn.person.id)
    if taken and not case.erased:
        words = call_screens.told(case.kind, "case.handed_over" if before else "case.taken")
        screen = call_screens.taken_screen(await her_voice(turn, case), case.id, words)
        await turn.tell(case.person_id, screen, f"case:{case.id}:taken:{turn.update_id}")
    if taken and before:
        voice = await turn.voice_of(before)
        over = case_screens.taken_over_screen(voice, case.id)
        await turn.tell(before, over, f"case:{case.id}:over:{turn.update_id}")
    await _show(turn, case_id)
    if taken:
        turn.expect(JustTaken(case_id, int((turn.now + _JUST_TAKEN).timestamp())))


async def read(turn: Turn, case_id: int, page: int) -> None:
    """Show a page of what was written in a case, or in an earlier one of the same girl."""
    turn.way_back = ("back.desk", DESK())
    await _show(turn, case_id, page)


async def _show(turn: Turn, case_id: int, page: int | None = None) -> None:
    voice, zone = turn.voice, turn.services.settings.zone

    def moment(at: datetime) -> str:
        return voice.moment(at, zone)

    talk = await case_talk.read(turn.actor, case_id, page)
    known = await staff.aliases(turn.session)
    called = {
        line.author_id: colleagues.called_by_id(voice, known, line.author_id)
        for line in talk.lines
        if line.author_id in known
    }
    notes = await desk_notes.of(turn.actor, "case", case_id)
    shown = colleagues.notes_text(voice, notes, known)
    language = turn.services.content.tongues[turn.services.tongue(talk.case.tongue)].name
    caller = await _caller(turn, talk)
    screen = case_screens.case_screen(voice, talk, shown, called, moment, language, caller)
    # It is taken back with her words.
    await turn.show(screen, key=f"{erased.words_key(case_id)}:shown")


async def _caller(turn: Turn, talk: Talk) -> Caller | None:
    """Return the grown-up who opened a case and of whom she speaks; None for a girl's own."""
    if talk.case.kind not in cases.OF_GROWN_UPS:
        return None
    mentor = await mentors.find(turn.session, talk.case.person_id)
    if mentor is None:
        return Caller(None)
    name = mentor_name(turn.voice, mentor)
    row = await introductions.of_case(turn.actor, talk.about) if talk.about else None
    if row is None:
        return Caller(name)
    student = await guardians.alias_of(turn.session, row.student_id)
    her_case = await case_work.open_of(turn.actor, row.student_id)
    return Caller(name, row.id, student or turn.voice.label("news.a_student"), her_case)


async def note(turn: Turn, case_id: int) -> None:
    """Ask for a note about a case."""
    turn.way_back = ("back.desk", DESK())
    await case_work.opened(turn.actor, case_id)
    await colleagues.ask_for_note(turn, "case", case_id)


async def give(turn: Turn, case_id: int, colleague: int | None) -> None:
    """Hand a case over: choose to whom, then tell both her and the girl."""
    turn.way_back = ("case.open", CASE(case_id))
    if colleague is None:
        await case_work.held(turn.actor, case_id)
        members = await colleagues.others(turn)
        screen = colleagues.choice_screen(
            turn.voice, members, lambda to: GIVE(case_id, to), CASE(case_id)
        )
        await turn.show(screen)
        return
    await case_work.held(turn.actor, case_id)
    to = await colleagues.chosen(turn, colleague)
    case = await case_work.hand_over(turn.actor, case_id, to.person_id)
    await alerts.require_far(turn.session, case.person_id, to.person_id)
    voice = await turn.voice_of(to.person_id)
    who = await colleagues.actor_called(turn, voice)
    screen = colleagues.given_screen(
        voice, "inbox.given_case", who, voice.number(case_id), CASE(case_id)
    )
    if case.erased:
        screen = replace(screen, text=paragraphs(screen.text, voice.say("case.state_erased")))
    await turn.tell(to.person_id, screen, f"case:{case_id}:given:{turn.update_id}")
    if not case.erased:
        words = call_screens.told(case.kind, "case.handed_over")
        other = call_screens.taken_screen(await her_voice(turn, case), case_id, words)
        await turn.tell(case.person_id, other, f"case:{case_id}:handed:{turn.update_id}")
    # What she types on is for the girl, and not a question of her own.
    turn.expect(AfterCase(case_id, to.number))
    await turn.show(
        Screen(turn.voice.say("inbox.given"), ((turn.voice.button("back.desk", DESK()),),))
    )


async def write(turn: Turn, case_id: int) -> None:
    """Let what one of the two types from now on go to the other, until she leaves it."""
    turn.way_back = ("back.desk", DESK()) if turn.is_coordinator else None
    side = await case_talk.side(turn.actor, case_id)
    turn.expect(WordsInCase(case_id))
    key = f"case.write_now_{side}"
    if side == "girl":
        key = call_screens.told(await case_talk.kind_of_own(turn.actor), key)
    else:
        key = call_screens.told((await case_work.held(turn.actor, case_id)).kind, key)
    back = ((turn.voice.button("back.desk", CASE(case_id)),),) if side == "staff" else ()
    await turn.show(Screen(turn.voice.say(key), back), new_message=True)


async def said_last(turn: Turn) -> None:
    """Show her what was written to her last, which she may have taken out of the chat."""
    found = await case_talk.said_last(turn.actor)
    if found is None:
        raise GoneError("case.over")
    case, texts = found
    await turn.show(call_screens.said_last_screen(await her_voice(turn, case), case.id, texts))


async def wrote(turn: Turn, asked: WordsInCase, text: str) -> None:
    """Carry what one of the two wrote; she goes on until she leaves it."""
    try:
        side = await case_talk.side(turn.actor, asked.case)
    except GoneError as gone:
        turn.expect(None)
        if gone.key == "case.over":
            await turn.show(call_screens.over_screen(turn.voice, "case.over"))
        else:
            await wrote_after(turn, AfterCase(asked.case, None), text)
        return
    if side == "staff":
        await _say(turn, asked.case, text)
    else:
        await girl_wrote(turn, text)


async def wrote_after(turn: Turn, asked: AfterCase, _text: str) -> None:
    """Say that what a coordinator types on goes to nobody: another has the case, or it is gone."""
    turn.actor.require(May.CASES)
    turn.expect(asked)
    known = (await staff.aliases(turn.session)).values()
    who = next((colleagues.called(turn.voice, *one) for one in known if one[0] == asked.to), None)
    screen = case_screens.not_sent_screen(turn.voice, asked.case, who)
    await turn.show(screen, new_message=True)


async def girl_wrote(turn: Turn, text: str, *, form: bool = False, silently: bool = False) -> bool:
    """Carry what somebody sends who has an open case, and tell her quietly what became of it.

    Return whether it was for a case. An edit is carried as a correction. `form` says that a form
    waits for her words: it is left in peace, and a tap gives them to it. `silently` says nothing
    of it, where she is answered otherwise.
    """
    heard = turn.heard
    media = None if heard.media is None else _MEDIA.get(heard.media, "other")
    carried = await case_talk.carry(turn.actor, text, message_id=heard.message_id, media=media)
    if carried is None:
        return False
    await alerts.deliver(turn.services, turn.session, carried, turn.now)
    if silently:
        return True
    voice = await her_voice(turn, carried.case)
    screen = call_screens.carried_screen(voice, turn.services.content, carried, form=form)
    await turn.show(screen, new_message=True)
    return True


async def for_form(turn: Turn) -> None:
    """Take what she wrote last as the answer to the form that waits."""
    text = await last_words.text_of(turn.actor, await last_words.newest(turn.actor))
    if text is None or turn.left is None:
        raise RefusedError("case.form_gone")
    turn.take_up(text)


async def edits_at_desk(turn: Turn) -> bool:
    """Return whether a coordinator edits what she wrote to somebody, and not to the bot itself."""
    if turn.heard.kind != "edited" or await cases.has_open(turn.actor):
        return False
    message_id = turn.heard.message_id
    if message_id is not None and await case_talk.corrects(turn.actor, message_id) is not None:
        return True
    return turn.actor.is_staff and not await last_words.wrote(turn.actor, message_id)


async def staff_edited(turn: Turn) -> bool:
    """Carry what a coordinator corrected in a case; say so where it can not be carried.

    That is so when it was not carried before the correction, or the case is not hers any more.
    An edit that leaves the words as they were is passed over. Return whether it was an edit of a
    coordinator's words to somebody.
    """
    if not await edits_at_desk(turn):
        return False
    message_id, doubt = turn.heard.message_id or 0, turn.expected(DoubtfulWords)
    if await case_talk.says(turn.actor, message_id, turn.heard.text):
        return True
    found = await case_talk.corrects(turn.actor, message_id)
    if found is None and doubt is not None and doubt.message == message_id:
        await _say(turn, doubt.case, turn.heard.text)
    elif found is not None and found[1]:
        await _say(turn, found[0], turn.heard.text)
    else:
        await turn.show(Screen(turn.voice.say("case.not_corrected")), new_message=True)
    return True


async def text_only(turn: Turn) -> None:
    """Say that of what a coordinator sends from the desk only a text is carried."""
    await turn.show(Screen(turn.voice.say("case.text_only")), new_message=True)


async def changed(turn: Turn, asked: DoubtfulWords, text: str) -> None:
    """Carry other words in place of those that look like something."""
    await wrote(turn, WordsInCase(asked.case), text)


async def send_all_the_same(turn: Turn, case_id: int) -> None:
    """Send the words about which she was asked."""
    turn.way_back = ("case.open", CASE(case_id))
    doubt = DoubtfulWords.read(turn.left)
    if doubt is None or doubt.case != case_id:
        raise RefusedError("case.not_kept")
    await _say(turn, case_id, doubt.text, doubt=doubt)


async def typed(turn: Turn, asked: JustTaken, text: str) -> None:
    """Ask who has taken a case a moment ago whether what she types is for the girl."""
    turn.actor.require(May.CASES)
    if turn.now.timestamp() > asked.until:
        turn.expect(None)
        await ask.question(turn, text)
        return
    await case_work.held(turn.actor, asked.case)
    turn.expect(TypedWords(asked.case, text, turn.heard.message_id))
    await turn.show(case_screens.typed_screen(turn.voice, asked.case, text), new_message=True)


async def typed_on(turn: Turn, asked: TypedWords, text: str) -> None:
    """Ask about what she has typed since together with what she typed first."""
    await case_work.held(turn.actor, asked.case)
    both = f"{asked.text}\n{text}"
    turn.expect(TypedWords(asked.case, both, asked.message))
    await turn.show(case_screens.typed_screen(turn.voice, asked.case, both), new_message=True)


async def send_typed(turn: Turn, case_id: int) -> None:
    """Send what she typed to the girl; what she writes on goes there too."""
    turn.way_back = ("case.open", CASE(case_id))
    asked = TypedWords.read(turn.left)
    if asked is None or asked.case != case_id:
        raise RefusedError("case.not_kept")
    turn.expect(WordsInCase(case_id))
    await _say(turn, case_id, asked.text, message_id=asked.message)


async def _say(
    turn: Turn,
    case_id: int,
    text: str,
    *,
    doubt: DoubtfulWords | None = None,
    message_id: int | None = None,
) -> None:
    """Carry what the coordinator who has a case wrote, unless there is a contact in it.

    What looks like something is asked about once; `doubt` is what she sends all the same. It is
    of the message with this id, or of the one that is answered.
    """
    before = [official.without(turn.services.content, one)
              for one in await case_talk.said_before(turn.actor, case_id)]  # fmt: skip
    finding = look(official.without(turn.services.content, text), before)
    if finding.barred:
        await case_talk.refuse(turn.actor, case_id, finding.reason)
        why = turn.voice.label(f"why.{finding.reason}")
        await turn.show(Screen(turn.voice.say("case.no_contact", why=why)), new_message=True)
        return
    message_id = doubt.message if doubt else message_id or turn.heard.message_id
    if finding.verdict == "hold" and doubt is None:
        await case_talk.ask_about(turn.actor, case_id, finding.reason)
        turn.expect(DoubtfulWords(case_id, text, message_id))
        screen = case_screens.doubt_screen(turn.voice, case_id, finding.reason)
        await turn.show(screen, new_message=True)
        return
    if doubt is not None or turn.expected(DoubtfulWords) is not None:
        turn.expect(WordsInCase(case_id))
    said = await case_talk.say(
        turn.actor, case_id, text, message_id=message_id, doubt=finding.reason
    )
    screen = call_screens.to_girl(await her_voice(turn, said.case), said, await _chosen_name(turn))
    await turn.tell(said.case.person_id, screen, said.key)
    reachable = await case_talk.reachable(turn.actor, case_id)
    await turn.show(
        case_screens.sent_screen(turn.voice, case_id, reachable=reachable), new_message=True
    )


async def _chosen_name(turn: Turn) -> str | None:
    """Return what the coordinator called herself; not what the girl could find her by."""
    _, name = (await staff.aliases(turn.session)).get(turn.person.id, (0, None))
    return name if name and not look(name).kept_back else None


async def close(turn: Turn, case_id: int) -> None:
    """Ask how a case ended; nothing is closed yet."""
    turn.way_back = ("back.desk", DESK())
    await case_work.own(turn.actor, case_id)
    await turn.show(case_screens.closing_screen(turn.voice, case_id))


async def close_as(turn: Turn, case_id: int, chosen: str) -> None:
    """Close a case; she is told when it can not be taken back any more."""
    outcome = Outcome(chosen)
    turn.way_back = ("back.desk", DESK())
    case = await case_work.close(turn.actor, case_id, outcome)
    if not case.erased:
        words = call_screens.told(case.kind, "case.closed_for_girl")
        over = call_screens.over_screen(await her_voice(turn, case), words)
        await tell(
            turn.session, case.person_id, over, f"{cases.closing_key(case.id)}{turn.update_id}",
            turn.now, due=turn.now + cases.UNDO,
        )  # fmt: skip
    days = turn.services.settings.case_days
    turn.expect(AfterCase(case_id, None))
    await turn.show(case_screens.closed_screen(turn.voice, case, outcome, days))


async def reopen(turn: Turn, case_id: int) -> None:
    """Take back that a case was closed, and show it."""
    turn.way_back = ("back.desk", DESK())
    await case_work.reopen(turn.actor, case_id)
    await _show(turn, case_id)
