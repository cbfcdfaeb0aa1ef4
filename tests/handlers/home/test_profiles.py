"""Several girls on one phone: each with pages of her own, and nothing of one is shown to another."""

from sqlalchemy import func, select

from bot.operations.invariants import breaches
from bot.people import chats
from bot.people.tables import Person, Phone, Profile
from bot.questions.tables import OpenQuestion
from bot.queues.outbox import Lane
from tests.handlers import scenes
from tests.handlers.phone import (
    FIRST,
    SECOND,
    begins,
    is_turn_of,
    opens_page,
    says_to,
    shared,
    who_is_here,
)
from tests.handlers.scenes import DANGER
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


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
    await begins(phone, "Dara")
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
    await begins(phone, "Dara")
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


# Her rights


async def test_what_is_kept_is_shown_of_her_whose_turn_it_is(stage: Stage) -> None:
    phone = await shared(stage)
    await scenes.tells_grade(phone, "11")
    await begins(phone, "Dara")
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
    await begins(phone, "Dara")
    await scenes.erases_herself(phone)
    await phone.tap_words("Chantha")
    await opens_page(phone)
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
        await opens_page(phone)
        await phone.tap("who.new")
        await phone.send(name)
        if name == "lina":
            phone.sees("who.name_taken")
    await opens_page(phone)
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


async def test_home_says_whose_turn_it_is(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.send("/menu")
    phone.sees("who.turn", name="Chantha")
    await begins(phone, "Dara")
    await phone.send("/menu")
    phone.sees("who.turn", name="Dara")
    # A phone that is not shared says nothing of it.
    alone = stage.person(STUDENT)
    await alone.send("/menu")
    alone.does_not_see("who.turn", "km")


async def test_who_erases_nothing_goes_back_to_the_page_of_the_phone(stage: Stage) -> None:
    phone = await shared(stage)
    await opens_page(phone)
    await phone.tap("who.erase")
    await phone.tap("data.keep")
    phone.sees("who.card", name="Chantha")
    await phone.send("/forget")
    await phone.tap("data.keep")
    phone.does_not_see("who.card", name="Chantha")


async def test_the_page_of_the_phone_leads_back_to_where_it_was_opened(stage: Stage) -> None:
    phone = await shared(stage)
    await phone.forge("data:page:phone")
    await phone.tap("who.page")
    phone.sees("who.card", name="Chantha")
    await phone.tap("back.data")
    phone.sees("privacy.phone")
    await opens_page(phone)
    assert not phone.offers("back.data")
    assert phone.offers("back.more")
