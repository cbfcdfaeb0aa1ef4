"""Coordinators answer once what several girls asked, and the bot knows it from then on."""

from tests.handlers.scenes import UNKNOWN, UNKNOWN_TOO, erases_herself, opens_question
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT, Stage


async def test_one_answer_serves_two_girls_and_then_everybody(stage: Stage) -> None:
    pov, srey = stage.person(STUDENT), stage.person(ENGLISH_STUDENT)
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    await srey.send(UNKNOWN)
    srey.sees("lost.first")
    await pov.send(UNKNOWN_TOO)
    pov.sees("lost.first", "en")
    await stage.clock_strikes()
    await nary.send("/desk")
    await nary.tap("desk.questions")
    nary.sees("inbox.list")
    assert any("×2" in label for label in nary.buttons())
    await opens_question(bopha)
    bopha.sees("inbox.group")
    bopha.sees_words(UNKNOWN_TOO)
    await bopha.tap("desk.answer")
    bopha.sees("inbox.write_now")
    await nary.tap_words("zebras")
    nary.sees("inbox.held")
    await bopha.send("សេះបង្កង់មិនស្ម័គ្រចិត្តទេ។")
    bopha.sees("inbox.one")
    await bopha.send("Zebras do not vote.")
    await bopha.tap("inbox.send")
    bopha.sees("inbox.sent")
    for girl in (srey, pov):
        girl.sees_words("Zebras do not vote.")

    await bopha.tap("learn.add")
    bopha.sees("learn.ask.question")
    await bopha.send("សេះបង្កង់ស្ម័គ្រចិត្តទេ?")
    bopha.sees("learn.ask.same_question")
    await bopha.send("Do zebras vote?")
    bopha.sees("learn.ask.topic")
    topic = next(t for t in stage.content.topics if t.id == "english-maths")
    while not any(topic.label.get("km") in label for label in bopha.buttons()):
        await bopha.tap("page.next")
    await bopha.tap_words(topic.label.get("km"))
    bopha.sees("learn.choose_ways")
    await bopha.tap_words("do zebras")
    bopha.sees("learn.choose_ways")
    await bopha.tap("learn.publish")
    bopha.sees("learn.published")
    await stage.passes(2)
    await srey.send(UNKNOWN_TOO)
    srey.sees("answer.by_coordinator", "en")
    # What one person published alone says so, until a second has read it.
    srey.sees("answer.read_by_one", "en")
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.learned")
    await nary.tap_words("សេះបង្កង់")
    await nary.tap("learn.review")
    await stage.strikes_after(minutes=1)
    await srey.send(UNKNOWN_TOO)
    srey.sees("answer.reviewed", "en")


async def test_what_is_gone_holds_no_coordinator(stage: Stage) -> None:
    """Her next words are a question again, not one more answer to what nobody waits for."""
    srey, bopha = stage.person(STUDENT), stage.person(FIRST_COORDINATOR)
    nary = stage.person(SECOND_COORDINATOR)
    await srey.send(UNKNOWN)
    for colleague in (nary, bopha):
        await opens_question(colleague)
    await nary.tap("inbox.add_note")
    await bopha.tap("desk.answer")
    await erases_herself(srey)
    for colleague in (nary, bopha):
        await colleague.send("I know her.")
        colleague.sees("desk.gone")
        await colleague.send("What is AI?")
        colleague.sees_words("What is AI, in simple words?")


async def test_an_addition_that_a_colleague_withdrew_leads_back_to_the_list(stage: Stage) -> None:
    srey, bopha = stage.person(STUDENT), stage.person(FIRST_COORDINATOR)
    nary = stage.person(SECOND_COORDINATOR)
    await srey.send(UNKNOWN)
    await opens_question(bopha)
    await bopha.tap("desk.answer")
    await bopha.send("Zebras do not vote.")
    await bopha.tap("inbox.send_one")
    await bopha.tap("learn.add")
    bopha.sees("learn.ask.question")
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.learned")
    await nary.tap_words("Zebras")
    await nary.tap("learn.cancel")
    await nary.tap("learn.cancel_yes")
    await bopha.send("សេះបង្កង់ស្ម័គ្រចិត្តទេ?")
    bopha.sees("learn.gone")
    await bopha.tap("back.desk")
    bopha.sees("learn.none")
    await bopha.send("What is AI?")
    bopha.sees_words("What is AI, in simple words?")


async def test_nothing_of_a_long_question_or_answer_is_cut(stage: Stage) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    question = f"{UNKNOWN}{' .' * 900} and the last word"
    await srey.send(question)
    await stage.clock_strikes()
    await opens_question(bopha)
    bopha.sees_words("the last word")
    await bopha.tap("desk.answer")
    await bopha.send("z" * 3001)
    bopha.sees("inbox.answer_too_long")
    await bopha.send("They do not.")
    bopha.sees_words("They do not.")
    await bopha.forge("group:note:1")
    await bopha.send("n" * 501)
    bopha.sees("inbox.note_too_long")
    await bopha.send("short")
    bopha.sees("inbox.noted")
