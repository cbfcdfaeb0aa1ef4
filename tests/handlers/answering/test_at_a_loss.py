"""Who wants nothing of it, has nothing to ask, or says yes to what was just offered."""

import pytest

from tests.handlers.safety.test_said_to_the_bot import unalarmed
from tests.handlers.scenes import HOTLINE
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

NO = ("អត់ចង់", "ot jong", "I don't want", "ខ្ញុំអត់ចង់ទេ")


@pytest.mark.parametrize("before", ["AI ជាអ្វី?", "ខ្ញុំអផ្សុក"])
@pytest.mark.parametrize("words", NO)
async def test_a_bare_no_is_no_wish_to_die(stage: Stage, before: str, words: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send(before)
    await srey.send(words)
    srey.sees("ask.declined", "en" if words == "I don't want" else "km")
    unalarmed(srey)


async def test_nor_is_it_one_some_messages_after_a_sorrow(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    for words in ("ខ្ញុំធុញជីវិត", "AI ជាអ្វី?", "អត់ចង់"):
        await srey.send(words)
    srey.sees("ask.declined")
    srey.does_not_see("care.hotline", number=HOTLINE)


@pytest.mark.parametrize(
    "pieces", [("ខ្ញុំអត់ចង់", "រស់ទៀត"), ("រស់ទៀត", "ខ្ញុំអត់ចង់"), ("I want to die", "I don't want")]
)
async def test_it_is_heard_where_what_stands_beside_it_asked_for_it(
    stage: Stage, pieces: tuple[str, str]
) -> None:
    srey = stage.person(STUDENT)
    for words in pieces:
        await srey.send(words)
    srey.sees_words(str(HOTLINE))


@pytest.mark.parametrize("words", ["ខ្ញុំអត់ដឹងសួរអីទេ", "ot deng sour ey te", "មិនដឹងសួរអ្វីទេ"])
async def test_who_has_nothing_to_ask_is_given_questions_to_begin_with(
    stage: Stage, words: str
) -> None:
    srey = stage.person(STUDENT)
    await srey.send(words)
    srey.sees("ask.no_idea")
    unalarmed(srey)
    first = stage.content.examples["any"][0]
    await srey.tap_data(f"faq:{first}:km")
    srey.sees("answer.no_source")


@pytest.mark.parametrize("yes", ["ចាស បង្ហាញមក", "yes", "ok"])
async def test_yes_takes_what_was_just_offered(stage: Stage, yes: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("i'm bored")
    question = stage.content.entries["what-is-ai"].question.get("en")
    assert srey.offers("offer.show", question=question)
    await srey.send(yes)
    srey.sees("answer.text", question=question)


async def test_yes_to_nothing_asks_for_nothing(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.send("yes")
    srey.does_not_see("answer.as_of")


@pytest.mark.parametrize("words", ["what did i save?", "តើមានអ្វីដែលខ្ញុំបានរក្សាទុក", "save this"])
async def test_what_she_keeps_opens_by_words(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(words)
    srey.sees("saved.none")
    unalarmed(srey)


async def test_save_this_keeps_what_is_shown(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("i want to be a nurse")
    assert srey.offers("career.save")
    await srey.send("save this")
    await srey.send("what did i save?")
    srey.sees("saved.text", count=1)


@pytest.mark.parametrize(
    ("words", "page"), [("delete my data", "page.delete-data"), ("ភាសាខ្មែរ", "page.language")]
)
async def test_what_has_a_page_has_the_button_to_it(stage: Stage, words: str, page: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send(words)
    text = srey.messages()[-1]["text"]
    assert "/privacy" not in text
    assert "/language" not in text
    said = stage.content.locales["km" if page == "page.language" else "en"][page]
    await srey.tap_words(said)
    srey.sees("language.text" if page == "page.language" else "data.text")


@pytest.mark.parametrize("words", ["ចង់សម្លាប់ម៉ោង", "I want to kill time"])
async def test_to_kill_time_is_no_wish_to_die(stage: Stage, words: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send(words)
    talk = next(t for t in stage.content.smalltalk if t.id == "chat")
    srey.sees_words(talk.reply.get("en" if words.isascii() else "km"))
    unalarmed(srey)


async def test_i_do_not_know_answers_a_question_of_the_walk(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/path")
    await srey.tap("path.start")
    srey.sees("path.step", here="១")
    await srey.send("អត់ដឹងទេ")
    srey.sees("path.step", here="២")
