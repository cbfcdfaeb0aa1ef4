"""A student's side: asking for a mentor, one small step at a time, and seeing where it stands."""

from bot.language.words import shorten
from bot.mentoring import guardians, introductions, mentors
from bot.mentoring.introductions import Wish
from bot.mentoring.policy import Policy
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction, Mentee, Mentor
from bot.people.staff import Role
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering import ask
from handlers.mentoring import mentors as mentors_side
from handlers.mentoring.screens import field_screen

HOPES = ("day", "path", "afraid")


def welcome_screen(voice: Voice) -> Screen:
    """Return what mentoring is, and the two doors: to ask, and to volunteer."""
    return Screen(
        voice.say("intro.welcome"),
        (
            (voice.button("intro.start", "intro:start"),),
            (voice.button("intro.safety", "intro:safety"),),
            (voice.button("intro.volunteer", "ment:apply"),),
            (voice.button("back.home", "go:home"),),
        ),
    )


def age_screen(voice: Voice) -> Screen:
    """Return the question for an age band, before anything personal."""
    rows = tuple((voice.button(f"age.{band}", f"intro:age:{band}"),) for band in guardians.BANDS)
    return Screen(voice.say("intro.age"), rows)


def mentors_screen(voice: Voice, found: list[Mentor], where: dict[str, str]) -> Screen:
    """Return up to three mentors by first name and story; never a list to browse."""
    lines = [
        voice.say(
            "intro.mentor",
            name=mentor.first_name,
            place=where.get(mentor.province or "", voice.label("place.online")),
            story=mentor.story,
        )
        for mentor in found
    ]
    return Screen(
        paragraphs(voice.say("intro.mentors"), *lines),
        (
            *(
                (Button(f"🌷 {mentor.first_name}", f"intro:mentor:{mentor.person_id}"),)
                for mentor in found
            ),
            (voice.button("intro.any_mentor", "intro:mentor:any"),),
            (voice.button("intro.other_field", "intro:fields:0"),),
        ),
    )


def hope_screen(voice: Voice) -> Screen:
    """Return the question what she hopes to learn, with examples to tap."""
    rows = tuple((voice.button(f"hope.{name}", f"intro:hope:{name}"),) for name in HOPES)
    return Screen(voice.say("intro.hope"), rows)


def assent_screen(voice: Voice, hope: str) -> Screen:
    """Return the rules in plain words, to agree to or not."""
    return Screen(
        paragraphs(voice.say("intro.hope_read", hope=hope), voice.say("intro.assent")),
        (
            (voice.button("intro.agree", "intro:agree"),),
            (voice.button("intro.change_hope", "intro:rewrite"),),
            (voice.button("intro.not_now", "go:home"),),
        ),
    )


def status_screen(voice: Voice, row: Introduction, mentor: str, field: str, until: str, *,
                  guardian: bool) -> Screen:  # fmt: skip
    """Return where her wish stands, for how long at most, and what she can do."""
    number, state = row.id, State(row.state)
    rows: list[tuple[Button, ...]] = []
    if state is State.REQUESTED and guardian:
        rows.append((voice.button("intro.guardian", "intro:guardian"),))
    if state is State.ACCEPTED:
        rows.append((voice.button("intro.begin", f"intro:begin:{number}"),))
    if state is State.ACTIVE:
        rows.append((voice.button("talk.write", f"talk:write:{number}"),))
    if state is State.PAUSED and row.paused_by == row.student_id:
        rows.append((voice.button("talk.resume", f"talk:resume:{number}"),))
    if state is State.ACTIVE:
        rows.append((voice.button("talk.report", f"talk:report:{number}"),
                     voice.button("talk.pause", f"talk:pause:{number}")))  # fmt: skip
    if state in (State.ACTIVE, State.PAUSED):
        rows.append((voice.button("talk.end", f"talk:end:{number}"),))
    if state in (State.REQUESTED, State.APPROVED, State.OFFERED, State.ACCEPTED):
        rows.append((voice.button("intro.cancel", f"intro:cancel:{number}"),))
    return Screen(
        paragraphs(
            voice.say("intro.status", field=field),
            voice.say(f"state.{state}", mentor=mentor, until=until),
            voice.say("intro.guardian_needed") if guardian and state is State.REQUESTED else "",
        ),
        (*rows, (voice.button("intro.safety", "intro:safety"),
                 voice.button("back.home", "go:home"))),
    )  # fmt: skip


async def home(turn: Turn, _argument: str) -> None:
    """Show a mentor her side, a student where her wish stands, anybody else the welcome."""
    row = await introductions.open_of_student(turn.session, turn.person.id)
    if row is not None:
        await _status(turn, row)
        return
    mentor = await mentors.find(turn.session, turn.person.id)
    role = await mentors.role(turn.session, turn.person.id, turn.coordinators)
    if role is Role.MENTOR or (mentor is not None and mentor.state != "draft"):
        await mentors_side.home(turn, "")
        return
    await turn.show(welcome_screen(turn.voice))


