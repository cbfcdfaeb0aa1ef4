"""The talk between a girl and her mentor: every message goes through `bot.mentoring.relay`.

Each message that arrives carries report, pause and end. A talk is entered with “write” and left
with any command or button.
"""

import secrets
from datetime import datetime

from bot.database import Session
from bot.mentoring import guardians, mentors, oversight, relay, talks
from bot.mentoring.relay import Closed, End, Outcome, RelayMessage, Written
from bot.mentoring.states import Who
from bot.refusals import NotAllowedError
from bot.safety import case_talk, cases, last_words, reports
from bot.safety.cases import CaseFile, Standing
from bot.safety.danger import Level
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Services, Turn, tell, voice_of
from handlers.desk.colleagues import mentor_name
from handlers.doors import HELP, homewards
from handlers.mentoring import introductions as hers
from handlers.mentoring import mentors as mentors_side
from handlers.mentoring.awaiting import InTalk
from handlers.mentoring.notices import buttons
from handlers.mentoring.taps import (
    DESK_HELD,
    TALK_CARD,
    TALK_END,
    TALK_END_SURE,
    TALK_MISTAKE,
    TALK_PAUSE,
    TALK_REPORT,
    TALK_WHY,
    TALK_WORRY,
    TALK_WRITE,
    URGENCY,
    WRITE_DESK,
)
from handlers.safety import alerts, call_screens, care
from handlers.safety.hotlines import copy_rows


def message_screen(voice: Voice, outcome: Outcome) -> Screen:
    """Return a message as the other side sees it: a first name, the words, and the ways out."""
    key = "talk.corrected" if outcome.corrected else "talk.message"
    number = outcome.introduction_id
    worry = voice.button("talk.worry_button", TALK_WORRY(number, None))
    return Screen(
        voice.say(key, name=outcome.from_name, text=outcome.text),
        (
            (voice.button("talk.write", TALK_WRITE(number)),),
            # Her code of conduct asks a mentor to tap it at once.
            *(() if outcome.to_student else ((worry,),)),
            (
                voice.button("talk.report", TALK_REPORT(number)),
                voice.button("talk.pause", TALK_PAUSE(number)),
                voice.button("talk.end", TALK_END(number)),
            ),
        ),
    )


def outcome_screen(voice: Voice, outcome: Outcome) -> Screen:
    """Return what the sender is told of her message, kindly and with the reason."""
    # A message that went its way needs no more than a tick, and the ways on.
    if outcome.end is End.SENT:
        where = voice.button("talk.card", TALK_CARD(outcome.introduction_id))
        return Screen(voice.say("talk.sent"), (homewards(voice, where),))
    if outcome.end is End.TOO_LONG:
        return Screen(voice.say("talk.too_long", most=voice.number(relay.LONGEST)))
    key = f"talk.{outcome.end}"
    if outcome.end is End.CLOSED:
        key = f"closed.{outcome.reason}"
    elif outcome.end is End.STOPPED or (outcome.end is End.HELD and outcome.reason != "danger"):
        key = f"{outcome.end}.{outcome.reason or 'app'}"
    screen = changed_screen(voice, key, outcome.introduction_id)
    if outcome.end is End.APPROACH or outcome.reason == Closed.QUIET:
        return screen.with_row(voice.button("mentor.write_desk", WRITE_DESK()))
    return screen


def write_screen(voice: Voice, name: str) -> Screen:
    """Return the invitation to write, with the rules in one line."""
    return Screen(voice.say("talk.write_now", name=name))


def sure_screen(voice: Voice, number: int) -> Screen:
    """Return the question whether to end a talk."""
    return Screen(
        voice.say("talk.sure"),
        (
            (voice.button("talk.end_yes", TALK_END_SURE(number)),),
            (voice.button("sure.keep", TALK_CARD(number)),),
        ),
    )


def changed_screen(voice: Voice, key: str, number: int) -> Screen:
    """Return what was done to a talk, with the way to where it stands."""
    return Screen(voice.say(key), ((voice.button("talk.card", TALK_CARD(number)),),))


