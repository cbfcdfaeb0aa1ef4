"""What she types instead of tapping does what the button does, where the button is shown."""

import pytest

from bot.content import Content
from bot.people.tables import Conversation
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from handlers.home import profile, typed
from tests.chat import buttons_of, text_of
from tests.handlers.scenes import in_a_case
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

ELEVENTH = (
    "១១", "11", "grade 11", "Grade11", "g11", "11th grade", "eleven", "ថ្នាក់ទី១១", "ទី 11",
    "ខ្ញុំរៀនថ្នាក់ទី១១", "I am in grade 11", "rean tnak ti 11", "ដប់មួយ",
)  # fmt: skip
SIEM_REAP = (
    "សៀមរាប", "ខេត្តសៀមរាប", "ខ្ញុំនៅសៀមរាប", "siem reap", "Siemreap", "seam reap",
    "oun nov siem reap", "I live in Siem Reap", "siem reap province",
)  # fmt: skip


def _shown(screen: Screen) -> list[tuple[str, str]]:
    return [(button.label, button.data) for row in screen.rows for button in row]


@pytest.mark.parametrize("words", ELEVENTH)
@pytest.mark.parametrize("tongue", ["km", "en"])
def test_a_grade_is_understood_however_it_is_written(
    content: Content, words: str, tongue: str
) -> None:
    shown = _shown(profile.grade_screen(Voice(content, tongue)))
    assert typed.pressed(words, shown, content) == "me:grade:11"


@pytest.mark.parametrize("words", ["ថ្នាក់ទី៨", "ទី៨", "8", "grade 7", "ថ្នាក់ទី៦", "ប្រាំបី", "class 5"])
@pytest.mark.parametrize("tongue", ["km", "en"])
def test_so_is_a_grade_below_the_lowest_that_is_named(
    content: Content, words: str, tongue: str
) -> None:
    shown = _shown(profile.grade_screen(Voice(content, tongue)))
    assert typed.pressed(words, shown, content) == "me:grade:8"


@pytest.mark.parametrize(
    "words", ["class 12 science", "ថ្នាក់ទី១២វិទ្យាសាស្ត្រ", "I am a grade 12 student", "ថ្នាក់១២ សង្គម"]
)
def test_what_she_adds_to_her_grade_changes_nothing(content: Content, words: str) -> None:
    shown = _shown(profile.grade_screen(Voice(content, "km")))
    assert typed.pressed(words, shown, content) == "me:grade:12"
    assert typed.pressed("what can I study after grade 12", shown, content) is None


@pytest.mark.parametrize("words", SIEM_REAP)
@pytest.mark.parametrize("tongue", ["km", "en"])
def test_a_province_is_understood_whatever_page_it_is_on(
    content: Content, words: str, tongue: str
) -> None:
    shown = _shown(profile.province_screen(Voice(content, tongue), content.provinces, 0))
    assert typed.pressed(words, shown, content) == "me:province:siem-reap"


def test_every_province_is_understood_by_each_of_its_names(content: Content) -> None:
    shown = _shown(profile.province_screen(Voice(content, "km"), content.provinces, 0))
    for province in content.provinces:
        for name in (*province.label.all(), *province.also):
            assert typed.pressed(name, shown, content) == f"me:province:{province.id}", name


