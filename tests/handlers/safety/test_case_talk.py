"""A case is a conversation with a person: both are heard, whole, and told the truth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Content
from bot.demo.html_entities import parse, utf16
from bot.safety.case_talk import Line, Talk
from bot.safety.cases import Carried, CaseFile, Standing
from bot.screens.parts import LONGEST_MESSAGE, parts
from bot.screens.screen import Html
from bot.screens.voice import Voice
from handlers.safety import case_screens
from tests.handlers.scenes import DANGER, asks_for_a_person, at_desk, in_a_case
from tests.screens.written import by_a_girl
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, OPENING, STUDENT, Stage

WORDS = (
    "I am at home now", "he has come back", "my father hits me again", "គាត់មកហើយ", "are you there?",
)  # fmt: skip


async def test_a_coordinator_takes_a_case_and_the_two_write_to_each_other(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    bopha.sees("case.line_girl", text=DANGER)
    bopha.sees("case.state_waits")
    srey.sees("case.taken")
    await bopha.tap("case.write")
    bopha.sees("case.write_now_staff")
    for words in ("Are you safe right now?", "I am here, take your time.", "You may call 1280."):
        await bopha.send(words)
        srey.sees("case.note_to_girl", text=words)
        bopha.sees("case.sent")
    await srey.tap("case.reply")
    srey.sees("case.write_now_girl")
    await srey.send("yes at my aunt")
    bopha.sees("case.note_to_staff", case=1, text="yes at my aunt")


async def test_all_that_she_writes_in_an_open_case_arrives(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    for words in WORDS:
        await srey.send(words)
        bopha.sees("case.note_to_staff", case=1, text=words)
        srey.sees("case.carried_taken")
    await bopha.tap("case.open")
    for words in WORDS:
        bopha.sees_words(words)


async def test_what_she_writes_before_somebody_takes_it_waits_for_who_does(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    srey.sees("care.person_calling")
    for words in WORDS:
        await srey.send(words)
        srey.sees("case.carried_calling")
        bopha.does_not_see_words(words)
    await bopha.tap("case.acknowledge")
    for words in WORDS:
        bopha.sees_words(words)


@pytest.mark.parametrize("language", ["km", "en"])
async def test_she_is_answered_in_the_language_in_which_she_asked_for_help(
    stage: Stage, language: str
) -> None:
    """Whatever her menus are in."""
    bopha, _ = await at_desk(stage)
    srey = stage.person(STUDENT)
    await srey.send("/start")
    await srey.send(DANGER if language == "en" else "ឪពុកខ្ញុំវាយខ្ញុំរាល់យប់")
    await srey.tap_data("care:person")
    tongue = "en" if language == "en" else "km"
    srey.sees("care.person_calling", tongue)
    await bopha.tap("case.acknowledge")
    srey.sees("case.taken", tongue)
    await srey.send("ok")
    srey.sees("case.carried_taken", tongue)


async def test_a_correction_reaches_the_other_as_one(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    sent = await srey.send("he is here")
    await srey.edit(sent, "he is not here")
    bopha.sees("case.corrected_to_staff", case=1, text="he is not here")
    await bopha.tap("case.write")
    said = await bopha.send("Go to your mother")
    await bopha.edit(said, "Please call 1280 now")
    srey.sees("case.corrected_to_girl", text="Please call 1280 now")
    await bopha.tap("case.open")
    for words in ("he is here", "he is not here", "Go to your mother", "Please call 1280 now"):
        bopha.sees_words(words)


async def test_a_correction_that_can_not_be_carried_is_said_to_be_none(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    stopped = await bopha.send("my number is 012 345 678")
    await bopha.edit(stopped, "I am here")
    bopha.sees("case.not_corrected")
    said = await bopha.send("Are you safe?")
    await bopha.tap("case.open")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    await bopha.edit(said, "Are you all right?")
    bopha.sees("case.not_corrected")
    srey.does_not_see_words("all right?")


async def test_what_she_wrote_since_the_alarm_comes_with_the_case(stage: Stage) -> None:
    """Also when she took it back by an edit, or asked many things before she asked for a person."""
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await bopha.send("/desk")
    sent = await srey.send(DANGER)
    await srey.send("my name is Pov, I am at Toul Kork")
    for number in range(9):
        await srey.send(f"what is AI, part {number}?")
    await srey.edit(sent, "hello")
    await srey.forge("care:person")
    await bopha.tap("case.acknowledge")
    bopha.sees_words(DANGER)


# Nothing is cut


async def test_a_long_message_arrives_whole_in_parts(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    words = " ".join(f"word{n}&<{n}>" for n in range(300))
    await srey.send(words)
    said = bopha.said()
    assert all(word in said for word in words.split())
    await bopha.tap("case.open")
    said = bopha.said()
    assert all(word in said for word in words.split())


@pytest.mark.parametrize(
    "text",
    ["&" * 4096, "<b>&amp;</b>" * 341, "😭" * 2048, "ខ្ញុំខ្លាច" * 400, f"secret {'&' * 1400}"],
    ids=["signs", "tags", "emoji", "khmer", "the attack"],
)
async def test_whatever_she_writes_arrives_whole(stage: Stage, text: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send(text)
    said = bopha.said()
    assert "".join(text.split()) in "".join(said.split())


@settings(max_examples=60)
@given(text=by_a_girl(), tongue=st.sampled_from(["km", "en"]))
def test_any_text_is_shown_whole(content: Content, text: str, tongue: str) -> None:
    """To the coordinator as it arrives, and in the case as she opens it."""
    voice = Voice(content, tongue)
    case = CaseFile(1, 1, "abuse", tongue, OPENING, 2, Standing.TAKEN)
    line = Line(1, by_staff=False, text=text, at_utc=OPENING, corrected=False, arrived=None)
    talk = Talk(
        case,
        (line,),
        0,
        1,
        "12",
        1,
        unanswered=True,
        reachable=True,
        outcome=None,
        earlier=(),
        erased_at=None,
        shares_phone=True,
        about=None,
    )
    shown = case_screens.case_screen(voice, talk, Html(""), {}, str, "English")
    arrives = case_screens.to_staff(voice, Carried(case, 1, text, 2, corrected=False))
    for screen in (shown, arrives):
        said = [parse(part)[0] for part in parts(screen.text)]
        assert all(utf16(part) <= LONGEST_MESSAGE for part in said)
        assert "".join(text.split()) in "".join("".join(said).split())


# What a coordinator may write


@pytest.mark.parametrize(
    "words",
    ["my number is 012 345 678", "add me on telegram @bopha99", "look at https://t.me/bopha"],
)
async def test_no_coordinator_gives_her_a_way_around_the_bot(stage: Stage, words: str) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send(words)
    bopha.sees("case.no_contact")
    srey.does_not_see_words(words)
    # She may write it anew at once.
    await bopha.send("I am here")
    srey.sees("case.note_to_girl", text="I am here")


async def test_a_number_in_two_messages_is_seen(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send("012")
    await bopha.send("345 678")
    bopha.sees("case.no_contact")
    srey.does_not_see_words("345")


async def test_a_number_does_not_pass_by_editing(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    said = await bopha.send("I am here")
    await bopha.edit(said, "call me: 012 345 678")
    bopha.sees("case.no_contact")
    srey.does_not_see_words("345")


async def test_every_official_number_may_be_given(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    for line in stage.content.hotlines:
        for number in (
            line.number,
            line.number.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")),
        ):
            words = f"Please call {number}"
            await bopha.send(words)
            srey.sees("case.note_to_girl", text=Html(words))


async def test_a_girl_who_blocked_the_bot_is_said_to_be_out_of_reach(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.block()
    await bopha.tap("case.write")
    await bopha.send("are you safe?")
    bopha.sees("case.not_reachable")
    await bopha.tap("case.open")
    bopha.sees("case.state_unreachable")
