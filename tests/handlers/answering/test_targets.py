"""What a target looks like: what was asked of it first, nothing invented, the rest one tap away."""

import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.answering.ranking import Candidate
from bot.answering.targets import targets_of
from bot.careers import directory
from bot.careers.directory import Wish
from bot.content import Content
from bot.content.base import Text
from bot.language.words import utf16_length
from bot.screens.keyboard import keyboard
from bot.screens.screen import LONGEST_LABEL, Screen
from bot.screens.voice import Voice
from handlers import ROUTES, doors
from handlers.answering import of_careers, taps
from handlers.answering.pages import PAGES
from handlers.answering.shown import clarify_screen, lost_screen, screens_for
from handlers.answering.targets import (
    button_of,
    door_of,
    lacks,
    screen_of,
    topic_of,
)
from handlers.careers import taps as career_taps
from tests.handlers.answering.told import target, unsure, verdict

LONGEST_SCREEN, MOST_ROWS, MOST_BUTTONS = 900, 6, 12
ASK_A_PERSON = taps.ASK_A_PERSON()


@pytest.fixture(params=["km", "en"])
def voice(request: pytest.FixtureRequest, content: Content) -> Voice:
    return Voice(content, request.param)


@pytest.fixture
def english(content: Content) -> Voice:
    return Voice(content, "en")


def every_target(content: Content) -> list[Candidate]:
    """Every target that can be shown, with every aspect it may be asked for."""
    aspects: dict[str, list[str]] = {of.kind: [a.id for a in of.aspects] for of in content.aspects}
    return [
        Candidate(t.id, t.kind, 0.9, aspect)
        for t in targets_of(content)
        if t.kind != "outside"
        for aspect in (None, *aspects.get(t.kind, ()))
    ]


def sends(screen: Screen) -> list[str]:
    return [button.data for row in screen.rows for button in row]


def test_every_target_has_a_screen_that_fits_a_phone(voice: Voice, content: Content) -> None:
    for candidate in every_target(content):
        screen = screen_of(voice, content, candidate)
        keyboard(screen.rows)  # raises for callback data over 64 bytes
        assert screen.rows
        if candidate.kind in ("career", "institution", "opportunity"):
            assert len(screen.rows) <= MOST_ROWS + 1, candidate
            # The way home stands on every screen besides.
            assert len(set(sends(screen)) - {doors.HOME()}) <= MOST_BUTTONS, candidate
            shown = re.sub("<[^>]+>", "", screen.text.split("<blockquote")[0])
            assert utf16_length(shown) <= LONGEST_SCREEN, candidate


def test_every_target_but_small_talk_has_a_button_with_its_name(
    voice: Voice, content: Content
) -> None:
    for candidate in every_target(content):
        if candidate.kind == "smalltalk":
            continue
        button = button_of(voice, content, candidate)
        keyboard(((button,),))
        assert 0 < len(button.label) <= LONGEST_LABEL, button
        ROUTES.tapped(button.data)  # raises for a button that leads nowhere


def test_every_target_counts_for_a_topic_that_there_is(content: Content) -> None:
    known = {topic.id for topic in content.topics}
    for candidate in every_target(content):
        topic = topic_of(content, candidate)
        assert (topic is None) == (candidate.kind == "smalltalk")
        assert topic is None or topic in known


def test_every_page_that_can_be_asked_for_has_a_door(content: Content) -> None:
    features = {page.id for page in content.pages if page.kind == "feature"}
    assert features == PAGES.keys()
    for name in features:
        assert door_of(content, target(f"feature:{name}")) is not None


# an aspect of a career, and what must be said first
@pytest.mark.parametrize(
    ("aspect", "field"),
    [("day", "day"), ("ai", "with_ai"), ("start", "first_step"), ("girls", "myth")],
)
def test_of_a_career_what_was_asked_comes_first(
    english: Voice, content: Content, aspect: str, field: str
) -> None:
    for career in content.careers.values():
        text = screen_of(english, content, target(f"career:{career.id}/{aspect}")).text
        asked = english.say("verbatim", text=getattr(career, field).get("en"))
        assert asked in text.split("\n\n")[1]


