"""The inbox: an update is taken once, and two with one number are both taken."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.database import Database
from bot.queues import inbox
from tests.engines import BOTH
from tests.stage import ENGLISH_STUDENT, Stage

ENGINES = BOTH
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def _says(message: int, text: str) -> dict[str, Any]:
    body = {"message_id": message, "date": 1_000 + message, "chat": {"id": 7}, "text": text}
    return {"update_id": 5, "message": body}


def _taps(query: str) -> dict[str, Any]:
    return {"update_id": 5, "callback_query": {"id": query, "message": {"message_id": 1}}}


async def _store(database: Database, update: dict[str, Any], now: datetime = NOW) -> None:
    await inbox.store(database, [update], now)


async def _waiting(database: Database) -> list[dict[str, Any] | None]:
    return [row.payload for row in await inbox.waiting(database)]


async def _finish(database: Database) -> int:
    async with database.write() as session:
        return await inbox.finish(session, 5)


@pytest.mark.parametrize("update", [_says(1, "hello"), _taps("a"), {"update_id": 5}])
async def test_an_update_that_comes_again_is_taken_once_and_the_log_says_so(
    database: Database, update: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await _store(database, update)
    await _store(database, update)
    assert await _waiting(database) == [update]
    await _finish(database)
    await _store(database, update)
    assert await _waiting(database) == []
    assert caplog.text.count("came again") == 2
    assert "hello" not in caplog.text


@pytest.mark.parametrize(
    ("first", "second"), [(_says(1, "hello"), _says(2, "hello")), (_taps("a"), _taps("b"))]
)
async def test_another_update_with_a_number_that_was_met_is_taken_as_well(
    database: Database, first: dict[str, Any], second: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """Another bot has numbers of its own, and so has a server that was set up anew."""
    await _store(database, first)
    before = await _finish(database)
    await _store(database, second, NOW + timedelta(hours=1))
    assert await _waiting(database) == [second]
    assert "met before" in caplog.text
    assert await _finish(database) != before


async def test_it_waits_outside_until_the_first_is_done(database: Database) -> None:
    """Whoever brings it asks again, as with a full disk."""
    await _store(database, _says(1, "first"))
    with pytest.raises(inbox.NumberTakenError):
        await _store(database, _says(2, "second"))
    assert await _waiting(database) == [_says(1, "first")]
    await _finish(database)
    await _store(database, _says(2, "second"))
    assert await _waiting(database) == [_says(2, "second")]


async def test_she_is_answered_though_all_numbers_were_met_before(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    for wait in (timedelta(hours=1), timedelta(days=3)):
        stage.now += wait
        await stage.clock_strikes()
        stage.telegram._next_update = 1
        await srey.send("/topics")
        srey.sees_words("Topics (1/")
