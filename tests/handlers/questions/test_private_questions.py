"""A question that may be private is for those on call, is like no other, and dies with the cases."""

from datetime import timedelta

from sqlalchemy import select

from bot import privacy
from bot.tables import metadata
from tests.handlers.scenes import DANGER, UNKNOWN, UNKNOWN_TOO, at_desk
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


async def kept(stage: Stage) -> dict[str, bool]:
    """The questions that are kept, and whether they may be private."""
    questions = metadata.tables["questions"]
    async with stage.database.read() as session:
        rows = await session.execute(select(questions.c.text, questions.c.private))
        return {text: private for text, private in rows}


async def doubtful(stage: Stage) -> None:
    """A girl in the time of care asks what has no answer."""
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(DANGER)
    await srey.send(UNKNOWN)


async def test_what_she_asks_beside_danger_is_only_for_those_on_call(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await doubtful(stage)
    assert await kept(stage) == {UNKNOWN: True}
    await nary.send("/desk")
    await nary.tap("desk.questions")
    assert "🔒 do zebras" in str(nary.buttons())
    await nary.tap_words("zebras")
    nary.sees("inbox.private")
    await bopha.forge("roster:page")
    await bopha.tap("roster.go_off")
    await bopha.send("/desk")
    await bopha.tap("desk.questions")
    bopha.sees("desk.empty")
    assert "zebras" not in str(bopha.buttons())
    await bopha.forge("group:open:1")
    bopha.sees("desk.gone")
    bopha.does_not_see_words("zebras")


async def test_it_is_put_beside_no_other(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await doubtful(stage)
    other = stage.person(STUDENT)
    await other.send(UNKNOWN_TOO)
    await stage.strikes_after(seconds=5)
    await bopha.send("/desk")
    await bopha.tap("desk.questions")
    bopha.sees("inbox.list", total=2)


async def test_a_case_takes_it_out_of_the_inbox(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await doubtful(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/help")
    await srey.tap("care.person")
    assert await kept(stage) == {}
    await bopha.tap("case.acknowledge")
    bopha.sees_words(UNKNOWN)


async def test_it_is_forgotten_when_a_case_would_be(stage: Stage) -> None:
    await doubtful(stage)
    other = stage.person(STUDENT)
    await other.send(UNKNOWN_TOO)
    days = stage.services.settings.case_days
    async with stage.database.write() as session:
        await privacy.forget_old(
            session, stage.services.settings, stage.now + timedelta(days=days, minutes=1)
        )
    assert await kept(stage) == {UNKNOWN_TOO: False}
