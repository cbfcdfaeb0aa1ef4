"""The off switch: one tap, asked first, and nothing more goes to girls but answers and help."""

import pytest

from tests.handlers.scenes import ALWAYS_DAY, at_desk, writes_announcement
from tests.stage import ENGLISH_STUDENT, Stage, StartStage

WORDS = "Study club today"


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    return await start_stage(**ALWAYS_DAY)


async def test_an_announcement_waits_while_it_is_off_and_leaves_once_when_it_is_on(
    stage: Stage,
) -> None:
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await nary.send("/desk")
    await nary.tap("desk.mentors")
    await nary.tap("over.turn_off")
    nary.sees("over.relay_off_sure")
    await nary.tap("over.relay_off_yes")
    nary.sees("over.relay_is_off")
    bopha.sees("over.relay_off_news")
    await nary.send("/desk")
    nary.sees("desk.switched_off")

    await writes_announcement(nary, WORDS, WORDS)
    await nary.tap("cast.check")
    srey.forgets()
    await nary.tap("cast.now")
    await stage.passes(5)
    assert WORDS not in str(srey.messages()), "it has left though it is off"
    nary.sees("cast.switched_off")
    await nary.send("/announce")
    nary.sees("cast.switched_off")
    await srey.send("what is AI")
    assert srey.messages(), "answers go on"

    await nary.send("/desk")
    await nary.tap("desk.mentors")
    await nary.tap("over.turn_on")
    await stage.passes(5)
    assert sum(WORDS in message.get("text", "") for message in srey.messages()) == 1
    await nary.send("/desk")
    nary.does_not_see("desk.switched_off")