def reported_screen(voice: Voice, number: int, *, undo: bool) -> Screen:
    """Return that a talk is frozen; a reason may be told, or that it was a mistake, or nothing."""
    reasons = tuple(
        (voice.button(f"report.{reason}", TALK_WHY(number, reason)),) for reason in talks.REPORTS
    )
    mistake = ((voice.button("talk.mistake", TALK_MISTAKE(number)),),) if undo else ()
    rows = (*reasons, *mistake, (voice.button("home.help", HELP()),))
    return Screen(voice.say("talk.reported"), rows)


def mistake_screen(voice: Voice, number: int, call: Standing | None) -> Screen:
    """Return that a report is taken back, and where the call stands that goes on all the same."""
    screen = changed_screen(voice, "talk.mistake_kept", number)
    if call is None:
        return screen
    text = paragraphs(screen.text, voice.say("talk.mistake_call"))
    off = () if call is Standing.TAKEN else ((call_screens.off_button(voice),),)
    return Screen(text, (*screen.rows, *off, (voice.button("home.help", HELP()),)))


def worry_screen(voice: Voice, number: int, student: str) -> Screen:
    """Return the question how urgent a mentor's worry is; nobody is called yet."""
    rows = tuple((voice.button(f"worry.{when}", TALK_WORRY(number, when)),) for when in URGENCY)
    mistake = (voice.button("worry.mistake", TALK_CARD(number)),)
    return Screen(voice.say("talk.worry", student=student), (*rows, mistake))


async def deliver(session: Session, services: Services, outcome: Outcome, now: datetime) -> None:
    """Stage a message that passed every check for the other side."""
    voice = await voice_of(session, services, outcome.to_id)
    key = f"relay:{outcome.introduction_id}:{outcome.message_id}"
    await tell(session, outcome.to_id, message_screen(voice, outcome), key, now)


async def said(turn: Turn, talk: InTalk, text: str) -> None:
    """Carry what one of the two wrote; the talk goes on until she leaves it."""
    await carry(turn, talk.talk, text, message_id=turn.heard.message_id)


async def carry(
    turn: Turn,
    number: int,
    text: str,
    *,
    message_id: int | None,
    edit_of: RelayMessage | None = None,
) -> None:
    """Let words that stand in a message of hers pass every check, and say what became of them."""
    policy, danger = turn.services.policy, turn.services.answerer.danger(text)
    grave = danger is not None and danger.level is Level.CARE
    written = Written(
        text,
        message_id,
        danger=grave,
        # What may or may not be danger passes, and is read by a coordinator afterwards.
        sampled=danger is not None or secrets.randbelow(100) < policy.sample_percent,
        edit_of=edit_of,
    )
    _, from_student = await relay.talk_of(turn.actor, number)
    outcome = await relay.carry(turn.actor, number, written, policy)
    _count(turn, outcome)
    if danger is not None and grave and from_student and outcome.end is not End.CLOSED:
        await alerts.open_case(turn.services, turn.actor, danger.kind, [text])
    if outcome.end is End.SENT:
        await deliver(turn.session, turn.services, outcome, turn.now)
    elif outcome.end is End.HELD:
        await tell_held(turn, outcome)
    voice = await care.spoken_voice(turn) if from_student else turn.voice
    await turn.show(outcome_screen(voice, outcome), new_message=True)


def _count(turn: Turn, outcome: Outcome) -> None:
    """Count what did not pass at once, for the weekly digest."""
    if outcome.end in (End.HELD, End.STOPPED, End.APPROACH):
        turn.count("relay", outcome.end)


async def tell_held(turn: Turn, outcome: Outcome) -> None:
    """Tell who is on call that a message waits; its words are not in the alert."""
    zone = turn.services.settings.zone
    for person_id in await oversight.told(turn.actor, outcome.introduction_id, zone):
        voice = await turn.voice_of(person_id)
        screen = Screen(
            voice.say("over.held_alert", why=voice.label(f"why.{outcome.reason}")),
            ((voice.button("over.read", DESK_HELD(outcome.message_id)),),),
        )
        await turn.tell(person_id, screen, f"held:{outcome.message_id}:{person_id}")


