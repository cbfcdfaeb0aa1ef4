"""Who has taken a case and simply types is asked whether it is for the girl."""

from tests.handlers.scenes import in_a_case
from tests.stage import Stage


async def test_a_greeting_goes_to_the_girl_once_she_says_so(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.send("សួស្តីប្អូន")
    bopha.sees("case.for_her", case=1, text="សួស្តីប្អូន")
    srey.does_not_see_words("សួស្តីប្អូន")
    await bopha.tap("case.send_typed")
    srey.sees_words("សួស្តីប្អូន")
    await bopha.send("បងនៅទីនេះ")
    srey.sees_words("បងនៅទីនេះ")


async def test_what_is_not_for_her_goes_nowhere(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await bopha.send("hello")
    await bopha.tap("case.not_for_her")
    srey.does_not_see_words("hello")


async def test_later_it_is_said_to_the_bot_again(stage: Stage) -> None:
    _, bopha, _ = await in_a_case(stage)
    stage.later(minutes=11)
    await bopha.send("សួស្តី")
    bopha.does_not_see("case.for_her")
