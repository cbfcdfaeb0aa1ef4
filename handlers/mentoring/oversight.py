"""Coordinators see the introductions: what waits, held messages, samples, reports, switches."""

from datetime import datetime

from bot.language.words import shorten
from bot.mentoring import guardians, introductions, mentors, oversight, relay, switches
from bot.mentoring.oversight import Board
from bot.mentoring.policy import Policy
from bot.mentoring.states import TALKING, State
from bot.mentoring.tables import Introduction, RelayMessage
from bot.people.staff import require_coordinator
from bot.refusals import StaleError
from bot.screens.paging import page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.mentoring.relay import deliver


def board_screen(
    voice: Voice, board: Board, *, on_duty: bool, relay_on: bool, on_call: int
) -> Screen:
    """Return the mentors' desk."""
    figures = {name: voice.number(getattr(board, name)) for name in Board.__annotations__}
    alarm = "" if on_call else voice.say("over.nobody_on_call")
    off = "" if relay_on else voice.say("over.relay_is_off")
    return Screen(
        paragraphs(voice.say("over.board", **figures), alarm, off),
        (
            (voice.button("over.mentors", "vet:list"),
             voice.button("over.introductions", "over:list:0")),
            (voice.button("over.held", "over:held"), voice.button("over.sample", "over:sample")),
            (voice.button("over.off_duty" if on_duty else "over.on_duty",
                          f"over:duty:{'n' if on_duty else 'y'}"),),
            (voice.button("over.turn_off" if relay_on else "over.turn_on",
                          f"over:relay:{'n' if relay_on else 'y'}"),),
            (voice.button("back.desk", "desk:home"),),
        ),
    )  # fmt: skip


