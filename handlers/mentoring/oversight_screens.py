"""What coordinators see of the introductions: pure pictures of what `oversight` has read."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk.redaction import Place
from bot.language.words import shorten
from bot.mentoring.held import Held, Reminder
from bot.mentoring.introductions import Introduction
from bot.mentoring.oversight import TRANSCRIPT_PAGE, AgeDoubt, Board, Transcript
from bot.mentoring.records import Record
from bot.mentoring.relay import RelayMessage
from bot.mentoring.states import TALKING, State, Who
from bot.mentoring.talks import paused_by_staff
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import Data, Tap
from bot.screens.voice import Voice
from bot.small_counts import shown
from handlers import doors
from handlers.mentoring.taps import (
    DESK,
    DESK_ALLOW,
    DESK_APPROVE,
    DESK_ATTEST,
    DESK_CLOSE,
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
    VET_LIST,
)

A_PAGE = 5


def board_screen(
    voice: Voice,
    board: Board,
    waits: Sequence[tuple[str, int]],
    *,
    relay_on: bool,
    on_call: int,
) -> Screen:
    """Return the mentors' desk; `waits` are fields by name, and how many wait for a mentor."""
    figures = {name: voice.number(getattr(board, name)) for name in Board.__annotations__}
    alarm = "" if on_call else voice.say("over.nobody_on_call")
    off = "" if relay_on else voice.say("over.relay_is_off")

    def place(label: str, data: Data, waiting: int) -> Button:
        return Button(voice.counted(voice.label(label), waiting), data)

    switch = "over.turn_off" if relay_on else "over.turn_on"
    return Screen(
        paragraphs(voice.say("over.board", **figures), _waits_text(voice, waits), alarm, off),
        (
            (
                place("over.mentors", VET_LIST(0), board.to_vet + board.quiet),
                place("over.introductions", DESK_LIST(0), board.requested + board.reported),
            ),
            (
                place("over.held", DESK_HELD(None), board.held),
                place("over.sample", DESK_SAMPLE(), board.samples),
            ),
            (voice.button("desk.roster", doors.ROSTER(0)),),
            (voice.button(switch, DESK_RELAY(not relay_on)),),
            (voice.button("back.desk", doors.DESK()),),
        ),
    )


def _waits_text(voice: Voice, waits: Sequence[tuple[str, int]]) -> Html:
    if not waits:
        return Html("")
    fields = ", ".join(
        voice.label("over.waits_in", field=field, count=voice.amount(shown(n)))
        for field, n in waits
    )
    return voice.say("over.waiting_for", fields=fields)


def list_screen(voice: Voice, rows: list[Introduction], page: int, now: datetime) -> Screen:
    """Return a page of introductions with how long each has been where it is."""
    shown = Page.of(rows, page, A_PAGE)
    buttons = [
        (Button(_line(voice, row, now), doors.INTRODUCTION(row.id)),) for row in shown.items
    ]
    back = voice.button("back.desk", DESK())
    return Screen(
        voice.say("over.list", total=voice.number(len(rows))),
        (*buttons, (*shown.ways(voice, DESK_LIST), back)),
    )


def _line(voice: Voice, row: Introduction, now: datetime) -> str:
    state = voice.label(f"mentor_state.{row.state}")
    line = f"{voice.number(row.id)} · {state} · {voice.since(row.since_utc, now)}"
    return shorten(line, LONGEST_LABEL)


def introduction_screen(
    voice: Voice,
    row: Introduction,
    values: dict[str, object],
    *,
    consent_waits: bool,
    doubt: AgeDoubt | None,
    may_reopen: bool,
    reported: Who | None,
    against: Html | str,
    mentor: str | None,
) -> Screen:
    """Return one introduction with what a coordinator can do.

    `doubt` warns of a girl who may be a minor after all, `against` of its `mentor`, the
    name of whose row leads to her card; `reported` is the side that reported it.
    """
    state = row.state
    rows: list[tuple[Button, ...]] = []

    def add(**taps: Tap) -> None:
        rows.append(tuple(voice.button(f"over.{name}", t(row.id)) for name, t in taps.items()))

    if state is State.REQUESTED and (consent_waits or doubt):
        add(attest=DESK_ATTEST)
    if state is State.REQUESTED and not consent_waits:
        add(approve=DESK_APPROVE)
    if state in (State.REQUESTED, State.APPROVED):
        add(refuse_intro=DESK_REFUSE)
    if state is State.ACTIVE:
        add(pause=DESK_PAUSE, freeze=DESK_FREEZE)
    if state is State.PAUSED and paused_by_staff(row):
        add(resume=DESK_RESUME)
    if reported is not None:
        rows.append((voice.button("over.read_transcript", doors.TRANSCRIPT(row.id, None)),))
    if may_reopen:
        add(**{"reopen_girl" if reported is Who.BOT else "reopen": DESK_REOPEN})
    if state in TALKING:
        add(close=DESK_CLOSE)
    if mentor is not None:
        rows.append((voice.button("over.her_card", doors.VET_MENTOR(mentor)),))
    why = voice.label(f"report_short.{row.report_reason or 'none'}")
    side = voice.label(f"reported_by.{reported}") if reported is not None else ""
    return Screen(
        paragraphs(
            voice.say("over.introduction", **values),
            voice.say(f"over.{doubt}") if doubt else "",
            voice.say("over.reported", side=side, why=why) if reported is not None else "",
            against,
        ),
        (*rows, (voice.button("back.desk", DESK_LIST.again()),)),
    )


