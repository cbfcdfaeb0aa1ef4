"""Long choices come in pages: at most eight buttons besides the way home, and nothing is lost."""

import pytest

from handlers.desk.log import KINDS_A_PAGE
from tests.handlers import scenes
from tests.rehearsal import rehearsal
from tests.stage import FIRST_COORDINATOR, MENTOR, STUDENT, Stage

MOST_BUTTONS = 8
# who, the page of a choice, and what each button of a province sends
PROVINCES = (
    (STUDENT, "me:provinces:{}", "me:province:{}"),
    (MENTOR, "ment:provinces:{}", "ment:set:province:{}"),
    (FIRST_COORDINATOR, "evf:ask:1:where:e:{}", "evf:set:1:where:e:{}"),
    (FIRST_COORDINATOR, "cast:opt:1:province:{}", None),
)


@pytest.mark.parametrize(("who", "page", "chooses"), PROVINCES)
async def test_every_province_is_offered_on_pages_that_fit(
    stage: Stage, who: int, page: str, chooses: str | None
) -> None:
    bopha, nary = await scenes.at_desk(stage)
    await scenes.pastes_event(bopha, "kind: talk", "when: 01/12/2026 18:00")
    await scenes.writes_announcement(bopha, "ដំណឹង", "News")
    await scenes.becomes_mentor(stage.person(MENTOR), bopha, nary)
    offered: set[str] = set()
    async with rehearsal(stage, who) as trying:
        for number in range(len(stage.content.provinces)):
            (screen,) = (await trying.act(page.format(number))).screens
            assert len([data for data in screen if data != "go:home"]) <= MOST_BUTTONS
            offered |= set(screen)
    if chooses is not None:
        assert {chooses.format(p.id) for p in stage.content.provinces} <= offered


async def test_every_kind_of_the_log_is_on_a_page_that_fits(stage: Stage) -> None:
    await scenes.at_desk(stage)
    async with rehearsal(stage, FIRST_COORDINATOR) as trying:
        for number in range(KINDS_A_PAGE):
            (screen,) = (await trying.act(f"audit:kinds:::{number}")).screens
            assert len([data for data in screen if data != "go:home"]) <= MOST_BUTTONS
