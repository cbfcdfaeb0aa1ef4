"""A coordinator redacts one message that she may read: asked first, gone, and in the audit log."""

from bot.desk.redaction import BAR
from bot.people.tables import AuditLine
from tests.chat import Chat
from tests.handlers.scenes import (
    ALWAYS_DAY,
    DANGER,
    UNKNOWN,
    at_desk,
    in_a_case,
    joins_desk,
    mentoring,
    opens_question,
    talking,
)
from tests.stage import ENGLISH_STUDENT, Stage, StartStage
from tests.traces import columns_with


async def _lines(stage: Stage) -> list[tuple[int, str, str]]:
    from sqlalchemy import select

    async with stage.database.read() as session:
        rows = await session.scalars(select(AuditLine).where(AuditLine.action == "redacted"))
        return [(row.actor_id, row.kind, row.subject) for row in rows]


async def _is_nowhere(stage: Stage, words: str) -> None:
    async with stage.database.read() as session:
        assert set(await columns_with(session, words)) <= {"last_words.text"}


async def _redacts(coordinator: Chat, words: str) -> None:
    await coordinator.tap("redact.open")
    await coordinator.tap_words(words[:12])
    coordinator.sees("redact.one_sure", text=words)
    await coordinator.tap("redact.one_yes")
    coordinator.sees("redact.done")


async def test_a_question_keeps_its_place_without_its_words(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await stage.person(ENGLISH_STUDENT).send(UNKNOWN)
    await stage.clock_strikes()
    await opens_question(bopha)
    await _redacts(bopha, UNKNOWN)
    await _is_nowhere(stage, UNKNOWN)
    await bopha.tap("back.desk")
    bopha.sees_words(BAR)
    assert await _lines(stage) == [(bopha.id, "question", "question 1")]


async def test_nothing_happens_before_she_is_sure(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await stage.person(ENGLISH_STUDENT).send(UNKNOWN)
    await stage.clock_strikes()
    await opens_question(bopha)
    await bopha.tap("redact.open")
    await bopha.tap_words("zebras")
    await bopha.tap("sure.keep")
    bopha.sees("redact.which")
    assert not await _lines(stage)


async def test_in_a_case_the_copies_leave_the_chats_as_well(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    secret = "my street is number forty two"
    await srey.send(secret)
    bopha.sees_words(secret)
    await bopha.tap("case.open")
    await _redacts(bopha, secret)
    assert secret not in bopha.transcript()
    assert (await _lines(stage))[0][:2] == (bopha.id, "case")


async def test_of_somebody_elses_case_she_redacts_nothing(stage: Stage) -> None:
    _, _, nary = await in_a_case(stage)
    nary.forgets()
    await nary.forge("redact:list:c:1")
    nary.does_not_see_words(DANGER)
    await nary.forge("redact:one:c:1:yes")
    assert not await _lines(stage)


async def test_what_a_report_is_about_stays_until_it_was_looked_into(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(**ALWAYS_DAY)
    people = mentoring(stage)
    await talking(people)
    words = "You did well with your sums this week."
    await people.sophea.send(words)
    await people.srey.tap("talk.report")
    await people.nary.forge("over:transcript:1")
    await people.nary.tap("redact.open")
    await people.nary.tap_words("You did well")
    await people.nary.tap("redact.one_yes")
    people.nary.sees("redact.report_open")
    await people.nary.forge("over:yes:1:close")
    await people.nary.forge("redact:one:t:1:yes")
    people.nary.sees("redact.done")
    await _is_nowhere(stage, words)
    assert words not in people.srey.transcript()


async def test_who_has_a_part_of_the_desk_redacts_nothing(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    guest = stage.enters(5005, "Reader", "en")
    await joins_desk(guest, bopha, "reader")
    await stage.person(ENGLISH_STUDENT).send(UNKNOWN)
    await stage.clock_strikes()
    guest.forgets()
    await guest.forge("redact:list:q:1")
    guest.does_not_see("redact.which")
    await guest.forge("redact:one:q:1:yes")
    assert not await _lines(stage)
