"""What a mentor sees of her form, her profile and her girls: pure pictures."""

from collections.abc import Sequence

from bot.content import Content
from bot.content.lists import Province
from bot.mentoring import mentors
from bot.mentoring.introductions import Introduction
from bot.mentoring.mentors import Mentor
from bot.mentoring.states import MentorState, State
from bot.screens.paging import Page
from bot.screens.screen import Button, Html, Screen, in_rows, paragraphs
from bot.screens.voice import Voice
from handlers.desk.colleagues import mentor_name
from handlers.doors import LIBRARY, MORE, homewards
from handlers.mentoring.screens import field_name
from handlers.mentoring.taps import (
    ACCEPT_CODE,
    CODE,
    COME_BACK,
    EDIT,
    FORM_PROVINCE,
    FORM_PROVINCES,
    GIRL,
    MENTOR_HOME,
    OFFER_ACCEPT,
    OFFER_DECLINE,
    PROFILE,
    REST,
    RETIRE,
    SEND_FORM,
    TALK_END,
    TALK_PAUSE,
    TALK_REPORT,
    TALK_RESUME,
    TALK_WORRY,
    TALK_WRITE,
    WRITE_DESK,
)

PROVINCES_A_PAGE = GIRLS_A_PAGE = 5
GIRLS_AT_HOME = 3
# instead of a province, and instead of one language
ONLINE, EVERY_LANGUAGE = "online", "both"


def home_screen(
    voice: Voice,
    mentor: Mentor,
    girls: Page[Introduction],
    names: list[str],
    *,
    until: str,
    erased: str,
) -> Screen:
    """Return where she stands, and a page of her girls."""
    buttons: list[tuple[Button, ...]] = [
        _girl(voice, row, name) for row, name in zip(girls.items, names, strict=True)
    ]
    buttons.append(girls.ways(voice, MENTOR_HOME))
    approved = mentor.state is MentorState.APPROVED
    if approved:
        buttons.append((_rests(voice, mentor), voice.button("mentor.profile", PROFILE())))
    if mentor.state in (MentorState.APPLIED, MentorState.CHECKED):
        buttons.append((voice.button("mentor.take_back", RETIRE()),))
    if mentors.may_apply_again(mentor):
        buttons.append((voice.button("mentor.apply_again", SEND_FORM()),))
    buttons.append((voice.button("mentor.write_desk", WRITE_DESK()),))
    buttons.append(homewards(voice, voice.button("mentor.code", CODE(0))))
    withdrawn = mentor.state is MentorState.RETIRED and mentor.approved_at_utc is None
    state = "withdrawn" if withdrawn else mentor.state
    return Screen(
        paragraphs(
            voice.say(f"vetting_state.{state}", until=until, since=erased),
            voice.say("mentor.resting") if mentor.paused and approved else "",
            voice.say("closed.quiet") if mentor.quiet_since_utc and approved else "",
        ),
        tuple(buttons),
    )


def her_home_screen(
    voice: Voice, mentor: Mentor, girls: Sequence[tuple[Introduction, str]]
) -> Screen:
    """Return home for a mentor: who waits for her first, her talks, her settings, the library."""
    offered = sum(row.state is State.OFFERED for row, _ in girls)
    first = sorted(girls, key=lambda girl: girl[0].state is not State.OFFERED)
    rows = [_girl(voice, row, name) for row, name in first[:GIRLS_AT_HOME]]
    if len(girls) > GIRLS_AT_HOME:
        n = voice.number(len(girls))
        rows.append((voice.button("home.girls", MENTOR_HOME(0), n=n),))
    else:
        rows.append((voice.button("mentor.code", CODE(0)),))
    return Screen(
        paragraphs(
            voice.say("home.mentor", name=mentor_name(voice, mentor)),
            voice.say("home.offered", n=voice.number(offered)) if offered else "",
            "" if girls else voice.say("home.no_girls"),
            voice.say("mentor.resting") if mentor.paused else "",
            voice.say("closed.quiet") if mentor.quiet_since_utc else "",
        ),
        (
            *rows,
            (_rests(voice, mentor), voice.button("mentor.profile", PROFILE())),
            (voice.button("home.library", LIBRARY()), voice.button("home.more", MORE())),
        ),
    )


def _girl(voice: Voice, row: Introduction, name: str) -> tuple[Button, ...]:
    state = voice.label(f"mentor_state.{row.state}")
    return (Button(f"💬 {name} · {state}", GIRL(row.id)),)


def _rests(voice: Voice, mentor: Mentor) -> Button:
    if mentor.paused:
        return voice.button("mentor.come_back", COME_BACK())
    return voice.button("mentor.rest", REST())


def profile_screen(voice: Voice, values: dict[str, str], story_waiting: bool) -> Screen:
    """Return her profile with what can be changed."""
    edits = [voice.button(f"form.{name}", EDIT(name)) for name in mentors.CHANGEABLE]
    return Screen(
        paragraphs(
            voice.say("mentor.profile_text", **values),
            voice.say("mentor.story_waiting") if story_waiting else "",
        ),
        (
            *in_rows(edits),
            (
                voice.button("mentor.retire", RETIRE()),
                voice.button("back.topic", MENTOR_HOME(0)),
            ),
        ),
    )


