"""A coordinator who took a case and stays silent is reminded; then the others are called."""

from tests.handlers.scenes import asks_for_a_person, at_desk, in_a_case
from tests.stage import ENGLISH_STUDENT, SECOND_COORDINATOR, Stage, StartStage


async def test_she_is_reminded_and_then_the_others_hear_and_the_girl_is_told(
    stage: Stage,
) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await stage.strikes_after(minutes=19)
    bopha.does_not_see("case.silent")
    await stage.strikes_after(minutes=1)
    bopha.sees("case.silent", case=1)
    nary.does_not_see("case.alert_silent")
    srey.does_not_see("case.news_silent")
    await stage.strikes_after(minutes=20)
    nary.sees("case.alert_silent", case=1)
    srey.sees("case.news_silent")
    srey.sees("care.hotline", number=1280)
    for person in (srey, bopha, nary):
        person.forgets()
    for _ in range(3):
        await stage.strikes_after(minutes=20)
    assert srey.news() == bopha.news() == nary.news() == [], "each is told once"


async def test_another_may_take_the_case_then_and_the_two_are_told(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await stage.strikes_after(minutes=20)
    await nary.forge("case:ack:1")
    nary.sees("case.gone")
    await stage.strikes_after(minutes=20)
    await bopha.tap("case.write")
    await nary.tap("case.acknowledge")
    nary.sees("case.text", case=1)
    srey.sees("case.handed_over")
    bopha.sees("case.taken_over", case=1)
    await bopha.send("are you safe?")
    bopha.sees("case.not_sent_gone")
    await srey.send("yes")
    nary.sees("case.note_to_staff", case=1, text="yes")


async def test_a_word_of_hers_is_enough_until_the_girl_waits_again(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send("I am here with you")
    await stage.strikes_after(hours=2)
    bopha.does_not_see("case.silent")
    await srey.send("he is back")
    await stage.strikes_after(minutes=15)
    await srey.send("are you there?")
    await stage.strikes_after(minutes=5)
    bopha.sees("case.silent", case=1)
    await bopha.send("Yes. Are you safe?")
    await stage.strikes_after(minutes=40)
    nary.does_not_see("case.alert_silent")
    await srey.send("no")
    await stage.strikes_after(minutes=20)
    bopha.sees("case.silent", case=1)


async def test_where_nobody_else_can_be_reached_she_is_told_so(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await stage.person(SECOND_COORDINATOR).block()
    await stage.strikes_after(minutes=20)
    await stage.strikes_after(minutes=20)
    srey.sees("case.news_silent_alone")
    srey.does_not_see("case.news_silent")
    bopha.sees("case.silent", case=1)


async def test_the_patience_is_a_setting(start_stage: StartStage) -> None:
    stage = await start_stage(case_answer_minutes=5)
    bopha, _ = await at_desk(stage)
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    await bopha.tap("case.acknowledge")
    await stage.strikes_after(minutes=5)
    bopha.sees("case.silent", case=1)
