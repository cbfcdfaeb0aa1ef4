"""“Add to the FAQ” is not lost on the way, and says in each language what is written in it."""

from tests.chat import Chat
from tests.handlers.scenes import UNKNOWN, opens_question
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, Stage

QUESTION, ANSWER = "សេះបង្កង់ចូលចិត្តអ្វី?", "សេះបង្កង់ស៊ីស្មៅ។"


async def _begins_to_add(stage: Stage) -> Chat:
    """A coordinator has answered in English, and is asked for the question in Khmer."""
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send(UNKNOWN)
    await stage.clock_strikes()
    await opens_question(bopha)
    await bopha.tap("desk.answer")
    await bopha.send("Zebras eat grass.")
    await bopha.tap("inbox.send_one")
    await bopha.tap("learn.add")
    bopha.sees("learn.ask.question")
    return bopha


async def test_after_a_tap_beside_it_the_draft_shows_the_way_back(stage: Stage) -> None:
    bopha = await _begins_to_add(stage)
    await bopha.send(QUESTION)
    bopha.sees("learn.ask.answer")
    await bopha.forge("group:list:0")
    await bopha.tap("form.go_on")
    bopha.sees("learn.ask.answer")
    await bopha.send(ANSWER)
    bopha.sees("learn.ask.same_question")


async def test_what_is_written_in_the_other_language_is_asked_for_again(stage: Stage) -> None:
    bopha = await _begins_to_add(stage)
    await bopha.send(QUESTION)
    await bopha.send("They eat grass all day.")
    bopha.sees("swapped.km")
    bopha.sees("learn.ask.answer")
    await bopha.send(ANSWER)
    bopha.sees("learn.ask.same_question")
    await bopha.send(QUESTION)
    bopha.sees("swapped.other")
    bopha.sees("learn.ask.same_question")


async def test_the_topic_can_be_written_and_the_draft_be_thrown_away_there(stage: Stage) -> None:
    bopha = await _begins_to_add(stage)
    for words in (QUESTION, ANSWER, "What do zebras like?"):
        await bopha.send(words)
    bopha.sees("learn.ask.topic")
    await bopha.send("skip")
    bopha.sees("form.tap_one")
    bopha.sees("learn.ask.topic")
    await bopha.send(stage.content.topics[0].label.get("km"))
    bopha.sees("learn.choose_ways")


async def test_the_topic_step_has_a_way_out(stage: Stage) -> None:
    bopha = await _begins_to_add(stage)
    for words in (QUESTION, ANSWER, "What do zebras like?"):
        await bopha.send(words)
    await bopha.tap("learn.cancel")
    await bopha.tap("learn.cancel_yes")
    bopha.sees("learn.none")
