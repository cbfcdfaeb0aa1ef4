"""A mentor's side: the application, the code of conduct item by item, her girls, her profile."""

from bot.mentoring import guardians, introductions, mentors
from bot.mentoring.policy import Policy
from bot.mentoring.states import MentorState, State
from bot.mentoring.tables import Introduction, Mentor
from bot.screens.paging import page_row
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.mentoring.screens import field_screen

WRITTEN = ("first_name", "story")
PROVINCES_A_PAGE = 12


def home_screen(voice: Voice, mentor: Mentor, rows: list[Introduction], names: list[str], *,
                until: str) -> Screen:  # fmt: skip
    """Return where she stands, and her girls."""
    buttons: list[tuple[Button, ...]] = [
        (Button(f"💬 {name} · {voice.label(f'mentor_state.{row.state}')}",
                f"ment:intro:{row.id}"),)
        for row, name in zip(rows[:4], names, strict=False)
    ]  # fmt: skip
    if mentor.state == MentorState.APPROVED:
        pause = "come_back" if mentor.paused else "rest"
        buttons.append((voice.button(f"mentor.{pause}", f"ment:{pause}"),
                        voice.button("mentor.profile", "ment:profile")))  # fmt: skip
    buttons.append((voice.button("mentor.code", "ment:code:0"),
                    voice.button("back.home", "go:home")))  # fmt: skip
    paused = mentor.paused and mentor.state == MentorState.APPROVED
    return Screen(
        paragraphs(
            voice.say(f"vetting_state.{mentor.state}", until=until),
            voice.say("mentor.resting") if paused else "",
        ),
        tuple(buttons),
    )


def profile_screen(voice: Voice, values: dict[str, str], story_waiting: bool) -> Screen:
    """Return her profile with what can be changed."""
    names = mentors.CHANGEABLE
    return Screen(
        paragraphs(
            voice.say("mentor.profile_text", **values),
            voice.say("mentor.story_waiting") if story_waiting else "",
        ),
        (
            *(
                tuple(voice.button(f"form.{n}", f"ment:edit:{n}") for n in names[i : i + 2])
                for i in range(0, len(names), 2)
            ),
            (
                voice.button("mentor.retire", "ment:retire"),
                voice.button("back.topic", "ment:home"),
            ),
        ),
    )


def code_screen(voice: Voice, item: int, *, accepting: bool) -> Screen:
    """Return one item of the code of conduct; accepted one by one, never all at once."""
    data = f"ment:accept_code:{item}" if accepting else f"ment:code:{item}"
    last = item >= mentors.CODE_ITEMS
    button = (
        voice.button("mentor.i_accept", data) if accepting else voice.button("page.next", data)
    )
    rows = [] if last and not accepting else [(button,)]
    return Screen(
        voice.say("mentor.code_item", place=voice.number(item),
                  count=voice.number(mentors.CODE_ITEMS), text=voice.say(f"code.{item}")),
        (*rows, (voice.button("back.topic", "ment:home"),)),
    )  # fmt: skip


def introduction_screen(voice: Voice, row: Introduction, name: str, field: str) -> Screen:
    """Return one of her introductions with what she can do."""
    number, state = row.id, State(row.state)
    rows: list[tuple[Button, ...]] = []
    if state is State.OFFERED:
        rows += [(voice.button("offer.accept", f"ment:accept:{number}"),),
                 (voice.button("offer.decline", f"ment:decline:{number}"),)]  # fmt: skip
    if state is State.ACTIVE:
        rows += [(voice.button("talk.write", f"talk:write:{number}"),),
                 (voice.button("talk.report", f"talk:report:{number}"),
                  voice.button("talk.pause", f"talk:pause:{number}"))]  # fmt: skip
    if state is State.PAUSED and row.paused_by == row.mentor_id:
        rows.append((voice.button("talk.resume", f"talk:resume:{number}"),))
    if state in (State.ACTIVE, State.PAUSED):
        rows.append((voice.button("talk.worry_button", f"talk:worry:{number}"),
                     voice.button("talk.end", f"talk:end:{number}")))  # fmt: skip
    return Screen(
        voice.say("mentor.introduction", name=name, field=field, hope=row.hope,
                  state=voice.label(f"mentor_state.{state}")),
        (*rows, (voice.button("back.topic", "ment:home"),)),
    )  # fmt: skip


async def home(turn: Turn, _argument: str) -> None:
    """Show a mentor where she stands; an unfinished form goes on."""
    mentor = await mentors.begin(turn.session, turn.person.id)
    if mentor.state == MentorState.DRAFT:
        await _ask_next(turn, mentor)
        return
    rows = await introductions.open_of_mentor(turn.session, turn.person.id)
    names = [await _name(turn, row) for row in rows]
    until = mentor.clearance_until_utc
    shown = turn.voice.day(until.astimezone(turn.services.settings.zone)) if until else ""
    await turn.show(home_screen(turn.voice, mentor, rows, names, until=shown))


