"""In an open case all that she sends reaches the person, and she is told what did not."""

import pytest

from bot.demo.people_api import MEDIA
from tests.chat import buttons_of
from tests.handlers.scenes import asks_for_a_person, at_desk, in_a_case
from tests.stage import ENGLISH_STUDENT, Stage


async def test_an_answer_to_a_form_that_waits_goes_to_the_person(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send("at my aunt now")
    bopha.sees_words("at my aunt now")
    srey.sees("case.carried_taken")
    srey.sees("case.form_waits")
    srey.does_not_see("form_fault.name")
    srey.does_not_see("form_ask.field")


async def test_what_was_meant_for_the_form_is_given_to_it_by_a_tap(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send("he is here now, at the door")
    await srey.tap("case.for_form")
    # It is no name: the form asks again and waits still.
    srey.sees("form_fault.name")
    await srey.send("Pov")
    srey.sees("form_ask.field")
    await srey.send("/menu")
    stage.later(minutes=1)
    await srey.forge("case:form")
    srey.sees("case.form_gone")


async def test_the_words_of_a_button_go_to_the_person_and_do_what_it_does(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("/help")
    for key in ("back.home", "care.well"):
        await srey.send("/help")
        words = srey.words(key)
        await srey.send(words)
        bopha.sees_words(words)
    srey.sees("care.relieved")


@pytest.mark.parametrize(
    "command", ["/ask", "/help", "/menu", "/there_is_no_such", "/careers", "/topics"]
)
async def test_words_after_a_command_go_to_the_person(stage: Stage, command: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send(f"{command} please come quickly")
    bopha.sees_words("please come quickly")
    srey.sees("case.carried_taken")


async def test_danger_after_a_command_goes_there_once(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("/ask he wants to kill me")
    assert [m for m in bopha.news() if "he wants to kill me" in m["text"]][1:] == []


@pytest.mark.parametrize("kind", sorted(MEDIA))
async def test_what_is_no_text_is_told_to_the_person_and_to_her(stage: Stage, kind: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send_media(kind)
    bopha.sees("case.note_to_staff", case=1)
    srey.sees("case.media_taken")
    srey.does_not_see("odd.media")
    bopha.forgets()
    await bopha.tap("case.open")
    bopha.sees("case.state_waits")
    assert bopha.said().count(bopha.words("sent.voice")) == (kind == "voice")


async def test_a_caption_goes_and_the_picture_is_told(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send_media("photo", "this is his house")
    bopha.sees_words("this is his house")
    bopha.sees_words(bopha.words("sent.picture"))
    srey.sees("case.carried_taken")
    srey.sees("case.media_taken")


async def test_while_nobody_has_the_case_it_waits_in_it(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    await srey.send_media("voice")
    srey.sees("case.media_waits")
    await bopha.tap("case.acknowledge")
    bopha.sees_words(bopha.words("sent.voice"))


async def test_a_reply_button_of_an_earlier_case_leads_to_the_open_one(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.tap("case.reply")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    await stage.strikes_after(minutes=2)
    await asks_for_a_person(srey)
    await bopha.tap("case.acknowledge")
    await srey.forge("case:write:1")
    srey.sees("case.write_now_girl")
    await srey.send("it is me again")
    bopha.sees("case.note_to_staff", case=2, text="it is me again")


@pytest.mark.parametrize("words", ["stop", "ឈប់", "STOP!", "chhob", "enough", "Stop bong"])
async def test_a_bare_stop_after_danger_is_said_to_the_person(stage: Stage, words: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send(words)
    bopha.sees_words(words)
    srey.does_not_see("news.card")
    srey.does_not_see("news.card", "km")


@pytest.mark.parametrize("words", ["stop", "ឈប់", "chhob", "enough", "ល្មមហើយ"])
async def test_in_the_time_of_care_too_it_is_no_request(stage: Stage, words: str) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), (await at_desk(stage))[0]
    await srey.send("my father hits me every night")
    await srey.send(words)
    srey.does_not_see("news.card")
    srey.does_not_see("news.card", "km")
    assert "1280" in srey.said() or "១២៨០" in srey.said()
    await srey.tap_data("care:person")
    await bopha.tap("case.acknowledge")
    bopha.sees_words(words)


async def test_what_she_answers_in_a_form_that_she_began_stays_there(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    bopha.forgets()
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send("Pov")
    srey.sees("form_ask.field")
    srey.does_not_see("case.form_waits")
    bopha.does_not_see_words("Pov")


@pytest.mark.parametrize("words", ["he hits me again", "I am scared", "he is at the door"])
async def test_words_of_danger_in_a_form_go_to_the_person(stage: Stage, words: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send(words)
    bopha.sees_words(words)


@pytest.mark.parametrize(
    "question", ["mean arharoupkor samrab srey kror te bong", "oun chong sour PNC klas 9 ban te"]
)
async def test_what_she_asks_goes_to_the_person_and_is_answered(
    stage: Stage, question: str
) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send(question)
    bopha.sees_words(question)
    assert len(srey.news()) > 1, srey.transcript()
    assert any(data.startswith(("faq", "dir", "asked")) for _, data in buttons_of(srey.news()[-1]))
