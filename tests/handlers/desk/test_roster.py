"""Who is on call, quiet hours and deputies: said at the desk, and what a girl's call makes of it."""

import pytest

from tests.chat import Chat
from tests.handlers.scenes import asks_for_a_person, at_desk, erases_herself
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    MENTOR,
    SECOND_COORDINATOR,
    Stage,
    StartStage,
)

THREE = (FIRST_COORDINATOR, SECOND_COORDINATOR, MENTOR)


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage with three coordinators, on which the clock begins no drill."""
    return await start_stage(drill_day=0, coordinator_ids=THREE)


async def _team(stage: Stage) -> tuple[Chat, Chat, Chat]:
    bopha, nary = await at_desk(stage)
    sophea = stage.person(MENTOR)
    await sophea.send("/desk")
    return bopha, nary, sophea


async def _at_the_roster(coordinator: Chat) -> None:
    await coordinator.send("/desk")
    await coordinator.tap("desk.rest")
    await coordinator.tap("desk.roster")


async def test_she_says_her_quiet_hours_and_her_deputy_in_few_taps_and_the_team_sees_it(
    stage: Stage,
) -> None:
    bopha, nary, _ = await _team(stage)
    await _at_the_roster(bopha)
    await bopha.tap("roster.quiet")
    bopha.sees("roster.hers_none")
    await bopha.tap_data("roster:hours:21:6")
    await bopha.tap("roster.deputy")
    await bopha.tap_data("roster:deputy:3")
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.team")
    nary.sees("desk.on_call", names="Team member 1, Team member 2, Team member 3")
    await nary.tap("desk.roster")
    page = nary.sees("roster.text")["text"]
    assert "21:00–06:00" in page
    assert f"{nary.words('roster.line_deputy').partition('{')[0]}Team member 3" in page
    stage.later(hours=13)
    await nary.send("/desk")
    nary.sees("desk.on_call", names="Team member 2, Team member 3")


async def test_the_deputy_hears_of_it_and_who_named_her_can_name_nobody(stage: Stage) -> None:
    bopha, _, sophea = await _team(stage)
    await _at_the_roster(bopha)
    await bopha.tap("roster.deputy")
    bopha.sees("roster.deputy_none")
    await bopha.tap_data("roster:deputy:3")
    sophea.sees("roster.named")
    await bopha.tap("roster.deputy")
    bopha.sees("roster.deputy_now")
    await bopha.tap("roster.nobody")
    await bopha.tap("roster.deputy")
    bopha.sees("roster.deputy_none")


async def test_other_hours_are_typed_and_what_names_none_may_be_written_again(
    stage: Stage,
) -> None:
    bopha, _, _ = await _team(stage)
    await _at_the_roster(bopha)
    await bopha.tap("roster.quiet")
    await bopha.tap("roster.type")
    await bopha.send("at night")
    bopha.sees("roster.hours_unclear")
    await bopha.send("១៨-៧")
    assert "១៨:០០–០៧:០០" in bopha.sees("roster.text")["text"]
    await bopha.tap("roster.quiet")
    await bopha.tap("roster.none")
    assert "១៨:០០" not in bopha.sees("roster.text")["text"]


async def test_hours_in_which_nobody_is_on_call_are_named(stage: Stage) -> None:
    bopha, nary, sophea = await _team(stage)
    for one, hours in ((bopha, "21:6"), (nary, "22:7"), (sophea, "20:5")):
        await one.forge(f"roster:hours:{hours}")
    await nary.forge("roster:page:0")
    nary.sees("roster.gaps", hours="22:00–05:00")
    await nary.forge("fig:digest")
    nary.sees("roster.gaps", hours="22:00–05:00")
    stage.later(hours=14)
    await nary.send("/desk")
    nary.sees("desk.all_quiet")


async def test_a_girl_in_the_night_is_heard_by_who_is_on_call_then_the_deputy_then_all(
    stage: Stage,
) -> None:
    bopha, nary, sophea = await _team(stage)
    await bopha.forge("roster:hours:21:6")
    await bopha.forge("roster:deputy:3")
    await sophea.forge("over:duty:n")
    stage.later(hours=13)
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    nary.sees("case.alert", case=1)
    sophea.does_not_see("case.alert")
    await stage.clock_strikes()
    await stage.strikes_after(minutes=10)
    sophea.sees("case.alert", case=1)
    bopha.does_not_see("case.alert")
    await stage.strikes_after(minutes=10)
    bopha.sees("case.alert", case=1)


async def test_where_nobody_is_on_call_somebody_is_called_at_once_all_the_same(
    stage: Stage,
) -> None:
    bopha, nary, sophea = await _team(stage)
    for one in (bopha, nary, sophea):
        await one.forge("roster:hours:21:6")
    await nary.forge("roster:deputy:3")
    stage.later(hours=13)
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    sophea.sees("case.alert", case=1)


async def test_a_drill_goes_the_same_way(stage: Stage) -> None:
    bopha, nary, sophea = await _team(stage)
    await nary.forge("over:duty:n")
    await nary.forge("roster:deputy:1")
    await bopha.forge("roster:hours:8:12")
    await sophea.forge("drill:begin:yes")
    await stage.deliver()
    bopha.sees("drill.alert")
    nary.does_not_see("drill.alert")
    await stage.strikes_after(minutes=10)
    nary.sees("drill.alert")


async def test_a_deputy_who_erases_herself_is_nobodys(stage: Stage) -> None:
    bopha, _, sophea = await _team(stage)
    await bopha.forge("roster:deputy:3")
    await erases_herself(sophea)
    await bopha.forge("roster:deputies:0")
    bopha.sees("roster.deputy_none")


async def test_who_is_no_coordinator_finds_no_roster(stage: Stage) -> None:
    await _team(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    for data in ("roster:page:0", "roster:hours:21:6", "roster:deputy:1", "roster:none"):
        await srey.forge(data)
        srey.does_not_see("roster.text")
    assert stage.glance.execute("SELECT count(*) FROM roster").fetchone() == (0,)
