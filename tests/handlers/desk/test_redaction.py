"""A coordinator redacts one message that she may read: asked first, gone, and in the audit log."""

from bot.desk.redaction import BAR
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction, RelayMessage
from bot.people.tables import AuditLine
from bot.safety.tables import Case
from tests.chat import Chat
from tests.handlers.scenes import (
    ALWAYS_DAY,
    DANGER,
    UNKNOWN,
    Mentoring,
    at_desk,
    in_a_case,
    joins_desk,
    mentoring,
    opens_question,
    talking,
)
from tests.stage import ENGLISH_STUDENT, Stage, StartStage
from tests.traces import columns_with

WORDS = "You did well with your sums this week."


async def _lines(stage: Stage) -> list[tuple[int, str, str]]:
    from sqlalchemy import select

    async with stage.database.read() as session:
        rows = await session.scalars(select(AuditLine).where(AuditLine.action == "redacted"))
        return [(row.actor_id, row.kind, row.subject) for row in rows]


async def _is_nowhere(stage: Stage, words: str) -> None:
    async with stage.database.read() as session:
        assert set(await columns_with(session, words)) <= {"last_words.text"}


async def _writes(coordinator: Chat, words: str) -> None:
    """Who has the case writes to her, and sends it although it is about danger."""
    await coordinator.tap("case.write")
    await coordinator.send(words)


async def _redacts(coordinator: Chat, words: str, says: str = "redact.done") -> None:
    await coordinator.tap("redact.open")
    await coordinator.tap_words(words[:12])
    coordinator.sees("redact.one_sure", text=words)
    await coordinator.tap("redact.one_yes")
    coordinator.sees(says)


async def test_a_question_keeps_its_place_without_its_words(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await stage.person(ENGLISH_STUDENT).send(UNKNOWN)
    await stage.clock_strikes()
    await opens_question(bopha)
    await _redacts(bopha, UNKNOWN, "redact.done_stays")
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


async def _reported(start_stage: StartStage) -> tuple[Stage, Mentoring]:
    """In a talk the mentor wrote something, and the girl reported it."""
    stage = await start_stage(**ALWAYS_DAY)
    people = mentoring(stage)
    await talking(people)
    await people.sophea.send(WORDS)
    await people.srey.tap("talk.report")
    return stage, people


async def test_what_a_report_is_about_stays_until_it_was_looked_into(
    start_stage: StartStage,
) -> None:
    stage, people = await _reported(start_stage)
    await people.nary.forge("over:transcript:1")
    await people.nary.tap("redact.open")
    people.nary.sees("redact.report_open")
    await people.nary.forge("redact:one:t:1:yes")
    people.nary.sees("redact.report_open")
    await people.bopha.forge("over:yes:1:close")
    await people.nary.forge("over:transcript:1")
    await _redacts(people.nary, WORDS)
    await _is_nowhere(stage, WORDS)
    assert WORDS not in people.srey.transcript()


async def test_who_decided_about_a_report_does_not_redact_what_it_was_about(
    start_stage: StartStage,
) -> None:
    stage, people = await _reported(start_stage)
    await people.nary.forge("over:yes:1:close")
    await people.nary.forge("redact:one:t:1:yes")
    people.nary.sees("redact.decided")
    assert not await _lines(stage)


async def test_that_the_guardian_closed_a_reported_talk_is_no_look_into_the_report(
    start_stage: StartStage,
) -> None:
    stage, people = await _reported(start_stage)
    await people.mother.forge("guard:withdraw_yes:1")
    async with stage.database.read() as session:
        assert (await session.get_one(Introduction, 1)).state is State.ENDED
    await people.nary.forge("redact:one:t:1:yes")
    people.nary.sees("redact.report_open")
    assert WORDS in people.srey.transcript()


async def test_a_sample_of_a_talk_that_nobody_reported_is_not_redacted(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(**ALWAYS_DAY)
    people = mentoring(stage)
    await talking(people)
    await people.sophea.send(WORDS)
    async with stage.database.write() as session:
        (await session.get_one(RelayMessage, 1)).sampled = True
    await people.nary.forge("over:sample")
    people.nary.sees_words(WORDS)
    assert not people.nary.offers("redact.open")
    await people.nary.forge("redact:one:t:1:yes")
    await people.srey.tap("talk.report")
    await people.bopha.forge("over:transcript:1")
    people.bopha.sees_words(WORDS)


async def test_her_own_words_to_a_girl_she_does_not_redact(stage: Stage) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await _writes(bopha, WORDS)
    await bopha.forge("redact:list:c:1")
    assert not any(WORDS[:12] in label for label in bopha.buttons())
    await bopha.forge("redact:one:c:2:yes")
    bopha.sees("redact.own")
    assert WORDS in srey.transcript()
    assert not await _lines(stage)


async def test_a_colleagues_words_to_a_girl_are_redacted_but_stay_in_her_chat(
    stage: Stage,
) -> None:
    srey, bopha, nary = await in_a_case(stage)
    await _writes(bopha, WORDS)
    async with stage.database.write() as session:
        (await session.get_one(Case, 1)).acknowledged_by = nary.id
    await nary.forge("redact:one:c:2:yes")
    nary.sees("redact.done_stays")
    await _is_nowhere(stage, WORDS)
    assert WORDS in srey.transcript()


async def test_it_is_said_that_copies_of_more_than_two_days_stay(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("my street is number forty two")
    stage.later(days=3)
    await bopha.forge("redact:one:c:2:yes")
    bopha.sees("redact.done_stays")


async def test_the_question_that_quotes_the_words_goes_with_them(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await stage.person(ENGLISH_STUDENT).send(UNKNOWN)
    await stage.clock_strikes()
    await opens_question(bopha)
    await _redacts(bopha, UNKNOWN, "redact.done_stays")
    assert UNKNOWN not in bopha.transcript()


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
