"""Every recipient is counted once, whatever became of her message, and it adds up."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from bot import privacy
from bot.announcements import corrections, recipients, sending, subscriptions
from bot.announcements import privacy as announcements_privacy
from bot.announcements.states import State
from bot.announcements.tables import Broadcast, Recipient
from bot.database import Database
from bot.people.tables import Person
from bot.queues import outbox
from bot.queues.tables import OutboxMessage
from bot.refusals import RefusedError
from bot.settings import Settings
from tests.announcements.newsroom import FIRST, NOW, POLICY, Voices, by, deliver, sent, step, tally

SETTINGS = Settings(announce_days=90, _env_file=None)


async def test_every_end_is_told_with_its_reason_and_they_add_up(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 10, voices, ahead=6)
    await deliver(database, most=2)
    await deliver(database, "blocked", most=1)
    await deliver(database, "deactivated", most=1)
    await deliver(database, "Bad Request: too long", most=1)
    async with database.write() as session:
        await subscriptions.mute(by(session, 106), "announcement")
        await session.execute(update(Person).where(Person.id == 107).values(reach="blocked"))
        await privacy.erase(session, 108, NOW)
    await step(database, number, voices)
    await deliver(database)
    await step(database, number, voices)
    counts = await tally(database, number)
    assert counts.states == {
        "delivered": 4, "blocked": 2, "deactivated": 1, "failed": 1, "unsent": 2,
    }  # fmt: skip
    assert counts.total == 10
    assert counts.reasons == {
        ("failed", "Bad Request: too long"): 1,
        ("unsent", "switched off"): 1,
        ("unsent", "erased herself"): 1,
    }
    async with database.write() as session:
        found = await sending.conclude(session, number, NOW)
        assert found.rests
        assert (found.announcement.state, found.announcement.busy) == ("done", False)
        delivered = await session.scalars(
            select(Recipient.message_id).where(Recipient.state == "delivered")
        )
        assert all(delivered)


async def test_counts_outlive_the_rows_they_came_from(database: Database, voices: Voices) -> None:
    number = await sent(database, 10, voices)
    await deliver(database, most=7)
    await deliver(database, "blocked", most=3)
    await step(database, number, voices)
    before = await tally(database, number)
    async with database.write() as session:
        assert (await sending.conclude(session, number, NOW)).rests
        await outbox.forget_receipts(session, NOW + timedelta(days=31))
        await privacy.erase(session, 101, NOW)
        await announcements_privacy.forget_old(session, SETTINGS, NOW + timedelta(days=91))
        assert (await session.scalars(select(Recipient))).all() == []
    after = await tally(database, number)
    assert after.states == before.states
    async with database.write() as session:
        for impossible in (
            corrections.withdraw(by(session, FIRST), number),
            corrections.propose(by(session, FIRST), number, {"km": "x", "en": None}),
        ):
            with pytest.raises(RefusedError, match="too_old"):
                await impossible


async def test_a_receipt_that_is_gone_ends_as_failed_not_as_waiting_for_ever(
    database: Database, voices: Voices
) -> None:
    number = await sent(database, 2, voices)
    async with database.write() as session:
        await session.execute(delete(OutboxMessage))
    await sending.fold(database, number, NOW)
    counts = await tally(database, number)
    assert counts.reasons == {("failed", "unknown"): 2}


async def test_time_to_go_is_measured(database: Database, voices: Voices) -> None:
    number = await sent(database, 100, voices, ahead=40)
    await deliver(database)
    await sending.fold(database, number, NOW)
    counts = await tally(database, number)
    async with database.write() as session:
        broadcast = await session.get_one(Broadcast, number)
        assert recipients.seconds_to_go(broadcast, counts, NOW, POLICY) == 2
        broadcast.measured_from_utc = NOW - timedelta(seconds=20)
        assert recipients.seconds_to_go(broadcast, counts, NOW, POLICY) == 30
        broadcast.state = State.PAUSED
        assert recipients.seconds_to_go(broadcast, counts, NOW, POLICY) is None
