"""A mentor in the chat: what she can do about a girl, and how she is spoken to."""

from tests.handlers.mentoring import in_a_talk
from tests.handlers.scenes import HOTLINE, Mentoring
from tests.stage import Stage

stage, people = in_a_talk.stage, in_a_talk.people


async def test_under_each_message_of_a_girl_her_mentor_can_say_that_she_is_worried(
    people: Mentoring,
) -> None:
    srey, sophea = people.srey, people.sophea
    await srey.forge("talk:write:1")
    await srey.send("I was sad this week")
    sophea.sees_words("sad this week")
    assert sophea.offers("talk.worry_button")
    await sophea.send("What made you sad?")
    srey.sees_words("made you sad")
    assert not srey.offers("talk.worry_button")


async def test_when_her_mentor_is_asked_how_it_goes_she_can_say_that_she_is_worried(
    stage: Stage, people: Mentoring
) -> None:
    await stage.strikes_after(days=15)
    people.sophea.sees("news.check_in.mentor", student="Pov")
    assert people.sophea.offers("talk.worry_button")


async def leaves_the_talk(people: Mentoring) -> None:
    """A word has passed in the talk, and both have gone elsewhere since."""
    await people.sophea.send("Tell me what you like at school")
    for one in (people.sophea, people.srey):
        await one.send("/menu")


async def test_what_a_mentor_types_outside_of_her_talk_is_sent_at_one_tap(
    stage: Stage, people: Mentoring
) -> None:
    srey, sophea = people.srey, people.sophea
    await leaves_the_talk(people)
    await sophea.send("I was a nurse before that")
    sophea.sees("talk.not_sent", name="Pov")
    srey.does_not_see_words("nurse before")
    await sophea.tap("talk.send_this", name="Pov")
    srey.sees_words("nurse before that")
    stage.later(minutes=1)
    await sophea.tap("talk.send_this", name="Pov")
    sophea.sees("talk.sent_before")
    await sophea.send("and it was hard")
    srey.sees_words("it was hard")


async def test_what_a_mentor_types_outside_of_her_talk_may_be_a_question(
    people: Mentoring,
) -> None:
    sophea = people.sophea
    await leaves_the_talk(people)
    await sophea.send("what is AI?")
    sophea.sees("talk.not_sent", name="Pov")
    await sophea.tap("talk.ask_bot")
    sophea.does_not_see("talk.not_sent", name="Pov")
    people.srey.does_not_see_words("what is AI")


async def test_what_a_girl_says_to_nobody_is_not_taken_for_sent(people: Mentoring) -> None:
    srey, sophea = people.srey, people.sophea
    await leaves_the_talk(people)
    await srey.send("I have thought about it, thank you!")
    srey.sees("talk.not_sent", name="Sophea")
    await srey.tap("talk.send_this", name="Sophea")
    sophea.sees_words("thought about it")


async def test_a_girls_question_is_answered_and_can_be_sent_all_the_same(
    people: Mentoring,
) -> None:
    srey = people.srey
    await leaves_the_talk(people)
    await srey.send("what is AI?")
    srey.does_not_see("talk.not_sent", name="Sophea")
    await srey.tap("talk.send_this", name="Sophea")
    people.sophea.sees_words("what is AI?")


async def test_a_day_after_the_last_word_nothing_is_asked(stage: Stage, people: Mentoring) -> None:
    await leaves_the_talk(people)
    stage.later(hours=25)
    await people.sophea.send("what is AI?")
    people.sophea.does_not_see("talk.not_sent", name="Pov")


async def test_words_for_the_other_are_not_lost_before_the_first_one_passed(
    people: Mentoring,
) -> None:
    srey, sophea = people.srey, people.sophea
    await srey.send("hello teacher, my name is Pov and I like drawing")
    srey.sees("talk.not_sent", name="Sophea")
    await srey.tap("talk.send_this", name="Sophea")
    sophea.sees_words("I like drawing")


async def test_of_a_talk_that_rests_the_two_hear_that_nothing_is_sent(
    stage: Stage, people: Mentoring
) -> None:
    srey, sophea = people.srey, people.sophea
    await leaves_the_talk(people)
    await srey.forge("talk:pause:1")
    await srey.send("I have thought about it, thank you!")
    srey.sees("talk.not_sent_rests", name="Sophea")
    await srey.tap("talk.ask_bot")
    srey.does_not_see("talk.not_sent_rests", name="Sophea")
    await srey.send("what is AI?")
    srey.sees("answer.reviewed")
    await sophea.send("Are you well?")
    sophea.sees("talk.not_sent_rests", name="Pov")
    await sophea.tap("talk.card")
    sophea.sees("mentor.introduction", name="Pov")
    stage.later(hours=25)
    await srey.send("I have thought about it, thank you!")
    srey.does_not_see("talk.not_sent_rests", name="Sophea")


