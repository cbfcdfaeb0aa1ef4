"""Who holds a shared phone says who she is, with a PIN if she has one; the chat is one for all."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.operations.invariants import breaches
from bot.people import chats
from bot.people.tables import Person, Profile, Reachability
from handlers.home.taps import HERE
from tests.handlers import scenes
from tests.handlers.phone import (
    FIRST,
    SECOND,
    begins,
    is_turn_of,
    opens_page,
    says_to,
    sets_pin,
    shared,
    who_is_here,
)
from tests.handlers.scenes import DANGER, at_desk, in_a_case
from tests.stage import ENGLISH_STUDENT, Stage
from tests.traces import columns_with


async def test_the_names_are_asked_for_in_the_languages_of_all(stage: Stage) -> None:
    phone = await shared(stage)
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:km:w")
    await phone.send("/switch")
    phone.sees("who.is_here", "en")
    phone.sees("who.is_here", "km")


async def test_a_finger_that_taps_twice_switches_once(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/switch")
    names = next(m for m in reversed(phone.messages()))
    for _ in range(2):
        stage.telegram.taps(stage.telegram.people[phone.id], names, HERE(1))
    await stage.take_in()
    assert await who_is_here(stage) == SECOND
    assert len(phone.messages()) == 1


async def test_danger_at_the_names_shows_the_hotlines(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/switch")
    await phone.send(DANGER)
    phone.sees("care.hotline", "en", number=scenes.HOTLINE)
    phone.sees("who.help_names", "en")


@pytest.mark.parametrize("asks", ["/help", "/start help", "who.names"])
async def test_help_is_there_for_whoever_holds_the_phone(stage: Stage, asks: str) -> None:
    phone = await shared(stage)
    await phone.send("/switch")
    if asks.startswith("/"):
        await phone.send(asks)
    else:
        await phone.tap("home.help")
    phone.sees("care.hotline", "en", number=scenes.HOTLINE)
    await phone.tap("who.names")
    phone.sees("who.is_here", "en")


async def test_who_writes_before_she_says_who_she_is_is_asked(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/switch")
    for words in (scenes.UNKNOWN, "/mydata", "/forget"):
        await phone.send(words)
        phone.sees("who.is_here", "en")
    assert await phone.forge("data:erase_yes")
    async with stage.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Profile)) == 2


# The PIN


async def test_a_pin_is_asked_for_and_leaves_the_chat(stage: Stage) -> None:
    phone = await shared(stage)
    await sets_pin(phone, "4071")
    assert "4071" not in phone.transcript()
    await is_turn_of(phone, "Dara")
    await is_turn_of(phone, "Chantha")
    phone.sees("who.ask_pin", "en", name="Chantha")
    assert await who_is_here(stage) is None
    await phone.send("1111")
    phone.sees("who.pin_wrong")
    await phone.send("៤០៧១")
    assert await who_is_here(stage) == FIRST
    assert "៤០៧១" not in phone.transcript()
    phone.sees("home.text")


async def test_a_pin_stands_nowhere_as_it_was_written(stage: Stage) -> None:
    phone = await shared(stage)
    await sets_pin(phone, "4071")
    async with stage.database.read() as session:
        found = await columns_with(session, "4071")
    assert found in ([], ["inbox.sign"])


def _local(stage: Stage) -> datetime:
    return stage.now.astimezone(stage.services.settings.zone)


async def test_five_wrong_tries_lock_it_for_a_quarter_of_an_hour(stage: Stage) -> None:
    phone = await shared(stage)
    await sets_pin(phone, "4071")
    await phone.send("/switch")
    await phone.tap_words("Chantha")
    for _ in range(5):
        await phone.send("1234")
    over = stage.services.voice(stage.tongue(phone.id)).clock(
        _local(stage) + timedelta(minutes=15)
    )
    phone.sees("who.pin_locked", at=over)
    phone.does_not_see("who.ask_pin")
    stage.later(minutes=14)
    await phone.send("4071")
    phone.sees("who.pin_locked", at=over)
    stage.later(minutes=16)
    await phone.send("4071")
    assert await who_is_here(stage) == FIRST
    phone.sees("who.was_tried", n=5)
    await phone.tap("who.pin_change")
    phone.sees("who.ask_old_pin")


async def test_the_old_pin_is_asked_for_before_another(stage: Stage) -> None:
    phone = await shared(stage)
    await sets_pin(phone, "4071")
    await phone.tap("who.pin_change")
    await phone.send("9999")
    phone.sees("who.pin_wrong")
    await phone.send("4071")
    for pin in ("2580", "2581"):
        await phone.send(pin)
    phone.sees("who.pins_differ")
    for pin in ("2580", "2580"):
        await phone.send(pin)
    phone.sees("who.has_pin")
    await phone.tap("who.pin_off")
    await phone.send("2580")
    phone.sees("who.has_no_pin")


async def test_a_forgotten_pin_costs_what_it_guards_and_a_day(stage: Stage) -> None:
    phone = await shared(stage)
    await scenes.tells_grade(phone, "11")
    await sets_pin(phone, "4071")
    await phone.send("/switch")
    await phone.tap_words("Chantha")
    await phone.tap("who.forgot")
    await phone.tap("who.forgot_yes")
    phone.sees("who.forgot_noted")
    await phone.tap_words("Chantha")
    assert not phone.offers("who.anew")
    stage.later(hours=25)
    await phone.tap("who.names")
    await phone.tap_words("Chantha")
    await phone.tap("who.anew")
    await phone.tap("who.anew_yes")
    # She is somebody new, and has the same name.
    assert await who_is_here(stage) == chats.further(ENGLISH_STUDENT, 2)
    phone.sees("start.welcome", "km")
    async with stage.database.read() as session:
        assert await session.get(Person, FIRST) is None
        assert await breaches(session, stage.services.settings.coordinator_ids) == []


async def test_the_right_pin_ends_the_wait_and_she_learns_of_it(stage: Stage) -> None:
    phone = await shared(stage)
    await sets_pin(phone, "4071")
    await phone.send("/switch")
    await phone.tap_words("Chantha")
    await phone.tap("who.forgot")
    await phone.tap("who.forgot_yes")
    stage.later(hours=25)
    await phone.tap_words("Chantha")
    await phone.send("4071")
    phone.sees("who.forgot_stopped")
    await is_turn_of(phone, "Chantha")
    assert not phone.offers("who.anew")


async def test_a_pin_in_an_open_case_is_no_word_for_the_coordinator(stage: Stage) -> None:
    await shared(stage)
    srey, bopha, _ = await in_a_case(stage)
    await sets_pin(srey, "4071")
    srey.sees("who.has_pin")
    assert "4071" not in bopha.transcript()


# Care


async def test_danger_of_one_is_hers_alone_and_her_case_waits_for_her_turn(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    phone = await shared(stage)
    await begins(phone, "Dara")
    await phone.send(DANGER)
    await phone.tap("care.person")
    await bopha.tap("case.acknowledge")
    bopha.sees("case.state_shared")
    await is_turn_of(phone, "Chantha")
    await bopha.tap("case.write")
    await bopha.send("You can tell me what happened.")
    assert "what happened" not in phone.transcript()
    # What Chantha writes is no word in it.
    await phone.send("I like drawing very much")
    bopha.does_not_see_words("drawing")
    await is_turn_of(phone, "Dara")
    phone.sees_words("what happened")


async def test_a_case_on_a_phone_of_ones_own_says_nothing_of_sharing(stage: Stage) -> None:
    _, bopha, _ = await in_a_case(stage)
    assert "👭" not in bopha.transcript()


# The chat is one


async def test_who_blocks_the_bot_is_reached_by_none_of_them(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.block()
    assert await _reach(stage) == {Reachability.BLOCKED}
    await phone.block(blocked=False)
    await phone.send("/menu")
    assert await _reach(stage) == {Reachability.REACHABLE}


async def test_that_telegram_could_not_reach_one_is_known_of_all(stage: Stage) -> None:
    phone = await shared(stage)
    stage.telegram.people[phone.id].blocked = True
    await says_to(stage, FIRST, "for Chantha")
    assert await _reach(stage) == {Reachability.BLOCKED}


async def _reach(stage: Stage) -> set[Reachability]:
    async with stage.database.read() as session:
        found = await session.scalars(select(Person.reach).where(Person.id.in_((FIRST, SECOND))))
        return set(found)


async def test_a_search_from_another_chat_is_answered_in_the_language_of_who_is_here(
    stage: Stage,
) -> None:
    phone = await shared(stage)
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:km:w")
    found = await phone.search("doctor")
    assert found is not None
    assert any("\u1780" <= letter <= "\u17ff" for letter in str(found["results"][0]["title"]))


async def test_a_name_that_is_typed_is_as_good_as_tapped(stage: Stage) -> None:
    phone = await shared(stage)
    await begins(phone, "Dara")
    await opens_page(phone)
    await phone.tap("who.rename")
    await phone.send("Sokhom 🦋")
    await sets_pin(phone, "2468")
    await phone.send("/switch")
    await phone.send("somebody")
    phone.sees("who.first_say")
    await phone.send("chantha")
    assert await who_is_here(stage) == FIRST
    await phone.send("/switch")
    await phone.send("Sokhom")
    phone.sees("who.ask_pin", name="Sokhom 🦋")
    # With her PIN only.
    assert await who_is_here(stage) is None
    await phone.send("2468")
    assert await who_is_here(stage) == SECOND


async def test_a_typed_name_that_is_of_two_opens_nothing(stage: Stage) -> None:
    phone = await shared(stage)
    await opens_page(phone)
    await phone.tap("who.rename")
    await phone.send("Dara 🌸")
    await phone.send("/switch")
    await phone.send("Dara")
    phone.sees("who.first_say")
    assert await who_is_here(stage) is None
