"""Care does not swallow the rest: she asks on, and the person and the hotline stay beside her."""

import pytest

from tests.chat import Chat, text_of
from tests.handlers.scenes import DANGER, HOTLINE, in_a_case
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT, Stage

SELF_HARM = "I want to kill myself"
ENGLISH = (
    "how much does a graphic designer earn?",
    "I am afraid of failing the Bac II exam",
    "can i be a pilot",
    "I do not know what I like",
    "what is AI?",
    "are you a robot",
    "can i get a loan for a motorbike",
    "I want to be a fashion designer",
    "thank you",
)
KHMER = (
    "AI គឺជាអ្វី?",
    "តើស្រីរៀន IT បានទេ?",
    "អូនខ្លាចប្រឡងធ្លាក់បាក់ឌុប ធ្វើម៉េច?",
    "ចង់ធ្វើពេទ្យ",
    "ខ្ញុំចង់ធ្វើជាអ្នកដូរម៉ូដ",
    "ចង់ធ្វើអ្នកចម្រៀង",
)
ROMANISED = ("srey rean IT ban te", "rean nov sakol vityalai bong luy ponman", "AI chea avey")


def answered_beside_care(srey: Chat, tongue: str = "en") -> None:
    """Check that she was answered, with the quiet line, and not met with the hotlines again."""
    spoken = "km" if tongue == "km" else "en"
    srey.sees("care.quiet", spoken, number=HOTLINE)
    srey.does_not_see("care.still", spoken)
    srey.does_not_see("care.honest", spoken)


