"""“Tidy this chat” on a phone that others hold too, and answers of which a lock screen tells nothing."""

import pytest

from bot.screens.parts import plain
from bot.screens.voice import Voice
from handlers.answering.entries import entry_screen
from handlers.safety.care import care_screen
from tests.handlers.scenes import DANGER, at_desk, in_a_case
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, Stage

# So much of a message a telephone shows when it is locked.
PREVIEW = 100


async def test_what_both_wrote_is_gone_at_once(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/start")
    await srey.send(DANGER)
    await srey.tap("hide.button")
    (left,) = srey.messages()
    assert left["text"] == srey.words("home.text") or "home" in str(left)
    assert DANGER not in srey.transcript()


async def test_it_can_be_typed(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/privacy")
    await srey.send("/hide")
    assert len(srey.messages()) == 1
    srey.sees("home.text")


async def test_what_telegram_would_refuse_is_left_and_keeps_nothing_else_there(
    stage: Stage,
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/privacy")
    old = {message["message_id"] for message in srey.messages()}
    stage.later(days=2)
    await srey.send("/me")
    await srey.send("/hide")
    left = [message["message_id"] for message in srey.messages()]
    assert old <= set(left)
    assert len(left) == len(old) + 1


async def test_nothing_that_is_kept_is_erased_by_it(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/me")
    await srey.tap("me.grade")
    await srey.tap("grade.11")
    await srey.send("/hide")
    await srey.send("/me")
    srey.sees("me.text", grade=srey.words("grade.11"))


async def test_where_her_messages_stand_is_forgotten_with_her_and_in_two_days(
    stage: Stage,
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/me")
    stage.later(days=2, hours=1)
    await stage.clock_strikes()
    await srey.send("/mydata")
    # Of what she wrote before nothing is known, so only the new is counted.
    srey.sees("mine.counted", title=srey.words("mine.messages_of_mine"), n=1)


async def test_what_was_on_its_way_waits_until_she_is_there_again(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await _both_before_anything_leaves(stage, "Are you safe from your father now?")
    assert "father" not in srey.transcript()
    await stage.strikes_after(hours=2)
    assert "father" not in srey.transcript()
    await srey.send("/menu")
    srey.sees_words("Are you safe from your father now?")


async def _both_before_anything_leaves(stage: Stage, words: str) -> None:
    """A coordinator writes and the girl tidies her chat, while nothing is delivered."""
    telegram = stage.telegram
    for person, text in ((FIRST_COORDINATOR, words), (ENGLISH_STUDENT, "/hide")):
        telegram.says(telegram.people[person], {"text": text})
    await stage.take_in()


async def test_a_coordinator_who_tidies_her_chat_misses_no_call(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(DANGER)
    for person, text in ((ENGLISH_STUDENT, "help me"), (FIRST_COORDINATOR, "/hide")):
        stage.telegram.says(stage.telegram.people[person], {"text": text})
    await stage.take_in()
    await srey.tap("care.person")
    bopha.sees("case.alert")


async def test_she_reads_the_last_words_of_her_coordinator_again(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send("You can tell me what he did.")
    await srey.send("/hide")
    srey.does_not_see_words("what he did")
    await srey.send("/help")
    await srey.tap("case.read_again")
    srey.sees_words("You can tell me what he did.")
    # In place of the message that she tapped it notifies nobody: the words come first.
    assert not srey.said().startswith(plain(srey.words("hide.opening")))


async def test_that_her_words_were_passed_on_says_nothing_and_needs_no_opening(
    stage: Stage,
) -> None:
    srey, _, _ = await in_a_case(stage)
    await srey.send("I am here")
    assert srey.said() == plain(srey.words("case.carried_taken"))


async def test_nobody_is_offered_to_read_what_was_not_written(stage: Stage) -> None:
    srey, _, _ = await in_a_case(stage)
    await srey.send("/help")
    assert not srey.offers("case.read_again")


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_a_lock_screen_tells_nothing_of_what_is_sensitive(stage: Stage, tongue: str) -> None:
    voice = Voice(stage.content, tongue)
    opening = plain(voice.say("hide.opening"))
    assert len(opening) >= PREVIEW
    for name in sorted(stage.content.sensitive):
        screen = entry_screen(voice, stage.content, stage.content.entries[name])
        assert plain(screen.words).startswith(opening), name
    for care in stage.content.cares:
        assert plain(care_screen(voice, stage.content, care.kind).words).startswith(opening)


def test_an_everyday_answer_begins_with_itself(stage: Stage) -> None:
    voice = Voice(stage.content, "en")
    name = next(e for e in stage.content.entries if e not in stage.content.sensitive)
    screen = entry_screen(voice, stage.content, stage.content.entries[name])
    assert screen.words == screen.text


async def test_what_a_coordinator_writes_hours_later_tells_nothing_either(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    srey.forgets()
    await bopha.send("You can tell me what he did.")
    assert srey.said().startswith(plain(srey.words("hide.opening")))
