"""A girl calls off her call for a person, or ends the talk with one: by a button, or in words.

She is asked first, can take it back for a minute, and those who were called hear of it only then;
who talks with her hears it at once.
"""

from bot.mentoring import apart
from bot.safety import calling_off, case_talk, cases
from bot.safety.cases import CaseFile, Standing
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn, tell
from handlers.doors import CASE, DESK, HELP, HOME, discreet, hide_row
from handlers.safety import alerts, call_screens
from handlers.safety.hotlines import copy_rows, lines_for
from handlers.safety.taps import ASK_AFTER, CALL, CALL_OFF_SURE, CALL_ON, STOP_TALK_SURE, WRITE

# A message that is longer tells more than that it shall stop.
_LONGEST = 80


def sure_screen(voice: Voice, case: CaseFile, *, relieved: bool = False) -> Screen:
    """Return the question whether nobody shall be called any more; no comes first."""
    return Screen(
        paragraphs(
            voice.say("case.relieved") if relieved else "",
            voice.say(call_screens.told(case.kind, "case.call_off_sure")),
        ),
        (
            (voice.button("case.call", CALL()),),
            (voice.button("case.call_off_yes", CALL_OFF_SURE()),),
            (*hide_row(voice), voice.button("back.home", HOME())),
        ),
        discreet(voice),
    )


def off_screen(voice: Voice, case: CaseFile, key: str = "case.called_off") -> Screen:
    """Return that nobody is called any more, how to take that back, and where help is."""
    return Screen(
        voice.say(call_screens.told(case.kind, key)),
        (
            (voice.button("case.call_on", CALL_ON(case.id)),),
            hide_row(voice),
            (voice.button("home.help", HELP()), voice.button("back.home", HOME())),
        ),
        discreet(voice),
    )


def stop_screen(voice: Voice, case: CaseFile) -> Screen:
    """Return the question whether she ends the talk with who is there for her; no comes first."""
    return Screen(
        voice.say(call_screens.told(case.kind, "case.stop_sure")),
        (
            (voice.button("case.go_on", WRITE(case.id)),),
            (voice.button("case.stop_yes", STOP_TALK_SURE()),),
            (*hide_row(voice), voice.button("back.home", HOME())),
        ),
        discreet(voice),
    )


def staff_screen(voice: Voice, case_id: int, kind: str, *, taken: bool = False) -> Screen:
    """Return that a girl called off her call herself, and how to look after her all the same.

    Or, where somebody had `taken` it, that she ended the talk. Whoever has only reported a talk
    has told of no danger.
    """
    key = call_screens.told(kind, "case.stopped_to_staff" if taken else "case.off_to_staff")
    return Screen(
        voice.say(
            "case.off_to_staff_report" if kind in cases.REPORTS and not taken else key,
            case=voice.number(case_id),
            kind=voice.label(f"kind.{kind}"),
        ),
        (
            (voice.button("case.ask_after", ASK_AFTER(case_id)),),
            (voice.button("back.desk", DESK()),),
        ),
    )


async def is_asked_for(turn: Turn) -> bool:
    """Return whether her words ask to call nobody any more, where somebody is being called.

    Nothing that people have named a sign of danger is in them.
    """
    text, answerer = turn.heard.text, turn.services.answerer
    if turn.heard.kind != "text" or turn.heard.command is not None or len(text) > _LONGEST:
        return False
    said = answerer.calls_off(text) or (answerer.relieved(text) and not answerer.asks(text))
    if not said or await calling_off.waiting(turn.actor) is None:
        return False
    return not answerer.is_named_danger(text)


async def ask(turn: Turn) -> None:
    """Ask whether nobody shall be called any more."""
    case = await calling_off.waiting(turn.actor)
    if case is None:
        await _not_waiting(turn)
        return
    voice = await call_screens.her_voice(turn.services, turn.session, case)
    said = turn.heard.text if turn.heard.kind == "text" else ""
    relieved = bool(said) and turn.services.answerer.relieved(said)
    await turn.show(sure_screen(voice, case, relieved=relieved))


async def stands(turn: Turn) -> None:
    """Show that the call goes on, and where it stands; nobody is called once more."""
    case = await calling_off.waiting(turn.actor)
    if case is None:
        await _not_waiting(turn)
        return
    await _show_call(turn, case)