@pytest.mark.parametrize(
    ("questions", "tongue"), [(ENGLISH, "en"), (KHMER, "km"), (ROMANISED, "km")]
)
async def test_ordinary_questions_in_a_row_are_all_answered(
    stage: Stage, questions: tuple[str, ...], tongue: str
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    for question in questions:
        await srey.send(question)
        answered_beside_care(srey, tongue)


async def test_the_quiet_line_is_not_made_longer_by_questions(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    for _ in range(3):
        stage.later(minutes=9)
        await srey.send("what is AI?")
        srey.sees("care.quiet", number=HOTLINE)
    stage.later(minutes=4)
    await srey.send("what is AI?")
    srey.sees("answer.reviewed")
    srey.does_not_see("care.quiet", number=HOTLINE)


@pytest.mark.parametrize(
    "words",
    [
        "ok",
        "yes",
        "I'm scared",
        "hello",
        "i dont want to be alone",
        "ខ្លាច",
        "no",
        "are you still there",
        "khlach nas bong",
    ],
)
async def test_signs_of_distress_bring_care_again(stage: Stage, words: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    await srey.send(words)
    srey.sees_words(str(HOTLINE))
    assert srey.offers("care.person") or srey.sees("care.still", "km")


async def test_distress_renews_the_time_of_care(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    stage.later(minutes=29)
    await srey.send("I'm scared")
    stage.later(minutes=29)
    await srey.send("ok")
    srey.sees("care.still")


async def test_the_person_is_one_tap_from_an_answer(stage: Stage) -> None:
    """All that she wrote from the alarm on comes along: a name or a place may be in it."""
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send(DANGER)
    await srey.send("what is AI?")
    await srey.tap("care.person")
    srey.sees("care.person_calling")
    await bopha.tap("case.acknowledge")
    bopha.sees_words(DANGER)
    bopha.sees_words("what is AI?")


@pytest.mark.parametrize("command", ["/careers", "/topics", "/path", "/menu"])
async def test_commands_and_buttons_work_as_ever(stage: Stage, command: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    await srey.send(command)
    await srey.send("/language")
    srey.does_not_see("care.hotline", number=HOTLINE)
    await srey.send(command)
    srey.does_not_see("care.quiet", number=HOTLINE)
    assert len(srey.news()) == 1


async def test_after_a_call_for_help_the_line_is_said_once_and_the_buttons_stay(
    stage: Stage,
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("help")
    srey.sees("care.hotline", number=HOTLINE)
    await srey.send("what is AI?")
    srey.sees("care.quiet", number=HOTLINE)
    for question in ("can i be a pilot", "what is AI?"):
        await srey.send(question)
        srey.does_not_see("care.quiet", number=HOTLINE)
        srey.does_not_see("hide.opening")
        assert srey.offers("care.person")
        assert srey.copies("copy.number", number=HOTLINE) == str(HOTLINE)
        assert srey.offers("care.well")
    # New distress brings the words again.
    await srey.send("I'm scared")
    srey.sees("care.still")
    await srey.send("what is AI?")
    srey.sees("care.quiet", number=HOTLINE)


async def test_that_all_is_well_can_be_told_beside_each_answer(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for words in ("help", SELF_HARM):
        await srey.send(words)
        await srey.send("what is AI?")
        await srey.tap("care.well")
        srey.sees("care.relieved")
        assert len(srey.news()) == 1, "the answer stays where it is"
        assert any("First step" in text_of(m) for m in srey.messages())
        await srey.send("what is AI?")
        srey.does_not_see("care.quiet", number=HOTLINE)
        assert not srey.offers("care.well")


async def test_help_ends_the_time_of_care_by_command_and_by_button(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for ask_for_help in (lambda: srey.send("/help"), lambda: srey.tap("home.help")):
        await srey.send(SELF_HARM)
        await srey.send("/menu")
        await ask_for_help()
        srey.sees("care.hotline", number=HOTLINE)
        await srey.send("what is AI?")
        srey.sees("answer.reviewed")
        srey.does_not_see("care.quiet", number=HOTLINE)


async def test_help_for_nothing_begins_no_care(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/help")
    await srey.send("what is data science")
    srey.does_not_see("care.hotline", number=HOTLINE)
    srey.does_not_see("care.quiet", number=HOTLINE)


async def test_closing_a_case_ends_the_time_of_care(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    # The minute in which it can be taken back is over.
    await stage.strikes_after(minutes=1)
    await srey.send("what is AI?")
    srey.sees("answer.reviewed")
    srey.does_not_see("care.quiet", number=HOTLINE)


async def test_one_who_is_fine_and_asks_is_answered(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(SELF_HARM)
    await srey.send("I'm fine now")
    srey.sees("care.relieved")
    await srey.send("what is AI?")
    srey.does_not_see("care.quiet", number=HOTLINE)


async def test_care_speaks_the_language_of_the_danger_from_first_to_last(stage: Stage) -> None:
    """Her menus are in Khmer, and she wrote in English."""
    srey = stage.person(STUDENT)
    await srey.send("/menu")
    await srey.send(SELF_HARM)
    srey.sees("care.honest", "en")
    await srey.send("ok")
    srey.sees("care.still", "en")
    await srey.send("/help")
    srey.sees("care.honest", "en")
    await srey.tap_data("care:person")
    srey.sees("care.person_calling", "en")
    await srey.tap_data("care:well")
    srey.sees("case.relieved", "en")
    # Help for nothing in particular is in the language of her menus.
    await srey.send("/help")
    srey.sees("care.honest", "km")


async def test_a_call_for_help_in_khmer_is_answered_in_khmer(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.send("ជួយខ្ញុំ")
    srey.sees("care.honest", "km")


async def test_in_an_open_case_care_is_shown_once_and_every_word_goes_to_the_person(
    stage: Stage,
) -> None:
    srey, bopha, _ = await in_a_case(stage)
    for words in ("he hits me again", "he is here", "2", "ok", "my uncle touches me"):
        await srey.send(words)
        bopha.sees_words(words)
        srey.does_not_see("care.hotline", number=HOTLINE)


async def test_in_an_open_case_what_the_library_surely_knows_is_answered_as_well(
    stage: Stage,
) -> None:
    question = stage.content.entries["tech-is-for-boys"].question.get("en")
    srey, bopha, _ = await in_a_case(stage)
    await srey.send(question)
    bopha.sees_words(question)
    srey.sees("answer.as_of")
    await srey.send("are you there, bong?")
    bopha.sees_words("are you there, bong?")
    srey.does_not_see("lost.first")


async def test_a_button_that_is_typed_is_pressed_in_an_open_case_too(stage: Stage) -> None:
    srey, _, _ = await in_a_case(stage)
    await srey.send(srey.words("care.well"))
    srey.sees("care.relieved")


async def test_a_form_goes_on_where_danger_interrupted_it(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send(DANGER)
    srey.sees("care.hotline", number=HOTLINE)
    # The form still waits for her name.
    await srey.send("Pov")
    srey.sees("form_ask.field")