def list_screen(
    voice: Voice, rows: list[Introduction], page: int, total: int, now: datetime
) -> Screen:
    """Return a page of introductions with how long each has been where it is."""
    pages = max(1, -(-total // oversight.PAGE))
    buttons = [
        (
            Button(
                shorten(
                    f"{voice.number(row.id)} · {voice.label(f'mentor_state.{row.state}')} · "
                    + voice.since(row.since_utc, now),
                    LONGEST_LABEL,
                ),
                f"over:intro:{row.id}",
            ),
        )
        for row in rows
    ]
    return Screen(
        voice.say("over.list", total=voice.number(total)),
        (*buttons, (*page_row(voice, "over:list", page, pages),
                    voice.button("back.desk", "over:home"))),
    )  # fmt: skip


def introduction_screen(
    voice: Voice, row: Introduction, values: dict[str, object], *, consent_waits: bool
) -> Screen:
    """Return one introduction with what a coordinator can do."""
    number, state = row.id, State(row.state)
    rows: list[tuple[Button, ...]] = []

    def add(*names: str) -> None:
        rows.append(tuple(voice.button(f"over.{name}", f"over:{name}:{number}") for name in names))

    if state is State.REQUESTED:
        if consent_waits:
            add("attest")
        else:
            add("approve")
    if state in (State.REQUESTED, State.APPROVED):
        add("refuse_intro")
    if state is State.ACTIVE:
        add("pause", "freeze")
    if state is State.PAUSED and row.paused_by not in (row.student_id, row.mentor_id):
        add("resume")
    if row.reported_by:
        rows.append((voice.button("over.read_transcript", f"over:transcript:{number}"),))
    if state is State.BLOCKED and row.ends_at_utc is not None:
        add("reopen")
    if state in TALKING:
        add("close")
    report = row.report_reason or "none"
    return Screen(
        paragraphs(
            voice.say("over.introduction", **values),
            voice.say("over.reported", why=voice.label(f"report_short.{report}"))
            if row.reported_by
            else "",
        ),
        (*rows, (voice.button("back.desk", "over:list:0"),)),
    )


def held_screen(voice: Voice, message: RelayMessage) -> Screen:
    """Return a held message with one tap to let it pass."""
    number = message.id
    return Screen(
        voice.say(
            "over.held_text",
            side=voice.label(f"side.{'student' if message.from_student else 'mentor'}"),
            why=voice.label(f"why.{message.reason}"),
            text=message.text,
        ),
        (
            (voice.button("over.allow", f"over:allow:{number}"),),
            (voice.button("over.rewrite", f"over:rewrite:{number}"),
             voice.button("over.refuse", f"over:refuse:{number}")),
            (voice.button("back.desk", "over:home"),),
        ),
    )  # fmt: skip


async def home(turn: Turn, _value: str) -> None:
    """Show the mentors' desk."""
    board = await oversight.board(turn.session, turn.person.id, turn.coordinators)
    await turn.show(
        board_screen(
            turn.voice, board,
            on_duty=await switches.is_on(turn.session, switches.duty(turn.person.id)),
            relay_on=await switches.is_on(turn.session, switches.RELAY),
            on_call=len(await switches.on_call(turn.session, turn.coordinators)),
        )
    )  # fmt: skip


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the mentors' desk."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, value = argument.partition(":")
    if what in _TAPS:
        await _TAPS[what](turn, value)
    elif what in _DECISIONS and value.isdecimal() and len(value) < 12:
        await _decide(turn, what, int(value))
    else:
        raise StaleError


async def _list(turn: Turn, value: str) -> None:
    page = _number(value)
    rows, total = await oversight.open_introductions(
        turn.session, turn.person.id, turn.coordinators, page
    )
    await turn.show(list_screen(turn.voice, rows, page, total, turn.now))


async def _introduction(turn: Turn, value: str) -> None:
    await _show(turn, _number(value))


async def _show(turn: Turn, number: int) -> None:
    row = await oversight.see(turn.session, turn.person.id, turn.coordinators, number)
    if row is None:
        raise StaleError
    voice, session = turn.voice, turn.session
    policy = Policy.of(turn.services.settings)
    student = await guardians.mentee(session, row.student_id)
    mentor = await mentors.find(session, row.mentor_id or row.wished_mentor_id or 0)
    consent = await guardians.consent_of(session, row.student_id)
    needs = guardians.needs_guardian(student, policy)
    how = consent.method if consent else ("missing" if needs else "not_needed")
    field = turn.services.content.field.get(row.field)
    values: dict[str, object] = {
        "number": voice.number(row.id),
        "student": student.alias or "–",
        "mentor": (mentor.first_name if mentor else None) or "–",
        "field": field.label.get(voice.tongue) if field else row.field,
        "hope": row.hope,
        "state": voice.label(f"mentor_state.{row.state}"),
        "waiting": voice.since(row.since_utc, turn.now),
        "age": voice.label(f"age_short.{student.age_band or 'minor'}"),
        "consent": voice.label(f"consent.{how}"),
    }
    waits = how == "missing" and policy.consent != "school"
    await turn.show(introduction_screen(voice, row, values, consent_waits=waits))


async def _decide(turn: Turn, what: str, number: int) -> None:
    policy = Policy.of(turn.services.settings)
    told = (turn.session, turn.person.id, turn.coordinators, number, policy, turn.now)
    if what == "approve":
        why = await introductions.approve(*told)
        turn.toast = turn.voice.label(f"approve.{why}") if why else None
    elif not await _DECISIONS[what](*told):
        turn.toast = turn.voice.label("stale.toast")
    await _show(turn, number)


async def _attest(turn: Turn, value: str) -> None:
    turn.conversation.awaiting = {"for": "attest", "introduction": _number(value)}
    await turn.show(Screen(turn.voice.say("over.attest_how")), new_message=True)


async def attested(turn: Turn, text: str) -> None:
    """Record a guardian's consent on paper, with where the paper is kept."""
    number = int((turn.conversation.awaiting or {})["introduction"])
    row = await oversight.see(turn.session, turn.person.id, turn.coordinators, number)
    if row is None or len(text.strip()) < 3:
        await turn.show(Screen(turn.voice.say("vet.evidence_short")))
        return
    turn.conversation.awaiting = None
    await guardians.attest(
        turn.session, turn.person.id, turn.coordinators, row.student_id, text.strip(), turn.now
    )
    await _show(turn, number)


async def _transcript(turn: Turn, value: str) -> None:
    number = _number(value)
    lines = await oversight.transcript(
        turn.session, turn.person.id, turn.coordinators, number, turn.now
    )
    if lines is None:
        raise StaleError
    voice, zone = turn.voice, turn.services.settings.zone
    text = "\n".join(
        voice.say(
            "over.line",
            at=voice.moment(line.at_utc, zone),
            side=voice.label(f"side.{'student' if line.from_student else 'mentor'}"),
            state=voice.label(f"relay_state.{line.state}"),
            text=line.text,
        )
        for line in lines
    )
    back = voice.button("back.desk", f"over:intro:{number}")
    head = voice.say("over.transcript", number=voice.number(number))
    await turn.show(Screen(paragraphs(head, Html(text)), ((back,),)), new_message=True)


async def _held(turn: Turn, value: str) -> None:
    message = await oversight.held(
        turn.session, turn.person.id, turn.coordinators, turn.now, _number(value) or None
    )
    await turn.show(held_screen(turn.voice, message) if message else _nothing(turn.voice))


def _nothing(voice: Voice) -> Screen:
    return Screen(voice.say("over.nothing"), ((voice.button("back.desk", "over:home"),),))


async def _allow(turn: Turn, value: str) -> None:
    await _let_pass(turn, _number(value), None)


async def _let_pass(turn: Turn, message_id: int, text: str | None) -> None:
    policy = Policy.of(turn.services.settings)
    outcome = await relay.allow(
        turn.session, turn.person.id, turn.coordinators, message_id, policy, turn.now, text
    )
    if outcome is None:
        await turn.show(_nothing(turn.voice))
        return
    if outcome.kind == "sent":
        voice = await turn.voice_of(outcome.to_id)
        await deliver(turn.session, turn.services, outcome, voice)
    key = f"closed.{outcome.reason}" if outcome.kind == "closed" else "over.allowed"
    await turn.show(Screen(turn.voice.say(key), _more(turn.voice)))


def _more(voice: Voice) -> tuple[tuple[Button, ...], ...]:
    return ((voice.button("over.held", "over:held"), voice.button("back.desk", "over:home")),)


async def _rewrite(turn: Turn, value: str) -> None:
    turn.conversation.awaiting = {"for": "rewrite", "message": _number(value)}
    await turn.show(Screen(turn.voice.say("over.rewrite_now")), new_message=True)


async def rewritten(turn: Turn, text: str) -> None:
    """Let a held message pass with what a coordinator made of it."""
    message_id = int((turn.conversation.awaiting or {})["message"])
    turn.conversation.awaiting = None
    await _let_pass(turn, message_id, text)


async def _refuse(turn: Turn, value: str) -> None:
    message = await relay.refuse(
        turn.session, turn.person.id, turn.coordinators, _number(value), turn.now
    )
    if message is None:
        await turn.show(_nothing(turn.voice))
        return
    sender = await turn.voice_of(message.sender_id)
    card = sender.button("talk.card", f"talk:card:{message.introduction_id}")
    await turn.tell(
        message.sender_id, Screen(sender.say("talk.refused"), ((card,),)), f"refused:{message.id}"
    )
    await turn.show(Screen(turn.voice.say("over.refused"), _more(turn.voice)))


async def _sample(turn: Turn, _value: str) -> None:
    message = await oversight.next_sample(
        turn.session, turn.person.id, turn.coordinators, turn.now
    )
    if message is None:
        await turn.show(_nothing(turn.voice))
        return
    voice = turn.voice
    side = voice.label(f"side.{'student' if message.from_student else 'mentor'}")
    await turn.show(
        Screen(
            voice.say("over.sample_text", side=side, text=message.text),
            (
                (voice.button("over.freeze", f"over:freeze:{message.introduction_id}"),),
                (voice.button("over.sample", "over:sample"),
                 voice.button("back.desk", "over:home")),
            ),
        )
    )  # fmt: skip


async def _duty(turn: Turn, value: str) -> None:
    name = switches.duty(turn.person.id)
    await switches.turn(
        turn.session, turn.person.id, turn.coordinators, name, turn.now, on=value == "y"
    )
    await home(turn, "")


async def _relay(turn: Turn, value: str) -> None:
    await switches.turn(
        turn.session, turn.person.id, turn.coordinators, switches.RELAY, turn.now, on=value == "y"
    )
    await home(turn, "")


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 12 else 0


_TAPS = {
    "home": home, "list": _list, "intro": _introduction, "attest": _attest,
    "transcript": _transcript, "held": _held, "allow": _allow, "rewrite": _rewrite,
    "refuse": _refuse, "sample": _sample, "duty": _duty, "relay": _relay,
}  # fmt: skip
_DECISIONS = {
    "approve": introductions.approve, "refuse_intro": introductions.refuse,
    "pause": introductions.pause, "resume": introductions.resume,
    "freeze": introductions.report, "reopen": introductions.reopen, "close": introductions.end,
}  # fmt: skip
