"""A student's side: asking for a mentor, one small step at a time, and seeing where it stands."""

from dataclasses import replace

from bot.mentoring import guardians, introductions, mentors, waiting, wishes
from bot.mentoring.guardians import Mentee
from bot.mentoring.introductions import Introduction
from bot.mentoring.mentors import Mentor
from bot.mentoring.moves import IntroductionMove
from bot.mentoring.states import MentorState, State, Who
from bot.people import ages
from bot.people.staff import Role
from bot.refusals import StaleError
from bot.screens.screen import Address, Button, Html, Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers.taps import CAREER, KEEP_PLANNED, LET_PLANNED_GO, PLAN
from handlers.desk.colleagues import mentor_name
from handlers.doors import (
    MENTOR_WISH,
    MENTORING,
    MENTORING_SAFETY,
    homewards,
)
from handlers.mentoring import mentors as mentors_side
from handlers.mentoring import notices
from handlers.mentoring.awaiting import FirstName, Hope
from handlers.mentoring.screens import field_name, field_screen
from handlers.mentoring.taps import (
    AGREE,
    BEGIN,
    CANCEL,
    CANCEL_SURE,
    CONSENT,
    FIELD,
    FIELDS,
    GO_ON,
    HOPE,
    HOPES,
    MENTOR,
    MENTOR_APPLY,
    NOT_NOW,
    RENAME,
    REWRITE_HOPE,
    SEND_TO_GUARDIAN,
    TALK_END,
    TALK_PAUSE,
    TALK_REPORT,
    TALK_RESUME,
    TALK_WRITE,
    WAITING,
)
from handlers.mentoring.waiting import show_nobody
from handlers.mentoring.with_guardian import (
    guardian_waits,
    link_of,
    send_to_guardian,
    share_button,
)


def welcome_screen(voice: Voice, *, waits: bool, of_family: bool = False) -> Screen:
    """Return what mentoring is, and the two doors: to ask, and to volunteer.

    Who `waits` for a field is led to her waiting list. A guardian asks for nobody, and finds what
    she agreed to.
    """
    waiting_list = ((voice.button("wait.mine", WAITING()),),) if waits else ()
    first = voice.button("intro.start", MENTOR_WISH(None, None))
    if of_family:
        first = voice.button("news.guardian", CONSENT(0))
    return Screen(
        voice.say("intro.welcome"),
        (
            (first,),
            *waiting_list,
            (voice.button("intro.safety", MENTORING_SAFETY()),),
            (voice.button("intro.volunteer", MENTOR_APPLY()),),
            homewards(voice),
        ),
    )


def mentors_screen(voice: Voice, found: list[Mentor], where: dict[str, str]) -> Screen:
    """Return up to three mentors by first name and story; never a list to browse."""
    lines = [
        voice.say(
            "intro.mentor",
            name=mentor_name(voice, mentor),
            place=where.get(mentor.province or "", voice.label("place.online")),
            story=mentor.story,
        )
        for mentor in found
    ]
    return Screen(
        paragraphs(voice.say("intro.mentors"), *lines),
        (
            *(
                (Button(f"🌷 {mentor_name(voice, mentor)}", MENTOR(mentor.public_id)),)
                for mentor in found
            ),
            (voice.button("intro.any_mentor", MENTOR(None)),),
            homewards(voice, voice.button("intro.other_field", FIELDS(0))),
        ),
    )


def hope_screen(voice: Voice) -> Screen:
    """Return the question what she hopes to learn, with examples to tap."""
    rows = tuple((voice.button(f"hope.{name}", HOPE(name)),) for name in HOPES)
    back = voice.button("back.topic", RENAME())
    return Screen(voice.say("intro.hope"), (*rows, homewards(voice, back)))


def assent_screen(voice: Voice, hope: str) -> Screen:
    """Return the rules in plain words, to agree to or not."""
    return Screen(
        paragraphs(voice.say("intro.hope_read", hope=hope), voice.say("intro.assent")),
        (
            (voice.button("intro.agree", AGREE()),),
            (voice.button("intro.change_hope", REWRITE_HOPE()),),
            (voice.button("intro.not_now", NOT_NOW()),),
        ),
    )


def status_screen(
    voice: Voice,
    row: Introduction,
    mentor: str,
    field: str,
    until: str,
    *,
    link: Address | None,
    wished: str | None = None,
) -> Screen:
    """Return where her wish stands, for how long at most, and what she can do.

    `link` is the invitation of a guardian who has to agree yet, `wished` whom she asked to meet.
    """
    number, state = row.id, row.state
    rows: list[tuple[Button, ...]] = []
    if link is not None:
        rows.append((share_button(voice, link),))
        rows.append((voice.button("intro.guardian", SEND_TO_GUARDIAN()),))
    if state is State.ACCEPTED:
        rows.append((voice.button("intro.begin", BEGIN(number)),))
    if state is State.ACTIVE:
        rows.append((voice.button("talk.write", TALK_WRITE(number)),))
    if state is State.PAUSED and row.paused_by == row.student_id:
        rows.append((voice.button("talk.resume", TALK_RESUME(number)),))
    if state is State.ACTIVE:
        report = voice.button("talk.report", TALK_REPORT(number))
        rows.append((report, voice.button("talk.pause", TALK_PAUSE(number))))
    if state in (State.ACTIVE, State.PAUSED):
        rows.append((voice.button("talk.end", TALK_END(number)),))
    if state in (State.REQUESTED, State.APPROVED, State.OFFERED, State.ACCEPTED):
        rows.append((voice.button("intro.cancel", CANCEL(number)),))
    safety = voice.button("intro.safety", MENTORING_SAFETY())
    return Screen(
        paragraphs(
            voice.say("intro.status_wished", field=field, mentor=wished)
            if wished
            else voice.say("intro.status", field=field),
            voice.say(f"state.{state}", mentor=mentor, until=until),
            voice.say("intro.guardian_needed") if link is not None else "",
        ),
        (*rows, homewards(voice, safety)),
    )


