"""Somebody sets the clock of the machine back by hours: a girl in danger is not left alone for it."""

from tests.handlers.scenes import asks_for_a_person, at_desk, in_a_case
from tests.stage import ENGLISH_STUDENT, Stage


async def test_the_next_coordinator_is_called_for_her_all_the_same(stage: Stage) -> None:
    _, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    await stage.strikes_after(minutes=5)
    stage.is_set_back(hours=3)
    await stage.strikes_after(minutes=10)
    nary.sees("case.alert", case=1)
    await stage.strikes_after(minutes=10)
    srey.sees("case.news_all_called")


async def test_a_coordinator_who_does_not_write_is_seen_all_the_same(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    stage.is_set_back(hours=3)
    await stage.strikes_after(seconds=5)
    await stage.strikes_after(minutes=20)
    bopha.sees("case.silent", case=1)
    await stage.strikes_after(minutes=20)
    nary.sees("case.alert_silent", case=1)
    srey.sees("case.news_silent")


async def test_so_is_a_line_of_hers_that_nobody_answers(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send("I am here with you")
    await srey.send("he is back")
    stage.is_set_back(hours=3)
    await stage.strikes_after(seconds=5)
    await stage.strikes_after(minutes=20)
    bopha.sees("case.silent", case=1)


async def test_who_writes_to_her_is_not_called_silent(stage: Stage) -> None:
    _, bopha, nary = await in_a_case(stage)
    stage.is_set_back(hours=3)
    await stage.strikes_after(seconds=5)
    await bopha.tap("case.write")
    await bopha.send("I am here with you")
    await stage.strikes_after(minutes=40)
    bopha.does_not_see("case.silent")
    nary.does_not_see("case.alert_silent")
