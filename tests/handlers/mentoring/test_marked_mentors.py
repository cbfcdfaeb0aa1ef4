"""A mentor who was reported or stopped once is known as such wherever something is decided."""

import pytest

from tests.handlers.mentoring import in_a_talk
from tests.handlers.scenes import (
    ALWAYS_DAY,
    Mentoring,
    erases_herself,
    invitation,
    joins_desk,
)
from tests.stage import Stage, StartStage

NUMBER = "my number: 012 345 678"
MONEY = "I can lend you 20$ for the book"


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which it is never night, and every message is a sample."""
    return await start_stage(mentor_sample_percent=100, **ALWAYS_DAY)


people = in_a_talk.people


async def test_one_stopped_message_marks_her_in_the_list_on_her_card_and_where_her_words_wait(
    people: Mentoring,
) -> None:
    sophea, nary = people.sophea, people.nary
    await nary.forge("vet:list:0")
    nary.does_not_see("vet.list_marked")
    await sophea.send(NUMBER)
    await sophea.send("hello Pov")
    await sophea.send(MONEY)
    await nary.forge("vet:list:0")
    nary.sees("vet.list_marked")
    await nary.tap_words("⚠️ Sophea")
    nary.sees("vet.stopped", count=1)
    await nary.tap("vet.known")
    await nary.tap("vet.tries")
    nary.sees_words("012 345 678")
    for door in ("over:held", "over:sample", "over:intro:1"):
        await nary.forge(door)
        nary.sees("over.marked", mentor="Sophea", reports=0, stopped=1)


@pytest.mark.parametrize("side", ["student", "mentor"])
async def test_the_call_for_a_report_says_what_it_is_and_who_reported(
    people: Mentoring, side: str
) -> None:
    reporter = people.srey if side == "student" else people.sophea
    await reporter.forge("talk:report:1")
    people.bopha.sees(f"case.alert_report_{side}", case=1)
    people.bopha.does_not_see("case.alert")
    for coordinator in (people.bopha, people.nary):
        by = coordinator.words(f"reported_by.{side}")
        coordinator.sees("news.report.staff", number=1, side=by)
    await people.bopha.tap("case.acknowledge")
    people.bopha.sees_words(people.bopha.words(f"kind.report_{side}"))
    reporter.sees("case.taken" if side == "student" else "case.taken_grown_up")
    await people.nary.forge("over:intro:1")
    people.nary.sees("over.reported", side=people.nary.words(f"reported_by.{side}"))
    if side == "student":
        people.nary.sees("over.marked", reports=1, stopped=0)
    else:
        people.nary.does_not_see("over.marked")


async def test_a_worry_about_others_calls_as_such(people: Mentoring) -> None:
    await people.sophea.forge("talk:worry:1:soon")
    people.bopha.sees("case.alert_concern", case=1)


async def test_a_report_that_was_looked_into_still_marks_her(people: Mentoring) -> None:
    await people.srey.forge("talk:report:1")
    await people.nary.forge("over:reopen:1")
    await people.nary.tap("over.reopen_yes")
    await people.nary.tap("over.her_card")
    people.nary.sees("vet.report_line", number=1, side=people.nary.words("reported_by.student"))


async def test_a_talk_is_not_reopened_for_a_girl_who_erased_herself(people: Mentoring) -> None:
    srey, nary = people.srey, people.nary
    await srey.forge("talk:report:1")
    await nary.forge("over:intro:1")
    assert nary.words("over.reopen") in nary.buttons()
    await erases_herself(srey)
    await nary.tap("over.reopen")
    await nary.tap("over.reopen_yes")
    nary.sees("over.cannot_reopen")
    await nary.forge("over:intro:1")
    assert nary.words("over.reopen") not in nary.buttons()
    assert nary.words("over.close") in nary.buttons()


async def test_a_report_that_was_taken_back_is_shown_as_such_and_marks_nobody(
    people: Mentoring,
) -> None:
    srey, nary = people.srey, people.nary
    await srey.forge("talk:report:1")
    await srey.tap("report.uneasy")
    await srey.forge("talk:mistake:1")
    await nary.forge("vet:list:0")
    nary.does_not_see("vet.list_marked")
    await nary.forge("over:intro:1")
    nary.does_not_see("over.marked")
    await nary.tap("over.her_card")
    student, uneasy = nary.words("reported_by.student"), nary.words("report_short.uneasy")
    nary.sees("vet.report_taken_back", number=1, side=student, why=uneasy)
    # A second one stands, and each keeps its reason.
    await srey.forge("talk:resume:1")
    await srey.forge("talk:report:1")
    await srey.tap("report.contact")
    await nary.forge("vet:list:0")
    await nary.tap_words("⚠️ Sophea")
    nary.sees("vet.reports", count=1)
    contact = nary.words("report_short.contact")
    nary.sees("vet.report_line", number=1, side=student, why=contact)
    nary.sees("vet.report_taken_back", number=1, side=student, why=uneasy)
    await nary.tap("vet.known")
    assert nary.buttons().count("🛡 Report 1") == 1


async def test_a_second_report_does_not_wear_the_reason_of_the_first(people: Mentoring) -> None:
    srey, nary = people.srey, people.nary
    await srey.forge("talk:report:1")
    await srey.tap("report.rude")
    await nary.forge("over:reopen:1")
    await nary.tap("over.reopen_yes")
    await srey.forge("talk:resume:1")
    await srey.forge("talk:report:1")
    await nary.forge("over:intro:1")
    nary.sees("over.reported", why=nary.words("report_short.none"))


async def test_nobody_is_asked_how_it_was_after_a_report_or_a_suspension(
    people: Mentoring,
) -> None:
    srey, nary = people.srey, people.nary
    await srey.forge("talk:report:1")
    await nary.forge("over:close:1")
    await nary.tap("over.close_yes")
    for one in (srey, people.sophea):
        assert not one.offers("opinion.good")
    srey.sees("news.close.student")
    assert srey.offers("home.help")


async def test_a_talk_that_ends_with_her_suspension_asks_nothing(people: Mentoring) -> None:
    await people.nary.forge("vet:list:0")
    await people.nary.tap_words("Sophea")
    await people.nary.tap("vet.suspend")
    await people.nary.tap("vet.suspend_yes")
    people.srey.sees("news.end_mentor.student")
    assert not people.srey.offers("opinion.good")


async def _is_suspended(people: Mentoring) -> None:
    await people.nary.forge("vet:list:0")
    await people.nary.tap_words("Sophea")
    await people.nary.tap("vet.suspend")
    await people.nary.tap("vet.suspend_yes")


async def test_a_suspended_mentor_comes_to_the_desk_only_when_that_is_lifted(
    people: Mentoring,
) -> None:
    sophea, nary = people.sophea, people.nary
    await _is_suspended(people)
    link = await invitation(people.bopha)
    for _ in range(2):
        await sophea.send(f"/start {link}")
        sophea.sees("team.barred")
    await sophea.forge("desk:home")
    sophea.does_not_see("desk.text")
    warned = [m for m in nary.news() if m["text"].startswith("⛔ Sophea")]
    assert len(warned) == 1, "each is warned once"
    nary.sees("team.barred_news", mentor="Sophea")
    # Retiring her does not lift it, nor does a new checklist.
    await nary.tap("news.look")
    nary.sees("vet.barred")
    await nary.tap("vet.remove")
    await sophea.send(f"/start {link}")
    sophea.sees("team.barred")
    await nary.tap("vet.lift")
    nary.does_not_see("vet.barred")
    await sophea.send(f"/start {link}")
    await sophea.tap("team.join_yes")
    sophea.sees("team.joined")


async def test_one_who_was_suspended_is_known_after_she_erased_herself(
    people: Mentoring,
) -> None:
    await _is_suspended(people)
    await people.nary.tap("vet.recheck")
    await erases_herself(people.sophea)
    await joins_desk(people.sophea, people.bopha)
    people.sophea.sees("team.barred")


async def test_colleagues_hear_what_is_known_of_a_mentor_who_joins_and_who_invited_her(
    people: Mentoring,
) -> None:
    sophea, nary = people.sophea, people.nary
    await sophea.send(NUMBER)
    await joins_desk(sophea, people.bopha)
    sophea.sees("team.joined")
    nary.sees("team.news", by="Team member 1")
    nary.sees("team.marked", mentor="Sophea", stopped=1)
    await nary.forge("vet:list:0")
    await nary.tap_words("Sophea")
    nary.sees("vet.at_desk", seat=nary.words("seat.full"))
