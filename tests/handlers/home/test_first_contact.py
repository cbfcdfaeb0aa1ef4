"""First contact: who the bot is, which language, and the way to the first answer."""

from tests.stage import STUDENT, Stage


async def test_three_taps_lead_from_start_to_the_first_answer(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/start")
    srey.sees("start.welcome")
    await srey.tap_data("lang:km")
    srey.sees("home.text")
    # The path comes first, then questions.
    assert srey.buttons()[0] == stage.content.locales["km"]["home.path"]
    await srey.tap_words(srey.buttons()[1])
    srey.sees("answer.reviewed")


async def test_the_choice_of_languages_opens_from_an_old_message_too(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    for data in ("lang:choose", "go:language"):
        await srey.send("/menu")
        await srey.forge(data)
        srey.sees("language.text")
    await srey.tap_data("lang:en")
    srey.sees("home.text", "en")
