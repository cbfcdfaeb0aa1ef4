"""A case is a conversation with a person: both are heard, whole, and told the truth."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import Content
from bot.demo.html_entities import parse, utf16
from bot.mentoring.states import ConsentMethod
from bot.mentoring.tables import GuardianConsent
from bot.safety.case_talk import Line, Talk
from bot.safety.cases import UNDO, Carried, CaseFile, Standing
from bot.safety.states import News
from bot.screens.parts import LONGEST_MESSAGE, parts
from bot.screens.screen import Html
from bot.screens.voice import Voice
from handlers.safety import case_screens
from tests.handlers.scenes import DANGER, asks_for_a_person
from tests.screens.written import by_a_girl
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    OPENING,
    SECOND_COORDINATOR,
    STUDENT,
    Chat,
    Stage,
    StartStage,
)

HOTLINE = 1280
WORDS = (
    "I am at home now", "he has come back", "my father hits me again", "គាត់មកហើយ", "are you there?",
)  # fmt: skip


async def _known(stage: Stage) -> tuple[Chat, Chat]:
    """Let both coordinators have written to the bot."""
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    for coordinator in (bopha, nary):
        await coordinator.send("/desk")
    return bopha, nary


async def _talking(stage: Stage, girl: int = ENGLISH_STUDENT) -> tuple[Chat, Chat, Chat]:
    """A girl asked for a person, and Bopha took her case."""
    bopha, nary = await _known(stage)
    srey = stage.person(girl)
    await asks_for_a_person(srey)
    await bopha.tap("case.acknowledge")
    return srey, bopha, nary


async def test_a_coordinator_takes_a_case_and_the_two_write_to_each_other(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
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
    srey, bopha, _ = await _talking(stage)
    for words in WORDS:
        await srey.send(words)
        bopha.sees("case.note_to_staff", case=1, text=words)
        srey.sees("case.carried_taken")
    await bopha.tap("case.open")
    for words in WORDS:
        bopha.sees_words(words)


async def test_what_she_writes_before_somebody_takes_it_waits_for_who_does(stage: Stage) -> None:
    bopha, _ = await _known(stage)
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
    bopha, _ = await _known(stage)
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
    srey, bopha, _ = await _talking(stage)
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
    srey, bopha, _ = await _talking(stage)
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


# Nothing is cut


async def test_a_long_message_arrives_whole_in_parts(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
    words = " ".join(f"word{n}&<{n}>" for n in range(300))
    await srey.send(words)
    said = "".join(str(message["text"]) for message in bopha.news())
    assert all(word in said for word in words.split())
    await bopha.tap("case.open")
    said = "".join(str(message["text"]) for message in bopha.news())
    assert all(word in said for word in words.split())


@pytest.mark.parametrize(
    "text",
    ["&" * 4096, "<b>&amp;</b>" * 341, "😭" * 2048, "ខ្ញុំខ្លាច" * 400, f"secret {'&' * 1400}"],
    ids=["signs", "tags", "emoji", "khmer", "the attack"],
)
async def test_whatever_she_writes_arrives_whole(stage: Stage, text: str) -> None:
    srey, bopha, _ = await _talking(stage)
    await srey.send(text)
    said = "".join(str(message["text"]) for message in bopha.news())
    assert "".join(text.split()) in "".join(said.split())


@settings(deadline=None, max_examples=60)
@given(text=by_a_girl(), tongue=st.sampled_from(["km", "en"]))
def test_any_text_is_shown_whole(content: Content, text: str, tongue: str) -> None:
    """To the coordinator as it arrives, and in the case as she opens it."""
    voice = Voice(content, tongue)
    case = CaseFile(1, 1, "abuse", tongue, OPENING, 2, Standing.TAKEN)
    line = Line(1, by_staff=False, text=text, at_utc=OPENING, corrected=False, arrived=None)
    talk = Talk(
        case, (line,), 0, 1, "12", 1, unanswered=True, reachable=True, outcome=None, earlier=()
    )
    shown = case_screens.case_screen(voice, talk, Html(""), {}, str, "English")
    arrives = case_screens.to_staff(voice, Carried(case, 1, text, 2, corrected=False))
    for screen in (shown, arrives):
        said = [parse(part)[0] for part in parts(screen.text)]
        assert all(utf16(part) <= LONGEST_MESSAGE for part in said)
        assert "".join(text.split()) in "".join("".join(said).split())


# Who is called


async def test_an_alert_nobody_takes_goes_to_the_next_and_she_hears_it(stage: Stage) -> None:
    bopha, nary = await _known(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    bopha.sees("case.alert", case=1)
    await stage.clock_strikes()
    srey.sees("case.news_arrived")
    stage.later(minutes=9)
    await stage.clock_strikes()
    nary.does_not_see("case.alert")
    stage.later(minutes=1)
    await stage.clock_strikes()
    nary.sees("case.alert", case=1)
    srey.sees("case.news_not_yet")
    stage.later(minutes=10)
    await stage.clock_strikes()
    srey.sees("case.news_all_called")
    srey.sees("care.hotline", number=HOTLINE)
    seen = len(srey.messages())
    await stage.passes(0)
    stage.later(minutes=10)
    await stage.clock_strikes()
    assert len(srey.messages()) == seen, "she is not told the same again and again"


async def test_who_cannot_be_reached_is_passed_over_at_once(stage: Stage) -> None:
    bopha, nary = await _known(stage)
    await bopha.block()
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    nary.sees("case.alert", case=1)


async def test_who_blocked_the_bot_unseen_is_passed_over_as_soon_as_telegram_says_so(
    stage: Stage,
) -> None:
    _, nary = await _known(stage)
    stage.telegram.people[FIRST_COORDINATOR].blocked = True
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    srey.does_not_see("case.news_arrived")
    stage.later(seconds=5)
    await stage.clock_strikes()
    nary.sees("case.alert", case=1)
    stage.later(seconds=5)
    await stage.clock_strikes()
    srey.sees("case.news_arrived")


async def test_when_nobody_can_be_reached_she_is_told_so_with_the_hotline(stage: Stage) -> None:
    await _known(stage)
    for coordinator in (FIRST_COORDINATOR, SECOND_COORDINATOR):
        stage.telegram.people[coordinator].blocked = True
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    for _ in range(3):
        stage.later(seconds=5)
        await stage.clock_strikes()
    srey.sees("case.news_nobody")
    srey.sees("care.hotline", number=HOTLINE)
    srey.does_not_see("case.news_arrived")
    await srey.send("are you there?")
    srey.sees("case.carried_nobody")
    await srey.tap("care.person")
    srey.sees("care.person_nobody")
    await stage.person(SECOND_COORDINATOR).block(False)
    stage.later(minutes=10)
    await stage.clock_strikes()
    stage.person(SECOND_COORDINATOR).sees("case.alert", case=1)
    stage.later(seconds=5)
    await stage.clock_strikes()
    srey.sees("case.news_arrived")


async def test_without_a_coordinator_nobody_is_promised(start_stage: StartStage) -> None:
    stage = await start_stage(coordinator_ids=())
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    srey.sees("care.person_nobody")
    srey.sees("care.hotline", number=HOTLINE)


async def test_a_second_call_for_help_is_heard_by_whoever_has_the_case(stage: Stage) -> None:
    srey, bopha, nary = await _talking(stage)
    await srey.send("/help")
    await srey.tap("care.person")
    srey.sees("care.person_taken")
    bopha.sees("case.alert_again", case=1)
    nary.does_not_see("case.alert")


async def test_a_second_call_that_nobody_has_taken_goes_to_the_next(stage: Stage) -> None:
    bopha, nary = await _known(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    bopha.sees("case.alert", case=1)
    nary.does_not_see("case.alert")
    await srey.send("/help")
    await srey.tap("care.person")
    srey.sees("care.person_calling")
    nary.sees("case.alert", case=1)


async def test_a_case_that_another_has_is_not_taken_from_her(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    bopha, nary = await _known(stage)
    await asks_for_a_person(srey)
    stage.later(minutes=10)
    await stage.clock_strikes()
    await bopha.tap("case.acknowledge")
    await nary.tap("case.acknowledge")
    nary.sees("case.gone")
    assert nary.offers("back.desk")


# Who has it


async def test_handing_over_shows_the_conversation_her_language_and_her_grade(
    stage: Stage,
) -> None:
    srey, bopha, nary = await _talking(stage)
    await srey.send("he is here")
    await bopha.tap("case.write")
    await bopha.send("Go to your aunt")
    await bopha.tap("case.open")
    bopha.sees("case.state_answered")
    await bopha.tap("inbox.add_note")
    await bopha.send("she has an aunt")
    await bopha.tap_data("case:ack:1")
    await bopha.tap("inbox.give")
    await bopha.tap_data("case:give:1:2")
    srey.sees("case.handed_over")
    nary.sees("inbox.given_case", subject=1)
    await nary.tap("inbox.open")
    for words in (DANGER, "he is here", "Go to your aunt", "she has an aunt", "English"):
        nary.sees_words(words)
    nary.sees("case.state_answered")
    await srey.send("thank you")
    nary.sees("case.note_to_staff", case=1, text="thank you")
    nary.forgets()
    await bopha.tap_data("case:write:1")
    await bopha.send("one more thing")
    srey.does_not_see_words("one more thing")


async def test_a_coordinator_who_was_taken_out_of_the_settings_loses_her_case(
    stage: Stage,
) -> None:
    """As at a start with another COORDINATOR_IDS."""
    srey, bopha, nary = await _talking(stage)
    await bopha.tap("case.write")
    stage.services.settings = stage.services.settings.model_copy(
        update={"coordinator_ids": (SECOND_COORDINATOR,)}
    )
    await bopha.send("Meet me at Aeon tomorrow")
    srey.does_not_see_words("Aeon")
    await srey.send("are you there?")
    bopha.does_not_see_words("are you there?")
    srey.does_not_see("case.carried_taken")
    stage.later(seconds=5)
    await stage.clock_strikes()
    nary.sees("case.alert", case=1)
    srey.sees("case.news_between")
    await nary.tap("case.acknowledge")
    nary.sees_words("are you there?")
    srey.sees("case.taken")


async def test_a_coordinator_who_can_be_reached_no_more_loses_her_case(stage: Stage) -> None:
    srey, _, nary = await _talking(stage)
    stage.telegram.people[FIRST_COORDINATOR].blocked = True
    await srey.send("are you there?")
    stage.later(seconds=5)
    await stage.clock_strikes()
    nary.sees("case.alert", case=1)
    srey.sees("case.news_between")
    await nary.tap("case.acknowledge")
    nary.sees_words("are you there?")


async def test_a_girl_between_two_coordinators_is_heard_and_told(stage: Stage) -> None:
    srey, bopha, nary = await _talking(stage)
    await bopha.send("/privacy")
    await bopha.tap("data.erase")
    await bopha.tap("data.erase_yes")
    await srey.send("are you there?")
    srey.does_not_see("case.carried_taken")
    stage.later(seconds=5)
    await stage.clock_strikes()
    srey.sees("case.news_between")
    await nary.tap("case.acknowledge")
    nary.sees_words("are you there?")


@pytest.mark.parametrize("kind", ["concern", "abuse"])
def test_every_step_has_words_for_whoever_hears_of_it(content: Content, kind: str) -> None:
    """A mentor or a guardian who is worried is no girl, and is not spoken to as one."""
    steps = [f"news_{news}" for news in News if news is not News.LEFT
             and case_screens.hears(kind, news)]  # fmt: skip
    steps += [f"carried_{standing}" for standing in Standing]
    steps += ["taken", "handed_over", "closed_for_girl", "write_now_girl"]
    for step in steps:
        words = Voice(content, "km").say(case_screens.told(kind, f"case.{step}"))
        assert kind != "concern" or "ប្អូន" not in words
    assert case_screens.hears(kind, News.NOBODY)
    assert case_screens.hears(kind, News.ARRIVED) is (kind != "concern")


# What a coordinator may write


@pytest.mark.parametrize(
    "words",
    ["my number is 012 345 678", "add me on telegram @bopha99", "look at https://t.me/bopha"],
)
async def test_no_coordinator_gives_her_a_way_around_the_bot(stage: Stage, words: str) -> None:
    srey, bopha, _ = await _talking(stage)
    await bopha.tap("case.write")
    await bopha.send(words)
    bopha.sees("case.no_contact")
    srey.does_not_see("case.note_to_girl")
    # She may write it anew at once.
    await bopha.send("I am here")
    srey.sees("case.note_to_girl", text="I am here")


async def test_a_number_in_two_messages_is_seen(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
    await bopha.tap("case.write")
    await bopha.send("012")
    await bopha.send("345 678")
    bopha.sees("case.no_contact")
    srey.does_not_see_words("345")


async def test_a_number_does_not_pass_by_editing(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
    await bopha.tap("case.write")
    said = await bopha.send("I am here")
    await bopha.edit(said, "call me: 012 345 678")
    bopha.sees("case.no_contact")
    srey.does_not_see_words("345")


async def test_every_official_number_may_be_given(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
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
    srey, bopha, _ = await _talking(stage)
    await srey.block()
    await bopha.tap("case.write")
    await bopha.send("are you safe?")
    bopha.sees("case.not_reachable")
    await bopha.tap("case.open")
    bopha.sees("case.state_unreachable")


# How it ends


async def test_closing_asks_first_and_can_be_taken_back_for_a_minute(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
    await bopha.tap("case.close")
    bopha.sees("case.close_how", case=1)
    await bopha.tap("outcome.mistake")
    bopha.sees("case.closed_mistake", case=1)
    await bopha.tap("case.reopen")
    bopha.sees_words(DANGER)
    stage.later(minutes=2)
    await stage.deliver()
    srey.does_not_see("case.closed_for_girl")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    bopha.sees("case.closed", case=1)
    stage.later(seconds=UNDO.total_seconds())
    await stage.deliver()
    srey.sees("case.closed_for_girl")
    await bopha.tap("case.reopen")
    bopha.sees("case.closed_for_good")


async def test_what_she_writes_in_that_minute_is_heard(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
    await bopha.tap("case.close")
    await bopha.tap("outcome.quiet")
    await srey.send("I am here")
    bopha.sees("case.note_to_staff", case=1, text="I am here")
    stage.later(minutes=2)
    await stage.deliver()
    srey.does_not_see("case.closed_for_girl")


async def test_nobody_is_stuck_in_a_case_that_was_closed(stage: Stage) -> None:
    srey, bopha, _ = await _talking(stage)
    await srey.tap_data("care:well")
    await srey.tap("case.reply")
    await bopha.tap("case.close")
    await bopha.tap("outcome.safe")
    stage.later(minutes=2)
    await stage.deliver()
    await srey.send("thank you")
    bopha.does_not_see_words("thank you")
    srey.sees("case.over")
    await srey.send(stage.content.entries["tech-is-for-boys"].question.get("en"))
    srey.sees("answer.reviewed")


async def test_who_takes_a_later_case_may_read_the_earlier_one(stage: Stage) -> None:
    srey, bopha, nary = await _talking(stage)
    await srey.send("my aunt helps me")
    await bopha.tap("case.close")
    await bopha.tap("outcome.passed")
    stage.later(days=1)
    await asks_for_a_person(srey)
    await nary.send("/desk")
    await nary.tap("desk.cases")
    await nary.tap("desk.case_waits", case=2)
    await nary.tap("case.earlier", case=1)
    nary.sees_words("my aunt helps me")
    nary.sees("outcome.passed")
    await nary.tap("case.back")
    nary.sees("case.text", case=2)


async def test_the_number_of_an_erased_case_is_never_given_again(stage: Stage) -> None:
    """Its alert would be taken for one that was sent long ago."""
    srey, other = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    for coordinator in (bopha, nary):
        await coordinator.send("/desk")
    await asks_for_a_person(srey)
    await srey.send("/privacy")
    await srey.tap("data.erase")
    await srey.tap("data.erase_yes")
    await asks_for_a_person(other)
    bopha.sees("case.alert", case=2)


async def test_a_case_does_not_go_to_her_guardian_on_the_desk(stage: Stage) -> None:
    """It may be about her: she is not called, and cannot take it."""
    srey = stage.person(ENGLISH_STUDENT)
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    for coordinator in (bopha, nary):
        await coordinator.send("/desk")
    await srey.send("/menu")
    async with stage.database.write() as session:
        session.add(
            GuardianConsent(
                student_id=ENGLISH_STUDENT, token="x", method=ConsentMethod.LINK, text_version=1,
                asked_at_utc=stage.now, guardian_id=FIRST_COORDINATOR, given_at_utc=stage.now,
            )
        )  # fmt: skip
    await asks_for_a_person(srey)
    nary.sees("case.alert", case=1)
    bopha.does_not_see("case.alert")
    await stage.passes(5)
    bopha.does_not_see("case.alert")
    await bopha.forge("case:ack:1")
    bopha.sees("over.own_pair")
    bopha.does_not_see_words(DANGER)


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
