"""Who asks to be written to no more gets the switches, and no alarm."""

import pytest

from bot.language.khmer import khmer_share
from tests.handlers.scenes import HOTLINE, in_a_case
from tests.stage import ENGLISH_STUDENT, Stage

ASKED = (
    "stop sending me messages", "Stop. Thank you", "STOP", "Unsubscribe!", "don't message me anymore",
    "ឈប់ផ្ញើសារមកខ្ញុំ", "ឈប់ ផ្ញើសារ មកខ្ញុំ។", "chhob phnher sar mok knhom", "ឈប់",
)  # fmt: skip


@pytest.mark.parametrize("words", ASKED)
async def test_words_that_ask_to_stop_open_the_switches(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.send(words)
    latin_khmer = words.startswith("chhob")
    srey.sees("news.card", "km" if khmer_share(words) or latin_khmer else "en")
    srey.does_not_see("care.hotline", number=HOTLINE)
    srey.does_not_see("care.honest", "km")
    await srey.send("what is AI?")
    srey.does_not_see("care.honest", "km")


async def test_so_does_the_command(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/stop")
    srey.sees("news.card")


@pytest.mark.parametrize(
    "words", ["he does not stop sending me messages", "គាត់ឈប់ផ្ញើសារមកខ្ញុំហើយ", "stop him"]
)
async def test_a_sentence_with_the_words_in_it_is_no_request(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(words)
    srey.does_not_see("news.card")
    srey.does_not_see("news.card", "km")


async def test_a_form_is_left_by_it(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send("stop sending me messages")
    srey.sees("news.card")
    await srey.send("Pov")
    srey.does_not_see("form_ask.field")


async def test_in_an_open_case_the_person_hears_it_as_well(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("stop sending me messages")
    bopha.sees_words("stop sending me messages")
    srey.sees("news.card")
