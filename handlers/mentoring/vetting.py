"""Coordinators vet mentors: a checklist with where each proof is kept, and a second signature.

They know a mentor by the name of her row: her Telegram id stands on no button and in no text.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from bot.language.words import shorten
from bot.mentoring import introductions, mentors, oversight, records, vetting
from bot.mentoring.mentors import Mentor
from bot.mentoring.records import Record, Report
from bot.mentoring.states import MentorState
from bot.mentoring.vetting import HISTORY_PAGE, AuditLine, MentorCheck, Renewal
from bot.people import staff
from bot.rights import May
from bot.screens.paging import Page, pages_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.colleagues import Aliases, called_by_id
from handlers.doors import VET_MENTOR
from handlers.mentoring.awaiting import Evidence
from handlers.mentoring.mentor_screens import profile_values
from handlers.mentoring.oversight_screens import lines_text, sure_screen
from handlers.mentoring.taps import (
    DESK,
    DESK_SHOW,
    VET_APPROVE,
    VET_CHECK,
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
    VET_SURE,
    VET_SUSPEND,
    VET_TRIES,
)

A_PAGE = 8
REPORTS_SHOWN = 5
LISTED = (
    MentorState.FROZEN,
    MentorState.APPLIED,
    MentorState.CHECKED,
    MentorState.APPROVED,
    MentorState.LAPSED,
    MentorState.SUSPENDED,
)
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
    name = mentor.first_name or voice.label("news.a_mentor")
    title = f"{mark}{name} · {voice.label(f'vetting_short.{mentor.state}')}"
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
    at_desk: bool,
) -> Screen:
    """Return one mentor: profile, reports, checklist, who did what, and what can be done."""
    name, state = mentor.public_id, mentor.state
    checklist = "\n".join(
        voice.say(
            "vet.item" if item not in done else "vet.item_done",
            item=voice.label(f"check.{item}"),
            evidence=done[item].evidence if item in done else "",
            by=called_by_id(voice, known, done[item].checked_by) if item in done else "",
        )
        for item in vetting.CHECKLIST
    )
    rows: list[tuple[Button, ...]] = []
    if record.stopped:
        rows.append((voice.button("vet.tries", VET_TRIES(name)),))
    if mentor.quiet_since_utc is not None and state is not MentorState.FROZEN:
        rows.append((voice.button("vet.let_write", VET_LET_WRITE(name)),))
    reports = record.reports[:REPORTS_SHOWN]
    rows += _report_rows(voice, reports)
    if len(record.reports) > REPORTS_SHOWN:
        total = voice.number(len(record.reports))
        rows.append((voice.button("vet.all_reports", VET_REPORTS(name, 0), n=total),))
    if state is MentorState.APPLIED:
        rows += [
            (voice.button(f"check.{item}", VET_CHECK(name, item)),)
            for item in vetting.CHECKLIST
            if item not in done
        ]
    if mentor.story_waiting:
        fine = voice.button("vet.story_yes", VET_STORY(name, True))
        rows.append((fine, voice.button("vet.story_no", VET_STORY(name, False))))
    if mentor.barred_since_utc is not None:
        rows.append((voice.button("vet.lift", VET_LIFT(name)),))
    actions = ACTIONS.get(state, {})
    rows.append(tuple(voice.button(label, tap(name)) for label, tap in actions.items()))
    if lines_in_all > len(lines):
        total = voice.number(lines_in_all)
        rows.append((voice.button("vet.all_lines", VET_HISTORY(name, 0), n=total),))
    return Screen(
        paragraphs(
            voice.say("mentor.profile_text", **values),
            voice.say("vet.state", state=voice.label(f"vetting_short.{state}"), until=until),
            _against(voice, mentor, record, now),
            voice.say("vet.at_desk") if at_desk else "",
            voice.say("vet.new_story", story=mentor.story_waiting) if mentor.story_waiting else "",
            Html(checklist),
            _history_text(voice, mentor, lines, known),
        ),
        (*rows, (voice.button("back.desk", VET_LIST(0)),)),
    )


def _report_rows(voice: Voice, reports: Sequence[Report]) -> list[tuple[Button, ...]]:
    numbers = [report.talk.id for report in reports]
    return [
        (voice.button("vet.report", DESK_SHOW(one), number=voice.number(one)),) for one in numbers
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
    return Screen(
        paragraphs(
            voice.say("vet.reports", count=voice.number(len(record.reports))),
            _reports_text(voice, page.items),
        ),
        (
            *_report_rows(voice, page.items),
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
        return mentor.first_name or voice.label("news.a_mentor")
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
        lines.append(voice.say("vet.reports", count=voice.number(len(record.reports))))
    return Html("\n".join([*lines, _reports_text(voice, record.reports[:REPORTS_SHOWN])]))


def _reports_text(voice: Voice, reports: Sequence[Report]) -> Html:
    return Html(
        "\n".join(
            voice.say(
                "vet.report_line",
                number=voice.number(report.talk.id),
                side=voice.label(f"reported_by.{report.side}"),
                why=voice.label(f"report_short.{report.talk.report_reason or 'none'}"),
                state=voice.label(f"mentor_state.{report.talk.state}"),
            )
            for report in reports
        )
    )


async def listed(turn: Turn, page: int) -> None:
    """Show a page of the mentors, those who wait for something first."""
    found = await vetting.listed(turn.actor, *LISTED)
    order = {state: place for place, state in enumerate(LISTED)}

    def waits(mentor: Mentor) -> tuple[bool, int]:
        nothing = mentor.story_waiting is None and mentor.quiet_since_utc is None
        return nothing, order.get(mentor.state, len(order))

    shown = Page.of(sorted(found, key=waits), page, A_PAGE)
    marked = await records.marked(turn.actor, shown.items)
    await turn.show(list_screen(turn.voice, shown, len(found), marked))


async def show(turn: Turn, name: str) -> None:
    """Show one mentor."""
    await _show(turn, await _mentor(turn, name))


async def _mentor(turn: Turn, name: str) -> Mentor:
    """Return the mentor of a button, for whoever may see her; a refusal leads back to her."""
    turn.actor.require(May.MENTORS)
    mentor = await mentors.named(turn.session, name)
    turn.way_back = ("back.desk", VET_MENTOR(name))
    return mentor


async def _show(turn: Turn, mentor: Mentor) -> None:
    await vetting.seen(turn.actor, mentor.person_id)
    voice, until = turn.voice, mentor.clearance_until_utc
    shown = voice.day(until.astimezone(turn.services.settings.zone)) if until else "–"
    lines, total = await vetting.history(turn.actor, mentor.person_id)
    await turn.show(
        mentor_screen(
            voice,
            mentor,
            profile_values(voice, turn.services.content, mentor),
            await vetting.checks(turn.session, mentor.person_id),
            lines,
            await records.of(turn.actor, mentor),
            await staff.aliases(turn.session),
            shown,
            turn.now,
            lines_in_all=total,
            at_desk=mentor.person_id in turn.coordinators,
        )
    )


async def check(turn: Turn, name: str, item: str) -> None:
    """Ask where the proof of an item is kept."""
    turn.expect(Evidence(name, item))
    text = turn.voice.say("vet.evidence", item=turn.voice.label(f"check.{item}"))
    await turn.show(Screen(text), new_message=True)


async def evidence(turn: Turn, asked: Evidence, text: str) -> None:
    """Tick an item, with where the proof is kept."""
    mentor = await _mentor(turn, asked.mentor)
    await vetting.check(turn.actor, mentor.person_id, asked.item, text)
    turn.expect(None)
    await _show(turn, mentor)


async def read_story(turn: Turn, name: str, allow: bool) -> None:
    """Let students see a new story, or drop it."""
    mentor = await _mentor(turn, name)
    await vetting.read_story(turn.actor, mentor.person_id, allow=allow)
    await _show(turn, mentor)


async def approve(turn: Turn, name: str) -> None:
    """Sign as the second person."""
    mentor = await _mentor(turn, name)
    await vetting.approve(turn.actor, mentor.person_id, turn.services.policy)
    await _show(turn, mentor)


async def renew(turn: Turn, name: str) -> None:
    """Renew her clearance, as the first or the second of two."""
    mentor = await _mentor(turn, name)
    renewal = await vetting.renew(turn.actor, mentor.person_id, turn.services.policy)
    key = {Renewal.BEGUN: "vet.renew_first", Renewal.DONE: "vet.renewed"}[renewal]
    turn.toast = turn.voice.label(key)
    await _show(turn, mentor)


async def tries(turn: Turn, name: str) -> None:
    """Show what of a mentor was stopped."""
    mentor, voice = await _mentor(turn, name), turn.voice
    lines = await oversight.tried(turn.actor, mentor)
    text = lines_text(voice, lines, turn.services.settings.zone)
    back = voice.button("back.desk", VET_MENTOR(name))
    await turn.show(Screen(paragraphs(voice.say("vet.tries_text"), text), ((back,),)))


async def reports(turn: Turn, name: str, page: int) -> None:
    """Show a page of the reports about a mentor."""
    mentor = await _mentor(turn, name)
    await vetting.seen(turn.actor, mentor.person_id)
    record = await records.of(turn.actor, mentor)
    await turn.show(reports_screen(turn.voice, mentor, record, page))


async def history(turn: Turn, name: str, page: int) -> None:
    """Show a page of who did what to a mentor."""
    mentor = await _mentor(turn, name)
    await vetting.seen(turn.actor, mentor.person_id)
    lines, total = await vetting.history(turn.actor, mentor.person_id, page)
    known = await staff.aliases(turn.session)
    await turn.show(history_screen(turn.voice, mentor, lines, known, page, total))


async def let_write(turn: Turn, name: str) -> None:
    """Let a mentor write again."""
    mentor = await _mentor(turn, name)
    await vetting.let_write(turn.actor, mentor.person_id)
    await _show(turn, mentor)


async def lift(turn: Turn, name: str) -> None:
    """Let one who was suspended follow an invitation to the desk again."""
    mentor = await _mentor(turn, name)
    await vetting.lift(turn.actor, mentor.person_id)
    turn.toast = turn.voice.label("vet.lifted")
    await _show(turn, mentor)


async def refuse(turn: Turn, name: str) -> None:
    """Ask whether to say not now to one who applied."""
    await _ask(turn, name, "refuse")


async def suspend(turn: Turn, name: str) -> None:
    """Ask whether to suspend a mentor, whose talks end at once."""
    await _ask(turn, name, "suspend")


async def recheck(turn: Turn, name: str) -> None:
    """Ask whether to begin the checklist anew, which erases the one there is."""
    await _ask(turn, name, "recheck")


async def remove(turn: Turn, name: str) -> None:
    """Ask whether to retire a mentor."""
    await _ask(turn, name, "remove")


async def take_back(turn: Turn, name: str) -> None:
    """Take back one who had left; she is checked like anybody."""
    await _decide(turn, name, "return")


async def _decide(turn: Turn, name: str, move: str) -> None:
    mentor, policy = await _mentor(turn, name), turn.services.policy
    await vetting.decide(turn.actor, mentor.person_id, move)
    await introductions.let_go(turn.actor, mentor.person_id, policy, ending=True)
    await _show(turn, mentor)


async def clear(turn: Turn, name: str) -> None:
    """Ask whether to erase what was kept of one who erased herself, as nothing was found."""
    await _ask(turn, name, "clear")


async def _ask(turn: Turn, name: str, move: str) -> None:
    mentor, voice = await _mentor(turn, name), turn.voice
    await vetting.seen(turn.actor, mentor.person_id)
    called = mentor.first_name or voice.label("news.a_mentor")
    to, sure = VET_MENTOR(name), VET_SURE(name, move)
    await turn.show(sure_screen(voice, f"vet.{move}", to, sure, mentor=called))


async def sure(turn: Turn, name: str, move: str) -> None:
    """Do what was asked first: refuse, suspend, check anew, retire, or clear and erase."""
    if move != "clear":
        await _decide(turn, name, move)
        return
    mentor = await _mentor(turn, name)
    await vetting.decide(turn.actor, mentor.person_id, move)
    turn.toast = turn.voice.label("vet.cleared")
    await listed(turn, 0)
