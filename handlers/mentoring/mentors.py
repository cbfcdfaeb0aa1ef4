"""A mentor's side: the application, the code of conduct item by item, her girls, her profile."""

from datetime import datetime

from bot.mentoring import guardians, introductions, mentors
from bot.mentoring.introductions import Introduction
from bot.mentoring.mentors import Mentor
from bot.mentoring.states import MentorState
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import homewards
from handlers.mentoring.awaiting import FormAnswer
from handlers.mentoring.mentor_screens import (
    EVERY_LANGUAGE,
    GIRLS_A_PAGE,
    ONLINE,
    choice_screen,
    code_screen,
    her_home_screen,
    home_screen,
    introduction_screen,
    language_name,
    profile_screen,
    profile_values,
    province_screen,
    step_screen,
    whole_screen,
)
from handlers.mentoring.screens import field_name, field_screen
from handlers.mentoring.taps import (
    FORM_FIELD,
    FORM_FIELDS,
    FORM_HOURS,
    FORM_LANGUAGES,
    FORM_PLACES,
    MENTOR_HOME,
    OFFER_PASS_ON,
)


async def home(turn: Turn, page: int = 0) -> None:
    """Show a mentor where she stands, with a page of her girls; an unfinished form goes on."""
    mentor = await mentors.begin(turn.session, turn.person.id)
    if mentor.state is MentorState.DRAFT:
        await _ask_next(turn, mentor)
        return
    rows = await introductions.open_of_mentor(turn.session, turn.person.id)
    shown = Page.of(rows, page, GIRLS_A_PAGE)
    names = [await _name(turn, row) for row in shown.items]
    erased = _day(turn, mentor.erased_at_utc)
    screen = home_screen(
        turn.voice, mentor, shown, names, until=until(turn, mentor), erased=erased
    )
    await turn.show(screen)


def until(turn: Turn, mentor: Mentor) -> str:
    """Return the day until which she is cleared, in her words."""
    return _day(turn, mentor.clearance_until_utc)


async def her_home(turn: Turn) -> Screen:
    """Return home for a mentor."""
    mentor = await mentors.begin(turn.session, turn.person.id)
    rows = await introductions.open_of_mentor(turn.session, turn.person.id)
    return her_home_screen(turn.voice, mentor, [(row, await _name(turn, row)) for row in rows])


def _day(turn: Turn, at: datetime | None) -> str:
    return turn.voice.day(at.astimezone(turn.services.settings.zone)) if at else ""


async def _name(turn: Turn, row: Introduction) -> str:
    alias = await guardians.alias_of(turn.session, row.student_id)
    return alias or turn.voice.label("news.a_student")


async def volunteer(turn: Turn) -> None:
    """Begin or go on with the form; not for a girl who asks for a mentor herself."""
    if await introductions.open_of_student(turn.session, turn.person.id) is not None:
        raise StaleError
    await home(turn)


async def _ask_next(turn: Turn, mentor: Mentor) -> None:
    question = mentors.next_question(mentor)
    if question == "code":
        turn.expect(FormAnswer("code"))
        await turn.show(code_screen(turn.voice, mentor.code_accepted + 1, accepting=True))
    elif question is not None:
        await edit(turn, question)
    else:
        values = profile_values(turn.voice, turn.services.content, mentor)
        await turn.show(whole_screen(turn.voice, values))


async def edit(turn: Turn, name: str) -> None:
    """Ask for one field of the form, with buttons where there is a choice."""
    turn.expect(FormAnswer(name))
    voice, question = turn.voice, f"form_ask.{name}"
    if name == "field":
        await fields(turn, 0)
    elif name == "province":
        await provinces(turn, 0)
    elif name == "languages":
        tongues = (*turn.services.content.tongues, EVERY_LANGUAGE)
        choices = [
            Button(language_name(voice, turn.services.content, one), FORM_LANGUAGES(one))
            for one in tongues
        ]
        await _show(turn, name, choice_screen(voice, question, choices))
    elif name == "hours":
        choices = [voice.button(f"hours.{one}", FORM_HOURS(one)) for one in mentors.HOURS]
        await _show(turn, name, choice_screen(voice, question, choices))
    elif name == "places":
        numbers = range(1, mentors.MOST_PLACES + 1)
        row = tuple(Button(voice.number(one), FORM_PLACES(one)) for one in numbers)
        await _show(turn, name, Screen(voice.say(question), (row, homewards(voice))))
    else:
        await _show(turn, name, Screen(voice.say(question), (homewards(voice),)))


async def _show(turn: Turn, name: str, screen: Screen) -> None:
    """Show a question; while the form is not sent, with its place in it and the way back."""
    mentor = await mentors.find(turn.session, turn.person.id)
    draft = mentor is None or mentor.state is MentorState.DRAFT
    await turn.show(step_screen(turn.voice, name, screen) if draft else screen)


async def text_only(turn: Turn) -> None:
    """Say that a question of the form is answered in words; it is asked still."""
    await turn.show(
        Screen(turn.voice.say("form_text_only"), (homewards(turn.voice),)), new_message=True
    )


