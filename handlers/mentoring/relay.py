"""The talk between a girl and her mentor: every message goes through `bot.mentoring.relay`.

Each message that arrives carries report, pause and end. A talk is entered with “write” and left
with any command or button.
"""

import secrets

from bot.database import Session
from bot.mentoring import guardians, introductions, mentors, relay, switches
from bot.mentoring.policy import Policy
from bot.mentoring.relay import Outcome
from bot.mentoring.tables import RelayMessage
from bot.refusals import StaleError
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Services, Turn, tell
from handlers.mentoring import introductions as hers
from handlers.mentoring import mentors as mentors_side
from handlers.mentoring.notices import buttons
from handlers.safety import alerts


def message_screen(voice: Voice, outcome: Outcome) -> Screen:
    """Return a message as the other side sees it: a first name, the words, and the ways out."""
    key = "talk.corrected" if outcome.corrected else "talk.message"
    number = outcome.introduction_id
    return Screen(
        voice.say(key, name=outcome.from_name, text=outcome.text),
        (
            (voice.button("talk.write", f"talk:write:{number}"),),
            (
                voice.button("talk.report", f"talk:report:{number}"),
                voice.button("talk.pause", f"talk:pause:{number}"),
                voice.button("talk.end", f"talk:end:{number}"),
            ),
        ),
    )


def outcome_screen(voice: Voice, outcome: Outcome) -> Screen:
    """Return what the sender is told of her message, kindly and with the reason."""
    key = {
        "night": "talk.night", "held": "talk.held",
        "too_many": "talk.too_many", "too_long": "talk.too_long",
    }.get(outcome.kind)  # fmt: skip
    if outcome.kind == "closed":
        key = f"closed.{outcome.reason}"
    elif outcome.kind == "stopped" or (outcome.kind == "held" and outcome.reason != "danger"):
        key = f"{outcome.kind}.{outcome.reason or 'app'}"
    # A message that went its way needs no more than a tick.
    if outcome.kind == "sent":
        return Screen(voice.say("talk.sent"))
    return Screen(
        voice.say(key or "talk.held"),
        ((voice.button("talk.card", f"talk:card:{outcome.introduction_id}"),),),
    )


def write_screen(voice: Voice, name: str) -> Screen:
    """Return the invitation to write, with the rules in one line."""
    return Screen(voice.say("talk.write_now", name=name))


async def deliver(session: Session, services: Services, outcome: Outcome, voice: Voice) -> None:
    """Stage a message that passed every check for the other side."""
    key = f"relay:{outcome.introduction_id}:{outcome.message_id}"
    await tell(session, outcome.to_id, message_screen(voice, outcome), key, services.clock())


async def said(turn: Turn, text: str) -> None:
    """Carry what one of the two wrote; the talk goes on until she leaves it."""
    number = int((turn.conversation.awaiting or {})["talk"])
    await _carry(turn, number, text)


async def _carry(turn: Turn, number: int, text: str, edit_of: RelayMessage | None = None) -> None:
    policy = Policy.of(turn.services.settings)
    danger = turn.services.answerer.danger(text)
    outcome = await relay.carry(
        turn.session, turn.person.id, number, text, turn.heard.message_id, turn.coordinators,
        policy, turn.now, danger=danger is not None,
        sampled=secrets.randbelow(100) < policy.sample_percent, edit_of=edit_of,
    )  # fmt: skip
    if danger is not None and outcome.kind != "closed":
        await alerts.open_case(turn.services, turn.actor, danger.kind, text)
    await _show_outcome(turn, outcome)


async def _show_outcome(turn: Turn, outcome: Outcome) -> None:
    if outcome.kind == "sent":
        voice = await turn.voice_of(outcome.to_id)
        await deliver(turn.session, turn.services, outcome, voice)
    elif outcome.kind == "held":
        await tell_held(turn, outcome)
    await turn.show(outcome_screen(turn.voice, outcome), new_message=True)