@pytest.mark.parametrize("aspect", ["become", "study"])
def test_ways_and_places_answer_how_and_where(
    english: Voice, content: Content, aspect: str
) -> None:
    screen = screen_of(english, content, target(f"career:nurse/{aspect}"))
    nurse = content.careers["nurse"]
    for way in nurse.ways:
        assert english.say("verbatim", text=way.text.get("en")) in screen.text
    first = nurse.study_at[0]
    assert content.institution[first].short in screen.text
    assert career_taps.PLACE("nurse", "en", first) in sends(screen)


def test_where_to_study_begins_with_the_places(english: Voice, content: Content) -> None:
    first = screen_of(english, content, target("career:nurse/study")).text.split("\n\n")[1]
    assert content.institution[content.careers["nurse"].study_at[0]].short in first


def test_a_wish_for_a_career_opens_its_page(voice: Voice, content: Content) -> None:
    page = screen_of(voice, content, target("career:nurse"))
    for aspect in ("what", "wish"):
        assert screen_of(voice, content, target(f"career:nurse/{aspect}")) == page


def test_every_view_of_a_career_stays_one_tap_away(english: Voice, content: Content) -> None:
    views = set(of_careers.VIEWS.values()) | {career_taps.CAREER, career_taps.MORE}
    for of in content.aspects:
        for aspect in (a.id for a in of.aspects if of.kind == "career"):
            screen = screen_of(english, content, target(f"career:nurse/{aspect}"))
            there = {tap for tap in views if tap("nurse", "en") in sends(screen)}
            # What is shown needs no button; the page itself needs none on the page.
            assert len(views - there) <= 1, aspect


def test_a_woman_of_this_very_work_is_named(english: Voice, content: Content) -> None:
    named = {career for woman in content.women for career in woman.careers}
    for career in content.careers:
        text = screen_of(english, content, target(f"career:{career}/girls")).text
        assert ("👩 <b>" in text) == (career in named)


@pytest.mark.parametrize("aspect", ["pay", "cost", "demand"])
def test_what_is_not_known_of_a_career_is_said_plainly(
    voice: Voice, content: Content, aspect: str
) -> None:
    candidate = target(f"career:cabin-crew/{aspect}")
    screen = screen_of(voice, content, candidate)
    assert lacks(content, candidate)
    assert screen.text.split("\n\n")[1] == voice.say(f"unknown.career.{aspect}")
    assert ASK_A_PERSON in sends(screen)


def test_years_are_said_where_the_ways_say_them(english: Voice, content: Content) -> None:
    unknown = english.say("unknown.career.years")
    assert unknown not in screen_of(english, content, target("career:doctor/years")).text
    nurse = content.careers["nurse"].model_copy(update={"years": None})
    assert unknown in of_careers.career_screen(english, content, nurse, "years").text


def test_who_asks_for_pay_finds_what_the_library_says_of_it(
    english: Voice, content: Content
) -> None:
    assert set(of_careers.PAY_ENTRIES) <= content.entries.keys()
    assert "equal-pay-law" in content.careers["lawyer"].faq
    screen = screen_of(english, content, target("career:lawyer/pay"))
    assert doors.ENTRY("equal-pay-law", "en", False) in sends(screen)


OF_A_SCHOOL = ("fees", "dormitory", "contact", "scholarship", "deadline", "language", "girls")
OF_A_CHANCE = ("pays", "deadline")


@pytest.mark.parametrize("aspect", OF_A_SCHOOL)
def test_what_no_source_says_of_a_school_is_asked_of_the_school(
    voice: Voice, content: Content, aspect: str
) -> None:
    for place in content.institutions:
        if getattr(place, aspect) is not None:
            continue
        candidate = target(f"institution:{place.id}/{aspect}")
        screen = screen_of(voice, content, candidate)
        plainly, whom = screen.text.split("\n\n")[1:3]
        assert lacks(content, candidate)
        assert plainly == voice.say(f"unknown.institution.{aspect}", name=place.short)
        if place.link:
            assert str(place.link) in whom
        else:
            assert whom == voice.say("unknown.ask_somebody")
        assert ASK_A_PERSON in sends(screen)
        assert career_taps.ITEM(place.id, "study", "-", "-") in sends(screen)