async def _status(turn: Turn, row: Introduction) -> None:
    voice, services = turn.voice, turn.services
    policy = Policy.of(services.settings)
    mentor = await mentors.find(turn.session, row.mentor_id or 0)
    student = await guardians.mentee(turn.session, row.student_id)
    needs = guardians.needs_guardian(student, policy) and policy.consent != "school"
    waits = needs and await guardians.consent_of(turn.session, row.student_id) is None
    ends = {
        State.OFFERED: row.since_utc + policy.offer_lasts,
        State.ACTIVE: row.ends_at_utc,
        State.PAUSED: row.ends_at_utc,
    }.get(State(row.state), row.since_utc + policy.request_lasts)
    until = voice.moment(ends, services.settings.zone) if ends else ""
    await turn.show(
        status_screen(
            voice, row, (mentor.first_name if mentor else "") or voice.label("news.a_mentor"),
            _field_name(turn, row.field), until, guardian=waits,
        )
    )  # fmt: skip


def _field_name(turn: Turn, field_id: str) -> str:
    field = turn.services.content.field.get(field_id)
    return field.label.get(turn.tongue) if field else field_id


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of asking."""
    what, _, value = argument.partition(":")
    if what == "home":
        await home(turn, "")
    elif what == "safety":
        back = turn.voice.button("back.topic", "intro:home")
        await turn.show(Screen(turn.voice.say("intro.safety_text"), ((back,),)))
    elif what in _STEPS:
        await _STEPS[what](turn, value)
    else:
        raise StaleError


async def start(turn: Turn, value: str) -> None:
    """Begin to ask, from the menu or from a field or career (`field:career`)."""
    if await introductions.open_of_student(turn.session, turn.person.id) is not None:
        await home(turn, "")
        return
    row = await guardians.mentee(turn.session, turn.person.id)
    field, _, career = value.partition(":")
    row.draft = {}
    if field in turn.services.content.field:
        row.draft = {"field": field, "career": career or None}
    await _ask_next(turn, row)


async def _ask_next(turn: Turn, row: Mentee) -> None:
    """Show the next question that is still open, or the rules when all are answered."""
    draft = row.draft or {}
    if row.age_band is None:
        await turn.show(age_screen(turn.voice))
    elif row.age_band == "young":
        await turn.show(_too_young(turn.voice))
    elif "field" not in draft:
        await turn.show(field_screen(turn.voice, turn.services.content.fields, 0, "intro:field"))
    elif "mentor" not in draft:
        await _propose(turn, draft["field"])
    elif row.alias is None:
        turn.conversation.awaiting = {"for": "alias"}
        await turn.show(Screen(turn.voice.say("intro.alias")))
    elif "hope" not in draft:
        turn.conversation.awaiting = {"for": "hope"}
        await turn.show(hope_screen(turn.voice))
    else:
        await turn.show(assent_screen(turn.voice, draft["hope"]))


def _too_young(voice: Voice) -> Screen:
    return Screen(
        voice.say("intro.young"),
        (
            (voice.button("home.topics", "topics:0"),),
            (voice.button("home.help", "care:help"), voice.button("back.home", "go:home")),
        ),
    )


async def _propose(turn: Turn, field: str) -> None:
    found = await introductions.fitting(
        turn.session, turn.person.id, field, turn.tongue, turn.person.province, turn.now
    )
    if not found:
        screen = Screen(
            turn.voice.say("intro.nobody", field=_field_name(turn, field)),
            (
                (turn.voice.button("intro.other_field", "intro:fields:0"),),
                (turn.voice.button("back.home", "go:home"),),
            ),
        )
        await turn.show(screen)
        return
    where = {p.id: p.label.get(turn.tongue) for p in turn.services.content.provinces}
    await turn.show(mentors_screen(turn.voice, found[: introductions.PROPOSED], where))


async def _age(turn: Turn, value: str) -> None:
    row = await guardians.tell_age(turn.session, turn.person.id, value)
    await _ask_next(turn, row)


async def _fields(turn: Turn, value: str) -> None:
    page = int(value) if value.isdecimal() and len(value) < 4 else 0
    await turn.show(field_screen(turn.voice, turn.services.content.fields, page, "intro:field"))


async def _draft(turn: Turn, name: str, value: object) -> None:
    row = await guardians.mentee(turn.session, turn.person.id)
    row.draft = {**(row.draft or {}), name: value}
    await _ask_next(turn, row)


async def _field(turn: Turn, value: str) -> None:
    if value not in turn.services.content.field:
        raise StaleError
    row = await guardians.mentee(turn.session, turn.person.id)
    row.draft = {k: v for k, v in (row.draft or {}).items() if k not in ("mentor", "field")}
    await _draft(turn, "field", value)


async def _mentor(turn: Turn, value: str) -> None:
    chosen = int(value) if value.isdecimal() and len(value) < 16 else None
    await _draft(turn, "mentor", chosen)


async def _hope(turn: Turn, value: str) -> None:
    if value in HOPES:
        await _draft(turn, "hope", turn.voice.label(f"hope.{value}"))
    else:
        raise StaleError


async def _rewrite(turn: Turn, _value: str) -> None:
    turn.conversation.awaiting = {"for": "hope"}
    await turn.show(hope_screen(turn.voice))


async def named(turn: Turn, text: str) -> None:
    """Take the first name by which she wants to be called."""
    name = mentors.first_name(text)
    if name is None:
        await turn.show(Screen(turn.voice.say("intro.alias_again")))
        return
    turn.conversation.awaiting = None
    row = await guardians.mentee(turn.session, turn.person.id)
    row.alias = name
    await _ask_next(turn, row)


async def hoped(turn: Turn, text: str) -> None:
    """Take what she hopes to learn, with nothing in it by which she could be reached."""
    if (fault := introductions.hope_fault(text)) is not None:
        await turn.show(Screen(turn.voice.say(f"hope_fault.{fault}")))
        return
    turn.conversation.awaiting = None
    await _draft(turn, "hope", shorten(text, introductions.LONGEST_HOPE))


async def _agree(turn: Turn, _value: str) -> None:
    session, now = turn.session, turn.now
    policy = Policy.of(turn.services.settings)
    row = await guardians.mentee(session, turn.person.id)
    draft = row.draft or {}
    if not {"field", "mentor", "hope"} <= draft.keys() or row.alias is None:
        await _ask_next(turn, row)
        return
    row.assent_version, row.assented_at_utc = guardians.ASSENT_VERSION, now
    wish = Wish(draft["field"], turn.tongue, turn.person.province, draft["hope"], draft["mentor"],
                draft.get("career"))  # fmt: skip
    made = await introductions.request(session, turn.person.id, wish, policy, now)
    if made is None:
        await _propose(turn, draft["field"])
        return
    row.draft = None
    await _status(turn, made)
    waits = guardians.needs_guardian(row, policy) and policy.consent != "school"
    if waits and await guardians.consent_of(session, turn.person.id) is None:
        await _guardian(turn, "")


async def _guardian(turn: Turn, _value: str) -> None:
    """Give her the message to pass on to her guardian."""
    if await introductions.open_of_student(turn.session, turn.person.id) is None:
        raise StaleError
    consent = await guardians.invite(turn.session, turn.person.id, turn.now)
    link = f"https://t.me/{turn.services.bot_username}?start=guardian_{consent.token}"
    await turn.show(Screen(turn.voice.say("intro.for_guardian")), new_message=True)
    await turn.show(Screen(turn.voice.say("intro.link", link=Html(link))), new_message=True)


async def wished(turn: Turn) -> bool:
    """Offer a mentor to who wants to talk with “a programmer”; whether that was all she wrote.

    When her words also have an answer in the library, she gets both.
    """
    wish = turn.services.wish_for.look(turn.heard.text)
    if wish is None:
        return False
    verdict = turn.services.answerer.consider(turn.heard.text, safe=True)
    if verdict.decision == "answer":
        await ask.question(turn, turn.heard.text)
    field = f":{wish.kind}" if wish.kind in turn.services.content.field else ""
    voice = turn.voice_for(verdict.language)
    await turn.show(
        Screen(
            voice.say("intro.wished"),
            (
                (voice.button("intro.start", f"intro:start{field}"),),
                (voice.button("intro.safety", "intro:safety"),),
            ),
        ),
        new_message=True,
    )
    return True


async def _begin(turn: Turn, value: str) -> None:
    number, policy = _number(value), Policy.of(turn.services.settings)
    done = await introductions.begin(turn.session, turn.person.id, number, policy, turn.now)
    row = await introductions.for_student(turn.session, turn.person.id, number)
    if done:
        await _status(turn, row)
        return
    await turn.show(Screen(turn.voice.say("intro.cannot_begin")))


async def _cancel(turn: Turn, value: str) -> None:
    policy = Policy.of(turn.services.settings)
    done = await introductions.withdraw(
        turn.session, turn.person.id, _number(value), policy, turn.now
    )
    voice = turn.voice
    home_ = voice.button("back.home", "go:home")
    await turn.show(Screen(voice.say("intro.cancelled" if done else "talk.cannot"), ((home_,),)))


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 12 else 0


_STEPS = {
    "start": start, "age": _age, "fields": _fields, "field": _field, "mentor": _mentor,
    "hope": _hope, "rewrite": _rewrite, "agree": _agree, "guardian": _guardian, "begin": _begin,
    "cancel": _cancel,
}  # fmt: skip
