"""Several girls on one phone: each with pages of her own, and nothing of one is shown to another."""

import pytest
from sqlalchemy import func, select

from bot.desk import team
from bot.mentoring import guardians
from bot.mentoring.tables import Mentor
from bot.operations.invariants import breaches
from bot.people import chats
from bot.people.staff import Actor
from bot.people.tables import Band, Person, Phone, Profile, Reachability
from bot.questions.tables import OpenQuestion
from bot.queues.outbox import Lane
from bot.screens.screen import Html, Screen
from bot.turn import tell
from handlers.home.taps import HERE
from tests.chat import Chat
from tests.handlers import scenes
from tests.handlers.scenes import DANGER, at_desk, in_a_case
from tests.kept_scenes import kept
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, MENTOR, Stage
from tests.traces import columns_with

FIRST = ENGLISH_STUDENT
SECOND = chats.further(ENGLISH_STUDENT, 1)


@kept
async def _share(phone: Chat) -> None:
    """Chantha lets her sister Dara use her phone."""
    await phone.send("/start")
    await phone.tap_data("lang:en:w")
    await phone.send("/switch")
    await phone.tap("who.share")
    await phone.send("Chantha")
    await phone.tap("who.new")
    await phone.send("Dara")


async def shared(stage: Stage) -> Chat:
    """Return the phone of the two; it is the turn of Chantha, to whom the account belongs."""
    phone = stage.person(ENGLISH_STUDENT)
    await _share(phone)
    return phone


async def is_turn_of(phone: Chat, name: str) -> None:
    """Another says that she is here."""
    await phone.send("/switch")
    await phone.tap_words(name)


async def sets_pin(phone: Chat, pin: str) -> None:
    """She whose turn it is chooses a PIN."""
    await phone.send("/menu")
    await phone.tap("home.more")
    await phone.tap("who.page")
    await phone.tap("who.pin_set")
    await phone.send(pin)
    await phone.send(pin)


async def says_to(stage: Stage, person_id: int, words: str, lane: Lane = Lane.NOTE) -> None:
    """Something for one of them is put on its way, and delivered if it may be."""
    async with stage.database.write() as session:
        screen = Screen(Html(words))
        await tell(session, person_id, screen, f"test:{words}", stage.now, lane)
    await stage.deliver()


async def who_is_here(stage: Stage) -> int | None:
    async with stage.database.read() as session:
        phone = await session.get_one(Phone, ENGLISH_STUDENT)
        return phone.in_use


