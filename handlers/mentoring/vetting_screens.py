"""The screens of vetting: the list of mentors, one mentor, what was reported and done."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from bot.language.words import shorten
from bot.mentoring import vetting
from bot.mentoring.mentors import Mentor
from bot.mentoring.records import Record, Report
from bot.mentoring.states import MentorState
from bot.mentoring.vetting import HISTORY_PAGE, AuditLine, MentorCheck
from bot.rights import Seat
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from handlers.desk.colleagues import Aliases, called_by_id, mentor_name
from handlers.doors import INTRODUCTION, VET_MENTOR
from handlers.mentoring.taps import (
    DESK,
    VET_APPROVE,
    VET_CHECK,
    VET_CHECKLIST,
    VET_CLEAR,
    VET_HISTORY,
    VET_LET_WRITE,
    VET_LIFT,
    VET_LIST,
    VET_RECHECK,
    VET_REFUSE,
    VET_REMOVE,
    VET_RENEW,
    VET_REPORTS,
    VET_RETURN,
    VET_STORY,
    VET_SUSPEND,
    VET_TRIES,
    VET_UNCHECK,
)

REPORTS_SHOWN = 5
# what a coordinator can do, by where vetting stands
ACTIONS: dict[MentorState, dict[str, Tap]] = {
    MentorState.FROZEN: {"vet.suspend": VET_SUSPEND, "vet.clear": VET_CLEAR},
    MentorState.APPLIED: {"vet.refuse": VET_REFUSE, "vet.remove": VET_REMOVE},
    MentorState.CHECKED: {"vet.approve": VET_APPROVE, "vet.refuse": VET_REFUSE},
    MentorState.APPROVED: {
        "vet.renew": VET_RENEW,
        "vet.suspend": VET_SUSPEND,
        "vet.remove": VET_REMOVE,
    },
    MentorState.SUSPENDED: {"vet.recheck": VET_RECHECK, "vet.remove": VET_REMOVE},
    MentorState.LAPSED: {"vet.recheck": VET_RECHECK, "vet.remove": VET_REMOVE},
    MentorState.REFUSED: {"vet.recheck": VET_RECHECK},
    MentorState.RETIRED: {"vet.return": VET_RETURN},
}


def list_screen(voice: Voice, shown: Page[Mentor], total: int, marked: AbstractSet[int]) -> Screen:
    """Return a page of the mentors, with a mark on those against whom something is known."""
    buttons = [
        (Button(_title(voice, m, m.person_id in marked), VET_MENTOR(m.public_id)),)
        for m in shown.items
    ]
    text = paragraphs(
        voice.say("vet.list" if total else "vet.nobody", count=voice.number(total)),
        voice.say("vet.list_marked") if marked else "",
    )
    back = voice.button("back.desk", DESK())
    return Screen(text, (*buttons, (*shown.ways(voice, VET_LIST), back)))


def _title(voice: Voice, mentor: Mentor, marked: bool) -> str:
    mark = ("✋ " if mentor.quiet_since_utc else "") + ("⚠️ " if marked else "")
    title = f"{mark}{mentor_name(voice, mentor)} · {voice.label(f'vetting_short.{mentor.state}')}"
    return shorten(title, LONGEST_LABEL)


def mentor_screen(
    voice: Voice,
    mentor: Mentor,
    values: dict[str, str],
    done: dict[str, MentorCheck],
    lines: list[AuditLine],
    record: Record,
    known: Aliases,
    until: str,
    now: datetime,
    *,
    lines_in_all: int,
    seat: Seat | None,
    checked_herself: bool,
) -> Screen:
    """Return one mentor: profile, reports, checklist, who did what, and what can be done."""
    name, state = mentor.public_id, mentor.state
    rows: list[tuple[Button, ...]] = []
    if record.reports or record.stopped:
        rows.append((voice.button("vet.known", VET_REPORTS(name, 0)),))
    if mentor.quiet_since_utc is not None and state is not MentorState.FROZEN:
        rows.append((voice.button("vet.let_write", VET_LET_WRITE(name)),))
    if state in (MentorState.APPLIED, MentorState.CHECKED):
        rows.append((voice.button("vet.checklist", VET_CHECKLIST(name)),))
    if mentor.story_waiting:
        fine = voice.button("vet.story_yes", VET_STORY(name, True))
        rows.append((fine, voice.button("vet.story_no", VET_STORY(name, False))))
    if mentor.barred_since_utc is not None:
        rows.append((voice.button("vet.lift", VET_LIFT(name)),))
    actions = dict(ACTIONS.get(state, {}))
    # Who went through the checklist does not sign.
    signs_not = state is MentorState.CHECKED and checked_herself
    if signs_not:
        actions.pop("vet.approve", None)
    rows.append(tuple(voice.button(label, tap(name)) for label, tap in actions.items()))
    if lines_in_all > len(lines):
        total = voice.number(lines_in_all)
        rows.append((voice.button("vet.all_lines", VET_HISTORY(name, 0), n=total),))
    return Screen(
        paragraphs(
            voice.say("mentor.profile_text", **values),
            voice.say("vet.state", state=voice.label(f"vetting_short.{state}"), until=until),
            _against(voice, mentor, record, now),
            voice.say("vet.at_desk", seat=voice.label(f"seat.{seat}")) if seat else "",
            voice.say("vet.new_story", story=mentor.story_waiting) if mentor.story_waiting else "",
            voice.say("vet.second_person") if signs_not else "",
            _checklist_text(voice, done, known),
            _history_text(voice, mentor, lines, known),
        ),
        (*rows, (voice.button("back.desk", VET_LIST.again()),)),
    )


def checklist_screen(
    voice: Voice, mentor: Mentor, done: dict[str, MentorCheck], known: Aliases
) -> Screen:
    """Return the checklist, with a button to check each item or to take that back."""
    name = mentor.public_id
    return Screen(
        paragraphs(
            voice.say("vet.checklist_text", mentor=mentor_name(voice, mentor)),
            _checklist_text(voice, done, known),
        ),
        (
            *(
                (
                    voice.button(
                        "vet.uncheck",
                        VET_UNCHECK(name, item, False),
                        item=voice.label(f"check.{item}"),
                    )
                    if item in done
                    else voice.button(f"check.{item}", VET_CHECK(name, item)),
                )
                for item in vetting.CHECKLIST
            ),
            (voice.button("back.desk", VET_MENTOR(name)),),
        ),
    )


def _checklist_text(voice: Voice, done: dict[str, MentorCheck], known: Aliases) -> Html:
    return Html(
        "\n".join(
            voice.say(
                "vet.item" if item not in done else "vet.item_done",
                item=voice.label(f"check.{item}"),
                evidence=done[item].evidence if item in done else "",
                by=called_by_id(voice, known, done[item].checked_by) if item in done else "",
            )
            for item in vetting.CHECKLIST
        )
    )


def _report_rows(voice: Voice, reports: Sequence[Report]) -> list[tuple[Button, ...]]:
    numbers = dict.fromkeys(report.talk.id for report in reports)
    return [
        (voice.button("vet.report", INTRODUCTION(one), number=voice.number(one)),)
        for one in numbers
    ]


def _history_text(
    voice: Voice, mentor: Mentor, lines: Sequence[AuditLine], known: Aliases
) -> Html:
    return Html(
        "\n".join(
            voice.say(
                "vet.line",
                at=f"{line.at_utc:%d.%m.%y}",
                who=_who(voice, known, mentor, line),
                what=voice.label_or(f"audit.action.{line.action}", line.action),
            )
            for line in lines
        )
    )


def reports_screen(voice: Voice, mentor: Mentor, record: Record, number: int) -> Screen:
    """Return a page of the reports about a mentor, newest first."""
    name, page = mentor.public_id, Page.of(record.reports, number, REPORTS_SHOWN)
    back = voice.button("back.desk", VET_MENTOR(name))
    stopped = ((voice.button("vet.tries", VET_TRIES(name)),),) if record.stopped else ()
    return Screen(
        paragraphs(
            voice.say("vet.reports", count=voice.number(record.talks)),
            _reports_text(voice, page.items),
            voice.say("vet.stopped", count=voice.number(record.stopped)) if stopped else "",
        ),
        (
            *_report_rows(voice, page.items),
            *stopped,
            (*page.ways(voice, lambda other: VET_REPORTS(name, other)), back),
        ),
    )


def history_screen(
    voice: Voice,
    mentor: Mentor,
    lines: Sequence[AuditLine],
    known: Aliases,
    number: int,
    total: int,
) -> Screen:
    """Return a page of who did what to a mentor, newest first."""
    name, page = mentor.public_id, Page(tuple(lines), number, pages_of(total, HISTORY_PAGE))
    back = voice.button("back.desk", VET_MENTOR(name))
    return Screen(
        paragraphs(
            voice.say("vet.history", count=voice.number(total)),
            _history_text(voice, mentor, page.items, known),
        ),
        ((*page.ways(voice, lambda other: VET_HISTORY(name, other)), back),),
    )


def _who(voice: Voice, known: Aliases, mentor: Mentor, line: AuditLine) -> str:
    if line.actor_id == mentor.person_id:
        return mentor_name(voice, mentor)
    if line.actor_id in known:
        return called_by_id(voice, known, line.actor_id)
    return voice.label("vet.the_bot")


def _against(voice: Voice, mentor: Mentor, record: Record, now: datetime) -> Html:
    """Return what is known against a mentor: that she is kept from writing, reports, tries."""
    lines = []
    if mentor.erased_at_utc is not None:
        lines.append(voice.say("vet.erased", since=voice.since(mentor.erased_at_utc, now)))
    if mentor.quiet_since_utc is not None:
        lines.append(voice.say("vet.quiet", since=voice.since(mentor.quiet_since_utc, now)))
    if mentor.barred_since_utc is not None:
        lines.append(voice.say("vet.barred"))
    if record.tries:
        lines.append(voice.say("vet.tried", count=voice.number(record.tries)))
    if record.stopped:
        lines.append(voice.say("vet.stopped", count=voice.number(record.stopped)))
    if record.reports:
        lines.append(voice.say("vet.reports", count=voice.number(record.talks)))
    return Html("\n".join([*lines, _reports_text(voice, record.reports[:REPORTS_SHOWN])]))


def _reports_text(voice: Voice, reports: Sequence[Report]) -> Html:
    return Html(
        "\n".join(
            voice.say(
                "vet.report_taken_back" if report.taken_back else "vet.report_line",
                number=voice.number(report.talk.id),
                side=voice.label(f"reported_by.{report.side}"),
                why=voice.label(f"report_short.{report.reason or 'none'}"),
                state=voice.label(f"mentor_state.{report.talk.state}"),
            )
            for report in reports
        )
    )
