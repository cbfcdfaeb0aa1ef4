"""A coordinator asks one girl back about her question; answers that are written already."""

import pytest

from tests.chat import Chat
from tests.handlers.scenes import DANGER, UNKNOWN, UNKNOWN_TOO, at_desk, opens_question
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

ASKED, ANSWERED = "Which <insects> do you mean?", "the beetles & the ants"


@pytest.fixture
async def srey(stage: Stage) -> Chat:
    """A girl whose question waits for a coordinator."""
    chat = stage.person(ENGLISH_STUDENT)
    await chat.send(UNKNOWN)
    return chat


async def test_she_is_asked_back_and_her_answer_comes_to_her_question(
    stage: Stage, srey: Chat
) -> None:
    bopha, nary = await at_desk(stage)
    await opens_question(nary)
    await nary.tap("back.ask")
    nary.sees("back.write")
    await nary.send("call me: 012 345 678")
    nary.sees("back.no_contact")
    srey.does_not_see("back.to_her")
    await nary.send(ASKED)
    nary.sees("back.asked")
    shown = srey.sees("back.to_her", question=UNKNOWN, text=ASKED)["text"]
    assert not any(name in shown for name in ("Nary", "Coordinator", "3002"))
    await nary.tap("back.topic")
    nary.sees("back.line_waits", text=ASKED)
    await nary.tap("back.ask")
    await nary.send("and one more thing?")
    nary.sees("back.waits")
    await srey.tap("back.say")
    srey.sees("back.say_now", text=ASKED)
    await srey.send(ANSWERED)
    srey.sees("back.thanks")
    nary.sees("back.she_said", text=ANSWERED)
    bopha.does_not_see_words(ANSWERED)
    await nary.tap("inbox.open")
    nary.sees("back.line", text=ASKED, answer=ANSWERED)
    # Nothing else is opened: what she writes on is a question as ever.
    await srey.send("are you there?")
    nary.does_not_see_words("are you there?")
    stage.later(minutes=1)
    await srey.tap("back.say")
    srey.sees("back.answered")


async def test_nobody_answers_for_another_and_not_after_it_is_over(
    stage: Stage, srey: Chat
) -> None:
    other = stage.person(STUDENT)
    await other.send("/menu")
    _, nary = await at_desk(stage)
    await opens_question(nary)
    await nary.tap("back.ask")
    await nary.send(ASKED)
    await other.forge("back:say:1")
    other.does_not_see("back.say_now")
    await srey.tap("back.say")
    await opens_question(nary)
    await nary.tap("inbox.aside")
    await nary.tap("inbox.aside_yes")
    await srey.send(ANSWERED)
    srey.sees("back.over")


async def test_danger_in_her_answer_is_met_with_care(stage: Stage, srey: Chat) -> None:
    _, nary = await at_desk(stage)
    await opens_question(nary)
    await nary.tap("back.ask")
    await nary.send(ASKED)
    await srey.tap("back.say")
    await srey.send(DANGER)
    srey.does_not_see("back.thanks")
    assert "care:person" in srey.was_shown()


async def test_of_several_girls_one_is_asked_in_her_language_with_words_of_the_editors(
    stage: Stage, srey: Chat
) -> None:
    other = stage.person(STUDENT)
    await other.send(UNKNOWN_TOO)
    _, nary = await at_desk(stage)
    await stage.clock_strikes()
    await opens_question(nary)
    await nary.tap("back.ask")
    await nary.tap_words(UNKNOWN)
    await nary.tap("ready.ask.grade")
    nary.sees("back.she_reads", text=stage.content.locales["en"]["ready.ask.grade"])
    srey.does_not_see("back.to_her")
    await nary.tap("back.send")
    srey.sees("back.to_her")
    other.does_not_see("back.to_her")


async def test_an_answer_that_is_written_already_is_seen_before_it_is_sent(
    stage: Stage, srey: Chat
) -> None:
    bopha, nary = await at_desk(stage)
    await opens_question(nary)
    await nary.tap("ready.open")
    await nary.tap_words(nary.words("ready.answer.ask_school")[:30])
    nary.sees_words(nary.words("ready.answer.ask_school"))
    nary.sees("inbox.both")
    # Who is at work on it is named in the list.
    await bopha.send("/desk")
    await bopha.tap("desk.questions")
    assert any("2" in label or "២" in label for label in bopha.buttons() if "zebras" in label)
    await nary.tap("inbox.send")
    srey.sees_words(stage.content.locales["en"]["ready.answer.ask_school"])
