"""How a case ends: it is asked for first, can be taken back, and holds nobody."""

from bot.safety.cases import UNDO
from tests.handlers.scenes import DANGER, asks_for_a_person, at_desk, erases_herself, in_a_case
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


async def test_closing_asks_first_and_can_be_taken_back_for_a_minute(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.close")
    bopha.sees("case.close_how", case=1)
    await bopha.tap("outcome.mistake")
    bopha.sees("case.closed_mistake", case=1)
    stage.later(seconds=5)
    await bopha.tap("case.reopen")
    bopha.sees_words(DANGER)
    stage.later(minutes=2)
    await stage.deliver()
    srey.does_not_see("case.closed_for_girl")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    bopha.sees("case.closed", case=1)
    stage.later(seconds=UNDO.total_seconds())
    await stage.deliver()
    srey.sees("case.closed_for_girl")
    await bopha.tap("case.reopen")
    bopha.sees("case.closed_for_good")


async def test_what_she_writes_in_that_minute_is_heard(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.close")
    await bopha.tap("outcome.quiet")
    await srey.send("I am here")
    bopha.sees("case.note_to_staff", case=1, text="I am here")
    stage.later(minutes=2)
    await stage.deliver()
    srey.does_not_see("case.closed_for_girl")


async def test_nobody_is_stuck_in_a_case_that_was_closed(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.tap_data("care:well")
    await srey.tap("case.reply")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    stage.later(minutes=2)
    await stage.deliver()
    await srey.send("thank you")
    bopha.does_not_see_words("thank you")
    srey.sees("case.over")
    await srey.send(stage.content.entries["tech-is-for-boys"].question.get("en"))
    srey.sees("answer.as_of")


async def test_who_takes_a_later_case_may_read_the_earlier_one(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await srey.send("my aunt helps me")
    await bopha.tap("case.close")
    await bopha.tap("outcome.passed")
    stage.later(days=1)
    await asks_for_a_person(srey)
    await nary.send("/desk")
    await nary.tap("desk.cases")
    await nary.tap("desk.case_waits", case=2)
    await nary.tap("case.earlier", case=1)
    nary.sees_words("my aunt helps me")
    nary.sees("outcome.passed")
    await nary.tap("case.back")
    nary.sees("case.text", case=2)


async def test_the_number_of_an_erased_case_is_never_given_again(stage: Stage) -> None:
    """Its alert would be taken for one that was sent long ago."""
    srey, other = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    bopha, _ = await at_desk(stage)
    await asks_for_a_person(srey)
    await erases_herself(srey)
    await asks_for_a_person(other)
    bopha.sees("case.alert", case=2)