def transcript_screen(voice: Voice, number: int, found: Transcript, zone: ZoneInfo) -> Screen:
    """Return a page of the messages up to a report."""
    page = Page(found.lines, found.page, pages_of(found.total, TRANSCRIPT_PAGE))
    head = voice.say(
        "over.transcript",
        number=voice.number(number),
        page=voice.number(page.number + 1),
        pages=voice.number(page.pages),
    )
    ways = page.ways(voice, lambda other: doors.TRANSCRIPT(number, other))
    back = voice.button("back.desk", doors.INTRODUCTION(number))
    redact = voice.button("redact.open", doors.REDACT(Place.TALK, number, 0))
    text = paragraphs(head, lines_text(voice, page.items, zone))
    return Screen(text, ((redact,), (*ways, back)))


def lines_text(voice: Voice, lines: Sequence[RelayMessage], zone: ZoneInfo) -> Html:
    """Return messages one below the other: what was written, and what arrived where it differs."""
    said = []
    for line in lines:
        values = {
            "at": voice.moment(line.at_utc, zone),
            "side": side_of(voice, line),
            "state": voice.label(f"relay_state.{line.state}"),
            "text": line.text,
        }
        if line.original is None:
            said.append(voice.say("over.line", **values))
        else:
            said.append(voice.say("over.line_changed", original=line.original, **values))
    return Html("\n".join(said))


def against_text(voice: Voice, mentor: str, record: Record) -> Html | str:
    """Return the mark of a mentor about whom something is decided; nothing where none is due."""
    if not record.marked:
        return ""
    return voice.say(
        "over.marked",
        mentor=mentor,
        reports=voice.number(record.against_her),
        stopped=voice.number(record.stopped),
    )


def held_screen(voice: Voice, held: Held, against: Html | str) -> Screen:
    """Return a held message with one tap to let its newest version pass, earlier ones above.

    `against` is what is known against the mentor who wrote it.
    """
    message, number = held.message, held.message.id
    earlier = [
        voice.say(
            "over.held_before",
            state=voice.label(f"relay_state.{version.state}"),
            text=version.text,
        )
        for version in held.versions
        if version is not message
    ]
    return Screen(
        paragraphs(
            *earlier,
            voice.say(
                "over.held_text",
                side=side_of(voice, message),
                why=voice.label(f"why.{message.reason}"),
                text=message.text,
            ),
            against,
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


def reminder_screen(voice: Voice, waits: Reminder, now: datetime) -> Screen:
    """Return what has waited for hours, with the ways to it."""
    rows = []
    if waits.messages:
        rows.append((voice.button("over.held", DESK_HELD(None)),))
    if waits.mentors:
        rows.append((voice.button("over.mentors", VET_LIST(0)),))
    return Screen(
        voice.say(
            "over.waits",
            messages=voice.number(waits.messages),
            mentors=voice.number(waits.mentors),
            since=voice.since(waits.since, now),
        ),
        tuple(rows),
    )


def sample_screen(voice: Voice, message: RelayMessage, against: Html | str) -> Screen:
    """Return a message that is read at random, and what is known against its mentor."""
    back = voice.button("back.desk", DESK())
    return Screen(
        paragraphs(
            voice.say("over.sample_text", side=side_of(voice, message), text=message.text),
            against,
        ),
        (
            (voice.button("over.freeze", DESK_FREEZE(message.introduction_id)),),
            (voice.button("over.sample", DESK_SAMPLE()), back),
        ),
    )


def side_of(voice: Voice, message: RelayMessage) -> str:
    """Return which of the two wrote a message."""
    return voice.label(f"side.{Who.STUDENT if message.from_student else Who.MENTOR}")


def nothing_screen(voice: Voice) -> Screen:
    """Return that nothing waits."""
    return Screen(voice.say("over.nothing"), ((voice.button("back.desk", DESK()),),))


def decided_screen(voice: Voice, key: str) -> Screen:
    """Return what became of a held message, with the way to the next."""
    next_ = voice.button("over.held", DESK_HELD(None))
    return Screen(voice.say(key), ((next_, voice.button("back.desk", DESK())),))
