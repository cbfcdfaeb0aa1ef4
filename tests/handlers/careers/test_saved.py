"""What she keeps: one list, and a reminder before the last day that a source announces."""

from datetime import UTC, datetime

import pytest

from handlers.careers.screens import KEPT_A_PAGE
from tests.events.announced import CHANCE, LAST, announced
from tests.handlers.scenes import with_her_age
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

USUAL = "seaylp"
KEEP = f"dir:keep:{CHANCE}:scholarship:-:-"


@pytest.fixture
def closing(stage: Stage) -> Stage:
    """A stage on which a scholarship closes on 15 December."""
    stage.services.content = announced(stage.content, LAST)
    return stage


async def _on(stage: Stage, day: int, hour: int) -> None:
    """Let the clock strike at an hour of a day of December, Phnom Penh time."""
    stage.now = datetime(2026, 12, day, hour - 7, 1, tzinfo=UTC)
    await stage.clock_strikes()


async def test_one_tap_keeps_and_one_list_has_it_all(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/find")
    await srey.tap("dir.shelf.scholarship")
    await srey.forge(f"dir:item:{CHANCE}:scholarship:-:-")
    assert await srey.tap("career.save") == srey.words("saved.kept")
    await srey.forge("job:save:nurse:en")
    await srey.forge("dir:keep:rupp:study:-:-")
    await srey.send("/me")
    await srey.tap("saved.list")
    srey.sees("saved.text", count=3)
    srey.sees("saved.usual")
    await srey.tap_data(f"dir:item:{CHANCE}:saved:-:-")
    await srey.tap("career.unsave")
    assert srey.offers("career.save")
    await srey.tap("saved.list")
    srey.sees("saved.text", count=2)


async def test_the_way_back_is_the_page_on_which_it_stands(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    for chance in stage.content.opportunities[:KEPT_A_PAGE]:
        await srey.forge(f"dir:keep:{chance.id}:scholarship:-:-")
        stage.later(seconds=1)
    last = stage.content.opportunities[0].id
    await srey.forge("dir:keep:rupp:study:-:-")
    await srey.forge("job:save:nurse:en")
    await srey.forge("saved:list:1")
    await srey.tap_data("job:page:nurse:en")
    await srey.tap("saved.list")
    assert srey.offers("page.previous")
    await srey.tap_data(f"dir:item:{last}:saved:-:-")
    await srey.tap("career.unsave")
    await srey.tap("saved.list")
    srey.sees("saved.text", count=5)
    assert srey.offers("page.previous")


async def test_the_way_back_leads_where_she_came_from(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge("job:save:nurse:en")
    await srey.send("/careers")
    await srey.tap("saved.list")
    await srey.tap("back.fields")
    srey.sees("career.fields")
    await srey.send("/me")
    await srey.tap("saved.list")
    await srey.tap("back.me")
    srey.sees("me.text")
    await srey.send("what did i save?")
    assert not srey.offers("back.me")
    assert srey.offers("back.home")


async def test_who_keeps_nothing_is_told_how(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/me")
    await srey.tap("saved.list")
    srey.sees("saved.none")


async def test_a_usual_month_is_never_a_date_to_be_reminded_of(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge(f"dir:keep:{USUAL}:programme:-:-")
    srey.forgets()
    for day in (20, 25, 30, 31):
        await _on(stage, day, 9)
    assert not srey.news()


async def test_she_is_reminded_some_days_before_once_each_and_in_daylight(closing: Stage) -> None:
    srey, pov = closing.person(ENGLISH_STUDENT), closing.person(STUDENT)
    for girl in (srey, pov):
        await girl.send("/menu")
    assert "15" in await srey.forge(KEEP)
    await srey.send("/menu")
    await _on(closing, 8, 7)
    srey.does_not_see("deadline.text")
    await _on(closing, 8, 8)
    srey.sees("reminder.days", days=7)
    srey.sees("deadline.text", when="Tuesday 15 December 2026")
    assert srey.offers("back.home")
    pov.does_not_see("deadline.text")
    srey.forgets()
    await _on(closing, 8, 9)
    srey.does_not_see("deadline.text")
    await _on(closing, 12, 8)
    srey.sees("reminder.days", days=3)
    await _on(closing, 14, 8)
    srey.sees("reminder.tomorrow")
    srey.forgets()
    await _on(closing, 16, 9)
    srey.does_not_see("deadline.text")


async def test_what_was_missed_comes_late_and_not_at_night(closing: Stage) -> None:
    srey = closing.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge(KEEP)
    await srey.send("/menu")
    await _on(closing, 13, 22)
    srey.does_not_see("deadline.text")
    await _on(closing, 14, 7)
    srey.sees("reminder.late")
    srey.sees("reminder.tomorrow")


async def test_one_tap_ends_the_reminders_and_another_brings_them_back(closing: Stage) -> None:
    srey = closing.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge(KEEP)
    await _on(closing, 8, 8)
    await srey.tap("deadline.off")
    srey.sees("deadline.are_off")
    await _on(closing, 12, 8)
    srey.does_not_see("deadline.text")
    await srey.tap("saved.list")
    srey.sees("saved.not_reminded")
    await with_her_age(srey, "deadline.on")
    srey.sees("deadline.are_on")
    await _on(closing, 14, 8)
    srey.sees("reminder.tomorrow")


async def test_what_she_let_go_is_not_reminded_of(closing: Stage) -> None:
    srey = closing.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge(KEEP)
    closing.later(seconds=5)
    await srey.tap("career.unsave")
    await _on(closing, 8, 8)
    srey.does_not_see("deadline.text")


async def test_it_follows_her_language(closing: Stage) -> None:
    srey = closing.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge(KEEP)
    await srey.forge("lang:km")
    await _on(closing, 8, 8)
    srey.sees("deadline.text", "km")
