"""Pictures of a case for the coordinator who has it, and for those who may take it over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.desk.redaction import Place
from bot.safety.case_talk import Line, Talk
from bot.safety.cases import Carried, CaseFile, read_sign
from bot.safety.states import CHOSEN, Outcome
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from handlers.doors import CASE, DESK, INTRODUCTION, REDACT
from handlers.safety.call_screens import told
from handlers.safety.taps import (
    CLOSE,
    CLOSE_AS,
    GIVE,
    NOTE,
    READ,
    REOPEN,
    SEND,
    SEND_TYPED,
    WRITE,
)

# So much of what she typed is shown when she is asked about it.
_LONGEST_QUOTE = 300
# How the moment of a message is said.
Moment = Callable[[datetime], str]


@dataclass(frozen=True)
class Caller:
    """A grown-up who opened a case, and the girl of whom she speaks, as far as they are known."""

    # the first name of a mentor; a guardian's is not known
    mentor: str | None
    introduction: int | None = None
    student: str = ""
    # the girl's own open case
    her_case: int | None = None


def case_screen(
    voice: Voice,
    talk: Talk,
    notes: Html,
    called: Mapping[int, str],
    moment: Moment,
    language: str,
    caller: Caller | None = None,
) -> Screen:
    """Return a case for the coordinator who has it: who asks, what was said, what to do.

    `caller` is given where it is a grown-up, who speaks of a girl.
    """
    case = talk.case
    earlier = talk.held != case.id
    ended = voice.label(f"outcome.{talk.outcome}") if talk.outcome else ""
    text = paragraphs(
        _of_caller(voice, case.kind, caller) if caller else "",
        voice.say(
            told(case.kind, "case.text"),
            case=voice.number(case.id),
            kind=voice.label(f"kind.{case.kind}"),
            opened=moment(case.opened_at_utc),
            language=language,
            grade=voice.label_or(f"grade.{talk.grade}", voice.label("case.no_grade")),
        ),
        voice.say("verbatim", text=ended) if ended else _state(voice, talk),
        notes,
        *(_line(voice, line, called, moment) for line in talk.lines),
        _advice(voice, case.kind) if not earlier else "",
    )
    pages = _pages(voice, talk)
    if earlier:
        return Screen(text, (*pages, (voice.button("case.back", CASE(talk.held)),)))
    return Screen(
        text,
        (
            (voice.button(_write(caller), WRITE(case.id)),),
            *_about(voice, talk, caller),
            *pages,
            *(
                (voice.button("case.earlier", READ(one, 0), case=voice.number(one)),)
                for one in talk.earlier
            ),
            (
                voice.button("inbox.add_note", NOTE(case.id)),
                voice.button("inbox.give", GIVE(case.id, None)),
            ),
            (
                voice.button("case.close", CLOSE(case.id)),
                *(
                    (voice.button("redact.open", REDACT(Place.CASE, case.id, 0)),)
                    if talk.lines
                    else ()
                ),
            ),
            (voice.button("back.desk", DESK()),),
        ),
    )


def _advice(voice: Voice, kind: str) -> Html:
    """Return how to meet who called; a mentor's question needs no advice."""
    return Html("") if kind == "to_coordinators" else voice.say(told(kind, "case.advice"))


def _of_caller(voice: Voice, kind: str, caller: Caller) -> Html:
    """Return who called about whom, and to whom goes what the coordinator writes."""
    if caller.mentor is None:
        return voice.say("case.from_guardian")
    if caller.introduction is None:
        return voice.say("case.from_mentor", mentor=caller.mentor)
    return voice.say(
        f"case.about_{kind}",
        mentor=caller.mentor,
        student=caller.student,
        number=voice.number(caller.introduction),
    )


def _write(caller: Caller | None) -> str:
    if caller is None:
        return "case.write"
    return "case.write_mentor" if caller.mentor else "case.write_guardian"


def _about(voice: Voice, talk: Talk, caller: Caller | None) -> tuple[tuple[Button, ...], ...]:
    """Return the way to the talk that a case is about, and to the case of the girl herself."""
    if talk.about is None:
        return ()
    shown = voice.button("case.talk", INTRODUCTION(talk.about), number=voice.number(talk.about))
    # A long case has its pages in that place.
    if caller is None or caller.her_case is None or talk.pages > 1:
        return ((shown,),)
    hers = caller.her_case
    return ((shown, voice.button("case.her_own", CASE(hers), case=voice.number(hers))),)


def _state(voice: Voice, talk: Talk) -> Html:
    erased = talk.erased_at is not None
    state = "waits" if talk.unanswered else "answered"
    return paragraphs(
        voice.say("case.state_erased") if erased else "",
        voice.say("case.state_unreachable") if not talk.reachable else "",
        voice.say("case.state_shared") if talk.shares_phone else "",
        voice.say(f"case.state_{state}") if talk.reachable and not erased else "",
    )


def _line(voice: Voice, line: Line, called: Mapping[int, str], moment: Moment) -> Html:
    at, mark = moment(line.at_utc), voice.label("case.mark_corrected") if line.corrected else ""
    if not line.by_staff:
        words = _with_media(voice, line.text, line.media)
        return voice.say("case.line_girl", at=at, mark=mark, text=words)
    if line.arrived is False:
        mark = f"{mark} {voice.label('case.mark_not_delivered')}".strip()
    who = called.get(line.author_id, voice.label("case.a_coordinator"))
    return voice.say("case.line_staff", who=who, at=at, mark=mark, text=line.text)


