"""Coordinators watch over the talks, in the chat: approaches, what waits, who may look."""

from tests.handlers.mentoring import in_a_talk
from tests.handlers.scenes import (
    DANGER,
    HOTLINE,
    Mentoring,
    erases_herself,
    joins_desk,
    tells_age,
    wants_mentor,
)
from tests.stage import FIRST_COORDINATOR, Stage

MONEY = "I can lend you 20$ for the book"
NUMBER = "my number: 012 345 678"
DANGER_SAID = "i want to kill myself"

stage, people = in_a_talk.stage, in_a_talk.people


async def test_an_approach_rests_the_talk_and_calls_the_coordinators_at_once(
    people: Mentoring,
) -> None:
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await sophea.send(DANGER_SAID)
    sophea.sees("talk.approach")
    srey.sees("news.approach.student", mentor="Sophea")
    assert srey.offers("home.help")
    assert "kill" not in srey.transcript()
    for coordinator in (people.bopha, nary):
        coordinator.sees("news.approach.staff", number=1)
        # Her words are not in what may light up a lock screen.
        coordinator.does_not_see_words("kill")
    await nary.tap("over.read_transcript")
    nary.sees_words(DANGER_SAID)
    nary.sees_words(nary.words("relay_state.stopped"))
    # Nothing says who reported: nobody did.
    for told in (srey, sophea):
        told.does_not_see("over.reported")


async def test_after_three_tries_she_waits_for_a_coordinator_and_goes_on(
    people: Mentoring,
) -> None:
    sophea, nary = people.sophea, people.nary
    for _ in range(3):
        await sophea.send(NUMBER)
        sophea.sees("stopped.number")
    sophea.sees("vetting.quiet.mentor")
    nary.sees("vetting.quiet.staff", mentor="Sophea")
    await sophea.send("hello?")
    sophea.sees("closed.quiet")
    await nary.tap("news.look")
    nary.sees("vet.tried", count=3)
    await nary.tap("vet.known")
    await nary.tap("vet.tries")
    nary.sees_words("012 345 678")
    await nary.tap("back.desk")
    await nary.tap("vet.let_write")
    nary.sees("vet.let_write_sure")
    await nary.tap("vet.let_write_yes")
    sophea.sees("vetting.speak.mentor")
    await sophea.forge("talk:write:1")
    await sophea.send("hello again")
    people.srey.sees_words("hello again")


async def test_after_three_tries_she_may_be_suspended(people: Mentoring) -> None:
    sophea, nary = people.sophea, people.nary
    for _ in range(3):
        await sophea.send(NUMBER)
    await nary.tap("news.look")
    await nary.tap("vet.suspend")
    await nary.tap("vet.suspend_yes")
    sophea.sees("vetting.suspend.mentor")
    people.srey.sees("news.end_mentor.student")


async def test_a_held_message_waits_seen_by_all_who_have_a_part_in_it(
    stage: Stage, people: Mentoring
) -> None:
    sophea, nary = people.sophea, people.nary
    sent = await sophea.send(MONEY)
    await sophea.edit(sent, "Good luck for the exam")
    sophea.sees("held.money")
    await stage.strikes_after(hours=5)
    nary.sees("over.waits", messages=2)
    await stage.strikes_after(hours=20)
    sophea.sees("talk.still_waiting")
    await nary.tap("over.held")
    nary.sees_words(MONEY)
    nary.sees_words("Good luck for the exam")
    await nary.tap("over.rewrite")
    await nary.send("call me on 012 345 678")
    nary.sees("form_fault.contact")
    await nary.send("The school lends books.")
    people.srey.sees_words("The school lends books.")
    await people.srey.forge("talk:report:1")
    await nary.forge("over:transcript:1")
    nary.sees_words("The school lends books.")
    nary.sees_words("Good luck for the exam")


