"""Coordinators vet mentors: a checklist with where each proof is kept, and a second signature.

They know a mentor by the name of her row: her Telegram id stands on no button and in no text.
"""

from dataclasses import replace

from bot.mentoring import introductions, mentors, oversight, records, vetting
from bot.mentoring.mentors import Mentor
from bot.mentoring.states import MentorState
from bot.mentoring.vetting import Renewal
from bot.people import staff
from bot.rights import May
from bot.screens.paging import Page
from bot.screens.screen import Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.turn import Turn
from handlers.desk.colleagues import mentor_name
from handlers.doors import VET_MENTOR
from handlers.mentoring.awaiting import Evidence
from handlers.mentoring.mentor_screens import profile_values
from handlers.mentoring.oversight_screens import lines_text
from handlers.mentoring.taps import VET_CHECKLIST, VET_SURE, VET_UNCHECK
from handlers.mentoring.vetting_screens import (
    checklist_screen,
    history_screen,
    list_screen,
    mentor_screen,
    reports_screen,
)

A_PAGE = 5
LISTED = (
    MentorState.FROZEN,
    MentorState.APPLIED,
    MentorState.CHECKED,
    MentorState.APPROVED,
    MentorState.LAPSED,
    MentorState.SUSPENDED,
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
            seat=replace(turn.actor, id=mentor.person_id).seat,
            checked_herself=mentor.checked_by == turn.person.id,
        )
    )


async def checklist(turn: Turn, name: str) -> None:
    """Show what is checked of one who applied, and what is still to be."""
    await _checklist(turn, await _mentor(turn, name))


async def _checklist(turn: Turn, mentor: Mentor) -> None:
    await vetting.seen(turn.actor, mentor.person_id)
    done = await vetting.checks(turn.session, mentor.person_id)
    known = await staff.aliases(turn.session)
    await turn.show(checklist_screen(turn.voice, mentor, done, known))


async def check(turn: Turn, name: str, item: str) -> None:
    """Ask where the proof of an item is kept."""
    turn.expect(Evidence(name, item))
    text = turn.voice.say("vet.evidence", item=turn.voice.label(f"check.{item}"))
    back = (turn.voice.button("back.desk", VET_CHECKLIST(name)),)
    await turn.show(Screen(text, (back,)), new_message=True)


async def uncheck(turn: Turn, name: str, item: str, sure: bool) -> None:
    """Take back an item that was ticked, once she is sure."""
    mentor, voice = await _mentor(turn, name), turn.voice
    await vetting.seen(turn.actor, mentor.person_id)
    if not sure:
        keep, yes = VET_CHECKLIST(name), VET_UNCHECK(name, item, True)
        what = voice.label(f"check.{item}")
        await turn.show(sure_screen(voice, "vet.uncheck", keep, yes, item=what))
        return
    await vetting.uncheck(turn.actor, mentor.person_id, item)
    await _checklist(turn, mentor)


async def evidence(turn: Turn, asked: Evidence, text: str) -> None:
    """Tick an item, with where the proof is kept."""
    mentor = await _mentor(turn, asked.mentor)
    await vetting.check(turn.actor, mentor.person_id, asked.item, text)
    turn.expect(None)
    if mentor.state is MentorState.APPLIED:
        await _checklist(turn, mentor)
    else:
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
    """Ask whether to let a mentor write again."""
    await _ask(turn, name, "let_write")


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
    to, sure = VET_MENTOR(name), VET_SURE(name, move)
    await turn.show(sure_screen(voice, f"vet.{move}", to, sure, mentor=mentor_name(voice, mentor)))


async def sure(turn: Turn, name: str, move: str) -> None:
    """Do what was asked first: refuse, suspend, check anew, retire, let write, or clear."""
    if move == "let_write":
        mentor = await _mentor(turn, name)
        await vetting.let_write(turn.actor, mentor.person_id)
        await _show(turn, mentor)
        return
    if move != "clear":
        await _decide(turn, name, move)
        return
    mentor = await _mentor(turn, name)
    await vetting.decide(turn.actor, mentor.person_id, move)
    turn.toast = turn.voice.label("vet.cleared")
    await listed(turn, 0)
