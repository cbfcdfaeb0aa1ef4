"""Words that ask the bot for a screen are no danger by themselves; after her own words they may be."""

import pytest

from bot.content.base import Tongue
from tests.chat import Chat
from tests.handlers.scenes import HOTLINE, in_a_case
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

SELF_HARM = "I want to kill myself"
HOME = (
    "menu", "home", "/home", "go home", "I want to go to the menu", "ទៅផ្ទះ", "ត្រឡប់ទៅ menu",
    "ត្រឡប់ទៅ home", "mnuy",
)  # fmt: skip
BACK = ("back", "I want to go back", "ត្រឡប់ទៅក្រោយ", "ខ្ញុំចង់ត្រឡប់ទៅក្រោយ", "trolob kroy")
STOP = (
    ("មិនចង់ទទួលសារទៀតទេ", "km"),
    ("do not text me", "en"),
    ("som kom phnher sar mok knhom teat", "km"),
)


def unalarmed(srey: Chat) -> None:
    """Check that nothing of danger was said, neither care nor a gentle line."""
    for tongue in ("km", "en"):
        srey.does_not_see("care.hotline", tongue, number=HOTLINE)
        srey.does_not_see("care.gentle", tongue)


@pytest.mark.parametrize("person", [STUDENT, ENGLISH_STUDENT])
@pytest.mark.parametrize("words", [*HOME, *BACK])
async def test_who_asks_for_the_menu_gets_it_and_no_alarm(
    stage: Stage, person: int, words: str
) -> None:
    srey = stage.person(person)
    await srey.send("/menu")
    await srey.send(words)
    srey.sees("home.text")
    unalarmed(srey)


@pytest.mark.parametrize("words", ["start", "ចាប់ផ្ដើមឡើងវិញ"])
async def test_who_begins_anew_is_welcomed(stage: Stage, words: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send(words)
    srey.sees("start.welcome.other")
    unalarmed(srey)


@pytest.mark.parametrize(("words", "tongue"), STOP)
async def test_who_asks_for_no_messages_gets_the_switches_and_no_alarm(
    stage: Stage, words: str, tongue: Tongue
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(words)
    srey.sees("news.card", tongue)
    unalarmed(srey)


async def test_she_may_ask_again_and_again(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    for words in ("ត្រឡប់ទៅក្រោយ", "ទៅផ្ទះ", "ត្រឡប់ទៅក្រោយ", "ទៅផ្ទះ"):
        await srey.send(words)
        srey.sees("home.text")
        unalarmed(srey)


@pytest.mark.parametrize(
    "words",
    ["I am scared to go home", "I don't want to go home", "ខ្ញុំខ្លាចទៅផ្ទះ", "I want to go home"],
)
async def test_a_sentence_of_fear_with_the_words_in_it_is_heard(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(words)
    srey.sees_words(str(HOTLINE))


@pytest.mark.parametrize(
    "pieces",
    [
        ("I am scared to", "go home"),
        ("I don't want to", "go home"),
        ("ខ្ញុំខ្លាច", "ទៅផ្ទះ"),
        ("i want everything to", "stop"),
    ],
)
async def test_they_may_be_the_end_of_what_she_said_before(
    stage: Stage, pieces: tuple[str, str]
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(pieces[0])
    srey.does_not_see("care.hotline", number=HOTLINE)
    await srey.send(pieces[1])
    srey.sees_words(str(HOTLINE))


@pytest.mark.parametrize("asked", ["ត្រឡប់ទៅក្រោយ", "som kom phnher sar mok knhom teat"])
async def test_what_the_bot_was_asked_hides_nothing_that_comes_after(
    stage: Stage, asked: str
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for words in (asked, "i want to", "die"):
        await srey.send(words)
    srey.sees_words(str(HOTLINE))


@pytest.mark.parametrize(
    "words", ["go home", "ទៅផ្ទះ", "I want to go back", "take me home", "ត្រឡប់មកវិញ"]
)
async def test_a_cry_beside_danger_is_met_with_care_and_no_menu(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    await srey.send(words)
    srey.sees_words(str(HOTLINE))
    srey.does_not_see("home.text")


@pytest.mark.parametrize("words", ["menu", "home", "back", "ត្រឡប់ទៅក្រោយ", "ទំព័រដើម"])
async def test_beside_danger_the_menu_is_still_one_word_away(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    await srey.send(words)
    srey.sees("home.text")
    srey.does_not_see("care.hotline", number=HOTLINE)


async def test_in_an_open_case_a_cry_reaches_the_person(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("take me home")
    bopha.sees_words("take me home")
    srey.does_not_see("home.text")