async def test_a_coordinator_in_the_pair_is_told_nothing_of_it_and_refused(
    stage: Stage, people: Mentoring
) -> None:
    """Sophea is invited to the desk: of her own talk others decide."""
    sophea, srey = people.sophea, people.srey
    await joins_desk(sophea, people.bopha)
    await srey.forge("talk:write:1")
    await srey.send("I can lend you 5$")
    sophea.does_not_see("over.held_alert")
    people.nary.sees("over.held_alert")
    for data in ("over:intro:1", "over:pause:1", "over:transcript:1", "over:allow:1"):
        await sophea.forge(data)
        sophea.sees("over.own_pair")
    await sophea.forge("over:held:1")
    sophea.sees("over.nothing")
    assert "5$" not in sophea.transcript()


async def test_an_old_button_with_an_id_names_nobody(stage: Stage, people: Mentoring) -> None:
    girl = stage.enters(5001, language="en")
    await wants_mentor(girl)
    await tells_age(girl, "adult")
    await girl.tap_data("intro:field:software")
    await girl.forge(f"intro:mentor:{people.sophea.id}")
    girl.does_not_see("intro.alias")
    await people.nary.forge(f"vet:mentor:{people.sophea.id}")
    people.nary.does_not_see("vet.state")


async def test_a_reported_mentor_who_erases_herself_is_told_what_stays(
    people: Mentoring,
) -> None:
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await srey.forge("talk:report:1")
    await sophea.send("/privacy")
    await sophea.tap("data.erase")
    sophea.sees("data.stays", days=400)
    await sophea.tap("data.erase_yes")
    sophea.sees("data.erased_mentor")
    sophea.sees("data.stays", days=400)
    nary.sees("vetting.freeze.staff")
    await nary.tap("news.look")
    nary.sees("vet.report_line", number=1)
    await sophea.send("/mentor")
    sophea.sees("vetting_state.frozen", "en")
    await nary.tap("vet.clear")
    await nary.tap("vet.clear_yes")
    await sophea.send("/mentor")
    sophea.sees("intro.welcome", "en")


async def test_who_returns_as_an_adult_is_shown_to_the_coordinator(
    stage: Stage, people: Mentoring
) -> None:
    girl = stage.enters(5001, language="en")
    for age in ("age.minor", "age.adult"):
        await wants_mentor(girl)
        await girl.tap(age)
        if age == "age.minor":
            await erases_herself(girl)
        else:
            await girl.tap("age.right")
    await girl.tap_data("intro:field:software")
    await girl.tap("intro.any_mentor")
    await girl.send("Thida")
    await girl.tap("hope.day")
    await girl.tap("intro.agree")
    await people.nary.tap("news.look")
    people.nary.sees("over.grew_up")
    assert people.nary.offers("over.attest")


async def test_every_look_at_a_girls_words_is_recorded(stage: Stage, people: Mentoring) -> None:
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/desk")
    await bopha.forge("over:intro:1")
    await bopha.forge("audit:0")
    said = bopha.said()
    assert bopha.words("audit.action.read") in said
    assert bopha.words("audit.subject.introduction") in said


async def test_words_of_danger_that_she_edits_into_a_message_are_held_beside_it(
    people: Mentoring,
) -> None:
    """Also when she has left the talk: a coordinator is called, and reads both versions."""
    srey, nary = people.srey, people.nary
    await srey.forge("talk:write:1")
    sent = await srey.send("I like maps")
    await srey.send("/menu")
    await srey.edit(sent, DANGER)
    srey.sees("care.hotline", number=HOTLINE)
    people.bopha.sees("case.alert", case=1)
    nary.sees("over.held_alert", why=nary.words("why.danger"))
    await nary.tap("over.read")
    nary.sees_words("I like maps")
    nary.sees_words(DANGER)
    assert DANGER not in people.sophea.transcript()


async def test_the_weekly_digest_tells_what_did_not_pass_and_the_danger(
    people: Mentoring,
) -> None:
    srey, sophea, nary = people.srey, people.sophea, people.nary
    for _ in range(2):
        await sophea.send(NUMBER)
    await sophea.send(MONEY)
    sophea.sees("held.money")
    await srey.send("/menu")
    await srey.send(DANGER)
    srey.sees("care.hotline", number=HOTLINE)
    await nary.forge("fig:digest")
    nary.sees("digest.relay", held=1, stopped=2, approaches=0)
    nary.sees("digest.signs", kinds=f"{nary.words('kind.abuse')} <5")