@pytest.mark.parametrize(
    ("kind", "aspect"),
    [
        *(("institution", aspect) for aspect in ("majors", *OF_A_SCHOOL)),
        *(("opportunity", aspect) for aspect in OF_A_CHANCE),
    ],
)
def test_what_a_source_says_of_a_place_or_a_chance_comes_first(
    voice: Voice, content: Content, kind: str, aspect: str
) -> None:
    known = Text({"km": "ឆ្នាំ២០២៥ ប្រហែល <៩០០>", "en": "In 2025 about <900>"})
    shelf_of = {"institution": "institutions", "opportunity": "opportunities"}
    shelf = shelf_of[kind]
    fields: dict[str, Any] = dict(content)
    one, *others = fields[shelf]
    fields[shelf] = (one.model_copy(update={aspect: known}), *others)
    # Made anew: a copy would keep the directory by id.
    library = Content.model_construct(**fields)
    asked = target(f"{kind}:{one.id}/{aspect}")
    screen = screen_of(voice, library, asked)
    assert not lacks(library, asked)
    assert screen.text.split("\n\n")[1] == voice.say("verbatim", text=known.get(voice.tongue))
    # On its page it is one tap away.
    page = screen_of(voice, library, target(f"{kind}:{one.id}"))
    assert doors.ASKED(kind, one.id, aspect, voice.tongue) in sends(page)


@pytest.mark.parametrize("aspect", ["pay", "cost", "years"])
def test_what_a_source_says_of_a_career_comes_first(
    english: Voice, content: Content, aspect: str
) -> None:
    known = Text({"km": "ឆ្នាំ២០២៥", "en": "In 2025 from <300>"})
    nurse = content.careers["nurse"].model_copy(update={aspect: known})
    screen = of_careers.career_screen(english, content, nurse, aspect)
    assert screen.text.split("\n\n")[1] == english.say("verbatim", text=known.get("en"))
    assert english.say(f"unknown.career.{aspect}") not in screen.text


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("institution:rupp/majors", "majors"),
        ("institution:rupp/entrance", "entry"),
        ("opportunity:moeys-girls/who", "who"),
        ("opportunity:moeys-girls/how", "how"),
        ("opportunity:moeys-girls/pays", "pays"),
        ("opportunity:moeys-girls/chance", "about"),
    ],
)
def test_of_places_and_chances_what_is_known_is_said_with_its_source(
    english: Voice, content: Content, key: str, field: str
) -> None:
    candidate = target(key)
    item = directory.item(content, candidate.id)
    screen = screen_of(english, content, candidate)
    assert english.say("verbatim", text=getattr(item, field).get("en")) in screen.text
    assert "<blockquote" in screen.text
    assert not lacks(content, candidate)
    assert ASK_A_PERSON not in sends(screen)


def test_where_a_school_is_comes_first(english: Voice, content: Content) -> None:
    text = screen_of(english, content, target("institution:rupp/place")).text
    assert "Phnom Penh" in text.split("\n\n")[1]


def test_a_list_is_filtered_by_what_she_looks_for(english: Voice, content: Content) -> None:
    wish = Wish("study", "battambang")
    here = screen_of(english, content, target("list:study"), wish)
    assert career_taps.SHELF(*directory.widened(wish).key, 0) in sends(here)
    # What she looks for on another shelf is no filter of this one.
    other = screen_of(english, content, target("list:scholarship"), wish)
    assert other == screen_of(english, content, target("list:scholarship"))


def test_a_list_asked_for_in_a_follow_up_is_of_the_place_it_names(
    english: Voice, content: Content
) -> None:
    (screen,) = screens_for(
        verdict("list:scholarship", text="what about Battambang?"), english, content
    )
    assert screen == screen_of(
        english, content, target("list:scholarship"), Wish("scholarship", "battambang")
    )


def test_a_list_keeps_the_place_that_was_looked_for_on_another_shelf(
    english: Voice, content: Content
) -> None:
    asked = verdict("list:training", wish=Wish("study", "battambang"))
    (screen,) = screens_for(asked, english, content)
    assert screen == screen_of(
        english, content, target("list:training"), Wish("training", "battambang")
    )