async def test_what_she_is_asked_about_herself_is_told_in_words(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/me")
    await srey.tap("me.grade")
    await srey.send("១១")
    srey.sees("me.text", grade=srey.words("grade.11"))
    await srey.tap("me.province")
    await srey.send("សៀមរាប")
    srey.sees("me.text", province="សៀមរាប")


async def test_so_is_that_she_has_left_school(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/me")
    await srey.tap("me.grade")
    await srey.send("left school")
    srey.sees("me.text", grade=srey.words("grade.after"))


async def test_the_walk_takes_a_grade_in_words_too(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/path")
    await srey.tap("path.start")
    await srey.send("១២")
    srey.sees_words("ប្អូនរៀនថ្នាក់វិទ្យាសាស្ត្រ ឬថ្នាក់សង្គម?")


@pytest.mark.parametrize(
    "words", ["what can I study in siem reap?", "13", "ខេត្ត", "how far is kep from takeo"]
)
async def test_a_question_is_a_question_where_her_province_is_asked(
    stage: Stage, words: str
) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/me")
    await srey.tap("me.province")
    await srey.send(words)
    srey.does_not_see("me.text")
    assert srey.news()


async def test_a_number_presses_nothing_where_nothing_is_numbered(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for words in ("1", "2", "៣", "4"):
        await srey.send("/menu")
        await srey.send(words)
        srey.sees("lost.wordless")


async def test_a_number_presses_its_button_in_a_numbered_list(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("nurse or doctor")
    await srey.forge("job:with:nurse:en:doctor")
    await srey.send("២")
    srey.sees("career.title", title=stage.content.careers["doctor"].name.get("en"))


async def test_the_words_of_a_button_press_it(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/ask")
    await srey.send(srey.words("home.topics").lower())
    srey.sees("topics.text", page=1)


@pytest.mark.parametrize("words", ["menu", "Home", "/home", "ម៉ឺនុយ", "ទំព័រដើម", "cancel"])
async def test_home_is_one_word_away(stage: Stage, words: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/topics")
    await srey.send(words)
    srey.sees("home.text")


@pytest.mark.parametrize("words", ["back", "Go back!", "/back", "ត្រឡប់", "ត្រឡប់ក្រោយ"])
async def test_back_goes_where_the_button_would(stage: Stage, words: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/topics")
    await srey.tap_data("topic:choose:0")
    topic = text_of(srey.news()[-1])
    await srey.tap_words(srey.buttons()[0])
    await srey.send(words)
    srey.sees_words(topic)
    await srey.send("/menu")
    await srey.send(words)
    srey.sees("home.text")


async def test_start_begins(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("start")
    srey.sees("start.welcome.other")
    await srey.send("/menu\nplease")
    srey.sees("home.text")


async def test_in_an_open_case_both_are_heard_that_her_words_went_and_that_the_way_is_gone(
    stage: Stage,
) -> None:
    srey, bopha, _ = await in_a_case(stage)
    async with stage.database.write() as session:
        chat = await session.get_one(Conversation, ENGLISH_STUDENT)
        chat.buttons = [["‹ Back", "gone:1"]]
    await srey.send("back")
    srey.sees("case.carried_taken")
    srey.sees("home.text")
    bopha.sees_words("back")


async def test_a_question_stays_open_beside_what_is_no_answer_to_it(stage: Stage) -> None:
    monika = stage.person(ENGLISH_STUDENT)
    await monika.send("/path")
    await monika.tap("path.start")
    await monika.send("12")
    await monika.send("what is a scholarship?")
    await monika.send("tell me a joke")
    await monika.send("Science")
    monika.does_not_see("lost.first")
    (newest,) = monika.news()
    assert any(data.startswith("path:pick:") for _, data in buttons_of(newest))


async def test_so_does_the_one_for_her_province(stage: Stage) -> None:
    monika = stage.person(ENGLISH_STUDENT)
    await monika.send("/me")
    await monika.tap("me.province")
    await monika.send("12")
    await monika.send("Phnom Penh")
    monika.sees("me.text", province="Phnom Penh")


async def test_once_it_is_answered_its_words_are_words_again(stage: Stage) -> None:
    monika = stage.person(ENGLISH_STUDENT)
    await monika.send("/me")
    await monika.tap("me.grade")
    await monika.send("grade 11")
    await monika.send("what is a scholarship?")
    await monika.send("Grade 10")
    monika.does_not_see("me.text")


async def test_her_age_leads_to_what_she_wanted_whatever_she_wrote_between(stage: Stage) -> None:
    monika = stage.person(ENGLISH_STUDENT)
    await monika.send("/teach")
    await monika.tap("teach.join")
    await monika.send("idk")
    await monika.send("/careers")
    await monika.tap_words("14 to 17")
    monika.sees("teach.home")


async def test_so_it_does_where_she_is_asked_once_more(stage: Stage) -> None:
    monika = stage.person(ENGLISH_STUDENT)
    await monika.send("/teach")
    await monika.tap("teach.join")
    await monika.send("idk")
    await monika.tap_words("18 or older")
    await monika.send("hmm")
    await monika.tap("age.again")
    await monika.send("hmm")
    await monika.tap_words("14 to 17")
    monika.sees("teach.home")


async def test_a_word_of_an_answer_to_the_walk_is_asked_about(stage: Stage) -> None:
    monika = stage.person(ENGLISH_STUDENT)
    await monika.send("/path")
    await monika.tap("path.start")
    await monika.send("left")
    monika.sees("typed.meant")
    await monika.send("yes")
    monika.does_not_see("typed.meant")
    assert monika.offers("path.back")


def test_only_a_part_of_one_answer_is_taken_for_it() -> None:
    options = [("🛠 កុំព្យូទ័រ សិល្បៈ អនុវត្ត", "path:pick:a:b"), ("📚 អានសៀវភៅ", "path:pick:a:c")]
    assert typed.nearly("កុំព្យូទ័រ", options) == tuple(options[0])
    assert typed.nearly("art", [("🎨 Drawing art", "x:1"), ("🎉 Party", "x:2")]) == (
        "🎨 Drawing art",
        "x:1",
    )
    assert typed.nearly("art", [("🎨 art", "x:1"), ("🖼 art too", "x:2")]) is None
    assert typed.nearly("12", [("Grade 12", "x:1")]) is None