def whole_screen(voice: Voice, values: dict[str, str]) -> Screen:
    """Return a form that is whole, for a last look before it is sent."""
    edits = [voice.button(f"form.{name}", EDIT(name)) for name in mentors.FORM]
    return Screen(
        paragraphs(voice.say("form_whole"), voice.say("mentor.profile_text", **values)),
        (
            (voice.button("mentor.send_form", SEND_FORM()),),
            *in_rows(edits, 3),
            homewards(voice, voice.button("mentor.code", CODE(mentors.CODE_ITEMS - 1))),
        ),
    )


def step_screen(voice: Voice, name: str, screen: Screen) -> Screen:
    """Return a question of a form that is not sent yet, with its place and the way back."""
    place = mentors.FORM.index(name)
    step = voice.say(
        "form_step", place=voice.number(place + 1), count=voice.number(len(mentors.FORM))
    )
    back = () if place == 0 else (voice.button("back.topic", EDIT(mentors.FORM[place - 1])),)
    *rows, last = screen.rows
    return Screen(Html(f"{step} {screen.text}"), (*rows, (*back, *last)))


def code_screen(voice: Voice, item: int, *, accepting: bool) -> Screen:
    """Return one item of the code of conduct; accepted one by one, never all at once.

    The way back is one item, from the first to the last question of the form.
    """
    first = EDIT("story") if accepting else MENTOR_HOME(0)
    back = CODE(item - 2) if item > 1 else first
    rows = []
    if accepting:
        rows.append((voice.button("mentor.i_accept", ACCEPT_CODE(item)),))
    elif item < mentors.CODE_ITEMS:
        rows.append((voice.button("page.next", CODE(item)),))
    return Screen(
        voice.say(
            "mentor.code_item",
            place=voice.number(item),
            count=voice.number(mentors.CODE_ITEMS),
            text=voice.say(f"code.{item}"),
        ),
        (*rows, (voice.button("back.topic", back),)),
    )


def introduction_screen(voice: Voice, row: Introduction, name: str, field: str) -> Screen:
    """Return one of her introductions with what she can do."""
    number, state = row.id, row.state
    rows: list[tuple[Button, ...]] = []
    if state is State.OFFERED:
        rows.append((voice.button("offer.accept", OFFER_ACCEPT(number)),))
        rows.append((voice.button("offer.decline", OFFER_DECLINE(number)),))
    if state is State.ACTIVE:
        report = voice.button("talk.report", TALK_REPORT(number))
        rows.append((voice.button("talk.write", TALK_WRITE(number)),))
        rows.append((report, voice.button("talk.pause", TALK_PAUSE(number))))
    if state is State.PAUSED and row.paused_by == row.mentor_id:
        rows.append((voice.button("talk.resume", TALK_RESUME(number)),))
    if state in (State.ACTIVE, State.PAUSED):
        worry = voice.button("talk.worry_button", TALK_WORRY(number, None))
        rows.append((worry, voice.button("talk.end", TALK_END(number))))
    return Screen(
        voice.say(
            "mentor.introduction",
            name=name,
            field=field,
            hope=row.hope,
            state=voice.label(f"mentor_state.{state}"),
        ),
        (*rows, (voice.button("back.topic", MENTOR_HOME(0)),)),
    )


def choice_screen(voice: Voice, question: str, choices: list[Button]) -> Screen:
    """Return a question of the form with its answers below each other."""
    rows = tuple((choice,) for choice in choices)
    return Screen(voice.say(question), (*rows, homewards(voice)))


def province_screen(voice: Voice, provinces: Sequence[Province], page: int) -> Screen:
    """Return a page of provinces, and the answer of one who works online only."""
    shown = Page.of(provinces, page, PROVINCES_A_PAGE)
    buttons = [Button(p.label.get(voice.tongue), FORM_PROVINCE(p.id)) for p in shown.items]
    return Screen(
        voice.say("form_ask.province"),
        (
            (voice.button("place.online_only", FORM_PROVINCE(ONLINE)),),
            *in_rows(buttons),
            shown.ways(voice, FORM_PROVINCES),
            homewards(voice),
        ),
    )


def profile_values(voice: Voice, content: Content, mentor: Mentor) -> dict[str, str]:
    """Return a mentor's profile in words."""
    places = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    return {
        "name": mentor.first_name or "–",
        "field": field_name(voice, content, mentor.field) if mentor.field else "–",
        "languages": ", ".join(language_name(voice, content, one) for one in mentor.languages),
        "province": places.get(mentor.province or "", voice.label("place.online")),
        "hours": voice.label(f"hours.{mentor.hours}") if mentor.hours else "–",
        "places": voice.number(mentor.places or 0),
        "story": mentor.story or "–",
    }


def language_name(voice: Voice, content: Content, tongue: str) -> str:
    """Return the name of a language, its own where the locales have none."""
    return voice.label_or(f"languages.{tongue}", content.tongues[content.tongue(tongue)].name)
