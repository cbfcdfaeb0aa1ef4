"""While a person is with her she is told so, and not offered another."""

from tests.handlers.scenes import in_a_case
from tests.stage import ENGLISH_STUDENT, Stage


async def test_who_asks_for_help_hears_that_a_person_is_there_already(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await in_a_case(stage)
    await srey.send("/help")
    srey.sees("care.with_you")
    assert srey.offers("case.reply")
    # Who does not answer can be called once more.
    assert srey.offers("care.person")


async def test_a_coordinator_who_sounds_like_a_stranger_hears_what_to_say(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.tap("case.write")
    await bopha.send("ប្អូនទុកចិត្តបងបាន បងនៅក្បែរប្អូនជានិច្ច")
    bopha.sees("case.looks_close")
    await bopha.send("សួស្ដីប្អូន បងឈ្មោះបុប្ផា ជាអ្នកសម្របសម្រួល ប្អូនសុខសប្បាយទេ?")
    srey.sees_words("ជាអ្នកសម្របសម្រួល")