async def send_form(turn: Turn) -> None:
    """Send the form that she has read once more; or apply again after she left."""
    await mentors.apply(turn.actor)
    await home(turn)


async def fields(turn: Turn, page: int) -> None:
    """Ask for her field of work."""
    turn.expect(FormAnswer("field"))
    voice, fields = turn.voice, turn.services.content.fields
    rows = field_screen(voice, fields, page, FORM_FIELD, FORM_FIELDS).rows
    await _show(turn, "field", Screen(voice.say("form_ask.field"), rows))


async def provinces(turn: Turn, page: int) -> None:
    """Ask where she is."""
    turn.expect(FormAnswer("province"))
    screen = province_screen(turn.voice, turn.services.content.provinces, page)
    await _show(turn, "province", screen)


async def choose_field(turn: Turn, field: str) -> None:
    """Take her field of work."""
    if field not in turn.services.content.field:
        raise StaleError
    await _take(turn, "field", field)


async def choose_province(turn: Turn, province: str) -> None:
    """Take where she is."""
    if province not in (ONLINE, *(p.id for p in turn.services.content.provinces)):
        raise StaleError
    await _take(turn, "province", province)


async def choose_languages(turn: Turn, language: str) -> None:
    """Take the languages in which she can talk."""
    tongues = tuple(turn.services.content.tongues)
    if language not in (*tongues, EVERY_LANGUAGE):
        raise StaleError
    await _take(turn, "languages", " ".join(tongues) if language == EVERY_LANGUAGE else language)


async def choose_hours(turn: Turn, hours: str) -> None:
    """Take when she is free."""
    await _take(turn, "hours", hours)


async def choose_places(turn: Turn, places: int) -> None:
    """Take how many girls she can talk with."""
    await _take(turn, "places", str(places))


async def wrote(turn: Turn, asked: FormAnswer, text: str) -> None:
    """Take a written field of the form; what is chosen with a button is asked for again."""
    if asked.is_tapped:
        turn.aside = Screen(turn.voice.say("form.tap_one"))
        await (home(turn) if asked.field == "code" else edit(turn, asked.field))
        return
    await _take(turn, asked.field, text)


async def _take(turn: Turn, name: str, value: str) -> None:
    mentor = await mentors.fill(turn.actor, name, value)
    turn.expect(None)
    if mentor.state is MentorState.DRAFT:
        await _ask_next(turn, mentor)
    else:
        await profile(turn)


async def profile(turn: Turn) -> None:
    """Show her profile as students see it."""
    mentor = await mentors.find(turn.session, turn.person.id)
    if mentor is None:
        raise StaleError
    values = profile_values(turn.voice, turn.services.content, mentor)
    await turn.show(profile_screen(turn.voice, values, mentor.story_waiting is not None))


async def read_code(turn: Turn, read: int) -> None:
    """Show the item of the code of conduct after those that she has read.

    While she applies it is one that she has accepted, or the next to be accepted.
    """
    mentor = await mentors.find(turn.session, turn.person.id)
    applying = mentor is not None and mentor.state is MentorState.DRAFT
    most = mentor.code_accepted + 1 if mentor is not None and applying else mentors.CODE_ITEMS
    item = min(read + 1, most, mentors.CODE_ITEMS)
    await turn.show(code_screen(turn.voice, item, accepting=applying))


async def accept_code(turn: Turn, item: int) -> None:
    """Accept an item of the code of conduct; of one that she had gone back to, show the next."""
    accepted = await mentors.accept_code(turn.actor, item)
    if item < accepted:
        await read_code(turn, item)
    else:
        await home(turn)


async def rest(turn: Turn) -> None:
    """Take no new girls for a while."""
    await mentors.pause(turn.actor, paused=True)
    await home(turn)


async def come_back(turn: Turn) -> None:
    """Take new girls again."""
    await mentors.pause(turn.actor, paused=False)
    await home(turn)


async def girl(turn: Turn, number: int) -> None:
    """Show one of her introductions."""
    row, voice = await introductions.for_mentor(turn.actor, number), turn.voice
    field = field_name(voice, turn.services.content, row.field)
    await turn.show(introduction_screen(voice, row, await _name(turn, row), field))


async def accept(turn: Turn, number: int) -> None:
    """Accept a girl who is offered to her."""
    await introductions.accept(turn.actor, number, turn.services.policy)
    await turn.show(_answered(turn.voice, "mentor.accepted"))


async def decline(turn: Turn, number: int) -> None:
    """Ask why not, which the girl never sees."""
    rows = tuple(
        (turn.voice.button(f"reason.{reason}", OFFER_PASS_ON(number, reason)),)
        for reason in introductions.REASONS
    )
    await turn.show(Screen(turn.voice.say("mentor.why_not"), rows))


async def pass_on(turn: Turn, number: int, reason: str) -> None:
    """Let the girl pass to the next mentor."""
    await introductions.pass_on(turn.actor, number, reason, turn.services.policy)
    await turn.show(_answered(turn.voice, "mentor.declined"))


def _answered(voice: Voice, key: str) -> Screen:
    return Screen(voice.say(key), ((voice.button("back.topic", MENTOR_HOME(0)),),))
