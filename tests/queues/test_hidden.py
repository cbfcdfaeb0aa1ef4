"""Who has tidied her chat finds in it nothing that was on its way, until she is there again."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Database
from bot.people import people
from bot.queues import deliveries, hiding, outbox
from bot.queues.deliveries import Delivery
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.screens.screen import Html
from tests.engines import BOTH
from tests.stage import STUDENT

ENGINES = BOTH
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
SOON = NOW + timedelta(minutes=2)


@pytest.fixture
async def answer(database: Database) -> OutboxMessage:
    """An answer to a student, about to leave."""
    async with database.write() as session:
        await people.meet(session, STUDENT, "km", NOW)
    await _stage(database, "answer")
    (row,) = await outbox.waiting(database, tuple(Lane), set(), 1, NOW)
    return row


async def _stage(database: Database, key: str) -> None:
    async with database.write() as session:
        await outbox.stage(
            session, Text(Html(key)), to=STUDENT, key=key, lane=Lane.REPLY, now=NOW
        )  # fmt: skip


async def _tidies(database: Database) -> None:
    async with database.write() as session:
        await hiding.hold(session, STUDENT, NOW)


async def _comes_back(database: Database) -> None:
    async with database.write() as session:
        await hiding.let_come(session, STUDENT, SOON)


async def _leaves(database: Database, now: datetime = SOON) -> list[str]:
    return [row.key for row in await outbox.waiting(database, tuple(Lane), set(), 9, now)]


def _failed(row: OutboxMessage) -> Delivery:
    retry = NOW + timedelta(minutes=1)
    return Delivery(row.id, OutboxState.WAITING, NOW, failure="network", retry_at=retry)


async def test_what_waits_for_another_try_waits_for_her(
    database: Database, answer: OutboxMessage
) -> None:
    await deliveries.record(database, [_failed(answer)])
    await _tidies(database)
    assert await _leaves(database) == []
    await _comes_back(database)
    assert await _leaves(database) == ["answer"]


async def test_what_could_not_be_sent_meanwhile_waits_for_her_and_keeps_nothing_else_back(
    database: Database, answer: OutboxMessage
) -> None:
    await _tidies(database)
    await deliveries.record(database, [_failed(answer)])
    await _stage(database, "home")
    assert await _leaves(database) == ["home"]
    await _comes_back(database)
    assert await _leaves(database) == ["answer", "home"]


async def test_what_arrives_meanwhile_is_taken_out_again_and_comes_when_she_does(
    database: Database, answer: OutboxMessage
) -> None:
    await _tidies(database)
    await deliveries.record(database, [Delivery(answer.id, OutboxState.SENT, NOW, 77)])
    (taken,) = await outbox.waiting(database, tuple(Lane), set(), 9, SOON)
    assert (taken.method, taken.payload) == ("delete_message", {"message_id": 77})
    await deliveries.record(database, [Delivery(taken.id, OutboxState.SENT, NOW)])
    await _comes_back(database)
    assert await _leaves(database) == ["answer"]
