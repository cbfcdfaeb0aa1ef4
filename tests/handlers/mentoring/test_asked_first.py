"""What cannot be taken back is asked first, and what was tapped by mistake is taken back."""

import pytest

from tests.handlers import scenes
from tests.handlers.scenes import Mentoring
from tests.stage import Stage


@pytest.fixture
def people(stage: Stage) -> Mentoring:
    """Everybody of an introduction."""
    return scenes.mentoring(stage)


async def test_a_mentor_is_suspended_by_two_taps(people: Mentoring) -> None:
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await people.nary.forge("vet:list")
    await people.nary.tap_words("Sophea")
    await people.nary.tap("vet.suspend")
    people.nary.sees("vet.suspend_sure", mentor="Sophea")
    people.sophea.does_not_see("vetting.suspend.mentor")
    await people.nary.tap("sure.keep")
    people.nary.sees("vet.state", state=people.nary.words("vetting_short.approved"))
    await people.nary.tap("vet.suspend")
    await people.nary.tap("vet.suspend_yes")
    people.sophea.sees("vetting.suspend.mentor")


async def test_a_girl_is_asked_before_her_request_is_taken_back(people: Mentoring) -> None:
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await scenes.asks_for(people.srey)
    await people.srey.send("/mentor")
    await people.srey.tap("intro.cancel")
    people.srey.sees("intro.cancel_sure")
    await people.srey.tap("sure.keep")
    people.srey.sees("state.requested")
    await people.srey.tap("intro.cancel")
    await people.srey.tap("intro.cancel_yes")
    people.srey.sees("intro.cancelled")


async def test_the_relay_and_the_last_on_call_are_switched_off_by_two_taps(
    people: Mentoring,
) -> None:
    bopha, nary = people.bopha, people.nary
    for coordinator in (bopha, nary):
        await coordinator.send("/desk")
    await bopha.forge("over:home")
    await bopha.tap("desk.roster")
    await bopha.tap("roster.go_off")
    assert bopha.offers("roster.go_on"), "a colleague is there"
    await nary.forge("over:home")
    await nary.tap("desk.roster")
    await nary.tap("roster.go_off")
    nary.sees("roster.last_off_sure")
    await nary.tap("sure.keep")
    assert nary.offers("roster.go_off")
    await nary.tap("roster.go_off")
    await nary.tap("roster.last_off_yes")
    nary.sees("desk.nobody_on_call")
    await nary.forge("over:home")
    nary.sees("over.nobody_on_call")
    await nary.tap("over.turn_off")
    nary.sees("over.relay_off_sure")
    await nary.tap("over.relay_off_yes")
    nary.sees("over.relay_is_off")


async def test_a_report_by_mistake_is_taken_back_within_a_minute(people: Mentoring) -> None:
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await scenes.talking(people)
    await srey.send("/mentor")
    await srey.tap("talk.report")
    srey.sees("talk.reported")
    await srey.tap("talk.mistake")
    srey.sees("talk.mistake_kept")
    nary.sees("news.take_back.staff", number=1)
    await people.bopha.tap("case.acknowledge")
    people.bopha.sees("case.off_to_staff_report", case=1)
    # It rests, and goes on only when she says so.
    await sophea.send("Are you there?")
    sophea.sees("closed.paused")
    await srey.tap("talk.card")
    await srey.tap("talk.resume")
    sophea.sees("news.resume.mentor")


async def test_a_minute_later_a_report_is_for_the_coordinators(
    stage: Stage, people: Mentoring
) -> None:
    await scenes.talking(people)
    await people.srey.send("/mentor")
    await people.srey.tap("talk.report")
    stage.later(seconds=61)
    await people.srey.tap("talk.mistake")
    people.srey.sees("talk.mistake_late")
    people.nary.does_not_see("news.take_back.staff")


async def test_nobody_takes_back_the_report_of_the_other(people: Mentoring) -> None:
    await scenes.talking(people)
    await people.srey.send("/mentor")
    await people.srey.tap("talk.report")
    await people.sophea.forge("talk:mistake:1")
    people.sophea.sees("talk.mistake_late")
    people.sophea.does_not_see("talk.mistake_kept")


async def test_what_another_paused_stays_paused_whoever_reports_and_takes_it_back(
    people: Mentoring,
) -> None:
    srey, sophea = people.srey, people.sophea
    await scenes.talking(people)
    await srey.send("/mentor")
    await srey.tap("talk.pause")
    await sophea.send("/mentor")
    await sophea.forge("talk:report:1")
    await sophea.tap("talk.mistake")
    await sophea.forge("talk:resume:1")
    sophea.sees("talk.cannot")
    await srey.forge("talk:resume:1")
    srey.sees("talk.resumed")
