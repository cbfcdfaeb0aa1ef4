"""Nothing is a dead end: every screen leads home, and back to where it was opened from."""

from collections.abc import AsyncIterator

import pytest

import handlers
from bot.announcements.lifecycle import A_PAGE
from bot.desk.figures import FIGURES
from handlers import doors
from handlers.answering.topics import ENTRIES_A_PAGE
from handlers.careers.screens import CAREERS_A_PAGE
from handlers.events.desk import EVENTS_A_PAGE
from tests.chat import Chat
from tests.handlers.scenes import at_desk, opens_event, pastes_event, writes_announcement
from tests.rehearsal import Rehearsal, rehearsal
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT, Stage

# What opens a screen, and what leads back from it.
BACK = {
    "topic:ai:1": "topics:1",
    "jobs:in:health:1": "jobs:fields:1",
    "jobs:in:hospitality-trades:0": "jobs:fields:2",
    "job:ways:nurse:en": "job:page:nurse:en",
    "job:place:nurse:en:rupp": "job:ways:nurse:en",
    "job:subjects:nurse:en": "job:page:nurse:en",
    "job:more:nurse:en": "job:page:nurse:en",
    "job:with:nurse:en:doctor": "job:page:nurse:en",
    "plan:help:nurse:en": "plan:show:nurse:en",
    "plan:show:nurse:en": "job:page:nurse:en",
    "dir:list:scholarship:-:-:1": "dir:home",
    "me:grade": "me:card",
    "me:provinces:3": "me:card",
    "news:mine": "news:card",
    "news:track": "news:mine",
    "ev:f": "ev:m",
    "ev:fg": "ev:f",
    "ev:s": "ev:m",
    "ev:se": "ev:s",
    "intro:safety": "intro:home",
    "intro:start": "intro:home",
    "path:new": "path:stop",
    "saved:list": "me:card",
}


@pytest.fixture
async def trying(stage: Stage) -> AsyncIterator[Rehearsal]:
    """A girl who tries out everything, with English menus."""
    async with rehearsal(stage, STUDENT) as girl:
        await girl.speak("en")
        yield girl


@pytest.mark.parametrize(("does", "back"), BACK.items())
async def test_a_screen_leads_home_and_back(trying: Rehearsal, does: str, back: str) -> None:
    tried = await trying.act(does)
    assert "go:home" in tried.buttons
    assert any(data == back or data.startswith(f"{back}:") for data in tried.buttons)


async def test_what_opens_from_more_goes_back_there(trying: Rehearsal) -> None:
    more = (await trying.act("go:more")).buttons
    for does in more:
        if does != "go:home":
            tried = await trying.act(does)
            assert {"go:more", "go:home"} <= set(tried.buttons), does


# What she is told of something that she did, and lists written by themselves.
HOME_IS_LAST = (
    "plan:did:nurse:en", "plan:later:nurse:en", "plan:ask:nurse:en", "plan:mute:nurse:en",
    "job:save:nurse:en", "saved:list", "saved:remind:off", "saved:remind:on",
    "intro:waiting", "ev:yl",
)  # fmt: skip


async def test_the_way_home_is_the_last_of_the_buttons(trying: Rehearsal) -> None:
    await trying.act("go:home")
    for does in HOME_IS_LAST:
        tried = await trying.act(does)
        assert tried.buttons[-1:] == ("go:home",), does


