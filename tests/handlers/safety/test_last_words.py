"""Danger in pieces, in corrections and in forms is heard, and its words die young."""

import json

import pytest
from sqlalchemy import select

from bot.safety import last_words
from bot.tables import metadata
from tests.handlers.scenes import DANGER, HOTLINE, UNCLEAR, erases_herself
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT, Stage
from tests.traces import columns_with


async def _found(stage: Stage, words: str) -> list[str]:
    async with stage.database.read() as session:
        return await columns_with(session, words)


@pytest.mark.parametrize(
    "pieces", [("i want", "to", "die"), ("i want to", "kill", "myself"), ("ខ្ញុំចង់", "ស្លាប់")]
)
async def test_danger_in_pieces_is_met_with_care(stage: Stage, pieces: tuple[str, ...]) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    for piece in pieces[:-1]:
        await srey.send(piece)
        srey.does_not_see("care.hotline", number=HOTLINE)
    await srey.send(pieces[-1])
    srey.sees_words(str(HOTLINE))
    # The coordinator reads all of it.
    await srey.tap_data("care:person")
    await bopha.tap("case.acknowledge")
    for piece in pieces:
        bopha.sees_words(piece)


async def test_pieces_far_apart_are_not_read_together(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("i want to")
    stage.later(minutes=31)
    await srey.send("kill")
    srey.does_not_see("care.hotline", number=HOTLINE)


async def test_an_edit_replaces_its_message(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    sent = await srey.send("i want to dance")
    await srey.send("myself")
    await srey.edit(sent, "i want to kill")
    srey.sees("care.hotline", number=HOTLINE)


async def test_what_answers_a_form_is_read_too_even_when_it_is_refused(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send("i want to kill")
    srey.sees("form_fault.name")
    srey.does_not_see("care.hotline", number=HOTLINE)
    await srey.send("/menu")
    await srey.send("myself")
    srey.sees("care.hotline", number=HOTLINE)


async def test_words_of_danger_are_nowhere_within_the_hour(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for words in (DANGER, "i want to kill", "myself"):
        await srey.send(words)
    assert await _found(stage, DANGER) == ["last_words.text"]
    # What was first taken for a question waits in no inbox.
    assert await _found(stage, "i want to kill") == ["last_words.text"]
    await stage.clock_strikes()
    await stage.strikes_after(minutes=30)
    for words in (DANGER, "i want to kill", "myself"):
        assert await _found(stage, words) == []


async def test_words_of_one_who_says_that_all_is_well_are_gone_at_once(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(DANGER)
    await srey.tap("care.well")
    assert await _found(stage, DANGER) == []


async def test_she_sees_her_last_words_in_her_copy_and_erases_them(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(DANGER)
    await srey.send("/mydata")
    await srey.tap("data.export")
    _, copied = stage.file(srey.news()[-1])
    kept = json.loads(copied)["last_words"]
    assert [word["text"] for word in kept] == [DANGER]
    await erases_herself(srey)
    assert await _found(stage, DANGER) == []


async def test_no_more_than_the_last_few_are_kept(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for number in range(last_words.MOST + 2):
        await srey.send(f"what is ai? {number}" + "!" * 3000)
    async with stage.database.read() as session:
        kept = (await session.scalars(select(metadata.tables["last_words"].c.text))).all()
    assert [text[:13].strip("!") for text in kept] == [
        f"what is ai? {number}"[:13] for number in range(2, last_words.MOST + 2)
    ]


@pytest.mark.parametrize("person", [STUDENT, ENGLISH_STUDENT])
async def test_a_link_that_opened_the_bot_is_no_word_of_hers(stage: Stage, person: int) -> None:
    srey = stage.person(person)
    await srey.send("/start guardian_secret")
    await srey.send("/menu")
    assert await _found(stage, "guardian_secret") == []


async def test_none_of_these_keeps_the_question_for_which_they_were_offered(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(UNCLEAR)
    srey.sees("clarify.text")
    await srey.tap("clarify.none")
    srey.sees("lost.first")
    assert "questions.text" in await _found(stage, UNCLEAR)
    # Long after, there is nothing left to keep.
    again = f"{UNCLEAR}?"
    await srey.send(again)
    srey.sees("clarify.text")
    stage.later(minutes=31)
    await srey.tap("clarify.none")
    srey.sees("ask.invite")
    assert "questions.text" not in await _found(stage, again)


async def test_a_word_for_the_menu_may_be_the_end_of_what_she_fears(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("I am scared to")
    await srey.send("go home")
    assert srey.offers("care.person")


async def test_what_stands_behind_start_in_words_is_read(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/start\nខ្ញុំចង់ងាប់")
    srey.sees("care.hotline", "km", number=HOTLINE)