def test_two_careers_named_in_one_breath_are_compared(english: Voice, content: Content) -> None:
    for one, other in (("", ""), ("/pay", "/pay"), ("/wish", "/pay")):
        shown = verdict(f"career:cabin-crew{one}", f"career:digital-artist{other}")
        (screen,) = screens_for(shown, english, content)
        assert english.say("compare.end") in screen.text
        unknown = english.say("unknown.career.pay") in screen.text
        assert unknown == (one == other == "/pay")


def test_two_questions_about_two_careers_are_both_answered(
    english: Voice, content: Content
) -> None:
    shown = ("career:nurse/day", "career:doctor/years")
    screens = screens_for(verdict(*shown), english, content)
    assert screens == [screen_of(english, content, target(key)) for key in shown]


def test_two_schools_come_one_under_the_other(english: Voice, content: Content) -> None:
    screens = screens_for(verdict("institution:rupp", "institution:itc"), english, content)
    assert [s.text.splitlines()[0] for s in screens] == [
        english.say("answer.text", question=content.institution[i].name.get("en"))
        for i in ("rupp", "itc")
    ]


def test_things_of_any_kind_may_be_meant(english: Voice, content: Content) -> None:
    keys = ("career:nurse/pay", "institution:uhs/fees", "feature:events", "faq:study-medicine")
    (screen,) = screens_for(unsure(*keys), english, content)
    assert [b.label for row in screen.rows for b in row] == [
        f"{content.careers['nurse'].emoji} Nurse · what it pays",
        "UHS · fees",
        english.label("page.events"),
        english.label("clarify.none"),
        english.label("back.home"),
    ]
    assert sends(screen)[0] == doors.ASKED("career", "nurse", "pay", "en")


def test_one_door_is_offered_once(english: Voice, content: Content) -> None:
    both = [target("feature:privacy"), target("feature:delete-data")]
    screen = clarify_screen(english, content, both)
    assert [b.label for row in screen.rows for b in row] == [
        english.label("page.privacy"),
        english.label("clarify.none"),
        english.label("back.home"),
    ]


def test_a_wish_for_a_woman_of_some_work_leads_to_her_field(
    english: Voice, content: Content
) -> None:
    assert door_of(content, target("feature:mentor"), "software") == doors.MENTOR_WISH(
        "software", None
    )
    for field in (None, "any"):
        assert door_of(content, target("feature:mentor"), field) == doors.MENTORING()
    beside = verdict("faq:study-medicine", field="health")
    (screen,) = screens_for(beside, english, content)
    assert doors.MENTOR_WISH("health", None) in sends(screen)


def test_what_the_directory_holds_is_offered_below_an_answer(
    english: Voice, content: Content
) -> None:
    wish = Wish("scholarship", "battambang", girls=True)
    for shown in ("faq:study-medicine", "opportunity:moeys-girls", "career:nurse/cost"):
        (screen,) = screens_for(verdict(shown, wish=wish), english, content)
        assert career_taps.SHELF(*wish.key, 0) in sends(screen)


def test_who_is_lost_is_shown_two_doors_and_a_person(voice: Voice, content: Content) -> None:
    for outside, sad in product((True, False), repeat=2):
        lost = verdict(decision="handoff", outside=outside)
        (screen,) = screens_for(lost, voice, content, sad=sad)
        assert {doors.TOPICS(0), doors.PATH(), doors.HELP()} <= set(sends(screen))
        assert screen.text.startswith(voice.say("lost.warm")) == sad
    assert lost_screen(voice, "lost.again").text == voice.say("lost.again")


def test_asked_twice_what_is_not_known_is_kept_and_said_to_be(
    english: Voice, content: Content
) -> None:
    asked = verdict("career:cabin-crew/pay")
    for last in (None, "career:cabin-crew", "career:doctor/pay", "faq:study-medicine"):
        (screen,) = screens_for(asked, english, content, last)
        assert ASK_A_PERSON in sends(screen)
    (screen,) = screens_for(asked, english, content, asked.context)
    assert screen.text.endswith(english.say("asked.kept"))
    assert ASK_A_PERSON not in sends(screen)
    known = replace(asked, shown=(target("career:cabin-crew/day"),))
    (screen,) = screens_for(known, english, content, known.context)
    assert not screen.text.endswith(english.say("asked.kept"))
