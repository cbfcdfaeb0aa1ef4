"""From a woman who volunteers to a girl who reports: the whole of mentoring in the chat."""

import pytest

from bot.mentoring import mentors
from tests.chat import Chat
from tests.handlers.scenes import (
    ALWAYS_DAY,
    CHECKS,
    CODE_ITEMS,
    DANGER,
    HOPE,
    HOTLINE,
    STORY,
    Mentoring,
    applies,
    approves_wish,
    at_desk,
    consents,
    with_a_mentor,
)
from tests.stage import FIRST_COORDINATOR, MENTOR, STUDENT, Stage, StartStage


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which it is never night, and every message may be read as a sample."""
    return await start_stage(mentor_sample_percent=100, **ALWAYS_DAY)


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    return await with_a_mentor(stage)


async def _ask(srey: Chat) -> None:
    """She is led to a mentor when she speaks of the work, and is kept safe on the way."""
    await srey.send("I want to talk to a programmer")
    srey.sees("age.ask")
    await srey.tap("age.minor")
    srey.sees("intro.mentor", story=STORY)
    await srey.tap_words("Sophea")
    srey.sees("intro.alias")
    await srey.send("Pov")
    srey.sees("intro.hope")
    await srey.send("How did you learn? add me on facebook")
    srey.sees("hope_fault.contact")
    await srey.send(HOPE)
    srey.sees("intro.assent")
    await srey.tap("intro.agree")
    srey.sees("intro.link")
    assert "?start=guardian_" in srey.copies("link.copy")


async def _talking(people: Mentoring) -> None:
    srey, sophea, mother, nary = people.srey, people.sophea, people.mother, people.nary
    await _ask(srey)
    nary.sees("news.ask.staff", student="Pov")
    await nary.tap("news.look")
    missing = nary.sees("over.introduction", student="Pov")
    assert nary.words("consent.missing") in missing["text"]
    assert not nary.offers("over.approve")
    await consents(srey, mother)
    await approves_wish(nary)
    srey.sees("news.offer.student", mentor="Sophea")
    sophea.sees("news.offer.mentor", student="Pov", hope=HOPE)
    await sophea.tap("offer.accept")
    mother.sees("news.accept.guardian", mentor="Sophea")
    srey.sees("news.accept.student", mentor="Sophea")
    await srey.tap("intro.begin")
    sophea.sees("news.begin.mentor", student="Pov")


async def test_a_mentor_applies_is_checked_and_is_signed_by_a_second(stage: Stage) -> None:
    sophea = stage.person(MENTOR)
    bopha, nary = await at_desk(stage)
    await sophea.send("/mentor")
    await sophea.tap("intro.volunteer")
    sophea.sees("form_ask.first_name")
    await sophea.send("Sophea Chan 012345678")
    sophea.sees("form_fault.name")
    await sophea.send("Sophea")
    await sophea.tap_data("ment:field:software")
    await sophea.tap("languages.both")
    await sophea.tap_data("ment:set:province:phnom-penh")
    await sophea.tap("hours.evenings")
    await sophea.tap_data("ment:set:places:2")
    await sophea.send("I build apps. My telegram is @sophea, write to me!")
    sophea.sees("form_fault.contact")
    await sophea.send(STORY)
    for item in range(1, CODE_ITEMS + 1):
        sophea.sees("mentor.code_item", place=item, count=CODE_ITEMS)
        await sophea.tap("mentor.i_accept")
    await sophea.tap("mentor.send_form")
    sophea.sees("vetting_state.applied")
    bopha.sees("vetting.apply.staff", mentor="Sophea")
    await bopha.tap("news.look")
    await bopha.tap("vet.checklist")
    for check in CHECKS:
        await bopha.tap(f"check.{check}")
        bopha.sees("vet.evidence")
        await bopha.send("folder 3, seen today")
        bopha.sees_words("folder 3")
    nary.sees("vetting.check.staff", mentor="Sophea")
    # The one who checked cannot sign.
    assert not bopha.offers("vet.approve")
    bopha.sees("vet.second_person")
    sophea.does_not_see("vetting.approve.mentor")
    await nary.tap("news.look")
    nary.sees("vet.state", state=nary.words("vetting_short.checked"))
    await nary.tap("vet.approve")
    sophea.sees("vetting.approve.mentor")


async def test_a_proof_that_says_nothing_is_asked_for_again(stage: Stage) -> None:
    sophea, bopha = stage.person(MENTOR), stage.person(FIRST_COORDINATOR)
    await bopha.send("/desk")
    await applies(sophea)
    await bopha.tap("news.look")
    await bopha.tap("vet.checklist")
    await bopha.tap("check.identity")
    await bopha.send("?")
    bopha.sees("vet.evidence_short")
    await bopha.send("folder 3, seen today")
    bopha.sees_words("folder 3")


async def test_what_is_no_longer_to_be_proved_is_not_awaited(stage: Stage) -> None:
    """Another coordinator refuses the mentor while the proof is being written."""
    sophea = stage.person(MENTOR)
    bopha, nary = await at_desk(stage)
    await applies(sophea)
    await bopha.tap("news.look")
    await bopha.tap("vet.checklist")
    await bopha.tap("check.identity")
    await nary.tap("news.look")
    await nary.tap("vet.refuse")
    await nary.tap("vet.refuse_yes")
    await bopha.send("folder 3, seen today")
    bopha.sees("home.coordinator")
    await bopha.send("What is AI?")
    bopha.does_not_see("home.coordinator")


async def test_who_may_not_sign_is_led_back_to_the_mentor(stage: Stage) -> None:
    sophea, bopha = stage.person(MENTOR), stage.person(FIRST_COORDINATOR)
    await bopha.send("/desk")
    await applies(sophea)
    await bopha.tap("news.look")
    (data,) = (d for d in bopha.was_shown() if d.startswith("vet:refuse:"))
    await bopha.forge(data.replace("refuse", "approve"))
    bopha.sees("approve.gone")
    await bopha.tap("back.desk")
    bopha.sees("vet.state", state=bopha.words("vetting_short.applied"))


async def test_from_a_wish_to_a_talk_and_a_report(people: Mentoring) -> None:
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await _talking(people)
    await srey.send("/mentor")
    await srey.tap("talk.write")
    srey.sees("talk.write_now", name="Sophea")
    await srey.send("Hello! Is math <hard>?")
    sophea.sees("talk.message", name="Pov", text="Hello! Is math <hard>?")
    assert all(map(sophea.offers, ("talk.report", "talk.pause", "talk.end")))
    await sophea.tap("talk.write")
    sophea.sees("talk.write_now", name="Pov")
    await sophea.send("Not at all. my number: 012 345 678")
    sophea.sees("stopped.number")
    sent = await sophea.send("Not at all, I learned it step by step.")
    srey.sees_words("step by step")
    await sophea.edit(sent, "my telegram is sophea_dev")
    sophea.sees("stopped.app")
    await sophea.send_media("photo", caption="look at chapter 12")
    sophea.sees("talk.text_only")
    srey.sees_words("look at chapter 12")
    await sophea.send("I can lend you 20$ for the book")
    sophea.sees("held.money")
    nary.sees("over.held_alert", why=nary.words("why.money"))
    await nary.tap("over.read")
    nary.sees_words("I can lend you 20$")
    await nary.tap("over.refuse")
    sophea.sees("talk.refused")
    for hidden in ("012", "sophea_dev", "20$"):
        assert hidden not in srey.transcript()
    await srey.tap("talk.report")
    srey.sees("talk.reported")
    await srey.tap("report.contact")
    sophea.sees("news.report.mentor", student="Pov")
    # Nothing tells her that she was reported.
    told = sophea.sees("news.report.mentor", student="Pov")["text"]
    assert "report" not in told.lower()
    sophea.does_not_see("over.reported")
    await sophea.send("hello?")
    sophea.sees("closed.paused")
    nary.sees("news.report.staff", number=1)
    await nary.tap("news.look")
    nary.sees("over.reported", why=nary.words("report_short.contact"))
    await nary.tap("over.read_transcript")
    nary.sees_words("012 345 678")


async def test_a_girl_in_danger_in_a_talk_gets_care_and_a_coordinator_is_called(
    people: Mentoring,
) -> None:
    srey, sophea, bopha = people.srey, people.sophea, people.bopha
    await _talking(people)
    await srey.send("/mentor")
    await srey.tap("talk.write")
    await srey.send(DANGER)
    srey.sees("care.hotline", number=HOTLINE)
    bopha.sees("case.alert", case=1)
    assert "father" not in sophea.transcript()


async def test_a_girl_in_danger_gets_care_where_the_talk_she_was_in_is_forgotten(
    stage: Stage, people: Mentoring
) -> None:
    srey, sophea = people.srey, people.sophea
    await _talking(people)
    await srey.send("/mentor")
    await srey.tap("talk.write")
    await sophea.forge("talk:end_yes:1")
    await stage.strikes_after(days=100)
    await srey.send(DANGER)
    srey.sees("care.hotline", number=HOTLINE)
    srey.does_not_see("unknown.command")


async def test_a_guardian_who_takes_consent_back_stops_the_talk(people: Mentoring) -> None:
    srey, sophea, mother = people.srey, people.sophea, people.mother
    await _talking(people)
    await mother.tap("news.guardian")
    await mother.tap("guardian.withdraw")
    await mother.tap("guardian.withdraw_yes")
    mother.sees("guardian.withdrawn")
    srey.sees("news.end.student", mentor="Sophea")
    sophea.sees("news.end.mentor", student="Pov")
    await srey.forge("talk:write:1")
    srey.sees("closed.over")


async def test_nobody_else_reaches_into_a_talk_with_forged_buttons(
    stage: Stage, people: Mentoring
) -> None:
    await _talking(people)
    stranger = stage.person(STUDENT)
    await stranger.send("/menu")
    for data in (
        "talk:write:1", "talk:report:1", "talk:end_yes:1", "over:home", "over:transcript:1",
        "over:allow:1", "vet:list", "vet:suspend:2001", "ment:accept:1", "intro:begin:1",
        "guard:withdraw_yes:1", "talk:why:1:rude",
    ):  # fmt: skip
        await stranger.forge(data)
        assert stranger.news(), f"{data} is not answered"
    await people.srey.send("/mentor")
    people.srey.sees("state.active", mentor="Sophea")


async def test_a_coordinator_hears_of_danger_though_the_talk_is_forgotten(
    stage: Stage, people: Mentoring
) -> None:
    await _talking(people)
    await people.srey.send("/mentor")
    await people.srey.tap("talk.write")
    await stage.strikes_after(days=40)
    people.srey.sees("news.end_planned.student")
    await stage.strikes_after(days=100)
    await people.srey.send(DANGER)
    people.bopha.sees("case.alert", case=1)


async def test_a_refused_command_leaves_the_talk_all_the_same(people: Mentoring) -> None:
    srey, sophea = people.srey, people.sophea
    await _talking(people)
    await srey.send("/mentor")
    await srey.tap("talk.write")
    await srey.send("/start guardian_of-nobody")
    srey.sees("guardian.old_link")
    await srey.send("what is a scholarship?")
    assert "scholarship" not in sophea.transcript()


async def test_a_link_is_passed_on_with_a_tap_and_a_paper_is_asked_for(
    people: Mentoring,
) -> None:
    srey, nary = people.srey, people.nary
    await _ask(srey)
    assert srey.opens("intro.share").startswith("https://t.me/share/url?url=")
    await srey.tap("intro.no_telegram")
    srey.sees("intro.paper_asked")
    nary.sees("news.paper.staff", number=1)
    await srey.send("/mentor")
    assert srey.offers("intro.share")


async def test_what_became_of_a_wish_that_was_stopped_is_said_with_why(
    people: Mentoring,
) -> None:
    srey = people.srey
    await _ask(srey)
    await consents(srey, people.mother)
    await people.mother.tap("news.guardian")
    await people.mother.tap("guardian.withdraw")
    await people.mother.tap("guardian.withdraw_yes")
    await srey.tap("news.see")
    srey.sees("news.withdraw.student")
    srey.sees("intro.next")
    assert srey.offers("intro.start")


async def test_a_form_is_put_by_and_gone_on_with(people: Mentoring) -> None:
    srey = people.srey
    await srey.send("/mentor")
    await srey.tap("intro.start")
    await srey.tap("age.minor")
    # Who is under age hears at once that a guardian has to agree.
    srey.sees("intro.guardian_first")
    srey.sees("intro.marked_free")
    assert srey.offers("back.topic")
    await srey.tap_data("intro:field:software")
    await srey.tap_words("Sophea")
    srey.sees("intro.alias")
    await srey.tap("back.topic")
    await srey.tap_words("Sophea")
    await srey.send("my name is Monika")
    srey.does_not_see("care.gentle")
    srey.sees("intro.hope")
    await srey.tap("back.topic")
    await srey.send("ខ្ញុំឈ្មោះ មុនីកា")
    await srey.send(HOPE)
    await srey.tap("intro.not_now")
    srey.sees("intro.put_by")
    await srey.tap("intro.go_on")
    srey.sees("intro.assent")


async def test_where_nobody_is_free_those_fields_are_named_in_which_one_is(
    people: Mentoring,
) -> None:
    srey = people.srey
    await srey.send("/mentor")
    await srey.tap("intro.start")
    await srey.tap("age.minor")
    await srey.tap_data("intro:field:engineering")
    srey.sees("intro.nobody")
    srey.sees("intro.others_free")
    await srey.tap_data("intro:field:software")
    srey.sees("intro.mentors")


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("my name is Monika", "Monika"), ("ខ្ញុំឈ្មោះមុនីកា", "មុនីកា"), ("I am Pov", "Pov"),
        ("knhom chmous Srey bong", "Srey"), ("I am scared", None), ("Pov", "Pov"),
        ("call me maybe later", None),
    ],
)  # fmt: skip
def test_a_name_is_taken_from_the_sentence_that_tells_it(told: str, name: str | None) -> None:
    assert mentors.first_name(told) == name


async def test_back_from_the_age_leads_to_the_plan_she_came_from(people: Mentoring) -> None:
    srey, career = people.srey, "software-developer"
    await srey.send("/menu")
    await srey.forge(f"plan:show:{career}:en")
    await srey.tap("career.mentor")
    srey.sees("age.ask")
    await srey.tap("back.plan")
    assert srey.offers("plan.whole")


async def test_what_is_typed_before_she_begins_is_not_taken_for_sent(people: Mentoring) -> None:
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await _ask(srey)
    await nary.tap("news.look")
    await consents(srey, people.mother)
    await approves_wish(nary)
    await sophea.tap("offer.accept")
    await srey.send("hello teacher, my name is Pov and I like drawing")
    srey.sees("talk.not_sent_not_begun", name="Sophea")
    await sophea.send("hello Pov, how are you?")
    sophea.sees("talk.not_sent_not_begun", name="Pov")
    assert not sophea.offers("intro.begin")
    await srey.tap("intro.begin")
    await srey.send("hello teacher, my name is Pov and I like drawing")
    await srey.tap("talk.send_this", name="Sophea")
    sophea.sees_words("I like drawing")
