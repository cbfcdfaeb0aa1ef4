"""Mentors, guardians and coordinators have a home of their own, and are no little sisters."""

from datetime import timedelta

import pytest

from tests.chat import buttons_of
from tests.handlers.scenes import (
    ALWAYS_DAY,
    Mentoring,
    approves_wish,
    asks_for,
    at_desk,
    consents,
    opens_event,
    opens_link,
    pastes_event,
    with_a_mentor,
    with_her_age,
)
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, GUARDIAN, Stage, StartStage

LITTLE_SISTER = "ប្អូន"


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    return await start_stage(**ALWAYS_DAY)


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    return await with_a_mentor(stage)


async def _offered(people: Mentoring) -> None:
    """A girl's wish is approved and offered to Sophea; her guardian has agreed."""
    await asks_for(people.srey)
    await people.nary.tap("news.look")
    await consents(people.srey, people.mother)
    await approves_wish(people.nary)


async def test_a_mentor_is_at_home_with_her_talks(people: Mentoring) -> None:
    sophea = people.sophea
    await sophea.send("/start")
    sophea.sees("home.mentor", name="Sophea")
    sophea.sees("home.no_girls")
    await _offered(people)
    await sophea.send("/menu")
    sophea.sees("home.offered", n=1)
    assert sophea.words("mentor_state.offered") in sophea.buttons()[0]
    await sophea.tap_words(sophea.words("mentor_state.offered"))
    sophea.sees("mentor.introduction", name="Pov")


async def test_what_a_mentor_sets_is_one_tap_from_home(people: Mentoring) -> None:
    await people.sophea.send("/menu")
    await people.sophea.tap("mentor.rest")
    people.sophea.sees("mentor.resting")
    await people.sophea.tap("back.home")
    people.sophea.sees("mentor.resting")
    assert people.sophea.offers("mentor.come_back")


async def test_everybody_still_reaches_the_library_and_her_settings(
    people: Mentoring, stage: Stage
) -> None:
    await _offered(people)
    for person in (people.sophea, people.mother, people.bopha):
        await person.send("/menu")
        await person.tap("home.library")
        person.sees("library.text")
        await person.tap("home.topics")
        person.sees("topics.text")
        await person.send("/menu")
        await person.tap("home.more")
        assert person.offers("more.language")
        assert person.offers("adult.more.privacy")
        assert not person.offers("more.me")


async def test_a_guardian_is_at_home_with_what_she_agreed_to(people: Mentoring) -> None:
    mother, sophea = people.mother, people.sophea
    await _offered(people)
    await mother.send("/start")
    mother.sees("home.guardian")
    # A wish that no mentor has accepted is the girl's own affair.
    mother.sees("home.child", number="")
    await sophea.tap("offer.accept")
    await mother.send("/menu")
    mother.sees("home.child_talks", mentor="Sophea")
    await mother.tap("guardian.rights")
    mother.sees("guardian.rights_text")
    await mother.tap("back.home")
    await mother.tap("guardian.call")
    mother.sees_words("1280")
    await mother.tap("back.home")
    await mother.tap("news.guardian")
    await mother.tap("guardian.withdraw")
    await mother.tap("guardian.withdraw_yes")
    # Who agrees to nothing any more is still no girl.
    await mother.tap("back.home")
    mother.sees("home.invited")


async def test_a_guardian_is_met_as_one_before_she_agrees(people: Mentoring) -> None:
    mother = people.mother
    await opens_link(people)
    mother.sees("guardian.page")
    assert mother.offers("back.home")
    await mother.tap("guardian.no")
    mother.sees("guardian.declined")
    await mother.tap("back.home")
    mother.sees("home.invited")
    await mother.send("/language")
    await mother.tap_words("ខ្មែរ")
    for words in ("/start", "/no_such_command", "/menu", "/ask", "https://example.org/", "សួស្ដី"):
        await mother.send(words)
        assert LITTLE_SISTER not in mother.said(), words
        mother.does_not_see("first.ask_grade")