async def home(turn: Turn, _argument: str = "") -> None:
    """Show a mentor her side, a student where her wish stands, anybody else the welcome."""
    row = await introductions.open_of_student(turn.session, turn.person.id)
    if row is not None:
        await _status(turn, row)
        return
    mentor = await mentors.find(turn.session, turn.person.id)
    if mentor is not None and mentor.state is not MentorState.DRAFT:
        await mentors_side.home(turn)
        return
    waits = bool(await waiting.fields_of(turn.session, turn.person.id))
    of_family = turn.role in (Role.GUARDIAN, Role.INVITED)
    screen = welcome_screen(turn.voice, waits=waits, of_family=of_family)
    if (stopped := await introductions.last_stopped(turn.actor)) is not None:
        screen = replace(screen, text=_why_stopped(turn, *stopped))
    await turn.show(screen)


def _why_stopped(turn: Turn, row: Introduction, move: IntroductionMove) -> Html:
    """Return what became of her last wish, why, and what she can do next."""
    voice, content = turn.voice, turn.services.content
    field = field_name(voice, content, row.field)
    if move.who is Who.STUDENT:
        why = voice.say("intro.cancelled")
    else:
        key = notices.key_of(move, row)
        mentor = voice.label("news.a_mentor")
        why = voice.say(f"news.{key}.student", field=field, mentor=mentor)
    return paragraphs(voice.say("intro.status_last", field=field), why, voice.say("intro.next"))


async def _status(turn: Turn, row: Introduction) -> Address | None:
    """Show where her wish stands; return the link for a guardian who has to agree yet."""
    voice, services, policy = turn.voice, turn.services, turn.services.policy
    mentor = await mentors.find(turn.session, row.mentor_id or 0)
    name = mentor_name(voice, mentor)
    ends = {
        State.OFFERED: row.since_utc + policy.offer_lasts,
        State.ACTIVE: row.ends_at_utc,
        State.PAUSED: row.ends_at_utc,
    }.get(row.state, row.since_utc + policy.request_lasts)
    until = voice.moment(ends, services.settings.zone) if ends else ""
    field = field_name(voice, services.content, row.field)
    waits = row.state is State.REQUESTED and await guardian_waits(turn, row.student_id)
    link = await link_of(turn) if waits else None
    hers = await mentors.find(turn.session, row.wished_mentor_id or 0)
    # Whom she asks for can be another in the end: then that one is named, in what follows.
    asked = hers is not None and row.mentor_id in (None, hers.person_id)
    wished = mentor_name(voice, hers) if asked else None
    await turn.show(status_screen(voice, row, name, field, until, link=link, wished=wished))
    return link


async def safety(turn: Turn) -> None:
    """Show how mentoring is kept safe."""
    back = turn.voice.button("back.topic", MENTORING())
    await turn.show(Screen(turn.voice.say("intro.safety_text"), (homewards(turn.voice, back),)))


async def start(turn: Turn, field: str | None, career: str | None) -> None:
    """Begin to ask, from the menu or from a field and a career."""
    if await introductions.open_of_student(turn.session, turn.person.id) is not None:
        await home(turn)
        return
    known = field if field in turn.services.content.field else None
    if career is not None and career in turn.services.content.careers:
        turn.way_back = _way_to(turn, career)
    await _ask_next(turn, await wishes.begin(turn.actor, known, career), first=True)


def _way_to(turn: Turn, career: str) -> tuple[str, Data]:
    """Return the way back to the work that she comes from: its plan, if she tapped there."""
    shown = {pressed for _, pressed in turn.conversation.buttons}
    of_plan = (KEEP_PLANNED(career, turn.tongue), LET_PLANNED_GO(career, turn.tongue))
    if shown.intersection(of_plan):
        return "back.plan", PLAN(career, turn.tongue)
    return "back.career", CAREER(career, turn.tongue)


