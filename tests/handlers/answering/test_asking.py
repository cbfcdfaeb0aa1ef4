"""A girl asks in her own words, is answered in her language, and is not misled."""

import pytest

from tests.handlers.scenes import UNKNOWN, UNKNOWN_TOO
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT, Stage

ENTRY = "tech-is-for-boys"


async def test_a_question_is_answered_in_its_own_language(stage: Stage) -> None:
    entry = stage.content.entries[ENTRY]
    srey = stage.person(STUDENT)
    await srey.send(entry.question.get("en"))
    srey.sees_words(entry.answer.get("en").splitlines()[0])
    await srey.send(entry.asks.rom[0])
    srey.sees_words(entry.answer.get("km").splitlines()[0])


async def test_helpful_is_thanked_in_place(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(stage.content.entries[ENTRY].question.get("en"))
    answer = srey.sees("answer.as_of")
    await srey.tap("answer.good")
    assert srey.sees("answer.thanks")["message_id"] == answer["message_id"]


async def test_topics_are_browsed_in_place_page_by_page(stage: Stage) -> None:
    content = stage.content
    srey = stage.person(ENGLISH_STUDENT)
    topic = next(t for t in content.topics if len(content.in_topic(t.id)) > 5)
    await srey.send("/start")
    await srey.forge(f"topic:{topic.id}:0")
    first = srey.sees("topic.text", topic=topic.label.get("en"), page=1)
    await srey.tap("page.next")
    second = srey.sees("topic.text", topic=topic.label.get("en"), page=2)
    assert second["message_id"] == first["message_id"]
    await srey.tap("page.previous")
    srey.sees("topic.text", topic=topic.label.get("en"), page=1)
    await srey.tap_words(srey.buttons()[0])
    srey.sees("answer.as_of")
    await srey.tap("back.topic")
    srey.sees("topic.text", topic=topic.label.get("en"), page=1)
    await srey.tap("back.topics")
    srey.sees("topics.text", page=1)


async def test_a_deep_link_opens_the_entry_it_names(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(f"/start faq_{ENTRY}")
    srey.sees_words(stage.content.entries[ENTRY].answer.get("en").splitlines()[0])


@pytest.mark.parametrize("link", ["faq_nothing", "x", "faq_", "mentor_1"])
async def test_a_deep_link_to_nothing_still_welcomes(stage: Stage, link: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(f"/start {link}")
    srey.sees("start.welcome.other")


async def test_an_edited_question_is_answered_again(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    sent = await srey.send("hello")
    srey.does_not_see("answer.as_of")
    await srey.edit(sent, stage.content.entries[ENTRY].question.get("en"))
    srey.sees("answer.as_of")


async def test_a_forwarded_question_is_a_question(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.forward(stage.content.entries[ENTRY].question.get("en"))
    srey.sees("answer.as_of")


async def test_what_nobody_knows_is_answered_by_a_person(stage: Stage) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send(UNKNOWN)
    srey.sees("lost.first")
    await bopha.send("/desk")
    bopha.sees("desk.text")
    assert f"{bopha.words('desk.questions')} (១)" in bopha.buttons()
    await bopha.tap("desk.questions")
    await bopha.tap_words("zebras")
    await bopha.tap("desk.answer")
    bopha.sees("inbox.write_now")
    await bopha.send("A florp is <nothing> & all.")
    await bopha.tap("inbox.send_one")
    bopha.sees("inbox.sent")
    srey.sees("desk.reply", question=UNKNOWN, answer="A florp is <nothing> & all.")


async def test_still_is_said_only_right_after_another_miss(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(UNKNOWN)
    srey.sees("lost.first")
    stage.later(minutes=1)
    await srey.send("what is AI?")
    stage.later(minutes=1)
    await srey.send("do zebras like pink cheese?")
    srey.sees("lost.first")
    await srey.send(UNKNOWN_TOO)
    srey.sees("lost.again")