async def test_a_girl_who_opens_a_link_by_mistake_says_so(people: Mentoring) -> None:
    """She is a friend, to whom it was passed on."""
    friend = people.mother
    await opens_link(people)
    await friend.tap("guardian.student")
    friend.sees("guardian.student_sure")
    await friend.tap("guardian.student_yes")
    friend.sees("home.text")


async def test_a_mother_who_taps_it_by_chance_is_a_mother_still(people: Mentoring) -> None:
    mother = people.mother
    await opens_link(people)
    await mother.tap("guardian.student")
    await mother.tap("sure.keep")
    mother.sees("guardian.page")


async def test_a_guardian_is_asked_what_worries_her_before_anybody_is_called(
    people: Mentoring,
) -> None:
    mother, bopha = people.mother, people.bopha
    await opens_link(people)
    await mother.tap("guardian.agree")
    await mother.send("/menu")
    await mother.tap("guardian.worry")
    mother.sees("guardian.worry_ask")
    bopha.does_not_see("case.alert_concern")
    await mother.tap("guardian.not_yet")
    await mother.tap("guardian.worry")
    await mother.send("A man waits for her behind the school")
    mother.sees("guardian.worry_kept")
    mother.does_not_see("care.honest")
    assert mother.offers("back.home")
    bopha.sees("case.alert_concern")
    await mother.send("It was yesterday")
    mother.sees("case.carried_calling_grown_up")
    assert mother.offers("back.home")
    mother.sees("adult.hide.opening")
    await bopha.tap("case.acknowledge")
    bopha.sees_words("A man waits for her")


async def test_a_guardian_who_erases_hears_that_it_withdraws_the_consent(
    people: Mentoring,
) -> None:
    await opens_link(people)
    await people.mother.tap("guardian.agree")
    await people.mother.send("/forget")
    people.mother.sees("guardian.erase_withdraws")
    await people.nary.send("/forget")
    people.nary.does_not_see("guardian.erase_withdraws")


async def test_who_told_her_grade_is_no_guardian(people: Mentoring) -> None:
    friend = people.mother
    await friend.send("/me")
    await friend.tap("me.grade")
    await friend.tap("grade.10")
    await opens_link(people)
    friend.sees("guardian.page")
    await friend.send("/menu")
    friend.sees("home.text")


