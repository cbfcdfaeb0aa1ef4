"""A woman applies to be a mentor: question by question, back and forth, and out again."""

from tests.chat import Chat
from tests.handlers.scenes import CODE_ITEMS, STORY, applies, at_desk, is_vetted
from tests.stage import MENTOR, Stage

# Nothing in it is a sign, but it sounds a little like distress.
SAD_STORY = "I was often alone and tired in my first year, then I found friends and my work."


async def up_to_the_story(mentor: Chat) -> None:
    """She has answered all questions but the last."""
    await mentor.send("/mentor")
    await mentor.tap("intro.volunteer")
    await mentor.send("Sophea")
    await mentor.tap_data("ment:field:software")
    await mentor.tap("languages.both")
    await mentor.tap_data("ment:set:province:phnom-penh")
    await mentor.tap("hours.evenings")
    await mentor.tap_data("ment:set:places:2")


async def test_she_sees_her_place_in_the_form_and_goes_back_by_one_question(stage: Stage) -> None:
    sophea = stage.person(MENTOR)
    await up_to_the_story(sophea)
    sophea.sees_words("7/7")
    await sophea.tap("back.topic")
    sophea.sees("form_ask.places")
    sophea.sees_words("6/7")
    await sophea.tap_data("ment:set:places:3")
    sophea.sees("form_ask.story")


async def test_in_the_code_of_conduct_back_is_one_page_back(stage: Stage) -> None:
    sophea = stage.person(MENTOR)
    await up_to_the_story(sophea)
    await sophea.send(STORY)
    for _ in range(2):
        await sophea.tap("mentor.i_accept")
    sophea.sees("mentor.code_item", place=3, count=CODE_ITEMS)
    for place in (2, 1):
        await sophea.tap("back.topic")
        sophea.sees("mentor.code_item", place=place, count=CODE_ITEMS)
    await sophea.tap("back.topic")
    sophea.sees("form_ask.story")
    await sophea.send(STORY)
    sophea.sees("mentor.code_item", place=3, count=CODE_ITEMS)


async def test_nothing_is_sent_before_she_has_seen_it_whole(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    sophea = stage.person(MENTOR)
    await up_to_the_story(sophea)
    await sophea.send(STORY)
    for _ in range(CODE_ITEMS):
        await sophea.tap("mentor.i_accept")
    sophea.sees("form_whole")
    sophea.sees_words(STORY)
    bopha.does_not_see("vetting.apply.staff", mentor="Sophea")
    await sophea.tap("form.first_name")
    await sophea.send("Phea")
    sophea.sees("form_whole")
    await sophea.tap("mentor.send_form")
    sophea.sees("vetting_state.applied")
    bopha.sees("vetting.apply.staff", mentor="Phea")


async def test_she_takes_her_form_back_and_applies_again(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    sophea = stage.person(MENTOR)
    await applies(sophea)
    await sophea.tap("mentor.take_back")
    sophea.sees("mentor.take_back_sure")
    await sophea.tap("mentor.take_back_yes")
    sophea.sees("vetting_state.withdrawn")
    await sophea.tap("mentor.apply_again")
    sophea.sees("vetting_state.applied")
    nary.sees("vetting.apply.staff", mentor="Sophea")
    await is_vetted(sophea, bopha, nary)


async def test_a_form_is_answered_without_a_gentle_word_above_the_next_question(
    stage: Stage,
) -> None:
    sophea = stage.person(MENTOR)
    await up_to_the_story(sophea)
    await sophea.send(SAD_STORY)
    sophea.sees("mentor.code_item", place=1, count=CODE_ITEMS)
    sophea.does_not_see("care.gentle")


async def test_a_sticker_does_not_make_a_girl_of_her(stage: Stage) -> None:
    sophea = stage.person(MENTOR)
    await up_to_the_story(sophea)
    await sophea.send_media("sticker")
    sophea.sees("form_text_only")
    await sophea.send(STORY)
    sophea.sees("mentor.code_item", place=1, count=CODE_ITEMS)


async def test_another_language_does_not_ask_for_her_grade(stage: Stage) -> None:
    sophea = stage.person(MENTOR)
    await up_to_the_story(sophea)
    await sophea.forge("lang:km")
    sophea.does_not_see("first.ask_grade", "km")