async def _name(turn: Turn, row: Introduction) -> str:
    student = await guardians.mentee(turn.session, row.student_id)
    return student.alias or turn.voice.label("news.a_student")


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of a mentor."""
    what, _, value = argument.partition(":")
    if what in _TAPS:
        await _TAPS[what](turn, value)
    else:
        raise StaleError


async def _apply(turn: Turn, _value: str) -> None:
    if await introductions.open_of_student(turn.session, turn.person.id) is not None:
        raise StaleError
    await home(turn, "")


async def _ask_next(turn: Turn, mentor: Mentor) -> None:
    question = mentors.next_question(mentor)
    if question == "code":
        await turn.show(code_screen(turn.voice, mentor.code_accepted + 1, accepting=True))
    elif question is not None:
        await _ask(turn, question)
    else:
        await home(turn, "")


async def _ask(turn: Turn, name: str, page: int = 0) -> None:
    """Ask for one field of the form, with buttons where there is a choice."""
    voice, content = turn.voice, turn.services.content
    text = voice.say(f"form_ask.{name}")
    if name in WRITTEN:
        turn.conversation.awaiting = {"for": "mentor_form", "field": name}
        await turn.show(Screen(text))
    elif name == "field":
        screen = field_screen(voice, content.fields, page, "ment:field")
        await turn.show(Screen(text, screen.rows))
    elif name == "province":
        await turn.show(_province_screen(turn, page))
    else:
        choices = {"languages": tuple(mentors.LANGUAGES), "hours": mentors.HOURS,
                   "places": tuple(str(n) for n in range(1, mentors.MOST_PLACES + 1))}  # fmt: skip
        row = tuple(
            Button(voice.number(int(choice)), f"ment:set:{name}:{choice}")
            if name == "places"
            else voice.button(f"{name}.{choice}", f"ment:set:{name}:{choice}")
            for choice in choices[name]
        )
        await turn.show(Screen(text, (row,) if name == "places" else tuple((b,) for b in row)))


def _province_screen(turn: Turn, page: int) -> Screen:
    voice, provinces = turn.voice, turn.services.content.provinces
    pages = -(-len(provinces) // PROVINCES_A_PAGE)
    page = min(max(page, 0), pages - 1)
    shown = provinces[page * PROVINCES_A_PAGE : (page + 1) * PROVINCES_A_PAGE]
    buttons = [Button(p.label.get(voice.tongue), f"ment:set:province:{p.id}") for p in shown]
    return Screen(
        voice.say("form_ask.province"),
        (
            (voice.button("place.online_only", "ment:set:province:online"),),
            *(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3)),
            page_row(voice, "ment:provinces", page, pages),
        ),
    )


async def _set(turn: Turn, value: str) -> None:
    name, _, chosen = value.partition(":")
    allowed = {
        "field": set(turn.services.content.field),
        "province": {"online", *(p.id for p in turn.services.content.provinces)},
        "languages": set(mentors.LANGUAGES),
        "hours": set(mentors.HOURS),
        "places": {str(n) for n in range(1, mentors.MOST_PLACES + 1)},
    }
    if chosen not in allowed.get(name, set()):
        raise StaleError
    await _take(turn, name, chosen)


async def wrote(turn: Turn, text: str) -> None:
    """Take a written field of the form."""
    await _take(turn, str((turn.conversation.awaiting or {})["field"]), text)


async def _take(turn: Turn, name: str, value: str) -> None:
    fault = await mentors.fill(turn.session, turn.person.id, name, value, turn.now)
    if fault is not None:
        await turn.show(Screen(turn.voice.say(f"form_fault.{fault.why}")))
        return
    turn.conversation.awaiting = None
    mentor = await mentors.begin(turn.session, turn.person.id)
    if mentor.state == MentorState.DRAFT:
        await _ask_next(turn, mentor)
    else:
        await _profile(turn, "")


async def _profile(turn: Turn, _value: str) -> None:
    mentor = await mentors.find(turn.session, turn.person.id)
    if mentor is None:
        raise StaleError
    values = profile_values(turn, mentor)
    await turn.show(profile_screen(turn.voice, values, mentor.story_waiting is not None))


def profile_values(turn: Turn, mentor: Mentor) -> dict[str, str]:
    """Return a mentor's profile in words."""
    voice, content = turn.voice, turn.services.content
    field = content.field.get(mentor.field or "")
    places = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    return {
        "name": mentor.first_name or "–",
        "field": field.label.get(voice.tongue) if field else "–",
        "languages": ", ".join(voice.label(f"languages.{one}") for one in mentor.languages),
        "province": places.get(mentor.province or "", voice.label("place.online")),
        "hours": voice.label(f"hours.{mentor.hours}") if mentor.hours else "–",
        "places": voice.number(mentor.places or 0),
        "story": mentor.story or "–",
    }


