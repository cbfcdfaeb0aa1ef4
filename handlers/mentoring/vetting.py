"""Coordinators vet mentors: a checklist with where each proof is kept, and a second signature."""

from bot.mentoring import introductions, mentors
from bot.mentoring.policy import Policy
from bot.mentoring.states import MentorState
from bot.mentoring.tables import Mentor, MentorCheck
from bot.people.staff import require_coordinator
from bot.people.tables import AuditLine
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.mentoring.mentors import profile_values

LISTED = ("applied", "checked", "approved", "lapsed", "suspended")
# what a coordinator can do, by where vetting stands
ACTIONS = {
    MentorState.APPLIED: ("refuse", "remove"),
    MentorState.CHECKED: ("approve", "refuse"),
    MentorState.APPROVED: ("renew", "suspend", "remove"),
    MentorState.SUSPENDED: ("recheck", "remove"),
    MentorState.LAPSED: ("recheck", "remove"),
    MentorState.REFUSED: ("recheck",),
    MentorState.RETIRED: ("return",),
}


def list_screen(voice: Voice, found: list[Mentor]) -> Screen:
    """Return the mentors, those who wait for something first."""
    labels = [
        (f"{m.first_name or m.person_id} · {voice.label(f'vetting_short.{m.state}')}", m.person_id)
        for m in found[:8]
    ]
    rows = [(Button(label, f"vet:mentor:{person_id}"),) for label, person_id in labels]
    text = voice.say("vet.list" if found else "vet.nobody", count=voice.number(len(found)))
    return Screen(text, (*rows, (voice.button("back.desk", "over:home"),)))


def mentor_screen(
    voice: Voice,
    mentor: Mentor,
    values: dict[str, str],
    done: dict[str, MentorCheck],
    lines: list[AuditLine],
    until: str,
) -> Screen:
    """Return one mentor: profile, checklist, who did what, and what can be done."""
    number, state = mentor.person_id, MentorState(mentor.state)
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
            (voice.button(f"check.{item}", f"vet:check:{number}:{item}"),)
            for item in mentors.CHECKLIST
            if item not in done
        ]
    if mentor.story_waiting:
        rows.append((voice.button("vet.story_yes", f"vet:story:{number}:y"),
                     voice.button("vet.story_no", f"vet:story:{number}:n")))  # fmt: skip
    rows.append(tuple(voice.button(f"vet.{name}", f"vet:{name}:{number}")
                      for name in ACTIONS.get(state, ())))  # fmt: skip
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
        (*rows, (voice.button("back.desk", "vet:list"),)),
    )


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of vetting."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, rest = argument.partition(":")
    number, _, value = rest.partition(":")
    mentor_id = int(number) if number.isdecimal() and len(number) < 16 else 0
    if what == "list":
        found = await mentors.in_states(turn.session, turn.person.id, turn.coordinators, *LISTED)
        order = {state: place for place, state in enumerate(LISTED)}
        found.sort(key=lambda m: (m.story_waiting is None and order[m.state], order[m.state]))
        await turn.show(list_screen(turn.voice, found))
    elif what == "mentor":
        await _show(turn, mentor_id)
    elif what == "check" and value in mentors.CHECKLIST:
        turn.conversation.awaiting = {"for": "evidence", "mentor": mentor_id, "item": value}
        text = turn.voice.say("vet.evidence", item=turn.voice.label(f"check.{value}"))
        await turn.show(Screen(text), new_message=True)
    elif what == "story":
        await mentors.read_story(
            turn.session, turn.person.id, turn.coordinators, mentor_id, turn.now,
            allow=value == "y",
        )  # fmt: skip
        await _show(turn, mentor_id)
    else:
        await _decide(turn, what, mentor_id)


async def _show(turn: Turn, mentor_id: int) -> None:
    mentor = await mentors.find(turn.session, mentor_id)
    if mentor is None or mentor.state == MentorState.DRAFT:
        raise StaleError
    lines = await mentors.history(turn.session, turn.person.id, turn.coordinators, mentor_id)
    done = await mentors.checks(turn.session, mentor_id)
    until = mentor.clearance_until_utc
    shown = turn.voice.day(until.astimezone(turn.services.settings.zone)) if until else "–"
    values = profile_values(turn, mentor)
    await turn.show(mentor_screen(turn.voice, mentor, values, done, lines, shown))


async def evidence(turn: Turn, text: str) -> None:
    """Tick an item, with where the proof is kept."""
    awaiting = turn.conversation.awaiting or {}
    mentor_id, item = int(awaiting["mentor"]), str(awaiting["item"])
    done = await mentors.check(
        turn.session, turn.person.id, turn.coordinators, mentor_id, item, text, turn.now
    )
    if not done and len(text.strip()) < 3:
        await turn.show(Screen(turn.voice.say("vet.evidence_short")))
        return
    turn.conversation.awaiting = None
    await _show(turn, mentor_id)


async def _decide(turn: Turn, what: str, mentor_id: int) -> None:
    session, actor, staff = turn.session, turn.person.id, turn.coordinators
    policy = Policy.of(turn.services.settings)
    if what == "approve":
        done = await mentors.approve(session, actor, staff, mentor_id, policy, turn.now)
        turn.toast = None if done else turn.voice.label("vet.second_person")
    elif what == "renew":
        renewed = await mentors.renew(session, actor, staff, mentor_id, policy, turn.now)
        key = {None: "vet.renew_first", False: "vet.second_person", True: "vet.renewed"}[renewed]
        turn.toast = turn.voice.label(key)
    elif await mentors.decide(session, actor, staff, mentor_id, what, turn.now):
        await introductions.let_go(session, mentor_id, staff, policy, turn.now, ending=True)
    else:
        turn.toast = turn.voice.label("stale.toast")
    await _show(turn, mentor_id)