async def test_a_coordinator_is_at_home_with_what_waits(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await nary.send("/start")
    nary.sees("home.coordinator")
    nary.sees("desk.nothing_waits")
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("do zebras like blue cheese")
    await nary.send("/menu")
    nary.sees("home.waits")
    nary.sees("desk.on_call")
    await nary.tap("desk.questions")
    nary.sees("inbox.list")


async def test_a_coordinator_who_never_chose_a_language_is_not_met_as_a_girl(
    stage: Stage,
) -> None:
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/start")
    bopha.sees("home.coordinator")
    bopha.does_not_see("start.welcome")


async def test_adults_are_no_little_sisters(stage: Stage) -> None:
    """And girls are: one key has words for both."""
    bopha = stage.person(FIRST_COORDINATOR)
    for words in ("/no_such_command", "/language", "/menu"):
        await bopha.send(words)
        assert LITTLE_SISTER not in bopha.said(), words
    await bopha.tap("home.more")
    await bopha.tap("news.settings")
    assert LITTLE_SISTER not in bopha.said()
    girl = stage.enters(5001)
    await girl.send("/no_such_command")
    assert LITTLE_SISTER in girl.said()


async def test_a_guardian_is_spoken_to_as_one_even_by_what_all_read(people: Mentoring) -> None:
    mother = people.mother
    await _offered(people)
    assert mother.id == GUARDIAN
    await mother.send("/no_such_command")
    mother.sees("adult.unknown.command")


async def test_an_adult_is_told_of_events_as_one(people: Mentoring, stage: Stage) -> None:
    """What is sent to her outside of her own turns is said to her as in them; a girl hears hers."""
    sophea, nary, chantha = people.sophea, people.nary, people.srey
    day = stage.now.astimezone(stage.services.settings.zone) + timedelta(days=3)
    await pastes_event(
        nary, "kind: workshop", "title: កូដ", "title: Code", f"when: {day:%d/%m/%Y} 14:00",
        "where: online, Zoom", "remind: day",
    )  # fmt: skip
    await nary.tap("eventform.publish")
    for guest in (sophea, chantha):
        await guest.send("/language")
        await guest.tap_words("ខ្មែរ")
        await guest.send("/events")
        await guest.tap_words("កូដ")
        await with_her_age(guest, "event.go")
    sophea.sees("adult.event.hers.going")
    chantha.sees("event.hers.going")
    await stage.strikes_after(days=2, hours=5)
    sophea.sees("adult.reminder.tomorrow")
    chantha.sees("reminder.tomorrow")
    await opens_event(nary, "Code")
    await nary.tap("eventdesk.cancel")
    await nary.tap("eventdesk.cancel_yes")
    sophea.sees("adult.note.cancelled")
    chantha.sees("note.cancelled")
    assert LITTLE_SISTER not in sophea.said()
    assert LITTLE_SISTER in chantha.said()


async def test_small_talk_and_help_speak_to_an_adult_as_one(people: Mentoring) -> None:
    mother = people.mother
    await _offered(people)
    await mother.send("/language")
    await mother.tap_words("ខ្មែរ")
    for words in ("សួស្ដី", "អរគុណ", "/help", "/me", "/family"):
        await mother.send(words)
        assert LITTLE_SISTER not in mother.said(), words
    mother.sees("adult.family.text")


async def test_a_mother_who_calls_for_a_person_is_spoken_to_as_a_grown_up(
    stage: Stage, people: Mentoring
) -> None:
    srey, mother, bopha = people.srey, people.mother, people.bopha
    await _offered(people)
    await mother.send("/language")
    await mother.tap_data("lang:km")

    def reads_as_a_grown_up() -> None:
        assert mother.said()
        mother.does_not_see_words(LITTLE_SISTER)

    await mother.send("/help")
    reads_as_a_grown_up()
    await mother.tap("care.person")
    reads_as_a_grown_up()
    await stage.clock_strikes()
    reads_as_a_grown_up()
    for words in ("xyz", "សួស្ដី"):
        await mother.send(words)
        reads_as_a_grown_up()
    await mother.send("/help")
    reads_as_a_grown_up()
    await mother.tap("care.person")
    await bopha.tap("case.acknowledge")
    reads_as_a_grown_up()
    await mother.send("អរគុណ")
    reads_as_a_grown_up()
    await mother.send_media("voice")
    reads_as_a_grown_up()
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    await stage.strikes_after(minutes=1)
    reads_as_a_grown_up()
    # Her daughter is a girl all the same.
    await srey.send("help me")
    await srey.tap("care.person")
    srey.sees("care.person_calling", "en")


async def test_a_plan_is_shown_to_a_mother_as_that_of_a_student(people: Mentoring) -> None:
    mother = people.mother
    await _offered(people)
    await mother.send("/language")
    await mother.tap_data("lang:km")
    for button in ("plan:did:nurse:km", "plan:later:nurse:km", "path:again"):
        await mother.forge(button)
        mother.does_not_see_words(LITTLE_SISTER)
    await mother.forge("plan:show:nurse:km")
    mother.sees("adult.plan.title")


async def test_a_mother_walks_the_career_path_as_one_who_asks_of_a_student(
    people: Mentoring,
) -> None:
    mother = people.mother
    await _offered(people)
    await mother.send("/language")
    await mother.tap_data("lang:km")
    for act in (mother.send("/path"), mother.tap("path.start")):
        await act
        mother.does_not_see_words(LITTLE_SISTER)
    while any(data.startswith("path:pick") for _, data in buttons_of(mother.news()[-1])):
        first = next(d for _, d in buttons_of(mother.news()[-1]) if d.startswith("path:pick"))
        await mother.tap_data(first)
        mother.does_not_see_words(LITTLE_SISTER)
    assert mother.offers("path.again")
