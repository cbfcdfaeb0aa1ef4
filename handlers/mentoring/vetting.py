"""Coordinators vet mentors: a checklist with where each proof is kept, and a second signature."""

from bot.mentoring import introductions, mentors
from bot.mentoring.mentors import AuditLine, Mentor, MentorCheck, Renewal
from bot.mentoring.states import MentorState
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.mentoring.awaiting import Evidence
from handlers.mentoring.mentor_screens import profile_values
from handlers.mentoring.taps import (
    DESK,
    VET_APPROVE,
    VET_CHECK,
    VET_LIST,
    VET_MENTOR,
    VET_RECHECK,
    VET_REFUSE,
    VET_REMOVE,
    VET_RENEW,
    VET_RETURN,
    VET_STORY,
    VET_SUSPEND,
)

LISTED = (
    MentorState.APPLIED,
    MentorState.CHECKED,
    MentorState.APPROVED,
    MentorState.LAPSED,
    MentorState.SUSPENDED,
)
# what a coordinator can do, by where vetting stands
ACTIONS: dict[MentorState, dict[str, Tap]] = {
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


def list_screen(voice: Voice, found: list[Mentor]) -> Screen:
    """Return the mentors, those who wait for something first."""
    labels = [
        (f"{m.first_name or m.person_id} · {voice.label(f'vetting_short.{m.state}')}", m.person_id)
        for m in found[:8]
    ]
    rows = [(Button(label, VET_MENTOR(person_id)),) for label, person_id in labels]
    text = voice.say("vet.list" if found else "vet.nobody", count=voice.number(len(found)))
    return Screen(text, (*rows, (voice.button("back.desk", DESK()),)))


def mentor_screen(
    voice: Voice,
    mentor: Mentor,
    values: dict[str, str],
    done: dict[str, MentorCheck],
    lines: list[AuditLine],
    until: str,
) -> Screen:
    """Return one mentor: profile, checklist, who did what, and what can be done."""
    number, state = mentor.person_id, mentor.state
    checklist = "\n".join(
        voice.say(
            "vet.item" if item not in done else "vet.item_done",
            item=voice.label(f"check.{item}"),
            evidence=done[item].evidence if item in done else "",
            by=done[item].checked_by if item in done else "",
        )
        for item in mentors.CHECKLIST
    )
    rows: list[tuple[Button, ...]] = []
    if state is MentorState.APPLIED:
        rows += [
            (voice.button(f"check.{item}", VET_CHECK(number, item)),)
            for item in mentors.CHECKLIST
            if item not in done
        ]
    if mentor.story_waiting:
        fine = voice.button("vet.story_yes", VET_STORY(number, True))
        rows.append((fine, voice.button("vet.story_no", VET_STORY(number, False))))
    actions = ACTIONS.get(state, {})
    rows.append(tuple(voice.button(label, tap(number)) for label, tap in actions.items()))
    history = "\n".join(
        voice.say("vet.line", at=f"{line.at_utc:%d.%m.%y}", who=line.actor_id, what=line.action)
        for line in lines[:5]
    )
    return Screen(
        paragraphs(
            voice.say("mentor.profile_text", **values),
            voice.say("vet.state", state=voice.label(f"vetting_short.{state}"), until=until),
            voice.say("vet.new_story", story=mentor.story_waiting) if mentor.story_waiting else "",
            Html(checklist),
            Html(history),
        ),
        (*rows, (voice.button("back.desk", VET_LIST()),)),
    )


async def listed(turn: Turn) -> None:
    """Show the mentors, those who wait for something first."""
    found = await mentors.in_states(turn.actor, *LISTED)
    order = {state: place for place, state in enumerate(LISTED)}
    found.sort(key=lambda m: (m.story_waiting is None and order[m.state], order[m.state]))
    await turn.show(list_screen(turn.voice, found))


async def show(turn: Turn, mentor_id: int) -> None:
    """Show one mentor."""
    mentor = await mentors.seen(turn.actor, mentor_id)
    lines = await mentors.history(turn.actor, mentor_id)
    done = await mentors.checks(turn.session, mentor_id)
    until = mentor.clearance_until_utc
    shown = turn.voice.day(until.astimezone(turn.services.settings.zone)) if until else "–"
    values = profile_values(turn.voice, turn.services.content, mentor)
    await turn.show(mentor_screen(turn.voice, mentor, values, done, lines, shown))


async def check(turn: Turn, mentor_id: int, item: str) -> None:
    """Ask where the proof of an item is kept."""
    turn.expect(Evidence(mentor_id, item))
    text = turn.voice.say("vet.evidence", item=turn.voice.label(f"check.{item}"))
    await turn.show(Screen(text), new_message=True)


async def evidence(turn: Turn, asked: Evidence, text: str) -> None:
    """Tick an item, with where the proof is kept."""
    _leads_back(turn, asked.mentor)
    await mentors.check(turn.actor, asked.mentor, asked.item, text)
    turn.expect(None)
    await show(turn, asked.mentor)


async def read_story(turn: Turn, mentor_id: int, allow: bool) -> None:
    """Let students see a new story, or drop it."""
    _leads_back(turn, mentor_id)
    await mentors.read_story(turn.actor, mentor_id, allow=allow)
    await show(turn, mentor_id)


async def approve(turn: Turn, mentor_id: int) -> None:
    """Sign as the second person."""
    _leads_back(turn, mentor_id)
    await mentors.approve(turn.actor, mentor_id, turn.services.policy)
    await show(turn, mentor_id)


async def renew(turn: Turn, mentor_id: int) -> None:
    """Renew her clearance, as the first or the second of two."""
    _leads_back(turn, mentor_id)
    renewal = await mentors.renew(turn.actor, mentor_id, turn.services.policy)
    key = {Renewal.BEGUN: "vet.renew_first", Renewal.DONE: "vet.renewed"}[renewal]
    turn.toast = turn.voice.label(key)
    await show(turn, mentor_id)


async def refuse(turn: Turn, mentor_id: int) -> None:
    """Say not now to one who applied."""
    await _decide(turn, mentor_id, "refuse")


async def suspend(turn: Turn, mentor_id: int) -> None:
    """Suspend a mentor at once."""
    await _decide(turn, mentor_id, "suspend")


async def recheck(turn: Turn, mentor_id: int) -> None:
    """Begin the checklist anew."""
    await _decide(turn, mentor_id, "recheck")


async def remove(turn: Turn, mentor_id: int) -> None:
    """Retire a mentor."""
    await _decide(turn, mentor_id, "remove")


async def take_back(turn: Turn, mentor_id: int) -> None:
    """Take back one who had left; she is checked like anybody."""
    await _decide(turn, mentor_id, "return")


async def _decide(turn: Turn, mentor_id: int, name: str) -> None:
    _leads_back(turn, mentor_id)
    await mentors.decide(turn.actor, mentor_id, name)
    await introductions.let_go(turn.actor, mentor_id, turn.services.policy, ending=True)
    await show(turn, mentor_id)


def _leads_back(turn: Turn, mentor_id: int) -> None:
    """Let a refusal lead back to the mentor."""
    turn.way_back = ("back.desk", VET_MENTOR(mentor_id))
