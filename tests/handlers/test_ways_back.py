"""Nothing is a dead end: every screen leads home, and back to where it was opened from."""

from collections.abc import AsyncIterator

import pytest

from handlers.answering.topics import ENTRIES_A_PAGE
from handlers.careers.screens import CAREERS_A_PAGE
from tests.chat import Chat
from tests.rehearsal import Rehearsal, rehearsal
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

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