async def writes_as_mentor(turn: Turn) -> bool:
    """Return whether what is written goes to a girl, so that the relay watches for danger.

    An edit goes where the message went, whatever its writer does now.
    """
    if turn.heard.kind == "edited":
        message = await relay.edited(turn.actor, turn.heard.message_id)
        if message is not None:
            return not message.from_student
    talk = turn.expected(InTalk)
    return talk is not None and talk.mentor


async def girl_in_danger(turn: Turn) -> bool:
    """Hold a girl's words of danger in a talk, after the care reply, and call a coordinator.

    Returns whether they are of a talk, written in it or edited into a message of it.
    """
    talk, edited = turn.expected(InTalk), None
    if turn.heard.kind == "edited":
        edited = await relay.edited(turn.actor, turn.heard.message_id)
    if edited is None and talk is None:
        return False
    number = edited.introduction_id if edited else talk.talk if talk else 0
    turn.expect(None)
    told = await last_words.alarming(turn.actor)
    case = await alerts.open_case(turn.services, turn.actor, told.kind or "help", told.words)
    await turn.show(await _from_talk(turn, case, number), new_message=True)
    written = Written(turn.heard.text, turn.heard.message_id, danger=True, edit_of=edited)
    try:
        outcome = await relay.carry(turn.actor, number, written, turn.services.policy)
    except NotAllowedError:
        # The talk was forgotten since. A refusal here would take back the care and the alert.
        return True
    _count(turn, outcome)
    if outcome.end is End.HELD:
        await tell_held(turn, outcome)
    return True


async def _from_talk(turn: Turn, case: CaseFile, number: int) -> Screen:
    """Return that her words were kept from her mentor, and who has them; she is not left alone."""
    voice = turn.services.voice(turn.conversation.care_tongue)
    key = "taken" if case.held_by is not None else "waits"
    return Screen(
        voice.say(f"care.from_talk_{key}"), ((voice.button("talk.card", TALK_CARD(number)),),)
    )


async def edited(turn: Turn) -> bool:
    """Check an edit of a message of the talk like a new one; return whether it was one.

    One that leaves the words as they were was checked before.
    """
    message = await relay.edited(turn.actor, turn.heard.message_id)
    if message is None:
        return False
    if turn.heard.text not in (message.text, message.original):
        await carry(
            turn,
            message.introduction_id,
            turn.heard.text,
            message_id=turn.heard.message_id,
            edit_of=message,
        )
    return True


async def media(turn: Turn) -> bool:
    """Refuse a picture in a talk, and carry its caption like any text; whether in a talk."""
    talk = turn.expected(InTalk)
    if talk is None:
        return False
    voice = turn.voice if talk.mentor else await care.spoken_voice(turn)
    await turn.show(changed_screen(voice, "talk.text_only", talk.talk))
    if turn.heard.text:
        await said(turn, talk, turn.heard.text)
    return True


async def well(turn: Turn) -> None:
    """Be glad that all is well."""
    await turn.show(Screen(turn.voice.say("talk.glad"), (homewards(turn.voice),)))


async def write(turn: Turn, number: int) -> None:
    """Let her next texts go to the other, while the talk is open."""
    row, from_student = await relay.talk_of(turn.actor, number)
    why = await relay.closed_because(turn.actor, row, turn.services.policy)
    if why is not None:
        closed = Outcome(End.CLOSED, why, introduction_id=number)
        voice = await care.spoken_voice(turn) if from_student else turn.voice
        # Below: what was tapped may hold the words of the other.
        await turn.show(outcome_screen(voice, closed), new_message=True)
        return
    turn.expect(InTalk(number, mentor=not from_student))
    name = await name_of_other(turn, number)
    await turn.show(write_screen(turn.voice, name), new_message=True)


async def name_of_other(turn: Turn, number: int) -> str:
    """Return the first name of the one she talks with."""
    row, from_student = await relay.talk_of(turn.actor, number)
    if from_student:
        mentor = await mentors.find(turn.session, row.mentor_id or 0)
        return mentor_name(turn.voice, mentor)
    return await guardians.alias_of(turn.session, row.student_id) or ""


async def card(turn: Turn, number: int) -> None:
    """Show where the talk stands."""
    _, from_student = await relay.talk_of(turn.actor, number)
    if from_student:
        await hers.home(turn)
    else:
        await mentors_side.girl(turn, number)