async def tell_held(turn: Turn, outcome: Outcome) -> None:
    """Tell who is on call that a message waits; its words are not in the alert."""
    for person_id in await switches.on_call(turn.session, turn.coordinators):
        voice = await turn.voice_of(person_id)
        screen = Screen(
            voice.say("over.held_alert", why=voice.label(f"why.{outcome.reason}")),
            ((voice.button("over.read", f"over:held:{outcome.message_id}"),),),
        )
        await turn.tell(person_id, screen, f"held:{outcome.message_id}:{person_id}")


def in_talk(turn: Turn) -> bool:
    """Return whether the conversation is in a talk."""
    return (turn.conversation.awaiting or {}).get("for") == "talk"


def writes_as_mentor(turn: Turn) -> bool:
    """Return whether what is written goes to a girl, so that the relay watches for danger."""
    return in_talk(turn) and bool((turn.conversation.awaiting or {}).get("mentor"))


async def girl_in_danger(turn: Turn) -> None:
    """Hold a girl's words of danger in a talk, after the care reply, and call a coordinator."""
    if not in_talk(turn):
        return
    number = int((turn.conversation.awaiting or {})["talk"])
    turn.conversation.awaiting = None
    policy = Policy.of(turn.services.settings)
    outcome = await relay.carry(
        turn.session, turn.person.id, number, turn.heard.text, turn.heard.message_id,
        turn.coordinators, policy, turn.now, danger=True,
    )  # fmt: skip
    kind = turn.conversation.care_kind or "help"
    await alerts.open_case(turn.services, turn.actor, kind, turn.heard.text)
    if outcome.kind == "held":
        await tell_held(turn, outcome)


async def edited(turn: Turn) -> bool:
    """Check an edit of a message of the talk like a new one; return whether it was one."""
    message = await relay.edited(turn.session, turn.person.id, turn.heard.message_id)
    if message is None:
        return False
    await _carry(turn, message.introduction_id, turn.heard.text, edit_of=message)
    return True