async def test_nothing_changes_for_who_shares_no_phone(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    assert not srey.offers("who.next")
    await srey.send("/switch")
    srey.sees("who.explain")


async def test_the_page_of_a_shared_phone_tells_that_each_can_have_her_own(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/privacy")
    await srey.tap("data.page_phone")
    await srey.tap("who.page")
    srey.sees("who.explain")


async def test_two_taps_from_home_lead_to_the_other(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/menu")
    await phone.tap("who.next")
    await phone.tap_words("Dara")
    assert await who_is_here(stage) == SECOND
    # Dara is new: she is greeted, in every language, and chooses hers.
    phone.sees("start.welcome", "km")


async def test_each_has_a_language_a_grade_and_a_home_of_her_own(stage: Stage) -> None:
    phone = await shared(stage)
    await scenes.tells_grade(phone, "11")
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:km:w")
    await phone.send("/me")
    phone.sees("me.text", "km", grade=stage.content.locales["km"]["me.unsaid"])
    await is_turn_of(phone, "Chantha")
    phone.sees("home.text", "en")
    await phone.send("/me")
    phone.sees("me.text", "en", grade=phone.words("grade.11"))


async def test_nothing_of_her_is_left_in_the_chat_when_it_is_anothers_turn(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("How do I become a doctor?")
    await phone.send("/menu")
    await phone.tap("who.next")
    (left,) = phone.messages()
    assert "doctor" not in phone.transcript()
    phone.sees("who.is_here", "en")
    assert {button["text"] for row in left["reply_markup"]["inline_keyboard"] for button in row} \
        == {"Chantha", "Dara", stage.content.locales["en"]["home.help"]}  # fmt: skip


async def test_the_names_are_asked_for_in_the_languages_of_all(stage: Stage) -> None:
    phone = await shared(stage)
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:km:w")
    await phone.send("/switch")
    phone.sees("who.is_here", "en")
    phone.sees("who.is_here", "km")


async def test_what_is_for_one_waits_while_another_is_here(stage: Stage) -> None:
    phone = await shared(stage)
    await says_to(stage, SECOND, "for Dara only")
    assert "for Dara" not in phone.transcript()
    stage.later(days=8)
    await says_to(stage, FIRST, "for Chantha")
    assert "for Dara" not in phone.transcript()
    phone.sees_words("for Chantha")
    await is_turn_of(phone, "Dara")
    phone.sees_words("for Dara only")
    await is_turn_of(phone, "Chantha")
    assert "for Dara" not in phone.transcript()


async def test_while_names_are_to_choose_from_nothing_comes_for_anybody(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/switch")
    await says_to(stage, FIRST, "for Chantha")
    await says_to(stage, SECOND, "for Dara")
    assert len(phone.messages()) == 1
    await phone.tap_words("Chantha")
    phone.sees_words("for Chantha")
    phone.does_not_see_words("for Dara")


async def test_once_it_is_said_that_something_waits_and_not_for_whom(stage: Stage) -> None:
    phone = await shared(stage)
    phone.forgets()
    await says_to(stage, SECOND, "for Dara only")
    await stage.strikes_after(minutes=2)
    phone.sees("who.waits")
    assert "Dara" not in phone.said()
    phone.forgets()
    await says_to(stage, SECOND, "more for Dara")
    await stage.strikes_after(minutes=2)
    assert not phone.news()


async def test_of_an_announcement_that_waits_nothing_is_said(stage: Stage) -> None:
    phone = await shared(stage)
    phone.forgets()
    await says_to(stage, SECOND, "news for all", Lane.ANNOUNCEMENT)
    await stage.strikes_after(minutes=2)
    assert not phone.news()
    # It is soon of no use to her.
    await stage.strikes_after(days=2)
    await is_turn_of(phone, "Dara")
    assert "news for all" not in phone.transcript()


async def test_what_nobody_came_to_read_goes_after_a_month(stage: Stage) -> None:
    phone = await shared(stage)
    await says_to(stage, SECOND, "for Dara only")
    await stage.strikes_after(days=31)
    await is_turn_of(phone, "Dara")
    assert "for Dara" not in phone.transcript()


async def test_a_button_from_the_turn_of_another_does_nothing(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/me")
    await phone.tap("me.grade")
    stage.later(days=3)
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:en:w")
    stage.later(seconds=9)
    # What is older than two days stands there still.
    await phone.tap_data("me:grade:12")
    phone.sees("who.before")
    await phone.send("/me")
    phone.sees("me.text", grade=phone.words("me.unsaid"))


async def test_an_answer_to_a_message_of_before_is_nobodys(stage: Stage) -> None:
    phone = await shared(stage)
    old = await phone.send("/me")
    stage.later(days=3)
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:en:w")
    answered = next(m for m in phone.messages() if m["message_id"] == old)
    await phone.sends({"text": scenes.UNKNOWN, "reply_to_message": answered})
    phone.sees("who.before")
    await phone.edit(old, scenes.UNKNOWN_TOO)
    async with stage.database.read() as session:
        assert not await session.scalar(select(func.count()).select_from(OpenQuestion))


async def test_danger_in_what_is_of_before_is_met_and_kept_nowhere(stage: Stage) -> None:
    phone = await shared(stage)
    old = await phone.send("/me")
    stage.later(days=3)
    await is_turn_of(phone, "Dara")
    await phone.edit(old, DANGER)
    phone.sees("care.hotline", "en")
    await phone.send("/mydata")
    assert "last_words" not in phone.said()


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


async def test_five_wrong_tries_lock_it_for_a_quarter_of_an_hour(stage: Stage) -> None:
    phone = await shared(stage)
    await sets_pin(phone, "4071")
    await phone.send("/switch")
    await phone.tap_words("Chantha")
    for _ in range(5):
        await phone.send("1234")
    phone.sees("who.pin_locked")
    await phone.send("4071")
    phone.sees("who.pin_locked")
    stage.later(minutes=16)
    await phone.send("4071")
    assert await who_is_here(stage) == FIRST
    phone.sees("who.was_tried", n=5)


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
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:en:w")
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


# Roles belong to the account


async def test_staff_share_no_phone(stage: Stage) -> None:
    await at_desk(stage)
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/switch")
    bopha.sees("who.no_sharing")
    await bopha.send("/privacy")
    await bopha.tap("data.page_phone")
    assert not bopha.offers("who.page")


async def test_an_invitation_to_the_desk_is_for_a_phone_of_ones_own(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    phone = await shared(stage)
    link = await scenes.invitation(bopha)
    for name in ("Chantha", "Dara"):
        await is_turn_of(phone, name)
        await phone.send(f"/start {link}")
        phone.sees("team.shared", "en")


async def test_nobody_becomes_a_mentor_on_a_shared_phone(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/mentor")
    await phone.tap("intro.volunteer")
    phone.sees("who.no_mentor")
    async with stage.database.read() as session:
        assert not await session.scalar(select(func.count()).select_from(Mentor))


async def test_whoever_shares_her_phone_is_no_guardian_of_a_girl(stage: Stage) -> None:
    people = scenes.mentoring(stage)
    phone, mother = await shared(stage), people.mother
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:en:w")
    token = await _invites_guardian(stage, SECOND)
    await phone.send(f"/start guardian_{token}")
    phone.sees("guardian.yourself")
    await is_turn_of(phone, "Chantha")
    await phone.send(f"/start guardian_{token}")
    phone.sees("guardian.yourself")
    other = await _invites_guardian(stage, MENTOR)
    await is_turn_of(phone, "Dara")
    await phone.send(f"/start guardian_{other}")
    phone.sees("who.no_guardian")
    await mother.send(f"/start guardian_{token}")
    mother.sees("guardian.page")


async def _invites_guardian(stage: Stage, girl: int) -> str:

    async with stage.database.write() as session:
        return (await guardians.invite(Actor(session, girl, (), stage.now))).token


async def test_who_approves_learns_that_a_minor_uses_the_same_phone(stage: Stage) -> None:
    people = scenes.mentoring(stage)
    phone = await shared(stage)
    await scenes.becomes_mentor(people.sophea, people.bopha, people.nary)
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:en:w")
    async with stage.database.write() as session:
        (await session.get_one(Person, FIRST)).age_band = Band.MINOR
    await scenes.asks_for(phone, "Sophea", age="adult")
    await people.nary.tap("news.look")
    people.nary.sees("over.minor_on_phone")


# Her rights


async def test_what_is_kept_is_shown_of_her_whose_turn_it_is(stage: Stage) -> None:
    phone = await shared(stage)
    await scenes.tells_grade(phone, "11")
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:en:w")
    await phone.send("/mydata")
    phone.sees("mine.text")
    phone.does_not_see_words(phone.words("grade.11"))
    # Nor when the other wrote.
    phone.sees("mine.counted", title=phone.words("mine.messages_of_mine"), n=1)


async def test_one_erases_herself_and_the_others_go_on(stage: Stage) -> None:
    phone = await shared(stage)
    await scenes.erases_herself(phone)
    phone.sees("who.is_here")
    assert not any(label == "Chantha" for label in phone.buttons())
    await phone.tap_words("Dara")
    assert await who_is_here(stage) == SECOND
    async with stage.database.read() as session:
        assert await session.get(Person, FIRST) is None
        assert await breaches(session, stage.services.settings.coordinator_ids) == []


async def test_with_the_last_of_them_the_phone_is_forgotten(stage: Stage) -> None:
    phone = await shared(stage)
    await scenes.erases_herself(phone)
    await phone.tap_words("Dara")
    await scenes.erases_herself(phone)
    async with stage.database.read() as session:
        assert await session.get(Phone, ENGLISH_STUDENT) is None
        assert await breaches(session, stage.services.settings.coordinator_ids) == []
    await phone.send("/start")
    phone.sees("start.welcome", "km")


async def test_who_comes_after_one_who_erased_herself_gets_an_id_that_nobody_had(
    stage: Stage,
) -> None:
    phone = await shared(stage)
    await is_turn_of(phone, "Dara")
    await phone.tap_data("lang:en:w")
    await scenes.erases_herself(phone)
    await phone.tap_words("Chantha")
    await phone.send("/menu")
    await phone.tap("home.more")
    await phone.tap("who.page")
    await phone.tap("who.new")
    await phone.send("Lina")
    async with stage.database.read() as session:
        ids = set(await session.scalars(select(Profile.person_id)))
    assert ids == {FIRST, chats.further(ENGLISH_STUDENT, 2)}


async def test_who_is_alone_can_have_her_phone_for_herself_again(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/switch")
    await srey.tap("who.share")
    await srey.send("Chantha")
    await srey.tap("who.alone")
    await srey.send("/menu")
    assert not srey.offers("who.next")


async def test_four_use_a_phone_at_most_and_each_by_a_name_of_her_own(stage: Stage) -> None:
    phone = await shared(stage)
    for name in ("Lina", "lina", "Nary"):
        await phone.send("/menu")
        await phone.tap("home.more")
        await phone.tap("who.page")
        await phone.tap("who.new")
        await phone.send(name)
        if name == "lina":
            phone.sees("who.name_taken")
    await phone.send("/menu")
    await phone.tap("home.more")
    await phone.tap("who.page")
    assert not phone.offers("who.new")
    await phone.forge("who:new")
    phone.sees("who.full")


async def test_a_name_is_short_and_shown_as_it_is(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/switch")
    await srey.tap("who.share")
    await srey.send("x" * 21)
    srey.sees("who.name_fault")
    await srey.send("<b>Dara & co")
    srey.sees_words("<b>Dara & co")


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


async def test_who_becomes_a_coordinator_by_the_settings_has_her_phone_at_once(
    stage: Stage,
) -> None:

    phone = await shared(stage)
    await is_turn_of(phone, "Dara")
    async with stage.database.write() as session:
        await team.register_first(session, (ENGLISH_STUDENT,), stage.now)
    assert await who_is_here(stage) == FIRST


async def test_a_guardian_shares_her_phone_and_stays_one(stage: Stage) -> None:
    people = scenes.mentoring(stage)
    token = await _invites_guardian(stage, ENGLISH_STUDENT)
    await people.mother.send(f"/start guardian_{token}")
    await people.mother.tap("guardian.agree")
    await people.mother.send("/switch")
    await people.mother.tap("who.share")
    await people.mother.send("Mother")
    await people.mother.tap("who.new")
    await people.mother.send("Srey")
    await people.mother.send("/menu")
    assert people.mother.offers("who.next")
