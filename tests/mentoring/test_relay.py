"""The relay: every check in order, and where anything is missing nothing passes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.mentoring import introductions, mentors, oversight, relay, switches
from bot.mentoring.policy import Policy
from bot.mentoring.states import State
from bot.mentoring.tables import IntroductionMove, RelayMessage
from bot.people.tables import AuditLine, Person
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage
from bot.refusals import NotAllowedError
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
    talking,
)

EVENING = NOW + 12 * HOUR  # nine in the evening in Phnom Penh


async def _say(session, who, row, text, at=NOW, telegram_id=1, **more):
    return await relay.carry(
        session, who, row.id, text, telegram_id, more.pop("staff", STAFF),
        more.pop("policy", POLICY), at, **more,
    )  # fmt: skip


async def test_a_message_goes_to_the_other_with_a_first_name_only(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        hers = await _say(session, GIRL, row, "Is math hard?")
        assert (hers.kind, hers.to_id, hers.from_name) == ("sent", SOPHEA, "Pov")
        answer = await _say(session, SOPHEA, row, "Step by step.")
        assert (answer.to_id, answer.from_name, answer.to_student) == (GIRL, "Sophea", True)


async def test_nobody_but_the_two_speaks_in_a_talk(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for who in (STRANGER, BOPHA):
            with pytest.raises(NotAllowedError):
                await _say(session, who, row, "hello")


async def test_it_fails_safe(database) -> None:
    async with database.write() as session:
        row = await talking(session)

        async def why(**more) -> str:
            outcome = await _say(session, GIRL, row, "hello", **more)
            return outcome.reason if outcome.kind == "closed" else outcome.kind

        assert await why() == "sent"
        assert await why(staff=()) == "no_coordinator"
        await switches.turn(session, BOPHA, STAFF, switches.RELAY, NOW, on=False)
        assert await why() == "off"
        await switches.turn(session, BOPHA, STAFF, switches.RELAY, NOW, on=True)
        for who in STAFF:
            (await session.get_one(Person, who)).reach = "blocked"
        assert await why() == "no_coordinator"
        (await session.get_one(Person, NARY)).reach = "reachable"
        assert await why() == "sent"
        found = await mentors.find(session, SOPHEA)
        until = found.clearance_until_utc
        found.clearance_until_utc = NOW
        assert await why() == "clearance"
        found.clearance_until_utc = until
        assert await why(at=NOW + POLICY.talk_lasts) == "over"
        await introductions.pause(session, SOPHEA, STAFF, row.id, POLICY, NOW)
        assert await why() == "paused"


async def test_what_is_staged_but_not_delivered_is_held_back_by_a_report(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for key in (f"relay:{row.id}:1", f"relay:{row.id}1:1"):
            await outbox.stage(session, Text(Html("x")), to=GIRL, key=key, lane=Lane.NOTE, now=NOW)
        await introductions.report(session, GIRL, STAFF, row.id, POLICY, NOW)
        states = dict(
            (await session.execute(select(OutboxMessage.key, OutboxMessage.state))).all()
        )
        assert states == {f"relay:{row.id}:1": "dropped", f"relay:{row.id}1:1": "waiting"}


async def test_a_mentors_evening_message_waits_and_is_checked_again_in_the_morning(
    database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert (await _say(session, GIRL, row, "Are you there?", EVENING)).kind == "sent"
        assert (await _say(session, SOPHEA, row, "Yes, tomorrow more.", EVENING)).kind == "night"
        assert (await _say(session, SOPHEA, row, "Sleep well!", EVENING, 2)).kind == "night"
        assert await relay.deliver_due(session, STAFF, POLICY, EVENING + 8 * HOUR) == []
        morning = NOW + 21 * HOUR  # six o'clock
        first, second = await relay.deliver_due(session, STAFF, POLICY, morning)
        assert (first.text, second.text) == ("Yes, tomorrow more.", "Sleep well!")
        assert await relay.deliver_due(session, STAFF, POLICY, morning) == []
        assert (await _say(session, SOPHEA, row, "Good night", EVENING + DAY, 3)).kind == "night"
        await introductions.report(session, GIRL, STAFF, row.id, POLICY, EVENING + DAY)
        (closed,) = await relay.deliver_due(session, STAFF, POLICY, morning + DAY)
        assert (closed.kind, closed.reason, closed.sender_id) == ("closed", "paused", SOPHEA)


@pytest.mark.parametrize(
    ("hour", "quiet"),
    [(19.9, False), (20, True), (23.9, True), (3, True), (5.9, True), (6, False)],
)
def test_quiet_hours_are_those_of_phnom_penh(hour, quiet) -> None:
    at = NOW - 9 * HOUR + timedelta(hours=hour)  # midnight there, and so much later
    morning = POLICY.morning_after(at)
    assert (morning is not None) is quiet
    if morning is not None:
        assert timedelta(0) < morning - at <= 10 * HOUR
        assert morning.astimezone(POLICY.zone).hour == 6


async def test_contact_details_do_not_pass_and_tries_are_counted(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        for text in ("012 345 678", "add me on facebook", "fb: sophea"):
            outcome = await _say(session, SOPHEA, row, text)
            assert outcome.kind == "stopped"
        warned = await session.scalars(
            select(IntroductionMove.detail).where(IntroductionMove.move == "warn")
        )
        assert list(warned) == ["mentor"]


async def test_a_number_split_over_messages_and_directions_is_found(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        assert (await _say(session, GIRL, row, "012")).kind == "sent"
        assert (await _say(session, SOPHEA, row, "345 678")).kind == "sent"
        assert (await _say(session, GIRL, row, "345 678")).kind in ("held", "stopped")


async def test_an_edit_is_a_new_message_to_be_checked_and_the_first_version_is_kept(
    database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, SOPHEA, row, "Read chapter 12", telegram_id=7)
        first = await relay.edited(session, SOPHEA, 7)
        assert first is not None
        edit = await _say(session, SOPHEA, row, "call 012345678", telegram_id=7, edit_of=first)
        assert edit.kind == "stopped"
        good = await _say(session, SOPHEA, row, "Read chapter 13", telegram_id=7, edit_of=first)
        assert (good.kind, good.corrected) == ("sent", True)
        texts = await session.scalars(select(RelayMessage.text).order_by(RelayMessage.id))
        assert list(texts) == ["Read chapter 12", "call 012345678", "Read chapter 13"]
        assert await relay.edited(session, GIRL, 7) is None


async def test_an_edit_of_what_waits_for_the_morning_replaces_it(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, SOPHEA, row, "Good nigth", EVENING, 7)
        first = await relay.edited(session, SOPHEA, 7)
        await _say(session, SOPHEA, row, "Good night", EVENING, 7, edit_of=first)
        delivered = await relay.deliver_due(session, STAFF, POLICY, NOW + DAY)
        assert [outcome.text for outcome in delivered] == ["Good night"]


async def test_what_is_held_waits_for_one_tap(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        held = await _say(session, SOPHEA, row, "I can lend you 20$")
        assert (held.kind, held.reason) == ("held", "money")
        for who in (GIRL, SOPHEA, STRANGER):
            with pytest.raises(NotAllowedError):
                await relay.allow(session, who, STAFF, held.message_id, POLICY, NOW)
        seen = await oversight.held(session, BOPHA, STAFF, NOW)
        assert seen.id == held.message_id
        passed = await relay.allow(
            session, BOPHA, STAFF, held.message_id, POLICY, NOW, "The school lends books."
        )
        assert (passed.kind, passed.text) == ("sent", "The school lends books.")
        assert await relay.allow(session, NARY, STAFF, held.message_id, POLICY, NOW) is None


async def test_danger_from_either_side_is_held(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        held = await _say(session, SOPHEA, row, "Does he hit you?", danger=True)
        assert (held.kind, held.reason) == ("held", "danger")


async def test_there_is_a_limit_for_a_day(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        two = Policy(messages_a_day=2)
        kinds = [(await _say(session, GIRL, row, "hi", policy=two)).kind for _ in range(3)]
        assert kinds == ["sent", "sent", "too_many"]
        later = NOW + DAY + HOUR
        assert (await _say(session, GIRL, row, "hi", later, policy=two)).kind == "sent"
        assert (await _say(session, SOPHEA, row, "x" * 2000)).kind == "too_long"


async def test_a_sample_is_read_once_and_the_look_is_recorded(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "clean", sampled=True)
        await _say(session, GIRL, row, "012345678", sampled=True)
        with pytest.raises(NotAllowedError):
            await oversight.next_sample(session, SOPHEA, STAFF, NOW)
        sample = await oversight.next_sample(session, BOPHA, STAFF, NOW)
        assert sample.text == "clean"
        assert await oversight.next_sample(session, NARY, STAFF, NOW) is None
        looks = await session.scalars(
            select(AuditLine.actor_id).where(AuditLine.action == "read a sample")
        )
        assert list(looks) == [BOPHA]


async def test_a_transcript_is_for_a_report_only_and_every_look_is_recorded(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "before")
        told = (session, BOPHA, STAFF, row.id, NOW)
        assert await oversight.transcript(*told) is None
        await introductions.report(session, GIRL, STAFF, row.id, POLICY, NOW)
        assert [line.text for line in await oversight.transcript(*told)] == ["before"]
        both = (*STAFF, SOPHEA)
        assert await oversight.transcript(session, SOPHEA, both, row.id, NOW) is None
        with pytest.raises(NotAllowedError):
            await oversight.transcript(session, STRANGER, STAFF, row.id, NOW)
        looks = await session.scalars(
            select(AuditLine.subject).where(AuditLine.action == "read the transcript")
        )
        assert list(looks) == [f"introduction {row.id}"]


async def test_the_board_says_what_waits(database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await _say(session, GIRL, row, "I can lend you 20$")
        board = await oversight.board(session, BOPHA, STAFF)
        assert (board.open, board.held, board.reported, board.to_vet) == (1, 1, 0, 0)
        rows, total = await oversight.open_introductions(session, BOPHA, STAFF)
        assert ([r.id for r in rows], total) == ([row.id], 1)
        assert row.state == State.ACTIVE