async def worried(people: Mentoring, urgency: str = "soon") -> None:
    """Sophea is worried about Pov, and Bopha has taken her call."""
    await people.sophea.forge("talk:worry:1")
    people.sophea.sees("talk.worry", student="Pov")
    await people.sophea.tap(f"worry.{urgency}")
    people.sophea.sees("talk.worry_kept")
    assert people.sophea.offers("back.home")
    assert people.sophea.copies("copy.number", number=HOTLINE)
    await people.bopha.tap("case.acknowledge")


async def test_a_worry_that_was_tapped_by_mistake_calls_nobody(people: Mentoring) -> None:
    await people.sophea.forge("talk:worry:1")
    await people.sophea.tap("worry.mistake")
    people.sophea.sees("mentor.introduction", name="Pov")
    people.bopha.does_not_see("case.alert_concern", case=1)


async def test_what_a_worried_mentor_writes_is_kept_and_she_is_not_met_as_a_girl_in_danger(
    people: Mentoring,
) -> None:
    await people.sophea.forge("talk:worry:1:soon")
    await people.sophea.send("she says that her father hits her every night")
    people.sophea.sees("case.carried_calling_grown_up")
    people.sophea.does_not_see("care.honest")
    await people.bopha.tap("case.acknowledge")
    people.bopha.sees_words("hits her every night")


async def test_a_case_of_a_mentor_says_so_and_leads_to_the_talk(people: Mentoring) -> None:
    sophea, bopha = people.sophea, people.bopha
    await worried(people, "now")
    bopha.sees("case.about_concern", mentor="Sophea", student="Pov", number=1)
    bopha.sees("sent.worry_now", number=1)
    bopha.does_not_see("case.advice")
    assert not bopha.offers("case.write")
    await bopha.tap("case.write_mentor")
    bopha.sees("case.write_now_staff_grown_up")
    await bopha.send("Thank you for telling us")
    sophea.sees_words("Thank you for telling us")
    people.srey.does_not_see_words("Thank you for telling")
    await bopha.forge("case:ack:1")
    await bopha.tap("case.talk", number=1)
    bopha.sees("over.introduction", number=1)


async def test_a_case_of_a_mentor_leads_to_the_girls_own(people: Mentoring) -> None:
    await people.srey.forge("care:person")
    await worried(people)
    await people.bopha.tap("case.her_own", case=1)
    people.bopha.sees("case.advice")
    assert people.bopha.offers("case.write")


async def test_nothing_at_the_desk_is_in_the_language_of_who_called(
    stage: Stage, people: Mentoring
) -> None:
    """Sophea reads English and Bopha Khmer: what the bot notes is said to each in her own."""
    await people.sophea.forge("talk:report:1")
    await people.bopha.tap("case.acknowledge")
    people.bopha.sees("sent.report_mentor", "km", number=1)
    people.bopha.sees("case.about_report_mentor", "km", mentor="Sophea", student="Pov", number=1)


async def test_who_waits_for_the_coordinators_can_write_to_them(people: Mentoring) -> None:
    sophea, bopha = people.sophea, people.bopha
    await sophea.send("my number: 012 345 678, call me and tell nobody, my dear")
    await sophea.forge("ment:home:0")
    await sophea.tap("mentor.write_desk")
    sophea.sees("mentor.write_desk_ask")
    await sophea.send("I did not mean it like that")
    sophea.sees("mentor.write_desk_kept")
    people.srey.does_not_see_words("did not mean it")
    bopha.sees("case.alert_to_coordinators", case=1)
    await bopha.tap("case.acknowledge")
    bopha.sees("case.from_mentor", mentor="Sophea")
    bopha.sees_words("did not mean it")


async def test_a_stopped_approach_shows_the_way_to_the_coordinators(people: Mentoring) -> None:
    await people.sophea.send("i want to kill myself")
    people.sophea.sees("talk.approach")
    assert "ment:desk" in people.sophea.was_shown()


async def leaves(people: Mentoring) -> None:
    await people.sophea.forge("ment:retire")
    people.sophea.sees("mentor.retire_sure")
    await people.sophea.tap("mentor.retire_yes")


async def test_a_girl_hears_of_a_mentor_who_leaves_as_of_nothing_bad(people: Mentoring) -> None:
    srey = people.srey
    await leaves(people)
    srey.sees("news.end_left.student", mentor="Sophea")
    assert srey.offers("news.see")
    assert srey.offers("back.home")
    assert not srey.offers("home.help")


async def test_who_has_left_is_still_spoken_to_as_a_grown_up_and_may_apply_again(
    stage: Stage, people: Mentoring
) -> None:
    sophea = people.sophea
    await leaves(people)
    await sophea.send("/menu")
    sophea.sees("home.former", name="Sophea")
    stage.later(days=1)
    await sophea.tap("mentor.apply_again")
    sophea.sees("vetting_state.applied")
    people.nary.sees("vetting.apply.staff", mentor="Sophea")


async def test_a_mentor_hears_of_pictures_as_a_grown_up(people: Mentoring) -> None:
    await people.sophea.forge("lang:km")
    await people.sophea.forge("talk:write:1")
    await people.sophea.send_media("photo")
    people.sophea.sees("adult.talk.text_only", "km")
