"""What coordinators decide about mentors can be taken back, or is asked first."""

from tests.chat import Chat
from tests.handlers.mentoring import in_a_talk
from tests.handlers.scenes import CHECKS, Mentoring, applies, asks_for_a_person, at_desk
from tests.stage import ENGLISH_STUDENT, MENTOR, Stage

stage, people = in_a_talk.stage, in_a_talk.people


async def checks_all(coordinator: Chat) -> None:
    """A coordinator goes through the checklist of the one who applied."""
    await coordinator.tap("news.look")
    await coordinator.tap("vet.checklist")
    for check in CHECKS:
        await coordinator.tap(f"check.{check}")
        await coordinator.send("folder 3, seen today")


async def test_an_item_that_was_ticked_is_taken_back_before_anybody_signs(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await applies(stage.person(MENTOR))
    await checks_all(bopha)
    await bopha.tap("vet.checklist")
    await bopha.tap("vet.uncheck", item=bopha.words("check.police"))
    bopha.sees("vet.uncheck_sure")
    await bopha.tap("vet.uncheck_yes")
    bopha.sees("vet.checklist_text", mentor="Sophea")
    await bopha.tap("check.police")
    bopha.sees("vet.evidence")
    await nary.forge("desk:home")
    await nary.tap("news.look")
    assert not nary.offers("vet.approve")
    nary.sees_words(nary.words("audit.action.unchecked police"))


async def test_who_did_the_checks_is_not_asked_to_sign(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await applies(stage.person(MENTOR))
    await checks_all(bopha)
    assert not bopha.offers("vet.approve")
    bopha.sees("vet.second_person")
    await nary.tap("news.look")
    assert nary.offers("vet.approve")


async def test_what_the_bot_froze_is_opened_for_the_girl_after_a_question(
    stage: Stage, people: Mentoring
) -> None:
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await sophea.send("i want to kill myself")
    await nary.forge("over:intro:1")
    assert not nary.offers("over.reopen")
    await nary.tap("over.reopen_girl")
    nary.sees("over.reopen_girl_sure")
    srey.does_not_see("news.reopen_girl.student", mentor="Sophea")
    await nary.tap("over.reopen_girl_yes")
    srey.sees("news.reopen_girl.student", mentor="Sophea")
    sophea.sees("news.reopen_girl.mentor", student="Pov")


async def test_the_others_hear_that_the_relay_is_off(people: Mentoring) -> None:
    await people.nary.forge("over:relay:n")
    people.bopha.does_not_see("over.relay_off_news")
    await people.nary.forge("over:relay_off")
    people.bopha.sees("over.relay_off_news")
    await people.nary.forge("over:relay:y")
    people.bopha.sees("over.relay_on_news")


async def test_off_call_a_coordinator_is_still_called_for_a_girl(stage: Stage) -> None:
    """So who is the last to go off call is told just that, and not that nobody is called."""
    bopha, nary = await at_desk(stage)
    for one in (bopha, nary):
        await one.forge("over:duty:n")
    nary.sees("roster.last_off_sure")
    await nary.forge("over:duty_off")
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    bopha.sees("case.alert", case=1)


async def test_the_log_says_which_message_of_a_case_was_received(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    await bopha.tap("case.acknowledge")
    await srey.send("he comes home now")
    await nary.forge("audit:0")
    nary.sees_words(nary.words("audit.message").replace("{n}", "2"))