def _with_media(voice: Voice, text: str, media: str | None) -> str:
    """Return her words, and in words what she sent that is none."""
    if media is None:
        return text
    what, number = read_sign(media)
    sent = voice.label(f"sent.{what}", number="" if number is None else voice.number(number))
    return "\n".join(filter(None, (text, sent)))


def _pages(voice: Voice, talk: Talk) -> tuple[tuple[Button, ...], ...]:
    ways = []
    if talk.page > 0:
        ways.append(voice.button("case.older", READ(talk.case.id, talk.page - 1)))
    if talk.page < talk.pages - 1:
        ways.append(voice.button("case.newer", READ(talk.case.id, talk.page + 1)))
    return (tuple(ways),) if ways else ()


def to_staff(voice: Voice, carried: Carried) -> Screen:
    """Return what she wrote, for the coordinator who has her case."""
    key = "case.corrected_to_staff" if carried.corrected else "case.note_to_staff"
    number = carried.case.id
    return Screen(
        voice.say(
            key, case=voice.number(number), text=_with_media(voice, carried.text, carried.media)
        ),
        (
            (
                voice.button("case.reply", WRITE(number)),
                voice.button("case.open", CASE(number)),
            ),
        ),
    )


def taken_over_screen(voice: Voice, case_id: int) -> Screen:
    """Return that a colleague has taken a case over from a coordinator who did not write."""
    return Screen(
        voice.say("case.taken_over", case=voice.number(case_id)),
        ((voice.button("back.desk", DESK()),),),
    )


def silent_screen(voice: Voice, case_id: int, minutes: int) -> Screen:
    """Return the reminder that a girl waits for a word of who has her case."""
    return Screen(
        voice.say("case.silent", case=voice.number(case_id), n=voice.number(minutes)),
        (
            (voice.button("case.write", WRITE(case_id)),),
            (voice.button("inbox.give", GIVE(case_id, None)),),
        ),
    )


def alert_silent_screen(voice: Voice, case_id: int, *, erased: bool) -> Screen:
    """Return the call to take over a case in which its coordinator does not write."""
    return Screen(
        paragraphs(
            voice.say("case.alert_silent", case=voice.number(case_id)),
            voice.say("case.state_erased") if erased else "",
        ),
        ((voice.button("case.acknowledge", CASE(case_id)),),),
    )


def closing_screen(voice: Voice, case_id: int) -> Screen:
    """Return the question how a case ended; nothing is closed before it is answered."""
    outcomes = tuple((voice.button(f"outcome.{one}", CLOSE_AS(case_id, one)),) for one in CHOSEN)
    return Screen(
        voice.say("case.close_how", case=voice.number(case_id)),
        (*outcomes, (voice.button("case.keep_open", CASE(case_id)),)),
    )


def closed_screen(voice: Voice, case: CaseFile, outcome: Outcome, days: int) -> Screen:
    """Return that a case is closed, what becomes of the words, and how to take that back."""
    key = "case.closed_mistake" if outcome is Outcome.MISTAKE else "case.closed"
    key = "case.closed_erased" if case.erased else key
    return Screen(
        voice.say(
            key,
            case=voice.number(case.id),
            outcome=voice.label(f"outcome.{outcome}"),
            days=voice.number(days),
        ),
        (
            (voice.button("case.reopen", REOPEN(case.id)),),
            (voice.button("back.desk", DESK()),),
        ),
    )


def doubt_screen(voice: Voice, case_id: int, reason: str) -> Screen:
    """Return the question whether words that look like something are to be sent.

    A name and a greeting alone are like the words of a stranger who comes near.
    """
    hint = voice.say("case.looks_close") if reason == "closeness" else ""
    return Screen(
        paragraphs(voice.say("case.looks_like", why=voice.label(f"why.{reason}")), hint),
        (
            (voice.button("case.send_all_the_same", SEND(case_id)),),
            (voice.button("case.change", WRITE(case_id)),),
        ),
    )


def typed_screen(voice: Voice, case_id: int, text: str) -> Screen:
    """Return the question whether what a coordinator has just typed is for the girl."""
    return Screen(
        voice.say("case.for_her", case=voice.number(case_id), text=text[:_LONGEST_QUOTE]),
        (
            (voice.button("case.send_typed", SEND_TYPED(case_id)),),
            (voice.button("case.not_for_her", CASE(case_id)),),
        ),
    )


def not_sent_screen(voice: Voice, case_id: int, who: str | None) -> Screen:
    """Return that what a coordinator typed went to nobody: another has the case, or it is gone."""
    number = voice.number(case_id)
    text = (
        voice.say("case.not_sent_given", case=number, who=who)
        if who
        else voice.say("case.not_sent_gone", case=number)
    )
    return Screen(text, ((voice.button("back.desk", DESK()),),))


def sent_screen(voice: Voice, case_id: int, *, reachable: bool) -> Screen:
    """Return that a coordinator's words are on their way, or that she cannot be reached."""
    return Screen(
        voice.say("case.sent" if reachable else "case.not_reachable"),
        ((voice.button("case.open", CASE(case_id)), voice.button("back.desk", DESK())),),
    )
