"""Who sits at the desk asks for help with the desk, and finds what girls are told a tap away."""

from tests.handlers.scenes import UNKNOWN, at_desk
from tests.stage import ENGLISH_STUDENT, Stage


async def test_help_names_the_desk_and_what_waits(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await stage.person(ENGLISH_STUDENT).send(UNKNOWN)
    await stage.clock_strikes()
    await bopha.send("/help")
    bopha.sees("guide.announce")
    bopha.sees("home.waits")
    assert any(bopha.words("desk.questions") in label for label in bopha.buttons())
    await bopha.tap("library.help")
    bopha.sees("guide.person")


async def test_a_girl_reads_what_she_read_before(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/help")
    srey.sees("guide.person")
    srey.does_not_see("guide.desk")
