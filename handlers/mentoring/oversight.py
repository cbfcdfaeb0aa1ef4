"""Coordinators see the introductions: what waits, held messages, samples, reports, switches."""

from datetime import datetime

from bot.language.words import shorten
from bot.mentoring import guardians, introductions, mentors, oversight, relay, switches
from bot.mentoring.introductions import Introduction
from bot.mentoring.oversight import Board
from bot.mentoring.relay import End, RelayMessage
from bot.mentoring.states import TALKING, State, Who
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers import doors
from handlers.mentoring.awaiting import Attestation, Rewriting
from handlers.mentoring.relay import deliver
from handlers.mentoring.screens import field_name
from handlers.mentoring.taps import (
    DESK,
    DESK_ALLOW,
    DESK_APPROVE,
    DESK_ATTEST,
    DESK_CLOSE,
    DESK_DUTY,
    DESK_FREEZE,
    DESK_HELD,
    DESK_HOLD_BACK,
    DESK_LIST,
    DESK_PAUSE,
    DESK_REFUSE,
    DESK_RELAY,
    DESK_REOPEN,
    DESK_RESUME,
    DESK_REWRITE,
    DESK_SAMPLE,
    DESK_SHOW,
    DESK_TRANSCRIPT,
    TALK_CARD,
    VET_LIST,
)

A_PAGE = 6


def board_screen(
    voice: Voice, board: Board, *, on_duty: bool, relay_on: bool, on_call: int
) -> Screen:
    """Return the mentors' desk."""
    figures = {name: voice.number(getattr(board, name)) for name in Board.__annotations__}
    alarm = "" if on_call else voice.say("over.nobody_on_call")
    off = "" if relay_on else voice.say("over.relay_is_off")
    duty = "over.off_duty" if on_duty else "over.on_duty"
    switch = "over.turn_off" if relay_on else "over.turn_on"
    return Screen(
        paragraphs(voice.say("over.board", **figures), alarm, off),
        (
            (
                voice.button("over.mentors", VET_LIST()),
                voice.button("over.introductions", DESK_LIST(0)),
            ),
            (
                voice.button("over.held", DESK_HELD(None)),
                voice.button("over.sample", DESK_SAMPLE()),
            ),
            (voice.button(duty, DESK_DUTY(not on_duty)),),
            (voice.button(switch, DESK_RELAY(not relay_on)),),
            (voice.button("back.desk", doors.DESK()),),
        ),
    )


def list_screen(voice: Voice, rows: list[Introduction], page: int, now: datetime) -> Screen:
    """Return a page of introductions with how long each has been where it is."""
    shown = Page.of(rows, page, A_PAGE)
    buttons = [(Button(_line(voice, row, now), DESK_SHOW(row.id)),) for row in shown.items]
    back = voice.button("back.desk", DESK())
    return Screen(
        voice.say("over.list", total=voice.number(len(rows))),
        (*buttons, (*shown.ways(voice, DESK_LIST), back)),
    )


def _line(voice: Voice, row: Introduction, now: datetime) -> str:
    state = voice.label(f"mentor_state.{row.state}")
    line = f"{voice.number(row.id)} · {state} · {waiting(voice, row, now)}"
    return shorten(line, LONGEST_LABEL)