async def media(turn: Turn) -> bool:
    """Refuse a picture in a talk, and carry its caption like any text; whether in a talk."""
    if not in_talk(turn):
        return False
    await turn.show(Screen(turn.voice.say("talk.text_only")))
    if turn.heard.text:
        await said(turn, turn.heard.text)
    return True


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of a talk."""
    what, _, rest = argument.partition(":")
    number, _, value = rest.partition(":")
    if what == "well":
        await turn.show(Screen(turn.voice.say("talk.glad")))
    elif not number.isdecimal() or len(number) > 12:
        raise StaleError
    elif what in _TAPS:
        await _TAPS[what](turn, int(number), value)
    else:
        raise StaleError


async def _write(turn: Turn, number: int, _value: str) -> None:
    row, from_student = await relay.talk_of(turn.session, turn.person.id, number)
    policy = Policy.of(turn.services.settings)
    why = await relay.closed_because(turn.session, row, turn.coordinators, policy, turn.now)
    if why is not None:
        await turn.show(outcome_screen(turn.voice, Outcome("closed", why, introduction_id=number)))
        return
    turn.conversation.awaiting = {"for": "talk", "talk": number, "mentor": not from_student}
    name = await name_of_other(turn, number)
    await turn.show(write_screen(turn.voice, name), new_message=True)


async def name_of_other(turn: Turn, number: int) -> str:
    """Return the first name of the one she talks with."""
    row, from_student = await relay.talk_of(turn.session, turn.person.id, number)
    if from_student:
        mentor = await mentors.find(turn.session, row.mentor_id or 0)
        return (mentor.first_name if mentor else "") or ""
    return (await guardians.mentee(turn.session, row.student_id)).alias or ""


async def _card(turn: Turn, number: int, _value: str) -> None:
    _, from_student = await relay.talk_of(turn.session, turn.person.id, number)
    if from_student:
        await hers.home(turn, "")
    else:
        await mentors_side.show_introduction(turn, number)


async def _pause(turn: Turn, number: int, _value: str) -> None:
    await _act(turn, number, "pause", "talk.paused")


async def _resume(turn: Turn, number: int, _value: str) -> None:
    await _act(turn, number, "resume", "talk.resumed")


async def _end(turn: Turn, number: int, _value: str) -> None:
    await relay.talk_of(turn.session, turn.person.id, number)
    await turn.show(
        Screen(
            turn.voice.say("talk.sure"),
            (
                (turn.voice.button("talk.end_yes", f"talk:end_yes:{number}"),),
                (turn.voice.button("talk.keep", f"talk:card:{number}"),),
            ),
        ),
        new_message=True,
    )


async def _end_yes(turn: Turn, number: int, _value: str) -> None:
    policy = Policy.of(turn.services.settings)
    await relay.talk_of(turn.session, turn.person.id, number)
    done = await introductions.end(
        turn.session, turn.person.id, turn.coordinators, number, policy, turn.now
    )
    if not done:
        await turn.show(Screen(turn.voice.say("talk.cannot")))
        return
    voice = turn.voice
    await turn.show(Screen(voice.say("talk.ended"), buttons(voice, "end", "student", number)))


async def _act(turn: Turn, number: int, name: str, key: str) -> None:
    policy = Policy.of(turn.services.settings)
    await relay.talk_of(turn.session, turn.person.id, number)
    act = {"pause": introductions.pause, "resume": introductions.resume}[name]
    done = await act(turn.session, turn.person.id, turn.coordinators, number, policy, turn.now)
    text = turn.voice.say(key if done else "talk.cannot")
    card = turn.voice.button("talk.card", f"talk:card:{number}")
    await turn.show(Screen(text, ((card,),)), new_message=True)


async def _report(turn: Turn, number: int, _value: str) -> None:
    """Freeze first, ask afterwards: no reason is needed."""
    policy, voice = Policy.of(turn.services.settings), turn.voice
    await relay.talk_of(turn.session, turn.person.id, number)
    done = await introductions.report(
        turn.session, turn.person.id, turn.coordinators, number, policy, turn.now
    )
    if done:
        await alerts.open_case(
            turn.services, turn.actor, "report", voice.label("report.words", number=number)
        )
    reasons = tuple(
        (voice.button(f"report.{reason}", f"talk:why:{number}:{reason}"),)
        for reason in introductions.REPORTS
    )
    screen = Screen(voice.say("talk.reported" if done else "talk.cannot"), reasons if done else ())
    await turn.show(screen.with_row(voice.button("home.help", "care:help")), new_message=True)


async def _why(turn: Turn, number: int, value: str) -> None:
    told = await introductions.tell_why(turn.session, turn.person.id, number, value)
    voice = turn.voice
    key = "talk.reason_kept" if told else "talk.cannot"
    await turn.show(Screen(voice.say(key), ((voice.button("home.help", "care:help"),),)))


async def _more(turn: Turn, number: int, value: str) -> None:
    policy = Policy.of(turn.services.settings)
    done = await introductions.wish_more(
        turn.session, turn.person.id, number, policy, turn.now, more=value == "y"
    )
    await turn.show(Screen(turn.voice.say("talk.more_kept" if done else "talk.cannot")))


async def _opinion(turn: Turn, number: int, value: str) -> None:
    done = await introductions.give_feedback(turn.session, turn.person.id, number, value, turn.now)
    voice = turn.voice
    home = voice.button("back.home", "go:home")
    await turn.show(Screen(voice.say("talk.thanks" if done else "talk.cannot"), ((home,),)))


async def _worry(turn: Turn, number: int, value: str) -> None:
    """A mentor is worried about a girl: two taps, and a coordinator is called."""
    voice = turn.voice
    await relay.talk_of(turn.session, turn.person.id, number)
    if value not in ("now", "soon"):
        rows = tuple(
            (voice.button(f"worry.{when}", f"talk:worry:{number}:{when}"),)
            for when in ("now", "soon")
        )
        await turn.show(Screen(voice.say("talk.worry"), rows), new_message=True)
        return
    await alerts.open_case(
        turn.services, turn.actor, "concern", voice.label(f"worry.words_{value}", number=number)
    )
    await turn.show(Screen(voice.say("talk.worry_kept")))


_TAPS = {
    "write": _write, "card": _card, "pause": _pause, "resume": _resume, "end": _end,
    "end_yes": _end_yes, "report": _report, "why": _why, "more": _more, "opinion": _opinion,
    "worry": _worry,
}  # fmt: skip
