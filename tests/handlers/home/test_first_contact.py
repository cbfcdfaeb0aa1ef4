"""First contact: who the bot is, which language, what is asked once, and the first answer."""

from tests.handlers.scenes import tells_grade
from tests.stage import FIRST_COORDINATOR, STUDENT, Stage


async def test_three_taps_lead_from_start_to_the_first_answer(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/start")
    srey.sees("start.welcome")
    await srey.tap_data("lang:km:w")
    srey.sees("first.ask_grade")
    await srey.tap("first.skip")
    srey.sees("first.ready")
    await srey.tap_words(srey.buttons()[0])
    srey.sees("answer.reviewed")


async def test_the_welcome_stays_and_is_read_in_her_language(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/start")
    welcome = srey.sees("start.welcome")
    await srey.tap_data("lang:en:w")
    read = srey.sees("start.welcome", "en")
    assert read["message_id"] == welcome["message_id"]
    srey.does_not_see("start.welcome", "km")
    asked = srey.sees("first.ask_grade", "en")
    assert asked["message_id"] > welcome["message_id"]
    await srey.tap("first.skip")
    await srey.tap("back.home")
    assert (
        "privacy"
        in next(m for m in srey.messages() if m["message_id"] == read["message_id"])["text"]
    )


async def test_what_she_tells_at_first_is_of_use_at_once(stage: Stage) -> None:
    srey, content = stage.person(STUDENT), stage.content
    await srey.send("/start")
    await srey.tap_data("lang:en:w")
    await srey.tap("grade.12")
    srey.sees("me.ask_province", page=1)
    await srey.tap("page.next")
    srey.sees("me.ask_province", page=2)
    await srey.send("Battambang")
    srey.sees("first.ready")
    twelfth = [content.entries[e].question.get("en") for e in content.examples["12"]]
    assert srey.buttons()[:3] == twelfth
    await srey.send("/me")
    srey.sees("me.text", grade=srey.words("grade.12"), province="Battambang")


async def test_a_province_named_while_it_is_asked_for_is_kept_wherever_she_is(
    stage: Stage,
) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/start")
    await srey.tap_data("lang:km:w")
    await srey.tap("grade.12")
    await srey.send("/path")
    await srey.send("ព្រៃវែង")
    kept = srey.sees("me.province_kept", province="ព្រៃវែង")
    assert "ព្រៃវែង" in kept["text"].split("\n\n", 1)[1]
    await srey.send("/me")
    srey.sees("me.text", grade=srey.words("grade.12"), province="ព្រៃវែង")
    # It is asked for no more: what she names now, she looks for.
    await srey.send("កំពត")
    srey.does_not_see("me.province_kept")
    await srey.send("/me")
    srey.sees("me.text", province="ព្រៃវែង")


async def test_a_province_that_she_would_not_tell_is_not_kept(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/start")
    await srey.tap_data("lang:km:w")
    await srey.tap("grade.12")
    await srey.tap("first.skip")
    await srey.send("ព្រៃវែង")
    srey.does_not_see("me.province_kept")


async def test_provinces_stand_in_the_order_of_her_alphabet_with_a_way_back(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/me")
    await srey.tap("me.province")
    assert not srey.offers("page.previous")
    names = srey.buttons()[:5]
    await srey.tap("page.next")
    names += srey.buttons()[:5]
    assert names == sorted(p.label.get("km") for p in stage.content.provinces)[:10]
    await srey.tap("page.previous")
    assert srey.buttons()[:5] == names[:5]


async def test_she_is_asked_once_and_never_again_by_itself(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/start")
    await srey.tap_data("lang:km:w")
    srey.sees("first.ask_grade")
    # She asks something instead: that is no answer, and she is left in peace.
    await srey.send("AI ជាអ្វី?")
    for _ in range(2):
        await srey.send("/start")
        srey.sees("home.text")
        srey.does_not_see("first.ask_grade")
    await srey.forge("lang:en:w")
    srey.sees("home.text", "en")


async def test_who_knows_the_bot_already_is_asked_when_she_comes_back(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/language")
    await srey.tap_data("lang:km")
    srey.sees("first.ask_grade")
    await srey.send("/start")
    srey.does_not_see("first.ask_grade")


async def test_who_has_told_by_herself_and_coordinators_are_not_asked(stage: Stage) -> None:
    srey, bopha = stage.person(STUDENT), stage.person(FIRST_COORDINATOR)
    await tells_grade(srey, "9")
    await srey.send("/start")
    await srey.tap_data("lang:km:w")
    srey.sees("home.text")
    await bopha.send("/language")
    await bopha.tap_data("lang:km")
    bopha.sees("home.coordinator")


async def test_what_she_told_is_taken_back_in_two_taps(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/me")
    await srey.tap("me.grade")
    assert not srey.offers("me.forget")
    await srey.tap("grade.11")
    await srey.tap("me.province")
    await srey.send("សៀមរាប")
    await srey.tap("me.grade")
    await srey.tap("me.forget")
    srey.sees("me.text", grade=srey.words("me.unsaid"), province="សៀមរាប")
    await srey.tap("me.province")
    await srey.tap("me.forget")
    srey.sees("me.text", province=srey.words("me.unsaid"))


async def test_a_grade_holds_for_its_school_year(stage: Stage) -> None:
    """In November she is in another one, and only she knows in which."""
    srey = stage.person(STUDENT)
    await tells_grade(srey, "11")
    for days, holds in ((300, True), (60, False)):
        stage.later(days=days)
        await srey.send("/me")
        if holds:
            srey.sees("me.text", grade=srey.words("grade.11"))
            srey.does_not_see("me.last_year")
        else:
            srey.sees("me.last_year", grade=srey.words("grade.11"))
    await srey.send("/path")
    await srey.tap("path.start")
    srey.does_not_see("path.grade_told")


async def test_the_choice_of_languages_opens_from_an_old_message_too(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    for data in ("lang:choose", "go:language"):
        await srey.send("/menu")
        await srey.forge(data)
        srey.sees("language.text")
    await srey.tap_data("lang:en")
    await srey.send("/menu")
    srey.sees("home.text", "en")