def waiting(voice: Voice, row: Introduction, now: datetime) -> str:
    """Return how long an introduction has been in its state."""
    hours = int((now - row.since_utc).total_seconds() // 3600)
    if hours < 48:
        return voice.label("over.hours", hours=voice.number(hours))
    return voice.label("over.days", days=voice.number(hours // 24))


def introduction_screen(
    voice: Voice, row: Introduction, values: dict[str, object], *, consent_waits: bool
) -> Screen:
    """Return one introduction with what a coordinator can do."""
    state = row.state
    rows: list[tuple[Button, ...]] = []

    def add(**taps: Tap) -> None:
        rows.append(tuple(voice.button(f"over.{name}", t(row.id)) for name, t in taps.items()))

    if state is State.REQUESTED and consent_waits:
        add(attest=DESK_ATTEST)
    elif state is State.REQUESTED:
        add(approve=DESK_APPROVE)
    if state in (State.REQUESTED, State.APPROVED):
        add(refuse_intro=DESK_REFUSE)
    if state is State.ACTIVE:
        add(pause=DESK_PAUSE, freeze=DESK_FREEZE)
    if state is State.PAUSED and row.paused_by not in (row.student_id, row.mentor_id):
        add(resume=DESK_RESUME)
    if row.reported_by:
        add(read_transcript=DESK_TRANSCRIPT)
    if state is State.BLOCKED and row.ends_at_utc is not None:
        add(reopen=DESK_REOPEN)
    if state in TALKING:
        add(close=DESK_CLOSE)
    why = voice.label(f"report_short.{row.report_reason or 'none'}")
    return Screen(
        paragraphs(
            voice.say("over.introduction", **values),
            voice.say("over.reported", why=why) if row.reported_by else "",
        ),
        (*rows, (voice.button("back.desk", DESK_LIST(0)),)),
    )


def transcript_screen(voice: Voice, number: int, lines: Html) -> Screen:
    """Return the messages around a report."""
    head = voice.say("over.transcript", number=voice.number(number))
    back = voice.button("back.desk", DESK_SHOW(number))
    return Screen(paragraphs(head, lines), ((back,),))


def held_screen(voice: Voice, message: RelayMessage) -> Screen:
    """Return a held message with one tap to let it pass."""
    number = message.id
    return Screen(
        voice.say(
            "over.held_text",
            side=_side(voice, message),
            why=voice.label(f"why.{message.reason}"),
            text=message.text,
        ),
        (
            (voice.button("over.allow", DESK_ALLOW(number)),),
            (
                voice.button("over.rewrite", DESK_REWRITE(number)),
                voice.button("over.refuse", DESK_HOLD_BACK(number)),
            ),
            (voice.button("back.desk", DESK()),),
        ),
    )


def sample_screen(voice: Voice, message: RelayMessage) -> Screen:
    """Return a message that is read at random."""
    back = voice.button("back.desk", DESK())
    return Screen(
        voice.say("over.sample_text", side=_side(voice, message), text=message.text),
        (
            (voice.button("over.freeze", DESK_FREEZE(message.introduction_id)),),
            (voice.button("over.sample", DESK_SAMPLE()), back),
        ),
    )


def _side(voice: Voice, message: RelayMessage) -> str:
    return voice.label(f"side.{Who.STUDENT if message.from_student else Who.MENTOR}")


def nothing_screen(voice: Voice) -> Screen:
    """Return that nothing waits."""
    return Screen(voice.say("over.nothing"), ((voice.button("back.desk", DESK()),),))


def decided_screen(voice: Voice, key: str) -> Screen:
    """Return what became of a held message, with the way to the next."""
    next_ = voice.button("over.held", DESK_HELD(None))
    return Screen(voice.say(key), ((next_, voice.button("back.desk", DESK())),))


async def home(turn: Turn) -> None:
    """Show the mentors' desk."""
    board = await oversight.board(turn.actor)
    await turn.show(
        board_screen(
            turn.voice,
            board,
            on_duty=await switches.is_on(turn.session, switches.duty(turn.person.id)),
            relay_on=await switches.is_on(turn.session, switches.RELAY),
            on_call=len(await switches.on_call(turn.session, turn.coordinators)),
        )
    )


async def listed(turn: Turn, page: int) -> None:
    """Show a page of what is open."""
    rows = await oversight.open_introductions(turn.actor)
    await turn.show(list_screen(turn.voice, rows, page, turn.now))


async def show(turn: Turn, number: int) -> None:
    """Show one introduction."""
    voice, session, policy = turn.voice, turn.session, turn.services.policy
    row = await oversight.see(turn.actor, number)
    student = await guardians.mentee(session, row.student_id)
    mentor = await mentors.find(session, row.mentor_id or row.wished_mentor_id or 0)
    consent = await guardians.consent_of(session, row.student_id)
    needs = guardians.needs_guardian(student, policy)
    how = consent.method if consent else ("missing" if needs else "not_needed")
    values: dict[str, object] = {
        "number": voice.number(row.id),
        "student": student.alias or "–",
        "mentor": (mentor.first_name if mentor else None) or "–",
        "field": field_name(voice, turn.services.content, row.field),
        "hope": row.hope,
        "state": voice.label(f"mentor_state.{row.state}"),
        "waiting": waiting(voice, row, turn.now),
        "age": voice.label(f"age_short.{student.age_band or 'minor'}"),
        "consent": voice.label(f"consent.{how}"),
    }
    waits = how == "missing" and policy.consent != "school"
    await turn.show(introduction_screen(voice, row, values, consent_waits=waits))


async def approve(turn: Turn, number: int) -> None:
    """Approve a request."""
    _leads_back(turn, number)
    await introductions.approve(turn.actor, number, turn.services.policy)
    await show(turn, number)


async def refuse(turn: Turn, number: int) -> None:
    """Say not now to a request."""
    _leads_back(turn, number)
    await introductions.refuse(turn.actor, number, turn.services.policy)
    await show(turn, number)


async def pause(turn: Turn, number: int) -> None:
    """Let a talk rest."""
    _leads_back(turn, number)
    await introductions.pause(turn.actor, number, turn.services.policy)
    await show(turn, number)


async def resume(turn: Turn, number: int) -> None:
    """Let a talk go on that a coordinator paused."""
    _leads_back(turn, number)
    await introductions.resume(turn.actor, number, turn.services.policy)
    await show(turn, number)


async def freeze(turn: Turn, number: int) -> None:
    """Freeze a talk at once."""
    _leads_back(turn, number)
    await introductions.report(turn.actor, number, turn.services.policy)
    await show(turn, number)


async def reopen(turn: Turn, number: int) -> None:
    """Unfreeze a talk for the one who reported it."""
    _leads_back(turn, number)
    await introductions.reopen(turn.actor, number, turn.services.policy)
    await show(turn, number)


async def close(turn: Turn, number: int) -> None:
    """End a talk for good."""
    _leads_back(turn, number)
    await introductions.end(turn.actor, number, turn.services.policy)
    await show(turn, number)


def _leads_back(turn: Turn, number: int) -> None:
    """Let a refusal lead back to the introduction."""
    turn.way_back = ("back.desk", DESK_SHOW(number))


async def attest(turn: Turn, number: int) -> None:
    """Ask where a guardian's consent on paper is kept."""
    turn.expect(Attestation(number))
    await turn.show(Screen(turn.voice.say("over.attest_how")), new_message=True)


async def attested(turn: Turn, asked: Attestation, text: str) -> None:
    """Record a guardian's consent on paper, with where the paper is kept."""
    _leads_back(turn, asked.introduction)
    row = await oversight.see(turn.actor, asked.introduction)
    await guardians.attest(turn.actor, row.student_id, text)
    turn.expect(None)
    await show(turn, asked.introduction)


async def transcript(turn: Turn, number: int) -> None:
    """Show the messages around a report."""
    lines, voice = await oversight.transcript(turn.actor, number), turn.voice
    text = "\n".join(
        voice.say(
            "over.line",
            at=voice.moment(line.at_utc, turn.services.settings.zone),
            side=_side(voice, line),
            state=voice.label(f"relay_state.{line.state}"),
            text=line.text,
        )
        for line in lines
    )
    await turn.show(transcript_screen(voice, number, Html(text)), new_message=True)


async def held(turn: Turn, message_id: int | None) -> None:
    """Show a held message: the one of an alert, or the oldest."""
    message = await oversight.held(turn.actor, message_id)
    voice = turn.voice
    await turn.show(held_screen(voice, message) if message else nothing_screen(voice))


async def allow(turn: Turn, message_id: int) -> None:
    """Let a held message pass as it is."""
    await _let_pass(turn, message_id, None)


async def rewrite(turn: Turn, message_id: int) -> None:
    """Ask how a held message should arrive."""
    turn.expect(Rewriting(message_id))
    await turn.show(Screen(turn.voice.say("over.rewrite_now")), new_message=True)


async def rewritten(turn: Turn, asked: Rewriting, text: str) -> None:
    """Let a held message pass with what a coordinator made of it."""
    turn.expect(None)
    await _let_pass(turn, asked.message, text)


async def _let_pass(turn: Turn, message_id: int, text: str | None) -> None:
    outcome = await relay.allow(turn.actor, message_id, turn.services.policy, text)
    if outcome is None:
        await turn.show(nothing_screen(turn.voice))
        return
    if outcome.end is End.SENT:
        await deliver(turn.session, turn.services, outcome, turn.now)
    key = f"closed.{outcome.reason}" if outcome.end is End.CLOSED else "over.allowed"
    await turn.show(decided_screen(turn.voice, key))


async def hold_back(turn: Turn, message_id: int) -> None:
    """Keep a held message from passing, and tell the one who wrote it."""
    message = await relay.refuse(turn.actor, message_id)
    if message is None:
        await turn.show(nothing_screen(turn.voice))
        return
    sender = await turn.voice_of(message.sender_id)
    card = sender.button("talk.card", TALK_CARD(message.introduction_id))
    told = Screen(sender.say("talk.refused"), ((card,),))
    await turn.tell(message.sender_id, told, f"refused:{message.id}")
    await turn.show(decided_screen(turn.voice, "over.refused"))


async def sample(turn: Turn) -> None:
    """Show a message that is read at random."""
    message, voice = await oversight.next_sample(turn.actor), turn.voice
    await turn.show(sample_screen(voice, message) if message else nothing_screen(voice))


async def duty(turn: Turn, on: bool) -> None:
    """Go on call, or off."""
    await switches.turn(turn.actor, switches.duty(turn.person.id), on=on)
    await home(turn)


async def turn_relay(turn: Turn, on: bool) -> None:
    """Switch the relay on or off."""
    await switches.turn(turn.actor, switches.RELAY, on=on)
    await home(turn)
