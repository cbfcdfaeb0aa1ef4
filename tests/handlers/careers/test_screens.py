"""Screens of careers, plans and the walk: short enough, few enough buttons, nothing unsaid."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from bot.careers.directory import Item, Wish, shelf_of
from bot.careers.family_card import family_card
from bot.careers.pathway import FIRST, Place, Step, Tree
from bot.careers.plan import make_plan, women_for
from bot.content import Content
from bot.content.directory import Round
from bot.content.pathway import UNSURE
from bot.editing import check_rounds
from bot.language.words import utf16_length
from bot.screens.keyboard import keyboard
from bot.screens.parts import plain
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from handlers import doors
from handlers.careers import directory, pathway_screens, plans, screens
from handlers.home.front import DOORS, home_screen

LONGEST_SCREEN, MOST_BUTTONS = 700, 8
TODAY = date(2026, 11, 29)
BACK = Button("back", doors.PATH())


@pytest.fixture(params=["km", "en"])
def voice(request: pytest.FixtureRequest, content: Content) -> Voice:
    return Voice(content, request.param, bot="bongsrey_bot")


def _leads_back(button: Button) -> bool:
    """Whether it is a way back or home, which every screen has besides its own buttons."""
    return button.data == doors.HOME() or button.label.startswith("‹") or button == BACK


def _fits(screen: Screen, longest: int = LONGEST_SCREEN) -> None:
    keyboard(screen.rows)  # raises for callback data over 64 bytes
    chosen = [b for row in screen.rows for b in row if not _leads_back(b)]
    assert len(chosen) <= MOST_BUTTONS
    # What is folded away is not read unless she asks.
    shown = plain(screen.text.split("<blockquote expandable>")[0])
    assert utf16_length(shown) <= longest, shown


def test_every_page_of_every_career_fits_a_phone(voice: Voice, content: Content) -> None:
    for career in content.careers.values():
        field = content.field[content.field_of[career.id]]
        stories = [story for story in content.stories if story.career == career.id]
        places = [content.institution[p] for p in career.study_at]
        for came_from in (BACK, None):
            back = screens.ways_back(voice, content, career, came_from)
            _fits(screens.page_screen(voice, career, back))
            _fits(screens.page_screen(voice, career, back, saved=True))
        _fits(screens.more_screen(voice, career, field))
        _fits(screens.figures_screen(voice, career), 800)
        _fits(screens.ways_screen(voice, career, places))
        _fits(screens.subjects_screen(voice, content, career))
        for place in places:
            _fits(screens.place_screen(voice, career, place, "Phnom Penh"), 800)
        women = women_for(content, career)
        for page in range(max(1, len(women))):
            _fits(screens.models_screen(voice, career, women, stories, page))
        for story in stories:
            _fits(screens.story_screen(voice, career, story), 800)
        related = [content.careers[c] for c in career.related]
        _fits(screens.related_screen(voice, career, related))
        _fits(screens.questions_screen(voice, career, [content.entries[e] for e in career.faq]))


@pytest.mark.parametrize(
    ("known", "whom"),
    [(("cost", "years"), "work"), (("pay",), "school"), ((), "both"), (None, None)],
)
def test_what_a_work_pays_and_costs_is_shown_or_said_not_to_be_known(
    voice: Voice, content: Content, known: tuple[str, ...] | None, whom: str | None
) -> None:
    """Whoever knows is named: for the pay who does the work, for the study a school."""
    career = content.careers["tailor"]
    if known is not None:
        gone = dict.fromkeys({*career.TOLD} - {*known})
        career = career.model_copy(update=gone | {"ways": career.ways[:1]})
    text = screens.figures_screen(voice, career).text
    for aspect in career.TOLD:
        told = career.told.get(aspect)
        assert told is None or told.get(voice.tongue) in text
    missing = ", ".join(
        voice.label(f"aspect.career.{aspect}")
        for aspect in career.TOLD
        if aspect not in career.told
    )
    for line in ("work", "school", "both"):
        assert (voice.say(f"unknown.of_career.{line}", what=missing) in text) == (line == whom)


def test_every_page_of_the_directory_fits_a_phone(content: Content) -> None:
    for tongue in ("km", "en"):
        voice = Voice(content, tongue, today=TODAY, bot="bongsrey_bot")
        items: list[Item] = [*content.institutions, *content.opportunities]
        for item in items:
            page = directory.item_screen(voice, content, item, Wish(shelf_of(item)).key)
            shown = plain(page.text.split("<blockquote expandable>")[0])
            assert utf16_length(shown) <= 900, item.id


def test_a_page_says_what_nobody_here_knows_of_a_school(content: Content) -> None:
    voice = Voice(content, "en", today=TODAY)
    school = next(i for i in content.institutions if not i.told)
    page = directory.item_screen(voice, content, school, Wish("study").key)
    every = ("fees", "dormitory", "contact", "scholarship", "deadline", "language", "girls")
    names = ", ".join(voice.label(f"aspect.institution.{aspect}") for aspect in every)
    assert voice.say("unknown.of_institution", what=names) in page.text
    knows = school.model_copy(update=dict.fromkeys(every, school.about))
    page = directory.item_screen(voice, content, knows, Wish("study").key)
    assert voice.say("unknown.of_institution", what="|").partition("|")[0] not in page.text


@pytest.mark.parametrize(
    ("last", "recurs", "says"),
    [
        ("2025-26", "yearly", ("dir.over", "2025-26")),
        ("2025", "ask", ("dir.over", "2025")),
        (date(2026, 11, 28), "ask", ("dir.over_on", "28 November 2026")),
        (date(2026, 11, 28), "yearly", ("dir.over_yearly", "28 November 2026")),
        (date(2026, 11, 29), "yearly", None),
        ("2026", "yearly", None),
        ("2026-27", "yearly", None),
    ],
)
def test_a_round_that_is_over_is_said_to_be(
    content: Content, last: date | str, recurs: str, says: tuple[str, str] | None
) -> None:
    voice = Voice(content, "en", today=TODAY)
    chance = next(o for o in content.opportunities if o.id == "india-iccr")
    chance = chance.model_copy(update={"last_round": Round(last), "recurs": recurs})
    page = directory.item_screen(voice, content, chance, Wish("scholarship").key)
    assert ("⌛" in page.text) == (says is not None)
    if says is not None:
        assert voice.say(says[0], when=says[1]) in page.text


def test_editors_are_told_which_rounds_are_over(content: Content) -> None:
    (line,) = check_rounds.over(content, TODAY)
    assert "eu-stem" in line
    assert "stipendium-hungaricum" not in line
    assert not list(check_rounds.over(content, date(2014, 1, 1)))


def test_every_plan_and_card_fits(voice: Voice, content: Content) -> None:
    for career in content.careers.values():
        for needs in ((), ("fees", "near-home"), ("earn-now",)):
            plan = make_plan(content, career, needs)
            _fits(plans.plan_screen(voice, content, plan, saved=False, back=BACK), 550)
            for page in range(2):
                _fits(plans.whole_screen(voice, content, plan, page))
            entries = [content.entries[e] for e in plan.faq]
            _fits(plans.support_screen(voice, plan, entries), 1000)
        card = family_card(content, career, voice.tongue, "bongsrey_bot")
        _fits(plans.card_text_screen(voice, career, card), 1200)


def test_any_two_careers_can_be_compared_on_a_phone(voice: Voice, content: Content) -> None:
    for one, other in combinations(list(content.careers.values())[::5], 2):
        screen = screens.compare_screen(voice, content, one, other, (BACK,))
        _fits(screen, 900)
        assert one.name.get(voice.tongue) in screen.text


def test_lists_page_and_lead_back(voice: Voice, content: Content) -> None:
    seen = set()
    for page in range(3):
        screen = screens.fields_screen(voice, content.fields, page, saved=True)
        _fits(screen)
        seen |= {b.data for row in screen.rows for b in row if b.data.startswith("jobs:in")}
    assert len(seen) == len(content.fields)
    everything = list(content.careers.values())
    found = set()
    for page in range(len(everything)):
        head = voice.say("career.fields", page=1, pages=1)
        screen = screens.list_screen(voice, head, everything, doors.CAREER_FIELDS, page)
        _fits(screen)
        found |= {b.data for row in screen.rows for b in row if b.data.startswith("job:page")}
    assert len(found) == len(everything)


def test_every_question_fits_and_offers_not_sure(voice: Voice, content: Content) -> None:
    tree = Tree(content.nodes)
    for node in content.nodes:
        place = Place((Step(FIRST, UNSURE),), node)
        screen = pathway_screens.question_screen(voice, tree, place)
        _fits(screen)
        shown = {b.data for row in screen.rows for b in row}
        assert f"path:pick:{node.id}:{UNSURE}" in shown
        assert {"path:back", "path:again", "path:stop"} <= shown


def test_the_outcome_says_why_in_her_own_answers(content: Content) -> None:
    tree = Tree(content.nodes)
    steps = (
        Step("start", "upper"), Step("upper", "science"), Step("worry", "none"),
        Step("love", "tech"), Step("tech", "data"), Step("tech-data", "health"),
    )  # fmt: skip
    place = tree.replay(steps)
    careers = [content.careers[c] for c in place.outcome]
    voice = Voice(content, "en")
    screen = pathway_screens.outcome_screen(voice, tree, careers, steps)
    _fits(screen, 900)
    assert (
        "Because you like to find the story in numbers and care about people's health."
        in screen.text
    )
    for career in careers:
        assert career.what.get("en") in screen.text
    khmer = pathway_screens.outcome_screen(Voice(content, "km"), tree, careers, steps)
    _fits(khmer, 900)
    lines = [line for line in khmer.text.splitlines() if line.startswith("ព្រោះ")]
    assert len(set(lines)) == len(careers)


def test_who_was_never_sure_gets_a_kind_word(content: Content) -> None:
    voice = Voice(content, "en")
    assert "open mind" in pathway_screens.because(voice, [])


def test_home_shows_every_door_and_at_most_eight_buttons(voice: Voice) -> None:
    """Eight besides the way to the second page, which is to home what home is to the others."""
    for first in ((), ("events", "women"), ("of an older release", "family")):
        screen = home_screen(voice, first)
        rows = tuple(tuple(b for b in row if b.data != doors.MORE()) for row in screen.rows)
        _fits(replace(screen, rows=rows))
        shown = [button.data for row in screen.rows for button in row]
        assert sorted(shown) == sorted({*DOORS.values(), doors.HELP(), doors.MORE()})
    assert home_screen(voice).rows[0][0].data == "path:home"