async def test_an_entry_goes_back_to_the_page_it_was_opened_from(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    second = stage.content.in_topic("choose")[ENTRIES_A_PAGE]
    await srey.send("/topics")
    await srey.forge("topic:choose:1")
    await srey.tap_data(f"faq:{second.id}:en:t")
    await srey.tap("answer.good")
    await srey.tap("back.topic")
    srey.sees("topic.text", page=2)
    assert f"faq:{second.id}:en:t" in srey.was_shown()


async def _opens_from_second_page(stage: Stage, srey: Chat) -> None:
    careers = [c for c, f in stage.content.field_of.items() if f == "health"]
    await srey.send("/careers")
    await srey.forge("jobs:in:health:1")
    await srey.tap_data(f"job:page:{careers[CAREERS_A_PAGE]}:en")


async def test_a_career_leads_to_its_walk_its_list_and_home(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/path")
    await srey.tap("path.start")
    await srey.tap_words(srey.buttons()[0])
    await _opens_from_second_page(stage, srey)
    assert srey.offers("path.go_on")
    assert srey.offers("back.home")
    await srey.tap("career.save")
    assert srey.offers("saved.list")
    assert not srey.offers("path.go_on"), "a phone has room for one of them"
    await srey.tap("back.field")
    assert "jobs:in:health:0" in srey.was_shown(), "the second page is shown again"
    assert srey.offers("page.previous")


async def test_an_event_at_the_desk_leads_back_to_the_page_on_which_it_stands(
    stage: Stage,
) -> None:
    bopha, _ = await at_desk(stage)
    for day in range(1, EVENTS_A_PAGE + 2):
        await pastes_event(
            bopha, "kind: talk", "title: ជួប", f"title: Meeting {day}",
            f"when: {day:02}/12/2026 18:00", "where: Phnom Penh, Library",
        )  # fmt: skip
        await bopha.tap("eventform.publish")
    await bopha.send("/desk")
    await bopha.tap("desk.events")
    await bopha.tap("page.next")
    await bopha.tap_words("ជួប")
    await bopha.tap("eventdesk.back")
    assert bopha.offers("page.previous"), "the second page is shown again"
    # From the desk the list begins where it always does.
    await bopha.tap("back.desk")
    await bopha.tap("desk.events")
    assert bopha.offers("page.next")


async def test_the_preview_of_an_event_leads_home_and_the_draft_is_found_again(
    stage: Stage,
) -> None:
    nary, _ = await at_desk(stage)
    await pastes_event(nary, "kind: talk", "title: Meeting")
    await nary.tap("back.home")
    nary.sees("home.coordinator")
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.go_on")
    nary.sees_words("Meeting")
    await nary.tap("eventdesk.back")
    nary.sees("eventdesk.list")
    await nary.tap("eventdesk.go_on")
    await nary.tap("eventform.drop")
    await nary.tap("eventform.drop_yes")
    await nary.tap("eventdesk.back")
    assert nary.offers("eventdesk.new")


async def test_every_step_of_a_new_event_leads_home(stage: Stage) -> None:
    nary, _ = await at_desk(stage)
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.new")
    assert nary.offers("back.home")


async def test_the_preview_of_changes_leads_back_to_the_event(stage: Stage) -> None:
    nary, _ = await at_desk(stage)
    await pastes_event(
        nary, "kind: talk", "title: ជួប", "title: Meeting", "when: 01/12/2026 18:00",
        "where: Phnom Penh, Library",
    )  # fmt: skip
    await nary.tap("eventform.publish")
    await opens_event(nary, "ជួប")
    await nary.tap("eventdesk.edit")
    nary.sees("eventform.preview.edit")
    assert nary.offers("back.home")
    await nary.tap("event.back")
    nary.sees("eventdesk.card")


async def test_announcements_lead_back_to_the_page_on_which_they_stand(stage: Stage) -> None:
    """A draft leads there in place; one that was sent, below its report."""
    bopha, _ = await at_desk(stage)
    await writes_announcement(bopha, "ដំណឹងចាស់", "Old news")
    await bopha.tap("cast.check")
    await bopha.tap("cast.now")
    await stage.passes(5)
    for number in range(A_PAGE):
        await writes_announcement(bopha, f"ដំណឹង {number}", f"News {number}")
    await bopha.send("/announce")
    await bopha.tap("page.next")
    await bopha.tap_words("ដំណឹងចាស់")
    await bopha.tap("cast.back")
    assert bopha.offers("page.previous"), "the second page is shown again"


def test_every_way_back_to_a_list_is_to_one() -> None:
    """Only a list has a page to be remembered."""
    assert doors.QUESTIONS.again() == "group:list"
    with pytest.raises(ValueError, match="is no list"):
        doors.QUESTION.again()


# Screens of the desk, what asks to be written to included.
DESK_SCREENS = (
    "desk:rest", "desk:cases:0", "desk:walks", "fig:menu:1", "team:list", "cls:list:0",
    "learn:list:0", "group:list:0", "doubt:list:0", "evd:list:0", "evs:list", "cast:list:0",
    "over:home", "vet:list:0", "over:list:0", "audit:0", "evf:paste", "team:name",
)  # fmt: skip


async def test_what_leads_back_at_the_desk_leads_home_too(stage: Stage) -> None:
    await at_desk(stage)
    async with rehearsal(stage, FIRST_COORDINATOR) as bopha:
        for does in DESK_SCREENS:
            assert "go:home" in (await bopha.act(does)).buttons, does


async def test_the_desk_shows_every_day_first_and_the_rest_one_tap_away(stage: Stage) -> None:
    """What waits behind the rest is counted on the way to it; nothing is lost between the two."""
    await at_desk(stage)
    async with rehearsal(stage, FIRST_COORDINATOR) as bopha:
        first = (await bopha.act("/desk")).buttons
        rest = (await bopha.act("desk:rest")).buttons
        for place in handlers.ROUTES.desk_places:
            assert place.leads_to in (*first, *rest) or place.within is not None, place.label
        assert "group:list:0" in first
        assert "team:list" in rest


async def test_every_figure_and_field_is_on_a_page(stage: Stage) -> None:
    await at_desk(stage)
    async with rehearsal(stage, FIRST_COORDINATOR) as bopha:
        pages = [await bopha.act(f"fig:menu:{number}") for number in (0, 1)]
        shown = {data for page in pages for data in page.buttons}
        assert {f"fig:show:{name}" for name in FIGURES} <= shown
    async with rehearsal(stage, STUDENT) as srey:
        pages = [await srey.act(f"news:mine:{number}") for number in (0, 1)]
        shown = {data.rpartition(":")[0] for page in pages for data in page.buttons}
        assert {f"news:field:{field.id}" for field in stage.content.fields} <= shown
