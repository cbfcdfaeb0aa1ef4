"""A page opens by its name: the words of a button or of a command, in either language."""

import pytest

from bot.content import Content
from bot.screens.voice import Voice
from handlers import named
from handlers.doors import CALENDAR, FAMILY, HELP, PATH, SAVED
from handlers.home import front
from tests.handlers.scenes import in_a_case
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT, Stage

HELP_WORDS = ("ត្រូវការជំនួយ", "🛟 ត្រូវការជំនួយ", "I need help", "🛟 I need help", "i need help!")
NAMES = {
    "រកផ្លូវអាជីពរបស់ខ្ញុំ": PATH(),
    "រកផ្លូវអាជីព": PATH(),
    "find my path": PATH(),
    "សម្រាប់គ្រួសារ": FAMILY(0),
    "FOR THE FAMILY": FAMILY(0),
    "កម្មវិធី": CALENDAR("0", 0, ""),
    "What I kept": SAVED(0),
    "អ្វីដែលខ្ញុំរក្សាទុក": SAVED(0),
    "ត្រូវការជំនួយ": HELP(),
}


@pytest.mark.parametrize("words", NAMES)
def test_a_page_is_known_by_the_words_of_its_button(content: Content, words: str) -> None:
    assert named.page(words, content) == NAMES[words]


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_so_is_every_door_of_home_and_of_the_second_page(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue)
    for screen in (front.home_screen(voice), front.more_screen(voice)):
        for button in (button for row in screen.rows for button in row):
            assert named.page(button.label, content) == button.data, button.label


def test_the_name_within_a_question_opens_nothing(content: Content) -> None:
    assert named.page("កម្មវិធីនេះឥតគិតថ្លៃទេ?", content) is None
    assert named.page("", content) is None
    assert named.page("🛟", content) is None


@pytest.mark.parametrize("words", HELP_WORDS)
@pytest.mark.parametrize("person", [STUDENT, ENGLISH_STUDENT])
async def test_the_words_of_the_help_button_always_open_help(
    stage: Stage, person: int, words: str
) -> None:
    srey = stage.person(person)
    await srey.send("/menu")
    await srey.tap("home.careers")
    await srey.send(words)
    assert srey.offers("care.person")
    srey.does_not_see("lost.first")


async def test_they_do_so_while_a_form_waits_for_words(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/me")
    await srey.tap("me.grade")
    await srey.tap("grade.9")
    await srey.send("/teach")
    await srey.tap("teach.join")
    await srey.tap("age.minor")
    await srey.tap("teach.ask")
    await srey.send("ត្រូវការជំនួយ")
    assert srey.offers("care.person")


async def test_in_a_case_they_reach_the_person_too(stage: Stage) -> None:
    girl, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await in_a_case(stage)
    await girl.send("ត្រូវការជំនួយ")
    assert girl.offers("care.person")
    bopha.sees_words("ត្រូវការជំនួយ")


async def test_the_words_of_a_command_open_what_it_opens(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    for tongue in ("km", "en"):
        for command, seen in (
            ("family", "family.text"),
            ("mydata", "mine.text"),
            ("me", "me.text"),
        ):
            await srey.send(stage.content.locales[tongue][f"command.{command}"])
            srey.sees(seen)


async def test_those_of_the_desk_are_for_who_sits_there(stage: Stage) -> None:
    srey, bopha = stage.person(STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send("ទំព័រអ្នកសម្របសម្រួល")
    srey.does_not_see("unknown.command")
    srey.does_not_see("desk.text")
    await bopha.send("ទំព័រអ្នកសម្របសម្រួល")
    bopha.sees("desk.text")


async def test_the_words_turn_the_page_that_is_shown(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/events")
    await srey.tap("events.school_year")
    await srey.send("បន្ទាប់")
    srey.does_not_see("lost.first")
    assert srey.offers("page.previous")


async def test_no_further_page_is_said_so(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/menu")
    for words in ("បន្ត", "បន្ទាប់", "រំលង", "next", "skip"):
        await srey.send(words)
        srey.sees("typed.nothing_further", "en" if words.isascii() else "km")


async def test_a_plain_no_and_the_word_for_tidying_are_no_questions(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/menu")
    await srey.send("អត់ទេ")
    srey.sees("ask.declined")
    before = len(srey.messages())
    await srey.send("សម្អាតសារ")
    srey.does_not_see("lost.first")
    assert len(srey.messages()) < before


async def test_the_step_that_may_be_left_out_is_left_out_in_words(stage: Stage) -> None:
    srey = stage.enters(1009)
    await srey.send("/start")
    await srey.tap_words("ខ្មែរ")
    await srey.send("រំលង")
    srey.does_not_see("typed.nothing_further")
    srey.does_not_see("lost.first")
