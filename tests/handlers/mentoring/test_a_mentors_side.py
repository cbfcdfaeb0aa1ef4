"""A mentor in the chat: what she can do about a girl, and how she is spoken to."""

import pytest

from tests.handlers.scenes import ALWAYS_DAY, Mentoring, mentoring, talking
from tests.stage import Stage, StartStage


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which it is never night, and no message is a sample by chance."""
    return await start_stage(mentor_sample_percent=0, **ALWAYS_DAY)


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    """Everybody; Srey and Sophea talk, and Sophea is writing."""
    everybody = mentoring(stage)
    await talking(everybody)
    return everybody


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


async def test_a_day_after_the_last_word_nothing_is_asked(
    stage: Stage, people: Mentoring
) -> None:
    await leaves_the_talk(people)
    stage.later(hours=25)
    await people.sophea.send("what is AI?")
    people.sophea.does_not_see("talk.not_sent", name="Pov")