async def _show_call(turn: Turn, case: CaseFile) -> None:
    content = turn.services.content
    voice = await call_screens.her_voice(turn.services, turn.session, case)
    if case.standing is Standing.TAKEN:
        words = call_screens.told(case.kind, "case.call_taken")
        await turn.show(call_screens.taken_screen(voice, case.id, words))
        return
    screen = Screen(
        paragraphs(
            voice.say(call_screens.told(case.kind, f"case.call_{case.standing}")),
            lines_for(voice, content, case.kind),
        ),
        (
            (call_screens.off_button(voice),),
            *copy_rows(voice, content, case.kind),
            (*hide_row(voice), voice.button("back.home", HOME())),
        ),
        discreet(voice),
    )
    await turn.show(screen)


async def _not_waiting(turn: Turn) -> None:
    """Say that nobody is being called: somebody is there already, or it is over."""
    words = "case.taken_meanwhile" if await cases.has_open(turn.actor) else "case.over"
    await turn.show(call_screens.over_screen(turn.voice, words))


async def call_off(turn: Turn) -> None:
    """Call nobody any more; those who were called hear of it when the minute is over."""
    actor = await apart.with_far(turn.actor, turn.services.settings.zone)
    case, called = await calling_off.call_off(actor)
    for person_id in called:
        voice = await turn.voice_of(person_id)
        key = f"{cases.closing_key(case.id)}off:{person_id}:{turn.update_id}"
        due = turn.now + cases.UNDO
        screen = staff_screen(voice, case.id, case.kind)
        await tell(turn.session, person_id, screen, key, turn.now, due=due)
    hers = await call_screens.her_voice(turn.services, turn.session, case)
    await turn.show(off_screen(hers, case))


async def ask_to_stop(turn: Turn) -> None:
    """Ask whether the talk with who is there for her shall end; a call is called off."""
    case = await case_talk.taken_of(turn.actor)
    if case is None:
        await ask(turn)
        return
    voice = await call_screens.her_voice(turn.services, turn.session, case)
    await turn.show(stop_screen(voice, case))


async def stop_talking(turn: Turn) -> None:
    """End the talk with who is there for her, who hears it at once and may ask after her."""
    if await calling_off.waiting(turn.actor) is not None:
        await ask(turn)
        return
    case = await calling_off.stop_talking(turn.actor)
    holder = case.held_by or 0
    voice = await turn.voice_of(holder)
    screen = staff_screen(voice, case.id, case.kind, taken=True)
    await turn.tell(holder, screen, f"case:{case.id}:stopped:{turn.update_id}")
    hers = await call_screens.her_voice(turn.services, turn.session, case)
    await turn.show(off_screen(hers, case, "case.stopped"))


async def is_asked_to_stop(turn: Turn) -> bool:
    """Return whether she writes what the button says that ends a talk, while somebody is there."""
    if turn.heard.kind != "text" or turn.heard.command is not None:
        return False
    said = call_screens.is_label(turn.services.content, turn.heard.text, "case.stop")
    return said and await case_talk.taken_of(turn.actor) is not None


async def call_on(turn: Turn, case_id: int) -> None:
    """Take back that she called it off: somebody is called again."""
    actor = await apart.with_far(turn.actor, turn.services.settings.zone)
    case, alert = await calling_off.call_on(actor, case_id, turn.services.case_interval)
    if alert is not None:
        await alerts.send(turn.services, turn.session, alert, turn.now)
    await _show_call(turn, case)


async def ask_after(turn: Turn, case_id: int) -> None:
    """Take a case that its girl called off, tell her gently so, and show it."""
    turn.way_back = ("back.desk", DESK())
    case = await calling_off.ask_after(turn.actor, case_id)
    await alerts.require_far(turn.session, case.person_id, turn.person.id)
    if not case.erased:
        voice = await call_screens.her_voice(turn.services, turn.session, case)
        words = call_screens.told(case.kind, "case.asked_after")
        screen = call_screens.taken_screen(voice, case.id, words)
        await turn.tell(case.person_id, screen, f"case:{case.id}:after:{turn.update_id}")
    turn.leads_to = CASE(case.id)
