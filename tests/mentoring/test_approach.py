"""An approach stops the message and freezes the two at once; tries keep a mentor from writing."""

import pytest
from sqlalchemy import select

from bot.database import Database, Session
from bot.mentoring import held, introductions, mentors, oversight, relay, talks, tries, vetting
from bot.mentoring.contact.look import Finding
from bot.mentoring.relay import Closed, End, Outcome, Written
from bot.mentoring.states import MentorState, State, Who
from bot.mentoring.tables import Introduction, IntroductionMove
from bot.people.tables import AuditLine
from bot.refusals import NotAllowedError
from tests.mentoring.village import (
    BOPHA,
    DAY,
    GIRL,
    HOUR,
    NARY,
    NOW,
    OTHER_GIRL,
    POLICY,
    SOPHEA,
    acts,
    begun,
    clock,
    mentor_row,
    refused,
    says,
    talking,
)

ALERT = Finding("alert", ("closeness",))
NUMBER = "012 345 678"


async def _judged(
    session: Session, who: int, row: Introduction, found: Finding = ALERT
) -> Outcome:
    return await relay.judged(acts(session, who), row, Written("sweet words"), found, POLICY)


async def test_an_approach_is_stopped_and_freezes_the_two_as_a_report_by_nobody(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        outcome = await _judged(session, SOPHEA, row)
        assert (outcome.end, outcome.reason, outcome.to_id) == (End.APPROACH, "closeness", 0)
        assert (row.state, row.reported_by) == (State.BLOCKED, 0)
        move = (await session.scalars(select(IntroductionMove))).all()[-1]
        assert (move.move, move.who, move.detail) == ("report", Who.BOT, "approach")
        shown = await oversight.transcript(acts(session, NARY), row.id)
        assert [line.text for line in shown.lines] == ["sweet words"]
        actions = await session.scalars(select(AuditLine.action))
        assert "froze for an approach" in set(actions)


async def test_danger_said_by_a_mentor_is_an_approach(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        said = Written("Does he hit you?", danger=True)
        outcome = await relay.carry(acts(session, SOPHEA), row.id, said, POLICY)
        assert (outcome.end, row.state) == (End.APPROACH, State.BLOCKED)


async def test_the_same_words_of_a_girl_are_stopped_and_freeze_nothing(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        outcome = await _judged(session, GIRL, row)
        assert (outcome.end, row.state) == (End.STOPPED, State.ACTIVE)


async def test_after_an_approach_she_reaches_no_other_girl_until_a_coordinator_looked(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        other = await begun(session, OTHER_GIRL)
        await _judged(session, SOPHEA, row)
        closed = await says(session, SOPHEA, other, "hello")
        assert (closed.end, closed.reason) == (End.CLOSED, Closed.QUIET)
        # The girl may write: she has done nothing.
        assert (await says(session, OTHER_GIRL, other, "hello")).end is End.SENT


async def test_a_false_alarm_is_reopened_and_rests_until_the_girl_goes_on(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _judged(session, SOPHEA, row)
        await introductions.decide(acts(session, NARY), row.id, "reopen", POLICY)
        assert row.state is State.PAUSED
        for who in (SOPHEA, NARY):
            with refused("talk.cannot"):
                await talks.resume(acts(session, who), row.id, POLICY)
        await talks.resume(acts(session, GIRL), row.id, POLICY)
        assert (await says(session, SOPHEA, row, "hello")).reason == Closed.QUIET
        await vetting.let_write(acts(session, NARY), SOPHEA)
        assert (await says(session, SOPHEA, row, "hello")).end is End.SENT


async def test_three_tries_in_a_week_keep_a_mentor_from_writing(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        other = await begun(session, OTHER_GIRL)
        mentor = await mentor_row(session, SOPHEA)
        for number, talk in enumerate((row, other, row)):
            assert mentor.quiet_since_utc is None, number
            assert (await says(session, SOPHEA, talk, NUMBER)).end is End.STOPPED
        assert mentor.quiet_since_utc == NOW
        assert (await oversight.board(acts(session, BOPHA))).quiet == 1
        assert [m.person_id for m in await vetting.listed(acts(session, BOPHA))] == [SOPHEA]
        tried = await oversight.tried(acts(session, BOPHA), mentor)
        assert [line.text for line in tried] == [NUMBER] * 3


async def test_tries_that_a_coordinator_looked_at_count_no_more(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        mentor = await mentor_row(session, SOPHEA)
        for _ in range(tries.TRIES):
            await says(session, SOPHEA, row, NUMBER)
        await vetting.let_write(acts(session, NARY), SOPHEA)
        with refused("approve.gone"):
            await vetting.let_write(acts(session, NARY), SOPHEA)
        await says(session, SOPHEA, row, NUMBER, at=NOW + HOUR)
        assert mentor.quiet_since_utc is None


async def test_tries_of_weeks_ago_count_no_more(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for week in range(3):
            await says(session, SOPHEA, row, NUMBER, at=NOW + week * 8 * DAY)
        assert (await mentor_row(session, SOPHEA)).quiet_since_utc is None


@pytest.mark.parametrize("who", [GIRL, SOPHEA])
async def test_nobody_but_a_coordinator_lets_a_mentor_write_again(
    database: Database, who: int
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _judged(session, SOPHEA, row)
        with pytest.raises(NotAllowedError):
            await vetting.let_write(acts(session, who), SOPHEA)
        with pytest.raises(NotAllowedError):
            await oversight.tried(acts(session, who), await mentor_row(session, SOPHEA))


async def test_what_waited_for_the_morning_waits_until_a_coordinator_looked(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        evening = NOW + 12 * HOUR
        await says(session, SOPHEA, row, "Good night", at=evening)
        await mentors.quiet(acts(session, SOPHEA, evening), await mentor_row(session, SOPHEA))
        morning = clock(session, NOW + DAY)
        assert await relay.deliver_due(morning, POLICY) == []
        await vetting.let_write(acts(session, NARY, NOW + DAY), SOPHEA)
        (sent,) = await relay.deliver_due(morning, POLICY)
        assert sent.text == "Good night"


async def test_coordinators_are_reminded_of_a_mentor_who_cannot_write(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _judged(session, SOPHEA, row)
        found = await held.reminders(clock(session, NOW + 5 * HOUR), POLICY)
        assert [(r.coordinator_id, r.messages, r.mentors) for r in found] == [
            (BOPHA, 0, 1), (NARY, 0, 1),
        ]  # fmt: skip


async def test_suspending_her_ends_her_talks(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        other = await begun(session, OTHER_GIRL)
        await _judged(session, SOPHEA, row)
        await vetting.decide(acts(session, NARY), SOPHEA, "suspend")
        await introductions.let_go(acts(session, NARY), SOPHEA, POLICY, ending=True)
        mentor = await mentor_row(session, SOPHEA)
        assert (mentor.state, mentor.quiet_since_utc) == (MentorState.SUSPENDED, None)
        # What was reported stays frozen, to be looked into.
        assert (row.state, other.state) == (State.BLOCKED, State.ENDED)