async def _ask_next(turn: Turn, row: Mentee, *, first: bool = False) -> None:
    """Show the next question that is still open, or the rules when all are answered.

    With the `first` she hears that a guardian has to agree, where that is so.
    """
    question, draft = wishes.next_question(row), row.draft or {}
    if first and await guardian_waits(turn, turn.person.id):
        turn.aside = Screen(turn.voice.say("intro.guardian_first"))
    if question == "field":
        await fields(turn, 0)
    elif question == "mentor":
        await _propose(turn, draft["field"])
    elif question == "alias":
        await _ask_name(turn, draft.get("field"))
    elif question == "hope":
        await rewrite_hope(turn)
    else:
        await turn.show(assent_screen(turn.voice, draft["hope"]))


async def _ask_name(turn: Turn, field: str | None) -> None:
    """Ask by which first name she wants to be called; back leads to the mentors of the field."""
    turn.expect(FirstName())
    to = FIELD(field) if field else FIELDS(0)
    back = turn.voice.button("back.topic", to)
    await turn.show(Screen(turn.voice.say("intro.alias"), (homewards(turn.voice, back),)))


async def rename(turn: Turn) -> None:
    """Ask once more by which first name she wants to be called."""
    row = await guardians.mentee(turn.session, turn.person.id)
    await _ask_name(turn, (row.draft or {}).get("field"))


async def not_now(turn: Turn) -> None:
    """Put the form by, and say that nothing was asked for and how she goes on."""
    voice = turn.voice
    go_on = voice.button("intro.go_on", GO_ON())
    await turn.show(Screen(voice.say("intro.put_by"), ((go_on,), homewards(voice))))


async def go_on(turn: Turn) -> None:
    """Go on with the form where she put it by."""
    if await introductions.open_of_student(turn.session, turn.person.id) is not None:
        await home(turn)
        return
    await ages.require(turn.actor)
    await _ask_next(turn, await guardians.mentee(turn.session, turn.person.id))


async def _propose(turn: Turn, field: str) -> None:
    voice, content = turn.voice, turn.services.content
    found = await introductions.fitting(
        turn.session, turn.person.id, field, turn.tongue, turn.person.province, turn.now
    )
    if not found:
        await show_nobody(turn, field)
        return
    where = {p.id: p.label.get(turn.tongue) for p in content.provinces}
    await turn.show(mentors_screen(voice, found[: introductions.PROPOSED], where))


async def fields(turn: Turn, page: int) -> None:
    """Show the fields to choose from, with a mark where somebody is free."""
    voice, fields = turn.voice, turn.services.content.fields
    free = await introductions.free_fields(turn.session, turn.person.id, turn.now)
    back = voice.button("back.topic", MENTORING())
    screen = field_screen(voice, fields, page, FIELD, FIELDS, back=back, free=free)
    await turn.show(screen)


async def choose_field(turn: Turn, field: str) -> None:
    """Keep the field that she would like to hear about."""
    if field not in turn.services.content.field:
        raise StaleError
    await _ask_next(turn, await wishes.choose_field(turn.actor, field))


async def choose_mentor(turn: Turn, mentor: str | None) -> None:
    """Keep whom she would like to meet."""
    await _ask_next(turn, await wishes.choose_mentor(turn.actor, mentor))


async def choose_hope(turn: Turn, hope: str) -> None:
    """Keep one of the hopes that she can tap."""
    await _ask_next(turn, await wishes.hope(turn.actor, turn.voice.label(f"hope.{hope}")))


async def rewrite_hope(turn: Turn) -> None:
    """Ask what she hopes to learn."""
    turn.expect(Hope())
    await turn.show(hope_screen(turn.voice))


async def named(turn: Turn, _asked: FirstName, text: str) -> None:
    """Take the first name by which she wants to be called."""
    row = await wishes.call_her(turn.actor, text)
    turn.expect(None)
    await _ask_next(turn, row)


async def hoped(turn: Turn, _asked: Hope, text: str) -> None:
    """Take what she hopes to learn."""
    row = await wishes.hope(turn.actor, text)
    turn.expect(None)
    await _ask_next(turn, row)


async def agree(turn: Turn) -> None:
    """Ask for the introduction: she has read the rules and agrees."""
    row = await guardians.mentee(turn.session, turn.person.id)
    if not wishes.is_whole(row):
        await _ask_next(turn, row)
        return
    wish = await wishes.wish_of(turn.session, row, turn.tongue, turn.person.province)
    made = await introductions.request(turn.actor, wish, turn.services.policy, agrees=True)
    if made is None:
        await _propose(turn, wish.field)
        return
    if await _status(turn, made) is not None:
        await send_to_guardian(turn)


async def begin(turn: Turn, number: int) -> None:
    """Begin the talk."""
    await _status(turn, await introductions.begin(turn.actor, number, turn.services.policy))


async def cancel(turn: Turn, number: int) -> None:
    """Ask whether she takes her wish back: who waits for her answer is let go."""
    await introductions.for_student(turn.actor, number)
    keep, yes = MENTORING(), CANCEL_SURE(number)
    await turn.show(sure_screen(turn.voice, "intro.cancel", keep, yes))


async def cancel_sure(turn: Turn, number: int) -> None:
    """Take her wish back."""
    await introductions.withdraw(turn.actor, number, turn.services.policy)
    await turn.show(Screen(turn.voice.say("intro.cancelled"), (homewards(turn.voice),)))
