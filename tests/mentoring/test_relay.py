"""The relay: every check in order, and where anything is missing nothing passes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.database import Database, Session
from bot.mentoring import held as held_messages
from bot.mentoring import oversight, relay, talks
from bot.mentoring.policy import Policy
from bot.mentoring.relay import End, Outcome, Written
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction, IntroductionMove, RelayMessage
from bot.people import switches
from bot.people.tables import AuditLine, Person, Reachability
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage
from bot.refusals import NotAllowedError, StaleError
from bot.screens.screen import Html
from tests.mentoring.village import (
    BOPHA,
    DAY,
    GIRL,
    HOUR,
    NARY,
    NOW,
    POLICY,
    SOPHEA,
    STAFF,
    STRANGER,
    acts,
    clock,
    mentor_row,
    refused,
    talking,
)

EVENING = NOW + 12 * HOUR  # nine in the evening in Phnom Penh


async def _say(
    session: Session,
    who: int,
    row: Introduction,
    text: str,
    at: datetime = NOW,
    telegram_id: int = 1,
    *,
    staff: tuple[int, ...] = STAFF,
    policy: Policy = POLICY,
    **seen: Any,
) -> Outcome:
    written = Written(text, telegram_id, **seen)
    return await relay.carry(acts(session, who, at, staff), row.id, written, policy)


async def test_a_message_goes_to_the_other_with_a_first_name_only(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        hers = await _say(session, GIRL, row, "Is math hard?")
        assert (hers.end, hers.to_id, hers.from_name) == ("sent", SOPHEA, "Pov")
        answer = await _say(session, SOPHEA, row, "Step by step.")
        assert (answer.to_id, answer.from_name, answer.to_student) == (GIRL, "Sophea", True)


async def test_nobody_but_the_two_speaks_in_a_talk(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for who in (STRANGER, BOPHA):
            with pytest.raises(NotAllowedError):
                await _say(session, who, row, "hello")


async def test_it_fails_safe(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)

        async def why(**more: Any) -> str:
            outcome = await _say(session, GIRL, row, "hello", **more)
            return outcome.reason if outcome.end is End.CLOSED else outcome.end

        assert await why() == "sent"
        assert await why(staff=()) == "no_coordinator"
        await switches.turn(acts(session, BOPHA), switches.RELAY, on=False)
        assert await why() == "off"
        await switches.turn(acts(session, BOPHA), switches.RELAY, on=True)
        for who in STAFF:
            (await session.get_one(Person, who)).reach = Reachability.BLOCKED
        assert await why() == "no_coordinator"
        (await session.get_one(Person, NARY)).reach = Reachability.REACHABLE
        assert await why() == "sent"
        found = await mentor_row(session, SOPHEA)
        until = found.clearance_until_utc
        found.clearance_until_utc = NOW
        assert await why() == "clearance"
        found.clearance_until_utc = until
        assert await why(at=NOW + POLICY.talk_lasts) == "over"
        await talks.pause(acts(session, SOPHEA), row.id, POLICY)
        assert await why() == "paused"


async def test_what_is_staged_but_not_delivered_is_held_back_by_a_report(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        for key in (f"relay:{row.id}:1", f"relay:{row.id}1:1"):
            await outbox.stage(session, Text(Html("x")), to=GIRL, key=key, lane=Lane.NOTE, now=NOW)
        await talks.report(acts(session, GIRL), row.id, POLICY)
        states = dict(
            (await session.execute(select(OutboxMessage.key, OutboxMessage.state))).all()
        )
        assert states == {f"relay:{row.id}:1": "dropped", f"relay:{row.id}1:1": "waiting"}


async def test_a_mentors_evening_message_waits_and_is_checked_again_in_the_morning(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert (await _say(session, GIRL, row, "Are you there?", EVENING)).end == "sent"
        assert (await _say(session, SOPHEA, row, "Yes, tomorrow more.", EVENING)).end == "night"
        assert (await _say(session, SOPHEA, row, "Sleep well!", EVENING, 2)).end == "night"
        assert await relay.deliver_due(clock(session, EVENING + 8 * HOUR), POLICY) == []
        morning = NOW + 21 * HOUR  # six o'clock
        first, second = await relay.deliver_due(clock(session, morning), POLICY)
        assert (first.text, second.text) == ("Yes, tomorrow more.", "Sleep well!")
        assert await relay.deliver_due(clock(session, morning), POLICY) == []
        assert (await _say(session, SOPHEA, row, "Good night", EVENING + DAY, 3)).end == "night"
        await talks.report(acts(session, GIRL, EVENING + DAY), row.id, POLICY)
        (closed,) = await relay.deliver_due(clock(session, morning + DAY), POLICY)
        assert (closed.end, closed.reason, closed.sender_id) == ("closed", "paused", SOPHEA)


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [(19.9, False), (20, True), (23.9, True), (3, True), (5.9, True), (6, False)],
)
def test_quiet_hours_are_those_of_phnom_penh(hour: float, quiet: bool) -> None:
    at = NOW - 9 * HOUR + timedelta(hours=hour)  # midnight there, and so much later
    morning = POLICY.morning_after(at)
    assert (morning is not None) is quiet
    if morning is not None:
        assert timedelta(0) < morning - at <= 10 * HOUR
        assert morning.astimezone(POLICY.zone).hour == 6


async def test_contact_details_do_not_pass_and_a_girls_tries_are_noted(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        for text in ("012 345 678", "add me on facebook", "fb: sophea"):
            outcome = await _say(session, GIRL, row, text)
            assert outcome.end == "stopped"
        warned = await session.scalars(
            select(IntroductionMove.detail).where(IntroductionMove.move == "warn")
        )
        assert list(warned) == ["student"]
        assert (await _say(session, GIRL, row, "sorry")).end == "sent"


async def test_a_number_split_over_messages_and_directions_is_found(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert (await _say(session, GIRL, row, "012")).end == "sent"
        # A number of which each of the two gives a half is one.
        assert (await _say(session, SOPHEA, row, "345 678")).end in ("held", "stopped")
        assert (await _say(session, GIRL, row, "345 678")).end in ("held", "stopped")


async def test_an_edit_is_a_new_message_to_be_checked_and_the_first_version_is_kept(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, SOPHEA, row, "Read chapter 12", telegram_id=7)
        first = await relay.edited(acts(session, SOPHEA), 7)
        assert first is not None
        edit = await _say(session, SOPHEA, row, "call 012345678", telegram_id=7, edit_of=first)
        assert edit.end == "stopped"
        good = await _say(session, SOPHEA, row, "Read chapter 13", telegram_id=7, edit_of=first)
        assert (good.end, good.corrected) == ("sent", True)
        texts = await session.scalars(select(RelayMessage.text).order_by(RelayMessage.id))
        assert list(texts) == ["Read chapter 12", "call 012345678", "Read chapter 13"]
        assert await relay.edited(acts(session, GIRL), 7) is None


async def test_an_edit_of_what_waits_for_the_morning_replaces_it(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, SOPHEA, row, "Good nigth", EVENING, 7)
        first = await relay.edited(acts(session, SOPHEA), 7)
        await _say(session, SOPHEA, row, "Good night", EVENING, 7, edit_of=first)
        delivered = await relay.deliver_due(clock(session, NOW + DAY), POLICY)
        assert [outcome.text for outcome in delivered] == ["Good night"]


async def test_what_is_held_waits_for_one_tap(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        held = await _say(session, SOPHEA, row, "I can lend you 20$")
        assert (held.end, held.reason) == ("held", "money")
        for who in (GIRL, SOPHEA, STRANGER):
            with pytest.raises(NotAllowedError):
                await held_messages.allow(acts(session, who), held.message_id, POLICY)
        seen = await held_messages.look(acts(session, BOPHA))
        assert seen is not None
        assert seen.message.id == held.message_id
        passed = await held_messages.allow(
            acts(session, BOPHA), held.message_id, POLICY, "The school lends books."
        )
        assert passed is not None
        assert (passed.end, passed.text) == ("sent", "The school lends books.")
        assert await held_messages.allow(acts(session, NARY), held.message_id, POLICY) is None


async def test_a_girls_words_of_danger_are_held(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        held = await _say(session, GIRL, row, "He hits me", danger=True)
        assert (held.end, held.reason) == ("held", "danger")


async def test_there_is_a_limit_for_a_day(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        two = Policy(messages_a_day=2)
        kinds = [(await _say(session, GIRL, row, "hi", policy=two)).end for _ in range(3)]
        assert kinds == ["sent", "sent", "too_many"]
        later = NOW + DAY + HOUR
        assert (await _say(session, GIRL, row, "hi", later, policy=two)).end == "sent"
        assert (await _say(session, SOPHEA, row, "x" * 2000)).end == "too_long"


async def test_a_sample_is_read_once_and_the_look_is_recorded(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "clean", sampled=True)
        await _say(session, GIRL, row, "012345678", sampled=True)
        with pytest.raises(NotAllowedError):
            await oversight.next_sample(acts(session, SOPHEA))
        sample = await oversight.next_sample(acts(session, BOPHA))
        assert sample is not None
        assert sample.text == "clean"
        # It was not shown: nobody has read it.
        assert await oversight.next_sample(acts(session, NARY)) is sample
        await oversight.sample_read(acts(session, BOPHA), sample.id)
        assert await oversight.next_sample(acts(session, NARY)) is None
        looks = await session.scalars(
            select(AuditLine.actor_id).where(AuditLine.action == "read a sample")
        )
        assert list(looks) == [BOPHA]


async def test_a_transcript_is_for_a_report_only_and_every_look_is_recorded(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "before")
        with pytest.raises(StaleError):
            await oversight.transcript(acts(session, BOPHA), row.id)
        await talks.report(acts(session, GIRL), row.id, POLICY)
        shown = await oversight.transcript(acts(session, BOPHA), row.id)
        assert [line.text for line in shown.lines] == ["before"]
        both = (*STAFF, SOPHEA)
        with refused("over.own_pair"):
            await oversight.transcript(acts(session, SOPHEA, staff=both), row.id)
        with pytest.raises(NotAllowedError):
            await oversight.transcript(acts(session, STRANGER), row.id)
        looks = await session.scalars(
            select(AuditLine.subject).where(AuditLine.action == "read the transcript")
        )
        assert list(looks) == [f"introduction {row.id}"]


async def test_the_board_says_what_waits(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "I can lend you 20$")
        board = await oversight.board(acts(session, BOPHA))
        assert (board.open, board.held, board.reported, board.to_vet) == (1, 1, 0, 0)
        rows = await oversight.open_introductions(acts(session, BOPHA))
        assert [r.id for r in rows] == [row.id]
        assert row.state == State.ACTIVE