async def _edit(turn: Turn, value: str) -> None:
    if value in mentors.CHANGEABLE:
        await _ask(turn, value)
    else:
        raise StaleError


async def _page(turn: Turn, name: str, value: str) -> None:
    await _ask(turn, name, int(value) if value.isdecimal() and len(value) < 4 else 0)


async def _code(turn: Turn, value: str) -> None:
    item = int(value) + 1 if value.isdecimal() and len(value) < 3 else 1
    item = min(item, mentors.CODE_ITEMS)
    await turn.show(code_screen(turn.voice, item, accepting=False))


async def _accept_code(turn: Turn, value: str) -> None:
    item = int(value) if value.isdecimal() and len(value) < 3 else 0
    await mentors.accept_code(turn.session, turn.person.id, item, turn.now)
    await home(turn, "")


async def _rest(turn: Turn, _value: str) -> None:
    await mentors.pause(turn.session, turn.person.id, turn.now, paused=True)
    await home(turn, "")


async def _come_back(turn: Turn, _value: str) -> None:
    await mentors.pause(turn.session, turn.person.id, turn.now, paused=False)
    await home(turn, "")


async def _introduction(turn: Turn, value: str) -> None:
    await show_introduction(turn, _number(value))


async def show_introduction(turn: Turn, number: int) -> None:
    """Show one of her introductions."""
    row = await introductions.for_mentor(turn.session, turn.person.id, number)
    if row is None:
        await turn.show(Screen(turn.voice.say("mentor.passed")))
        return
    field = turn.services.content.field.get(row.field)
    name = field.label.get(turn.tongue) if field else row.field
    await turn.show(introduction_screen(turn.voice, row, await _name(turn, row), name))


async def _accept(turn: Turn, value: str) -> None:
    policy = Policy.of(turn.services.settings)
    done = await introductions.accept(
        turn.session, turn.person.id, _number(value), policy, turn.now
    )
    text = turn.voice.say("mentor.accepted" if done else "mentor.passed")
    await turn.show(Screen(text, ((turn.voice.button("back.topic", "ment:home"),),)))


async def _decline(turn: Turn, value: str) -> None:
    rows = tuple(
        (turn.voice.button(f"reason.{reason}", f"ment:no:{_number(value)}:{reason}"),)
        for reason in introductions.REASONS
    )
    await turn.show(Screen(turn.voice.say("mentor.why_not"), rows))


async def _no(turn: Turn, value: str) -> None:
    number, _, reason = value.partition(":")
    policy = Policy.of(turn.services.settings)
    done = await introductions.pass_on(
        turn.session, turn.person.id, turn.coordinators, _number(number), reason, policy, turn.now
    )
    text = turn.voice.say("mentor.declined" if done else "mentor.passed")
    await turn.show(Screen(text, ((turn.voice.button("back.topic", "ment:home"),),)))


async def _retire(turn: Turn, _value: str) -> None:
    await turn.show(
        Screen(
            turn.voice.say("mentor.retire_sure"),
            (
                (turn.voice.button("mentor.retire_yes", "ment:retire_yes"),),
                (turn.voice.button("talk.keep", "ment:home"),),
            ),
        )
    )


async def _retire_yes(turn: Turn, _value: str) -> None:
    if await mentors.retire(turn.session, turn.person.id, turn.now):
        policy = Policy.of(turn.services.settings)
        await introductions.let_go(
            turn.session, turn.person.id, turn.coordinators, policy, turn.now, ending=True
        )
    await home(turn, "")


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 12 else 0


async def _field_chosen(turn: Turn, value: str) -> None:
    await _set(turn, f"field:{value}")


async def _fields_page(turn: Turn, value: str) -> None:
    await _page(turn, "field", value)


async def _provinces_page(turn: Turn, value: str) -> None:
    await _page(turn, "province", value)


_TAPS = {
    "home": home, "apply": _apply, "set": _set, "field": _field_chosen, "fields": _fields_page,
    "provinces": _provinces_page, "profile": _profile, "edit": _edit, "code": _code,
    "accept_code": _accept_code, "rest": _rest, "come_back": _come_back, "intro": _introduction,
    "accept": _accept, "decline": _decline, "no": _no, "retire": _retire,
    "retire_yes": _retire_yes,
}  # fmt: skip
