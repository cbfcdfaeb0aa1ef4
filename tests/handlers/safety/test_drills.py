"""A drill goes the way of a real call for help, says that it is none, and never stands before one."""

import pytest

from tests.chat import Chat
from tests.handlers.scenes import asks_for_a_person, at_desk, in_a_case, joins_desk
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    MENTOR,
    SECOND_COORDINATOR,
    Stage,
    StartStage,
)

# The stage opens on a Tuesday, the 24th, at nine: the clock may drill from ten on.
THIS_WEEK = 22
ON_CALL = (FIRST_COORDINATOR, SECOND_COORDINATOR, MENTOR)


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which the drill of the month is this morning."""
    return await start_stage(drill_day=THIS_WEEK)


def _how(stage: Stage) -> list[tuple[str | None, int | None]]:
    """How each drill ended, and who was there."""
    return stage.glance.execute("SELECT outcome, acknowledged_by FROM drills").fetchall()


async def _three_on_call(start_stage: StartStage) -> tuple[Stage, Chat, Chat, Chat]:
    stage = await start_stage(drill_day=0, coordinator_ids=ON_CALL)
    bopha, nary = await at_desk(stage)
    sophea = stage.person(MENTOR)
    await sophea.send("/desk")
    await bopha.forge("drill:begin:yes")
    await stage.deliver()
    return stage, bopha, nary, sophea


# The way of a real one


async def test_the_first_on_call_is_called_and_is_there_with_one_tap(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await stage.clock_strikes()
    bopha.does_not_see("drill.alert")
    await stage.strikes_after(hours=1)
    bopha.sees("drill.alert")
    nary.does_not_see("drill.alert")
    await stage.strikes_after(minutes=3)
    await bopha.tap("drill.here")
    bopha.sees("drill.thanks")
    assert _how(stage) == [("in_time", FIRST_COORDINATOR)]
    # Nobody else was called, so nobody else hears of it, and it is once a month.
    await stage.strikes_after(hours=1)
    await stage.strikes_after(days=1)
    assert "🧪" not in nary.said()
    assert len(_how(stage)) == 1


async def test_who_does_not_answer_in_time_is_followed_by_the_next_and_both_hear_the_end(
    stage: Stage,
) -> None:
    bopha, nary = await at_desk(stage)
    await stage.strikes_after(hours=1)
    await stage.strikes_after(minutes=9)
    nary.does_not_see("drill.alert")
    await stage.strikes_after(minutes=1)
    nary.sees("drill.alert")
    await stage.strikes_after(minutes=2)
    await nary.tap("drill.here")
    bopha.sees("drill.over_late")
    assert _how(stage) == [("late", SECOND_COORDINATOR)]
    await bopha.tap("drill.here")
    bopha.sees("drill.gone")
    assert _how(stage) == [("late", SECOND_COORDINATOR)]


async def test_nobody_who_was_called_answers_and_all_are_told_kindly(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await stage.strikes_after(hours=1)
    await stage.strikes_after(minutes=10)
    await stage.strikes_after(minutes=9)
    assert _how(stage) == [(None, None)]
    await stage.strikes_after(minutes=1)
    bopha.sees("drill.over_unanswered")
    nary.sees("drill.over_unanswered")
    assert _how(stage) == [("unanswered", None)]


async def test_who_cannot_be_reached_is_passed_over_at_once(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    stage.telegram.people[FIRST_COORDINATOR].blocked = True
    await stage.strikes_after(hours=1)
    await stage.strikes_after(seconds=5)
    nary.sees("drill.alert")
    await nary.tap("drill.here")
    assert _how(stage) == [("in_time", SECOND_COORDINATOR)]
    await bopha.block(False)
    await nary.forge("drill:list")
    nary.sees("drill.line_passed")
    nary.does_not_see("drill.line_silent")


async def test_the_end_of_one_that_was_begun_by_hand_is_told_before_the_clock_begins_its_own(
    stage: Stage,
) -> None:
    bopha, nary = await at_desk(stage)
    stage.later(minutes=55)
    await bopha.forge("drill:begin:yes")
    await stage.deliver()
    await stage.strikes_after(minutes=10)
    bopha.sees("drill.over_unanswered")
    nary.sees("drill.over_unanswered")
    await stage.strikes_after(seconds=5)
    bopha.sees("drill.alert")


async def test_where_nobody_can_be_called_that_is_how_it_ended(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await bopha.block()
    await nary.block()
    await stage.strikes_after(hours=1)
    assert _how(stage) == [("nobody", None)]
    await stage.strikes_after(minutes=10)
    assert len(_how(stage)) == 1


async def test_nobody_but_those_on_call_hears_of_it_and_no_case_is_there(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    bopha, _ = await at_desk(stage)
    srey.forgets()
    await stage.strikes_after(hours=1)
    assert srey.news() == []
    await bopha.forge("desk:cases")
    bopha.sees("desk.no_cases")
    assert stage.glance.execute("SELECT count(*) FROM cases").fetchone() == (0,)
    await srey.forge("drill:here:1")
    await srey.forge("drill:begin:yes")
    await srey.forge("drill:list")
    assert "🧪" not in srey.said()
    assert _how(stage) == [(None, None)]


# A girl goes first


async def test_no_drill_begins_while_a_girl_waits(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    await stage.strikes_after(hours=1)
    assert _how(stage) == []
    await nary.forge("drill:begin")
    nary.sees("drill.a_girl_waits")
    await nary.forge("drill:begin:yes")
    nary.sees("drill.a_girl_waits")
    await bopha.tap("case.acknowledge")
    await stage.strikes_after(seconds=5)
    assert _how(stage) == [(None, None)]


async def test_a_drill_is_called_off_as_soon_as_a_girl_calls(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await stage.strikes_after(hours=1)
    await stage.strikes_after(minutes=4)
    bopha.sees("drill.alert")
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    bopha.sees("case.alert", case=1)
    await stage.strikes_after(seconds=5)
    bopha.sees("drill.over_called_off")
    assert _how(stage) == [("called_off", None)]
    await bopha.tap("case.acknowledge")
    await bopha.forge("case:end:1:safe")
    # It is made up for on another day, and not on this one.
    await stage.strikes_after(minutes=30)
    nary.does_not_see("drill.alert")
    await stage.strikes_after(days=1)
    assert [outcome for outcome, _ in _how(stage)] == ["called_off", None]


async def test_a_real_call_overtakes_a_drill_that_has_not_left(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await bopha.forge("drill:list")
    nary = stage.person(SECOND_COORDINATOR)
    await nary.forge("drill:begin:yes")
    lanes = "SELECT lane FROM outbox WHERE key LIKE ? ORDER BY id DESC LIMIT 1"
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    ((of_drill,),) = stage.glance.execute(lanes, ("drill:%",)).fetchall()
    ((of_case,),) = stage.glance.execute(lanes, ("case:%",)).fetchall()
    assert of_case < of_drill


async def test_a_drill_leads_nobody_away_from_the_girl_to_whom_she_writes(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send("I am with you.")
    await stage.strikes_after(hours=1)
    await bopha.tap("drill.here")
    bopha.sees("drill.thanks")
    await bopha.send("Are you safe now?")
    srey.sees_words("Are you safe now?")


# Begun by hand


async def test_a_coordinator_begins_one_once_she_is_sure_and_is_not_called_herself(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(drill_day=0)
    bopha, nary = await at_desk(stage)
    await bopha.tap("desk.rest")
    await bopha.tap("desk.drills")
    bopha.sees("drill.none")
    await bopha.tap("drill.begin")
    bopha.sees("drill.begin_sure")
    assert _how(stage) == []
    await bopha.tap("drill.begin_yes")
    nary.sees("drill.alert")
    bopha.does_not_see("drill.alert")
    await bopha.tap("drill.begin")
    bopha.sees("drill.runs_already")
    await bopha.forge("drill:here:1")
    bopha.sees("drill.gone")
    await nary.tap("drill.here")
    bopha.sees("drill.over_in_time")
    assert _how(stage) == [("in_time", SECOND_COORDINATOR)]


async def test_who_has_a_part_of_the_desk_is_not_called_and_sees_no_drills(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(drill_day=THIS_WEEK, coordinator_ids=(SECOND_COORDINATOR,))
    nary = stage.person(SECOND_COORDINATOR)
    reader = stage.person(MENTOR)
    await joins_desk(reader, nary, "reader")
    await stage.strikes_after(hours=1)
    nary.sees("drill.alert")
    await reader.forge("drill:here:1")
    await reader.forge("drill:list")
    assert "🧪" not in reader.said()


# How it went


async def test_the_desk_shows_who_was_there_and_what_was_said_of_the_others(
    start_stage: StartStage,
) -> None:
    stage, bopha, nary, sophea = await _three_on_call(start_stage)
    nary.sees("drill.alert")
    await stage.strikes_after(minutes=10)
    sophea.sees("drill.alert")
    await stage.strikes_after(minutes=2)
    await sophea.tap("drill.here")
    await bopha.forge("drill:list")
    bopha.sees("drill.line")
    bopha.sees("drill.line_by")
    bopha.sees("drill.line_silent")
    await bopha.forge("audit:by::drill:0")
    said = bopha.said()
    for key in ("audit.action.started", "audit.action.acknowledged", "drill.end.late"):
        assert bopha.words(key) in said


async def test_it_stands_in_the_digest_of_its_week_without_a_name(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await stage.strikes_after(hours=1)
    await bopha.tap("drill.here")
    await bopha.forge("fig:digest")
    bopha.sees("digest.drills")
    assert bopha.words("drill.end.in_time") in bopha.said()