async def pause(turn: Turn, number: int) -> None:
    """Let the talk rest."""
    await relay.talk_of(turn.actor, number)
    await talks.pause(turn.actor, number, turn.services.policy)
    await turn.show(changed_screen(turn.voice, "talk.paused", number), new_message=True)


async def resume(turn: Turn, number: int) -> None:
    """Go on after a rest."""
    await relay.talk_of(turn.actor, number)
    await talks.resume(turn.actor, number, turn.services.policy)
    await turn.show(changed_screen(turn.voice, "talk.resumed", number), new_message=True)


async def end(turn: Turn, number: int) -> None:
    """Ask whether to end the talk."""
    await relay.talk_of(turn.actor, number)
    await turn.show(sure_screen(turn.voice, number), new_message=True)


async def end_sure(turn: Turn, number: int) -> None:
    """End the talk for good."""
    await relay.talk_of(turn.actor, number)
    await talks.end(turn.actor, number, turn.services.policy)
    voice = turn.voice
    await turn.show(Screen(voice.say("talk.ended"), buttons(voice, "end", Who.STUDENT, number)))


async def report(turn: Turn, number: int) -> None:
    """Freeze first, ask afterwards: no reason is needed."""
    voice = await care.spoken_voice(turn)
    turn.way_back = ("home.help", HELP())
    _, from_student = await relay.talk_of(turn.actor, number)
    row = await talks.report(turn.actor, number, turn.services.policy)
    side = Who.STUDENT if from_student else Who.MENTOR
    kind = f"report_{side}"
    sign = cases.sign(kind, number)
    await alerts.open_case(turn.services, turn.actor, kind, [], sign)
    undo = talks.may_take_back(turn.actor, row)
    await turn.show(reported_screen(voice, number, undo=undo), new_message=True)


async def by_mistake(turn: Turn, number: int) -> None:
    """Take back a report that was tapped by mistake; the coordinators who were called know it."""
    turn.way_back = ("home.help", HELP())
    await relay.talk_of(turn.actor, number)
    await talks.take_back(turn.actor, number, turn.services.policy)
    voice = await care.spoken_voice(turn)
    sign = cases.sign("report_mistake", number)
    carried = await case_talk.carry(turn.actor, "", message_id=None, media=sign)
    if carried is not None:
        await alerts.deliver(turn.services, turn.session, carried, turn.now)
    await turn.show(mistake_screen(voice, number, await reports.take_back(turn.actor)))


async def why(turn: Turn, number: int, reason: str) -> None:
    """Keep the reason of her report."""
    turn.way_back = ("home.help", HELP())
    await talks.tell_why(turn.actor, number, reason)
    voice = await care.spoken_voice(turn)
    await turn.show(Screen(voice.say("talk.reason_kept"), ((voice.button("home.help", HELP()),),)))


async def more(turn: Turn, number: int, wants: bool) -> None:
    """Keep whether she wants to go on after the planned end."""
    await talks.wish_more(turn.actor, number, turn.services.policy, more=wants)
    await turn.show(Screen(turn.voice.say("talk.more_kept"), (homewards(turn.voice),)))


async def opinion(turn: Turn, number: int, opinion: str) -> None:
    """Keep what she thought of it."""
    await talks.give_feedback(turn.actor, number, opinion)
    voice = turn.voice
    await turn.show(Screen(voice.say("talk.thanks"), (homewards(voice),)))


async def worry(turn: Turn, number: int, urgency: str | None) -> None:
    """Call a coordinator for a mentor who is worried about a girl, in two taps."""
    voice = turn.voice
    await relay.talk_of(turn.actor, number)
    if urgency is None:
        name = await name_of_other(turn, number)
        await turn.show(worry_screen(voice, number, name), new_message=True)
        return
    sign = cases.sign(f"worry_{urgency}", number)
    await alerts.open_case(turn.services, turn.actor, "concern", [], sign)
    numbers = copy_rows(voice, turn.services.content, "concern")
    await turn.show(Screen(voice.say("talk.worry_kept"), (*numbers, homewards(voice))))
